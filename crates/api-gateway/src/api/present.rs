//! From views to entities, as one tenant's host shows them.

use belfry_model::{Origin, PlatformNames, Tenant};
use belfry_social::account::Listed;
use belfry_social::{AccountView, StatusView};
use belfry_storage::row;

use super::entity::{Account, MediaAttachment, Status};
use crate::Gateway;

/// What every address in an answer begins with.
#[derive(Debug, Clone)]
pub struct Present<'a> {
    pub names: &'a PlatformNames,
    pub origin: Origin,
}

impl Gateway {
    pub fn present(&self, tenant: &Tenant) -> Present<'_> {
        Present { names: self.platform.names(), origin: self.platform.origin(tenant) }
    }
}

impl Present<'_> {
    pub fn account(&self, view: &AccountView) -> Account {
        Account::new(view, self.names)
    }

    pub fn accounts<'a>(&self, views: impl IntoIterator<Item = &'a AccountView>) -> Vec<Account> {
        views.into_iter().map(|view| self.account(view)).collect()
    }

    pub fn listed(&self, listed: &[Listed]) -> Vec<Account> {
        self.accounts(listed.iter().map(|listed| &*listed.account))
    }

    pub fn status(&self, view: &StatusView) -> Status {
        Status::new(view, self.names, &self.origin)
    }

    pub fn statuses(&self, views: &[StatusView]) -> Vec<Status> {
        views.iter().map(|view| self.status(view)).collect()
    }

    pub fn media(&self, row: &row::MediaAttachment) -> MediaAttachment {
        MediaAttachment::new(row, self.names)
    }
}

//! What a tenant shows at its addresses to anybody who asks for documents: its actors, their
//! open posts and collections. Nobody has to sign to read these, so nothing else is shown.

mod account;
mod collection;
mod partial;
mod status;
mod webfinger;

pub use collection::{CollectionPart, Slice};
pub use webfinger::{Asked, Resource, UnreadableResource};

use belfry_activitypub::document::Tombstone;
use belfry_model::{Tenant, Username};
use belfry_storage::{TenantTx, row};

use crate::render::Renderer;
use crate::{Federation, Result};

/// What lies at an address.
#[derive(Debug, Clone)]
pub enum Published<T> {
    Here(T),
    /// It was there, and is deleted.
    Gone(Box<Tombstone>),
    /// Nothing that anybody may know of.
    Missing,
}

impl<T> Published<T> {
    fn gone(uri: &str, at: Option<chrono::DateTime<chrono::Utc>>) -> Self {
        Self::Gone(Box::new(Tombstone::new(uri, at).into_document()))
    }
}

impl Federation {
    fn renderer<'a>(&'a self, tenant: &'a Tenant) -> Renderer<'a> {
        Renderer { names: &self.names, tenant }
    }

    /// The account of this name, also where it is a tombstone.
    async fn account_row(
        &self,
        tx: &TenantTx,
        tenant: &Tenant,
        username: &Username,
    ) -> Result<Option<row::Actor>> {
        let uri = self.names.origin(tenant).actor(username.as_str());
        let own =
            |actor: &row::Actor| actor.tenant_id == tenant.id.0 && actor.kind != belfry_storage::INSTANCE;
        Ok(tx.actor_by_uri(&uri).await?.filter(own))
    }
}

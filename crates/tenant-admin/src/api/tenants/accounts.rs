//! `/api/belfry/v1/tenants/{slug}/accounts`

pub mod index;
pub mod official;

use belfry_model::{PlatformNames, Tenant};
use belfry_storage::row;
use serde::Serialize;
use utoipa::ToSchema;

/// An account of a namespace, as the public register shows it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountEntity {
    #[schema(example = "press")]
    pub username: String,
    #[schema(example = "@press@moe.social.example")]
    pub handle: String,
    /// On the shared domain, where the lead agency gave one.
    #[schema(example = "@press@social.example")]
    pub official_handle: Option<String>,
    pub name: String,
    /// `organisation`, `role`, `team` or `person`.
    pub kind: String,
    pub url: String,
}

impl AccountEntity {
    pub(super) fn of(account: row::PublicAccount, tenant: &Tenant, names: &PlatformNames) -> Self {
        Self {
            handle: format!("@{}@{}", account.username, tenant.host),
            official_handle: account.official_handle.map(|local| format!("@{local}@{}", names.shared_domain)),
            url: names.origin(tenant).profile(&account.username),
            name: account.display_name,
            kind: account.kind,
            username: account.username,
        }
    }
}

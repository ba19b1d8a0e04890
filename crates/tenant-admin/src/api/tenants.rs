//! `/api/belfry/v1/tenants`

pub mod accounts;
pub mod create;
pub mod delete;
pub mod index;
pub mod peers;
pub mod phase;
pub mod quota;
pub mod rename;
pub mod resume;
pub mod show;
pub mod suspend;
pub mod usage;
pub mod wipe_on;

use belfry_model::{PlatformNames, Tenant};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A namespace and where it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tenant)]
pub struct TenantEntity {
    /// 64 bits, as text.
    pub id: String,
    #[schema(example = "moe")]
    pub slug: String,
    #[schema(example = "moe.social.example")]
    pub host: String,
    pub url: String,
    #[schema(example = "Ministry of Education")]
    pub name: String,
    /// `pilot`, `invited` or `public`.
    pub phase: &'static str,
    /// `provisioning`, `live`, `suspended` or `deleted`.
    pub state: &'static str,
    /// Whether it is the lead agency.
    pub lead: bool,
    /// Whether it may send urgent posts.
    pub urgent: bool,
    /// When this sandbox is to be wiped; `null` for one that stays.
    #[schema(value_type = Option<String>, required = true, example = "2027-01-31")]
    pub wipe_on: Option<NaiveDate>,
    /// `ministry`, `agency`, `municipality`, `region`, `parliament`, `court`, `education`, `health` or `other`.
    pub body_type: &'static str,
}

impl TenantEntity {
    pub(super) fn of(tenant: &Tenant, names: &PlatformNames) -> Self {
        Self {
            id: tenant.id.to_string(),
            slug: tenant.slug.to_string(),
            host: tenant.host.to_string(),
            url: names.origin(tenant).at("/"),
            name: tenant.name.clone(),
            phase: tenant.phase.as_str(),
            state: tenant.state.as_str(),
            lead: tenant.is_lead,
            urgent: tenant.urgent,
            wipe_on: tenant.wipe_on,
            body_type: tenant.body_type.as_str(),
        }
    }
}

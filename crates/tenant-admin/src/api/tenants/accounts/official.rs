//! `PUT` and `DELETE /api/belfry/v1/tenants/{slug}/accounts/{name}/official`

pub mod give;
pub mod release;

use std::sync::Arc;

use belfry_model::{Tenant, Username};
use belfry_tenancy::official::OfficialError;
use serde::Serialize;

use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, tenant};

/// The account's handle on the shared domain as it is now.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Official {
    #[schema(example = "@press@social.example")]
    official_handle: Option<String>,
    /// Whether this call changed it.
    changed: bool,
}

fn meant(
    governs: &Governs<Write>,
    (slug, name): &(String, String),
) -> Result<(Arc<Tenant>, Username), ApiError> {
    let tenant = tenant(governs, slug)?;
    if !tenant.is_live() {
        return Err(ApiError::Conflict(format!("The namespace `{slug}` is {}", tenant.state)));
    }
    Ok((tenant, name.parse().map_err(|_| ApiError::NotFound)?))
}

fn refusal(error: OfficialError) -> ApiError {
    match error {
        OfficialError::UnknownAccount { .. } => ApiError::NotFound,
        OfficialError::Taken(_)
        | OfficialError::Reserved(_)
        | OfficialError::HasAnother(_)
        | OfficialError::Hides(_) => ApiError::Conflict(error.to_string()),
        OfficialError::Internal(error) => ApiError::internal(&error),
    }
}

//! `/users/{name}` and what lies below it: one file an address.

pub mod collections_featured;
pub mod followers;
pub mod followers_synchronization;
pub mod following;
pub mod inbox;
pub mod outbox;
pub mod show;
pub mod statuses;
pub mod statuses_activity;

use actix_web::HttpResponse;
use belfry_edge::TenantHost;
use belfry_federation::publish::{CollectionPart, Slice};
use belfry_model::Username;
use serde::Deserialize;

use super::{FederationError, negotiate};
use crate::Gateway;

/// A name in an address. What can't be a handle is nobody's.
fn username(name: &str) -> Result<Username, FederationError> {
    name.parse().map_err(|_| FederationError::NotFound)
}

/// `?page=true&max_id=1`
#[derive(Debug, Deserialize)]
pub struct Paging {
    page: Option<String>,
    max_id: Option<String>,
}

impl Paging {
    fn slice(&self) -> Result<Slice, FederationError> {
        let Some(page) = &self.page else { return Ok(Slice::Whole) };
        if !matches!(page.as_str(), "true" | "1") {
            return Err(FederationError::BadRequest("`page` is `true` or absent".to_owned()));
        }
        let unreadable = || FederationError::BadRequest("`max_id` is the id that a page named".to_owned());
        let max = self.max_id.as_deref().map(|id| id.parse().map_err(|_| unreadable())).transpose()?;
        Ok(Slice::Page { max })
    }
}

async fn collection(
    gateway: &Gateway,
    tenant: &TenantHost,
    name: &str,
    part: CollectionPart,
    paging: &Paging,
) -> Result<HttpResponse, FederationError> {
    let published =
        gateway.federation.publish_collection(tenant, &username(name)?, part, paging.slice()?).await?;
    negotiate::answer(published)
}

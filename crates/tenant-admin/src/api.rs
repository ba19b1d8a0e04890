//! `/api/belfry/v1` on the shared domain: the lead agency's API, for programs.
//!
//! The same use cases as the console's pages and the commands.

mod audit;
mod auth;
mod baseline;
mod confirmations;
mod error;
mod imports;
mod openapi;
mod overview;
mod quota;
pub(crate) mod requests;
pub mod routes;
mod tenants;
pub(crate) mod usage;

pub(crate) use auth::bearer;
pub use auth::{Call, Governs, Read, Write};
pub use error::{ApiError, Body as ErrorBody};
pub use openapi::Document;
pub(crate) use openapi::Token;

use actix_web::web;
use belfry_model::{Slug, Tenant};
use std::sync::Arc;

/// The tenant that a path names. What no slug can be is no tenant either.
fn tenant(governs: &impl auth::Governor, slug: &str) -> Result<Arc<Tenant>, ApiError> {
    let slug: Slug = slug.parse().map_err(|_| ApiError::NotFound)?;
    governs.tenancy().directory.by_slug(&slug).ok_or(ApiError::NotFound)
}

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config.configure(routes::configure);
}

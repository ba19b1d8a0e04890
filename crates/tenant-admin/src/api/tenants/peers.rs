//! `/api/belfry/v1/tenants/{slug}/peers`: the servers that a pilot speaks with.

pub mod add;
pub mod index;
pub mod remove;

use belfry_model::Host;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::ApiError;

/// The servers that a namespace speaks with while it is a pilot.
#[derive(Debug, Serialize, ToSchema)]
pub struct Peers {
    /// By name.
    #[schema(example = json!(["mastodon.example"]))]
    hosts: Vec<String>,
}

fn host(text: &str) -> Result<Host, ApiError> {
    text.parse().map_err(|error| ApiError::Unprocessable(format!("{error}")))
}

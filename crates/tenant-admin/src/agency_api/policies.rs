//! `/api/belfry/v1/agency/policies`: what an agency publishes about how it acts.

pub mod accepted;
pub mod index;
pub mod publish;
pub mod show;
pub mod words;

use belfry_model::PolicyKind;

use crate::api::ApiError;

fn policy(text: &str) -> Result<PolicyKind, ApiError> {
    text.parse().map_err(|_| ApiError::NotFound)
}

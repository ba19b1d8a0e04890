//! `/api/belfry/v1/baseline/policies`: the text for all agencies.

pub mod index;
pub mod publish;
pub mod show;
pub mod words;

use belfry_model::PolicyKind;

use crate::api::ApiError;

fn policy(text: &str) -> Result<PolicyKind, ApiError> {
    text.parse().map_err(|_| ApiError::NotFound)
}

//! `/api/belfry/v1/baseline/imports`: lists of servers, looked at before they apply.

pub mod apply;
pub mod create;

use belfry_tenancy::baseline::import::{ImportError, Preview};
use serde::Serialize;
use utoipa::ToSchema;

use super::domains::RuleEntity;
use crate::api::ApiError;

/// What a list comes to, as things are now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPreview {
    /// Applies by `PUT /api/belfry/v1/baseline/imports/{id}/applied`.
    id: String,
    new: Vec<RuleEntity>,
    /// As they become: stricter than they stand.
    changed: Vec<RuleEntity>,
    /// Stand already, as they are or stricter.
    same: usize,
    refused: Vec<RefusedLine>,
    /// Agencies that follow somebody there or are followed from there.
    agencies: u64,
    follows: u64,
    followers: u64,
}

/// A line that is no rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedLine {
    line: usize,
    text: String,
    /// In words.
    reason: String,
}

impl ImportPreview {
    fn of(id: i64, preview: Preview) -> Self {
        let Preview { new, changed, same, refused, hit } = preview;
        Self {
            id: id.to_string(),
            new: new.into_iter().map(RuleEntity::from).collect(),
            changed: changed.into_iter().map(|(_, becomes)| becomes.into()).collect(),
            same,
            refused: refused
                .into_iter()
                .map(|one| RefusedLine { line: one.line, text: one.text, reason: one.reason })
                .collect(),
            agencies: hit.agencies,
            follows: hit.follows,
            followers: hit.followers,
        }
    }
}

fn failed(error: ImportError) -> ApiError {
    match error {
        ImportError::Internal(error) => ApiError::internal(&error),
        ImportError::TooLarge | ImportError::TooMany | ImportError::Empty | ImportError::NoDomains => {
            ApiError::Unprocessable(error.to_string())
        }
    }
}

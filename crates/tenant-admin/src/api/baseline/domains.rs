//! `/api/belfry/v1/baseline/domains`: servers that are barred or limited for all.

pub mod index;
pub mod remove;
pub mod set;

use belfry_model::Host;
use belfry_storage::KeptRule;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::ApiError;

/// What holds for a server and all below it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DomainRule)]
pub struct RuleEntity {
    #[schema(example = "bad.example")]
    domain: String,
    /// `suspend`, `limit` or `none`.
    severity: &'static str,
    /// Posts from there are shown without what is attached.
    reject_media: bool,
    /// In the exported list.
    public_comment: String,
    /// For the lead agency alone.
    private_comment: String,
    /// Empty for what was set by hand, else the name of the list.
    source: String,
}

impl From<KeptRule> for RuleEntity {
    fn from(rule: KeptRule) -> Self {
        Self {
            domain: rule.domain,
            severity: rule.severity.as_str(),
            reject_media: rule.reject_media,
            public_comment: rule.public_comment,
            private_comment: rule.private_comment,
            source: rule.source,
        }
    }
}

fn domain(text: &str) -> Result<Host, ApiError> {
    text.parse().map_err(|error| ApiError::Unprocessable(format!("{error}")))
}

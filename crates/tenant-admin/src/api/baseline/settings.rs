//! `/api/belfry/v1/baseline/settings`: what holds for every namespace.

pub mod set;
pub mod show;

use belfry_storage::Baseline;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Settings that a namespace can tighten and never loosen.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = BaselineSettings)]
pub struct SettingsEntity {
    /// Kept and shown; sign-in asks for it once it knows second factors.
    pub require_second_factor: bool,
    /// A post with a picture that isn't described is refused.
    pub require_alt_text: bool,
    /// Records are kept for at least so many days; 0 is no minimum.
    pub retention_days: i32,
    /// At most so many characters; `null` is no bound.
    #[schema(required = true)]
    pub post_length: Option<i32>,
}

impl From<Baseline> for SettingsEntity {
    fn from(baseline: Baseline) -> Self {
        Self {
            require_second_factor: baseline.require_second_factor,
            require_alt_text: baseline.require_alt_text,
            retention_days: baseline.retention_days,
            post_length: baseline.post_length,
        }
    }
}

//! `[usage]`: what agencies use, and their plans.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UsageSettings {
    /// From this share of a limit on, an agency's people and the lead agency are warned; in per cent.
    #[schemars(range(min = 1, max = 100))]
    pub warning_percent: u8,
}

impl Default for UsageSettings {
    fn default() -> Self {
        Self { warning_percent: 80 }
    }
}

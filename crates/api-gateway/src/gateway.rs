//! What every handler of this edge works with.

use belfry_edge::Platform;
use belfry_social::Social;

/// Handles only: cheap to clone, shared as `web::Data`.
#[derive(Debug, Clone)]
pub struct Gateway {
    pub platform: Platform,
    pub social: Social,
}

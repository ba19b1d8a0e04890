//! What every handler of this edge works with.

use belfry_edge::Platform;
use belfry_federation::Federation;
use belfry_queue::Queue;
use belfry_social::Social;

/// Handles only: cheap to clone, shared as `web::Data`.
#[derive(Debug, Clone)]
pub struct Gateway {
    pub platform: Platform,
    pub social: Social,
    pub federation: Federation,
    /// Takes what arrives until a worker applies it.
    pub queue: Queue,
}

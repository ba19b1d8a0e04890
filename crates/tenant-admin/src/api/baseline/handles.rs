//! `/api/belfry/v1/baseline/reserved_handles`: handles that nobody is given.

pub mod index;
pub mod release;
pub mod reserve;

use serde::Serialize;
use utoipa::ToSchema;

/// Handles that nobody is given; `*` stands for any characters.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReservedHandles {
    #[schema(example = json!(["*-police"]))]
    patterns: Vec<String>,
}

//! `/api/belfry/v1/agency/staff/sets`: the agency's own sets of permissions.

pub mod index;
pub mod remove;
pub mod save;

use belfry_storage::row::PermissionSet;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PermissionSet)]
pub struct SetEntity {
    /// 64 bits, as text.
    pub id: String,
    pub name: String,
    /// Words such as `post`.
    pub permissions: Vec<String>,
    /// How many people have it.
    pub people: i64,
}

impl SetEntity {
    pub(crate) fn of(set: PermissionSet) -> Self {
        Self {
            id: set.id.to_string(),
            name: set.name,
            permissions: set.permissions.split_whitespace().map(str::to_owned).collect(),
            people: set.people,
        }
    }
}

//! `/api/belfry/v1/agency/staff`: the agency's people.

pub mod disable;
pub mod enable;
pub mod grant;
pub mod import;
pub mod index;
pub mod invitations;
pub mod reset_factor;
pub mod second_factor;
pub mod sessions;
pub mod sets;

use belfry_model::{Permission, StaffId};
use belfry_storage::row::PermissionSet;
use belfry_tenancy::staff::Staff;
use belfry_tenancy::staff::manage::{self, ManageError};
use belfry_tenancy::staff::{self};
use serde::Serialize;
use utoipa::ToSchema;

use super::Agent;
use crate::api::ApiError;
use crate::member::ManagesStaff;

/// Somebody who works for the agency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Staff)]
pub struct StaffEntity {
    /// 64 bits, as text.
    pub id: String,
    pub email: String,
    pub name: String,
    /// `owner`, `admin`, `editor`, `author`, `moderator`, `records`, or the lead agency's `lead`.
    pub role: &'static str,
    /// The name of the agency's own set of permissions that they have instead of the role's.
    pub set: Option<String>,
    /// What they may do: words such as `post`.
    pub permissions: Vec<&'static str>,
    /// Shut out.
    pub disabled: bool,
}

impl StaffEntity {
    pub(crate) fn of(person: &Staff, sets: &[PermissionSet]) -> Self {
        let named = |id: i64| sets.iter().find(|set| set.id == id).map(|set| set.name.clone());
        Self {
            id: person.id.to_string(),
            email: person.email.clone(),
            name: person.display_name.clone(),
            role: person.role.as_str(),
            set: person.set.and_then(named),
            permissions: person.permissions().iter().map(Permission::as_str).collect(),
            disabled: person.disabled,
        }
    }
}

fn id(text: &str) -> Result<StaffId, ApiError> {
    text.parse().map(StaffId).map_err(|_| ApiError::NotFound)
}

/// Somebody as they are after a change.
async fn shown(agent: &Agent<ManagesStaff>, id: StaffId) -> Result<StaffEntity, ApiError> {
    let person = staff::find(agent.tenancy(), agent.scope(), id).await?.ok_or(ApiError::NotFound)?;
    Ok(StaffEntity::of(&person, &manage::sets(agent.tenancy(), &agent.tenant).await?))
}

impl From<ManageError> for ApiError {
    fn from(error: ManageError) -> Self {
        match error {
            ManageError::Internal(error) => Self::internal(&error),
            ManageError::Unknown | ManageError::UnknownSet => Self::NotFound,
            ManageError::Beyond
            | ManageError::LastOwner
            | ManageError::InUse
            | ManageError::TooMany
            | ManageError::UsedUp(_) => Self::Conflict(error.to_string()),
            ManageError::NotLead | ManageError::Name | ManageError::Empty => {
                Self::Unprocessable(error.to_string())
            }
        }
    }
}

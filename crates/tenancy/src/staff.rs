//! The people of a tenant: inviting them, letting them in, shutting them out.

pub mod bulk;
mod invitation;
pub mod manage;
pub mod own;

use belfry_model::{Permission, Permissions, Role, StaffId, TenantScope};
use belfry_storage::{TenantTx, row};
use chrono::{DateTime, Utc};
use serde_json::json;

pub use invitation::{AcceptError, Acceptance, Invitation, Invite, InviteError, accept, invite};
pub(crate) use invitation::{code, hash as code_hash, issue};

use crate::{By, Error, Result, Tenancy, audit};

/// Somebody who may sign in to one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    pub email: String,
    pub display_name: String,
    pub role: Role,
    /// The tenant's own set of permissions that they have instead of their role's.
    pub set: Option<i64>,
    permissions: Permissions,
    /// BCP 47, for pages; `None` follows the browser.
    pub language: Option<String>,
    pub disabled: bool,
}

impl Staff {
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.has(permission)
    }

    pub fn permissions(&self) -> Permissions {
        self.permissions
    }
}

impl TryFrom<row::Staff> for Staff {
    type Error = Error;

    fn try_from(row: row::Staff) -> Result<Self> {
        let wrong = |error| Error::Inconsistent(format!("staff {}: {error}", row.id));
        let role: Role = row.role.parse().map_err(wrong)?;
        let own = row.permissions.as_deref().map(str::parse).transpose().map_err(wrong)?;
        Ok(Self {
            id: StaffId(row.id),
            email: row.email,
            display_name: row.display_name,
            role,
            set: row.set_id,
            permissions: own.unwrap_or_else(|| role.permissions()),
            language: row.language,
            disabled: row.disabled_at.is_some(),
        })
    }
}

/// Somebody of this tenant, disabled or not.
pub async fn find(tenancy: &Tenancy, scope: TenantScope, id: StaffId) -> Result<Option<Staff>> {
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.staff_fetch(id).await?;
    tx.commit().await?;
    row.map(Staff::try_from).transpose()
}

/// Somebody of this tenant by their e-mail address, in any case.
pub async fn find_by_email(tenancy: &Tenancy, scope: TenantScope, email: &str) -> Result<Option<Staff>> {
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.staff_by_email(email).await?;
    tx.commit().await?;
    row.map(Staff::try_from).transpose()
}

/// Everybody, by e-mail address.
pub async fn list(tenancy: &Tenancy, scope: TenantScope) -> Result<Vec<Staff>> {
    let tx = tenancy.app.tenant(scope).await?;
    let rows = tx.staff_list().await?;
    tx.commit().await?;
    rows.into_iter().map(Staff::try_from).collect()
}

/// An invitation that can still be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvitation {
    pub id: i64,
    pub email: String,
    pub role: Role,
    pub expires_at: DateTime<Utc>,
}

/// Invitations that can still be accepted, the next to expire first.
pub async fn invitations(tenancy: &Tenancy, scope: TenantScope) -> Result<Vec<OpenInvitation>> {
    let tx = tenancy.app.tenant(scope).await?;
    let rows = tx.invitation_list_open(tenancy.clock.now()).await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            let wrong = |error| Error::Inconsistent(format!("invitation {}: {error}", row.id));
            let role = row.role.parse().map_err(wrong)?;
            Ok(OpenInvitation { id: row.id, email: row.email, role, expires_at: row.expires_at })
        })
        .collect()
}

/// Shuts somebody out at once: sessions and tokens end here.
/// `false` if there was nobody to shut out.
pub async fn disable(tenancy: &Tenancy, scope: TenantScope, staff: StaffId, by: &By) -> Result<bool> {
    let tx = tenancy.app.tenant(scope).await?;
    let disabled = disable_in(tenancy, &tx, staff, by).await?;
    tx.commit().await?;
    Ok(disabled)
}

/// In the caller's transaction.
async fn disable_in(tenancy: &Tenancy, tx: &TenantTx, staff: StaffId, by: &By) -> Result<bool> {
    let disabled = tx.staff_disable(staff).await?;
    if disabled {
        tx.session_delete_of(staff).await?;
        tx.oauth_token_revoke_of(staff, tenancy.clock.now()).await?;
        let detail = json!({ "staff": staff.to_string() });
        audit::record(tx, &*tenancy.clock, by, "staff.disable", detail).await?;
    }
    Ok(disabled)
}

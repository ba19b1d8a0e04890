//! What somebody is signed in with: sessions in browsers and tokens of apps, each to be ended.

use belfry_model::{StaffId, TenantScope};
use chrono::{DateTime, Utc};
use serde_json::json;

pub use belfry_storage::HeldToken;

use crate::{By, Result, Tenancy, audit};

/// A session, as it is shown to whoever it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSession {
    pub id: i64,
    /// Where it began, where that is known.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    pub started_at: DateTime<Utc>,
    /// To within some minutes.
    pub last_seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub sessions: Vec<HeldSession>,
    pub tokens: Vec<HeldToken>,
}

/// Everything that somebody is signed in with, the last used first.
pub async fn held(tenancy: &Tenancy, scope: TenantScope, staff: StaffId) -> Result<Held> {
    let tx = tenancy.app.tenant(scope).await?;
    let sessions = tx.session_list_of(staff, tenancy.clock.now()).await?;
    let tokens = tx.oauth_token_list_of(staff).await?;
    tx.commit().await?;
    let sessions = sessions
        .into_iter()
        .map(|row| HeldSession {
            id: row.id,
            address: row.address,
            agent: row.agent,
            started_at: row.created_at,
            last_seen_at: row.last_seen_at,
            expires_at: row.expires_at,
        })
        .collect();
    Ok(Held { sessions, tokens })
}

/// Ends one session of this person. `false` if they have no such one.
pub async fn end_one(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
    session: i64,
    by: &By,
) -> Result<bool> {
    let tx = tenancy.app.tenant(scope).await?;
    if !tx.session_delete_one(staff, session).await? {
        return Ok(false);
    }
    let detail = json!({ "staff": staff.to_string(), "session": session.to_string() });
    audit::record(&tx, &*tenancy.clock, by, "session.revoke", detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends every session of this person but the one that asks. How many that were.
pub async fn end_others(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
    but: i64,
    by: &By,
) -> Result<u64> {
    let tx = tenancy.app.tenant(scope).await?;
    let ended = tx.session_delete_others(staff, but).await?;
    if ended > 0 {
        let detail = json!({ "staff": staff.to_string(), "sessions": ended });
        audit::record(&tx, &*tenancy.clock, by, "session.revoke", detail).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// Ends every session of this person and revokes every token. How many sessions that were.
pub async fn end_all(tenancy: &Tenancy, scope: TenantScope, staff: StaffId, by: &By) -> Result<u64> {
    let tx = tenancy.app.tenant(scope).await?;
    let ended = tx.session_delete_of(staff).await?;
    tx.oauth_token_revoke_of(staff, tenancy.clock.now()).await?;
    let detail = json!({ "staff": staff.to_string(), "sessions": ended, "tokens": true });
    audit::record(&tx, &*tenancy.clock, by, "session.revoke", detail).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Revokes one token of this person. `false` if they hold no such one.
pub async fn revoke_token(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
    token: i64,
    by: &By,
) -> Result<bool> {
    let tx = tenancy.app.tenant(scope).await?;
    if !tx.oauth_token_revoke_held(staff, token, tenancy.clock.now()).await? {
        return Ok(false);
    }
    let detail = json!({ "staff": staff.to_string(), "token": token.to_string() });
    audit::record(&tx, &*tenancy.clock, by, "token.revoke", detail).await?;
    tx.commit().await?;
    Ok(true)
}

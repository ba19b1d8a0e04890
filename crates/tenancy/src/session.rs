//! Sessions of signed-in people: a random token in a cookie, of one tenant, for a time.

mod held;

use std::net::IpAddr;

use belfry_model::{Secret, StaffId, TenantScope};
use belfry_storage::NewSession;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

pub use held::{Held, HeldSession, HeldToken, end_all, end_one, end_others, held, revoke_token};

use crate::mail::Message;
use crate::sign_in::network;
use crate::staff::Staff;
use crate::token::{self, Fresh};
use crate::{By, Result, Tenancy, audit, factor};

/// What a browser calls itself is cut to this many characters.
const LONGEST_AGENT: usize = 200;

/// A use is written down at most this often: reading a page is no write.
const TOUCHED_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Where somebody signs in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place<'a> {
    pub address: Option<IpAddr>,
    /// What the browser calls itself.
    pub agent: &'a str,
}

impl From<Option<IpAddr>> for Place<'_> {
    fn from(address: Option<IpAddr>) -> Self {
        Self { address, agent: "" }
    }
}

/// A session under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub id: i64,
    pub staff: Staff,
    pub has_factor: bool,
    /// A second factor is demanded of the person, who has none: all that is open is setting one up.
    pub must_enrol: bool,
    /// When whoever holds it last proved who they are.
    proved_at: DateTime<Utc>,
}

impl Open {
    /// Whether the last proof is fresh enough for changing how the person signs in.
    pub fn is_proved(&self, tenancy: &Tenancy) -> bool {
        let age = tenancy.clock.now() - self.proved_at;
        age < TimeDelta::minutes(tenancy.settings.proof_minutes.into())
    }
}

/// The token goes into the cookie; it is not kept. From a network that the person never signed in
/// from, they get a letter about it.
pub async fn start<'a>(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
    place: impl Into<Place<'a>>,
) -> Result<Secret> {
    let place = place.into();
    let fresh = Fresh::token()?;
    let now = tenancy.clock.now();
    let expires_at = now + TimeDelta::hours(tenancy.settings.session_hours.into());
    let address = place.address.map(|address| address.to_canonical().to_string()).unwrap_or_default();
    let agent: String = place.agent.chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect();
    let tx = tenancy.app.tenant(scope).await?;
    // Once per sign-in is often enough, and needs no scheduler.
    tx.session_delete_expired(now).await?;
    tx.session_insert(NewSession {
        token_hash: &fresh.hash,
        staff,
        address: &address,
        agent: &agent,
        at: now,
        expires_at,
    })
    .await?;
    if let Some(from) = place.address
        && tx.network_is_new(staff, token::hash(&network(from)), now).await?
        && let (Some(tenant), Some(row)) =
            (tenancy.directory.by_id(scope.tenant()), tx.staff_fetch(staff).await?)
    {
        let message = Message::new("mail-new-sign-in").with("address", address).with("agent", agent);
        factor::tell(tenancy, &tx, &tenant, &row.try_into()?, message).await?;
    }
    let by = By::staff_by_id(scope.tenant(), staff).from(place.address);
    audit::record(&tx, &*tenancy.clock, &by, "session.start", json!({})).await?;
    tx.commit().await?;
    Ok(fresh.secret)
}

/// Who is signed in. Nobody, if the session is another tenant's, has expired, or its person
/// is disabled.
pub async fn find(tenancy: &Tenancy, scope: TenantScope, token: &str) -> Result<Option<Staff>> {
    Ok(open(tenancy, scope, token).await?.map(|open| open.staff))
}

/// The same, with the session itself.
pub async fn open(tenancy: &Tenancy, scope: TenantScope, token: &str) -> Result<Option<Open>> {
    let now = tenancy.clock.now();
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.session_find(&token::hash(token), now).await?;
    if let Some(row) = row.as_ref().filter(|row| now - row.last_seen_at >= TOUCHED_EVERY) {
        tx.session_touch(row.id, now).await?;
    }
    tx.commit().await?;
    row.map(|row| {
        let staff: Staff = row.staff.try_into()?;
        let must_enrol = !row.has_factor && factor::demand::read(&row.demand)?.is_for(&staff);
        Ok(Open { id: row.id, staff, has_factor: row.has_factor, must_enrol, proved_at: row.proved_at })
    })
    .transpose()
}

/// Ending what is not there is no error: signing out twice is signing out. `from` is where the
/// person signed out.
pub async fn end(tenancy: &Tenancy, scope: TenantScope, token: &str, from: Option<IpAddr>) -> Result<()> {
    let tx = tenancy.app.tenant(scope).await?;
    let hash = token::hash(token);
    if let Some(session) = tx.session_find(&hash, tenancy.clock.now()).await? {
        tx.session_delete(&hash).await?;
        let by = By::staff_by_id(scope.tenant(), StaffId(session.staff.id)).from(from);
        audit::record(&tx, &*tenancy.clock, &by, "session.end", json!({})).await?;
    }
    Ok(tx.commit().await?)
}

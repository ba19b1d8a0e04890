//! What the operator does across tenants: to deliveries that are stuck, to hosts, and to what a
//! tenant may.
//!
//! Invariant: an act is recorded as one of governance before it is done. Both happen over
//! different connections, and what was done must never lack its record.

use belfry_model::{Host, Phase, Tenant};
use belfry_storage::{AdminDb, DeliveryFilter, HostReset, WorkerDb};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use crate::{By, Error, Result, Tenancy, error};

/// Rows of one statement: long enough to be quick, short enough to keep no worker waiting.
const BATCH: u32 = 1000;

/// What the operator works with.
#[derive(Debug, Clone)]
pub struct Desk<'a> {
    pub worker: &'a WorkerDb,
    pub admin: &'a AdminDb,
    pub now: DateTime<Utc>,
    pub by: By,
}

impl Desk<'_> {
    /// Keeps what waits until then, or until it is released. How many deliveries.
    pub async fn hold(&self, filter: &DeliveryFilter, until: Option<DateTime<Utc>>) -> Result<u64> {
        let (waiting, _) = self.worker.delivery_count(filter).await?;
        self.record("delivery.park", filter, waiting, json!({ "until": until })).await?;
        repeat(waiting, async || self.worker.delivery_hold(filter, until, BATCH).await).await
    }

    /// Makes what waits due now, whatever it waits for.
    pub async fn release(&self, filter: &DeliveryFilter) -> Result<u64> {
        let (waiting, _) = self.worker.delivery_count(filter).await?;
        self.record("delivery.release", filter, waiting, json!({})).await?;
        repeat(waiting, async || self.worker.delivery_release(filter, self.now, BATCH).await).await
    }

    /// Brings dead letters back, as if never tried.
    pub async fn replay(&self, filter: &DeliveryFilter) -> Result<u64> {
        let (_, refused) = self.worker.delivery_count(filter).await?;
        self.record("delivery.replay", filter, refused, json!({})).await?;
        repeat(refused, async || self.worker.delivery_replay(filter, self.now, BATCH).await).await
    }

    /// Gives up what waits. It can be replayed for as long as dead letters are kept.
    pub async fn give_up(&self, filter: &DeliveryFilter) -> Result<u64> {
        let (waiting, _) = self.worker.delivery_count(filter).await?;
        self.record("delivery.drop", filter, waiting, json!({})).await?;
        repeat(waiting, async || self.worker.delivery_drop(filter, self.now, BATCH).await).await
    }

    /// Forgets what is known against a host, and lets what waits there go, so many a second.
    pub async fn host_reset(&self, host: &Host, per_second: u32) -> Result<HostReset> {
        let detail = json!({ "host": host, "per_second": per_second });
        self.admin.governance_record(self.by.actor(), "host.reset", None, detail).await?;
        Ok(self.worker.host_reset(host.as_str(), self.now, per_second).await?)
    }

    /// Nothing matched is nothing done.
    async fn record(&self, action: &str, filter: &DeliveryFilter, matched: u64, more: Value) -> Result<()> {
        if matched == 0 {
            return Ok(());
        }
        let mut detail = json!({
            "matched": matched,
            "activity": filter.activity.map(|id| id.to_string()),
            "host": filter.host,
        });
        if let (Value::Object(detail), Value::Object(more)) = (&mut detail, more) {
            detail.extend(more);
        }
        Ok(self.admin.governance_record(self.by.actor(), action, filter.tenant, detail).await?)
    }
}

/// Lets a tenant send urgent posts, or takes that back. `false` if it was so already.
pub async fn urgent_set(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    urgent: bool,
    by: &By,
) -> Result<bool> {
    let changed = admin.tenant_urgent_set(tenant.id, urgent, by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(changed)
}

/// Opens a tenant further, or less far. `false` if it was so already.
pub async fn phase_set(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    phase: Phase,
    by: &By,
) -> Result<bool> {
    let changed = admin.tenant_phase_set(tenant.id, phase, by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(changed)
}

/// Why a tenant can't be wiped on a date.
#[derive(Debug, thiserror::Error)]
pub enum WipeError {
    #[error("{0} is over, or today: choose a day to come")]
    Over(NaiveDate),
    #[error("the lead agency can't be a sandbox")]
    Lead,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(WipeError: Error, belfry_storage::Error);

/// Makes a tenant a sandbox that is to be wiped on a date, or one that stays. `false` if it was so already.
pub async fn wipe_on_set(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    wipe_on: Option<NaiveDate>,
    by: &By,
) -> Result<bool, WipeError> {
    if let Some(day) = wipe_on {
        if tenant.is_lead {
            return Err(WipeError::Lead);
        }
        if day <= tenancy.clock.now().date_naive() {
            return Err(WipeError::Over(day));
        }
    }
    let changed = admin.tenant_wipe_on_set(tenant.id, wipe_on, by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(changed)
}

/// A list that is longer is no pilot's.
pub const MOST_PEERS: u32 = 200;

/// What a list of servers can't take.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    #[error("`{0}` is this agency's own host: list the servers that it is to speak with")]
    Itself(Host),
    #[error("no more than {MOST_PEERS} servers can be listed for a pilot: open it further instead")]
    TooMany,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(PeerError: Error, belfry_storage::Error);

/// Lists a server that a tenant may speak with while it is a pilot. `false` if it stood there already.
pub async fn peer_add(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    host: &Host,
    by: &By,
) -> Result<bool, PeerError> {
    if *host == tenant.host {
        return Err(PeerError::Itself(host.clone()));
    }
    let added = admin.peer_add(tenant.id, host, MOST_PEERS, by.actor()).await?.ok_or(PeerError::TooMany)?;
    tenancy.directory.refresh().await?;
    Ok(added)
}

/// Takes a server from the list. `false` if it did not stand there.
pub async fn peer_remove(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    host: &Host,
    by: &By,
) -> Result<bool> {
    let removed = admin.peer_remove(tenant.id, host, by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(removed)
}

/// Batch after batch until nothing is left, and no more than there was at the beginning: what
/// becomes stuck meanwhile was not meant.
async fn repeat(matched: u64, mut batch: impl AsyncFnMut() -> belfry_storage::Result<u64>) -> Result<u64> {
    let mut done = 0;
    while done < matched {
        match batch().await? {
            0 => break,
            some => done += some,
        }
    }
    Ok(done)
}

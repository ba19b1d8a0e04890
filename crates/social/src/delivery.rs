//! How far a post has come: the ledger as its author reads it.
//!
//! Invariant: what is counted is the version that stands, the newest `Create`, `Update` or
//! `Announce`; a server that has it has the post as it is now. Every server is counted once.

use belfry_model::{ActivityId, StatusId, TenantScope};
use belfry_storage::{ActivityLedger, AppDb, Ledger, TenantTx, Trouble, row};
use chrono::TimeDelta;

use crate::Result;

/// How far back the overview of an agency's deliveries looks.
pub const RECENT: TimeDelta = TimeDelta::days(7);

/// The way of one post, or of one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub status: Option<StatusId>,
    /// The activity that is counted; `None` once its counts are forgotten.
    pub current: Option<ActivityLedger>,
    /// All that tell of the post, the oldest first.
    pub activities: Vec<ActivityLedger>,
    /// Servers that the current activity waits for, the soonest first, then those that refused it.
    pub troubles: Vec<Trouble>,
    /// How many such servers there are besides.
    pub troubles_left_off: u64,
}

impl Delivery {
    /// The counts of the current activity. Forgotten ones are those of a way that has ended.
    pub fn ledger(&self) -> Ledger {
        match &self.current {
            Some(current) => current.ledger,
            None => Ledger { walked: true, ..Ledger::default() },
        }
    }

    async fn load(
        tx: &TenantTx,
        status: Option<StatusId>,
        activities: Vec<ActivityLedger>,
        limit: u32,
    ) -> Result<Self> {
        let tells = |one: &&ActivityLedger| matches!(one.kind.as_str(), "Create" | "Update" | "Announce");
        let current = activities.iter().rfind(tells).or(activities.last()).cloned();
        let troubles = match &current {
            Some(current) => tx.ledger_troubles(current.activity, limit).await?,
            None => Vec::new(),
        };
        let shown = u64::try_from(troubles.len()).unwrap_or(u64::MAX);
        let all = current.as_ref().map_or(0, |one| one.ledger.waiting() + one.ledger.refused);
        Ok(Self { status, current, activities, troubles, troubles_left_off: all.saturating_sub(shown) })
    }
}

/// A post that some server does not have, yet or for good.
#[derive(Debug, Clone, PartialEq)]
pub struct Undelivered {
    pub status: row::Status,
    pub author: row::Actor,
    pub ledger: Ledger,
}

/// In the caller's transaction; up to `limit` servers that wait and as many that refused.
pub(crate) async fn of_status(tx: &TenantTx, status: StatusId, limit: u32) -> Result<Delivery> {
    let activities = tx.ledger_of_status(status).await?;
    Delivery::load(tx, Some(status), activities, limit).await
}

/// By the id of a post or of an activity, as an operator has it from a list. `None` if the
/// tenant has neither, or its counts are forgotten. Nothing of the post itself is read.
pub async fn find(app: &AppDb, scope: TenantScope, id: i64, limit: u32) -> Result<Option<Delivery>> {
    let tx = app.tenant(scope).await?;
    let activities = tx.ledger_of_status(StatusId(id)).await?;
    if !activities.is_empty() {
        return Delivery::load(&tx, Some(StatusId(id)), activities, limit).await.map(Some);
    }
    match tx.ledger_of_activity(ActivityId(id)).await? {
        Some(one) => Delivery::load(&tx, one.status, vec![one], limit).await.map(Some),
        None => Ok(None),
    }
}

/// How many servers wait for an agency's posts and boosts of the last week, and how many refused
/// them.
pub async fn recent_sums(app: &AppDb, scope: TenantScope) -> Result<(u64, u64)> {
    let tx = app.tenant(scope).await?;
    Ok(tx.ledger_recent_sums(RECENT).await?)
}

/// An agency's posts and boosts of the last week that have not arrived everywhere, the newest
/// first.
pub async fn undelivered(app: &AppDb, scope: TenantScope, limit: u32) -> Result<Vec<Undelivered>> {
    let tx = app.tenant(scope).await?;
    let mut found = Vec::new();
    for recent in tx.ledger_recent(RECENT, limit).await? {
        let Some(status) = recent.status else { continue };
        let Some(status) = tx.status_fetch(status).await? else { continue };
        let Some(author) = tx.actor_fetch(belfry_model::ActorId(status.actor_id)).await? else { continue };
        found.push(Undelivered { status, author, ledger: recent.ledger });
    }
    Ok(found)
}

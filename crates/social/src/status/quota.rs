//! The agency's plan: so many posts and deliveries a day.
//!
//! Invariants: a post or boost is counted in the transaction that makes it, so that of two that
//! take the day's last place one gets it; a deleted one stays counted. Whatever was accepted is
//! delivered, and so are edits and deletions; once the day's deliveries are used up, no new post is
//! accepted. An urgent post is counted and always goes.

use belfry_model::Lane;
use belfry_storage::TenantTx;
use chrono::{DateTime, Days, Utc};

use crate::{Error, Result};

/// The last thing before the commit: other posts of the agency wait here until then.
pub(super) async fn count(tx: &TenantTx, lane: Lane, now: DateTime<Utc>) -> Result<()> {
    let counted = tx.usage_count_post(now.date_naive()).await?;
    match (lane, counted.check()) {
        (Lane::Urgent, _) | (_, Ok(())) => Ok(()),
        (Lane::Normal | Lane::Bulk, Err(used_up)) => {
            let tomorrow = now.date_naive().checked_add_days(Days::new(1));
            let opens_in = tomorrow.map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc() - now);
            Err(Error::UsedUp { used_up, opens_in })
        }
    }
}

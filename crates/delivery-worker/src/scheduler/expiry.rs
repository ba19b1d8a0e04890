//! What is old is forgotten, now and then, by one process at a time.

use std::time::Duration;

use belfry_model::TenantScope;
use chrono::TimeDelta;

use crate::{Parts, Result};

const EVERY: Duration = Duration::from_hours(1);
/// No broker hands a message out again after this long.
const BATCH_DAYS: i64 = 2;

pub(super) async fn run(parts: &Parts) -> Result<()> {
    if !parts.cache.put_if_absent("scheduler:expiry", "", EVERY).await? {
        return Ok(());
    }
    let settings = &parts.settings.delivery;
    let now = parts.clock.now();
    let before = |days: i64| now - TimeDelta::days(days);
    let given_up = parts.machinery.parked_expire(before(i64::from(settings.give_up_days)), now).await?;
    let forgotten =
        parts.machinery.dead_letter_delete_old(before(i64::from(settings.dead_letter_days))).await?;
    let finished = parts.machinery.outbox_delete_finished(before(i64::from(settings.ledger_days))).await?;
    parts.machinery.settled_batch_delete_old(before(BATCH_DAYS)).await?;
    parts.machinery.host_state_forget(before(i64::from(settings.gone_days))).await?;
    if given_up + forgotten + finished > 0 {
        tracing::info!(given_up, forgotten, finished, "what is old was cleared away");
    }
    let received = before(i64::from(parts.settings.federation.received_days));
    let commons = parts.app.commons().await?;
    commons.received_delete_old(received).await?;
    commons.commit().await?;
    let orphan_hours = i64::try_from(parts.settings.media.orphan_hours).unwrap_or(i64::MAX);
    // A setting beyond all time means never.
    let orphaned = TimeDelta::try_hours(orphan_hours).and_then(|age| now.checked_sub_signed(age));
    // Row-level security lets no statement reach across: one transaction a tenant.
    for tenant in parts.directory.list() {
        let scope: TenantScope = tenant.scope();
        let tx = parts.app.tenant(scope).await?;
        tx.received_delete_old(received).await?;
        tx.session_delete_expired(now).await?;
        tx.commit().await?;
        if let Some(orphaned) = orphaned {
            while parts.social.media_remove_orphans(scope, orphaned).await? > 0 {}
        }
    }
    Ok(())
}

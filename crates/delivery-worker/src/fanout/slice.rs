//! One slice: who of the audience is next, what waits instead of going, and the messages.

use belfry_model::{DeliverV1, InboundV1, TenantScope};
use belfry_queue::{Payload, QueueName};
use belfry_storage::{Claim, Held, Slice};
use chrono::TimeDelta;

use crate::hosts::{Advice, give_up_at};
use crate::{Parts, Result, host_of};

/// Publishes the next slice, then moves the cursor: a crash in between repeats this slice.
/// Answers the number of messages.
pub(super) async fn publish(parts: &Parts, claim: &Claim, queue: QueueName) -> Result<usize> {
    let Some(scope) = TenantScope::of(claim.tenant) else {
        // The commons send nothing. Such a row can't be written, and must not stop the lane.
        tracing::error!(outbox = claim.id, "an outbox row names no tenant");
        let nothing = Slice {
            cursor: None,
            inboxes: 0,
            held: &[],
            gone: 0,
            barred: 0,
            paid_until: None,
            spends: TimeDelta::zero(),
        };
        parts.machinery.outbox_advance(claim, nothing, parts.clock.now()).await?;
        return Ok(0);
    };
    let limit = parts.settings.delivery.slice.max(1);
    let audience = parts.federation.audience_slice(scope, claim.activity, &claim.cursor, limit).await?;
    let cursor = audience.cursor;
    let (ours, theirs): (Vec<_>, Vec<_>) =
        audience.inboxes.into_iter().partition(|inbox| parts.federation.is_ours(inbox));
    let (theirs, barred) = allowed(parts, claim, theirs);
    let inboxes = theirs.len();
    let sorted = sort(parts, claim, theirs).await?;
    let neighbours = !ours.is_empty() && parts.federation.has_neighbours(claim.tenant);
    let messages = send(parts, claim, queue, neighbours, &sorted.now).await?;
    metrics::counter!("belfry_fanout_inboxes_total", "lane" => claim.lane.as_str())
        .increment(u64::try_from(inboxes).unwrap_or(0));
    let slice = Slice {
        cursor: cursor.as_deref(),
        inboxes,
        held: &sorted.held,
        gone: sorted.gone,
        barred,
        paid_until: cost(parts, i64::try_from(inboxes).unwrap_or(i64::MAX))
            .map(|cost| parts.clock.now() + cost),
        spends: at_rate(inboxes, 1000, parts.settings.delivery.newcomer_per_second).unwrap_or_default(),
    };
    if !parts.machinery.outbox_advance(claim, slice, parts.clock.now()).await? {
        tracing::warn!(outbox = claim.id, tenant = %claim.tenant, "a slice took longer than its claim and was doubled");
    }
    tracing::debug!(tenant = %claim.tenant, activity = %claim.activity, inboxes, last = cursor.is_none(), "fanned out");
    Ok(messages)
}

/// A slice's inboxes by what becomes of them.
#[derive(Default)]
struct Sorted {
    now: Vec<String>,
    held: Vec<Held>,
    gone: usize,
}

/// Without those that the phase or the platform's rules bar, and how many those are: nothing is kept
/// for them.
fn allowed(parts: &Parts, claim: &Claim, inboxes: Vec<String>) -> (Vec<String>, usize) {
    let hosts: Vec<String> = inboxes.iter().map(|inbox| host_of(inbox)).collect();
    let barred = parts.federation.barred(claim.tenant, &hosts);
    let all = inboxes.len();
    let inboxes: Vec<String> =
        inboxes.into_iter().zip(barred).filter(|(_, barred)| !barred).map(|(inbox, _)| inbox).collect();
    let barred = all - inboxes.len();
    (inboxes, barred)
}

/// What is known to wait goes past the queue, into one row each; what is gone leaves none.
async fn sort(parts: &Parts, claim: &Claim, inboxes: Vec<String>) -> Result<Sorted> {
    let hosts: Vec<String> = inboxes.iter().map(|inbox| host_of(inbox)).collect();
    parts.hosts.look_up(hosts.iter().map(String::as_str)).await?;
    let behind =
        if claim.follows { parts.machinery.outbox_held_behind(claim, &inboxes).await? } else { Vec::new() };
    let now = parts.clock.now();
    let mut sorted = Sorted::default();
    for (inbox, host) in inboxes.into_iter().zip(hosts) {
        let advice = parts.hosts.advice(&host);
        let earlier = behind.iter().find(|(parked, ..)| *parked == inbox);
        let (reason, due_at, with_host) = match (advice, earlier) {
            (Advice::Gone, _) => {
                sorted.gone += 1;
                continue;
            }
            (Advice::Down, _) => ("its host is down", give_up_at(now, &parts.settings.delivery), true),
            (_, Some((_, due_at, with_host))) => {
                ("waits for an earlier one of its thread", *due_at, *with_host)
            }
            (Advice::Try | Advice::Slow, None) => {
                sorted.now.push(inbox);
                continue;
            }
        };
        sorted.held.push(Held { inbox, host, reason: reason.to_owned(), due_at, with_host });
    }
    Ok(sorted)
}

/// Neighbours are handed the activity once, whatever their number: who of them it concerns is
/// found out where it is applied.
async fn send(
    parts: &Parts,
    claim: &Claim,
    queue: QueueName,
    neighbours: bool,
    inboxes: &[String],
) -> Result<usize> {
    if neighbours {
        let job = InboundV1::Neighbour { tenant: claim.tenant, activity: claim.activity };
        parts.queue.publish(QueueName::Inbound, &[Payload::Inbound(job)]).await?;
    }
    let batches: Vec<_> = inboxes
        .chunks(parts.settings.delivery.batch.max(1))
        .map(|batch| {
            let job = DeliverV1::first(claim.tenant, claim.activity, claim.lane, batch);
            Payload::Deliver(DeliverV1 { again: claim.again, ..job })
        })
        .collect();
    parts.queue.publish(queue, &batches).await?;
    Ok(batches.len())
}

/// How long a tenant that has sent to so many inboxes waits for its next turn, where its
/// deliveries a minute are limited.
pub(super) fn cost(parts: &Parts, inboxes: i64) -> Option<TimeDelta> {
    at_rate(usize::try_from(inboxes).ok()?, 60_000, parts.settings.delivery.tenant_per_minute)
}

/// How long so many inboxes take at a rate; `None` where there is no rate.
fn at_rate(inboxes: usize, milliseconds: i64, rate: u32) -> Option<TimeDelta> {
    let time = i64::try_from(inboxes).ok()?.checked_mul(milliseconds)?.checked_div(i64::from(rate))?;
    TimeDelta::try_milliseconds(time)
}

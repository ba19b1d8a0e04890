//! What became of attempts: into the ledger, and into the rows of what waits or has ended.
//!
//! Invariant: an outcome counts once. A batch of first attempts is known by its inboxes, and a
//! later attempt by its parked row, which ends with it. A message that is handed out again after
//! a crash changes nothing that is recorded.

use belfry_model::{ActivityId, DeliverTo, Lane, TenantId};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Value};

use super::statement;
use crate::{Result, WorkerDb};

/// What became of one inbox of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    Taken,
    /// Waits for a time or, `with_host`, for its host.
    Later {
        to: DeliverTo,
        reason: String,
        due_at: DateTime<Utc>,
        with_host: bool,
    },
    Never {
        attempts: u32,
        reason: String,
    },
    /// Deleted before it was sent.
    Withdrawn,
    /// Its host has been away for so long that nothing is kept for it.
    Gone,
}

/// One inbox, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub inbox: String,
    pub host: String,
    pub end: End,
}

/// The outcomes of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcomes {
    pub tenant: TenantId,
    pub activity: ActivityId,
    pub lane: Lane,
    /// [`super::slice::batch_key`] of first attempts; `None` where each inbox has a parked row.
    pub batch: Option<i64>,
    pub ends: Vec<Ended>,
}

/// The ledger's rows are locked in one order, so that two workers never wait for each other.
const FIRST: &str = "
    WITH given AS (
        SELECT DISTINCT ON (tenant_id, activity_id, batch) *
        FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[])
            AS g (tenant_id, activity_id, batch, inboxes, taken, refused, gone, withdrawn)
    ), fresh AS (
        INSERT INTO machinery.settled_batch (tenant_id, activity_id, batch, settled_at)
        SELECT tenant_id, activity_id, batch, $9::timestamptz FROM given
        ON CONFLICT DO NOTHING RETURNING tenant_id, activity_id, batch
    ), parked AS (
        INSERT INTO machinery.parked_delivery (tenant_id, activity_id, inbox, host, lane, attempts,
            missing_days, missing_on, reason, first_at, due_at, with_host)
        SELECT p.tenant_id, p.activity_id, p.inbox, p.host, p.lane, p.attempts,
            p.missing_days, nullif(p.missing_on, '')::date, p.reason, $9, p.due_at, p.with_host
        FROM unnest($10::bigint[], $11::bigint[], $12::bigint[], $13::text[], $14::text[], $15::text[], $16::int[],
                $17::int[], $18::text[], $19::text[], $20::timestamptz[], $21::bool[])
            AS p (tenant_id, activity_id, batch, inbox, host, lane, attempts, missing_days, missing_on, reason, due_at, with_host)
        JOIN fresh USING (tenant_id, activity_id, batch)
        ON CONFLICT DO NOTHING
    ), died AS (
        INSERT INTO machinery.dead_letter (tenant_id, activity_id, inbox, host, lane, attempts, reason, died_at)
        SELECT d.tenant_id, d.activity_id, d.inbox, d.host, d.lane, d.attempts, d.reason, $9
        FROM unnest($22::bigint[], $23::bigint[], $24::bigint[], $25::text[], $26::text[], $27::text[], $28::int[], $29::text[])
            AS d (tenant_id, activity_id, batch, inbox, host, lane, attempts, reason)
        JOIN fresh USING (tenant_id, activity_id, batch)
        ON CONFLICT DO NOTHING
    ), sums AS (
        SELECT tenant_id, activity_id, sum(inboxes) AS inboxes, sum(taken) AS taken, sum(refused) AS refused,
            sum(gone) AS gone, sum(withdrawn) AS withdrawn
        FROM given JOIN fresh USING (tenant_id, activity_id, batch) GROUP BY tenant_id, activity_id
    ), locked AS (
        SELECT o.id FROM machinery.outbox o JOIN sums USING (tenant_id, activity_id)
        ORDER BY o.tenant_id, o.activity_id FOR UPDATE OF o
    )
    UPDATE machinery.outbox o
    SET settled = o.settled + s.inboxes, taken = o.taken + s.taken, refused = o.refused + s.refused,
        gone = o.gone + s.gone, withdrawn = o.withdrawn + s.withdrawn, changed_at = $9
    FROM sums s, locked l
    WHERE o.id = l.id AND o.tenant_id = s.tenant_id AND o.activity_id = s.activity_id";

const LATER: &str = "
    WITH given AS (
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::int[], $6::int[], $7::text[],
                $8::text[], $9::timestamptz[], $10::bool[])
            AS g (tenant_id, activity_id, inbox, ended, attempts, missing_days, missing_on, reason, due_at, with_host)
    ), ended AS (
        DELETE FROM machinery.parked_delivery p USING given g
        WHERE p.tenant_id = g.tenant_id AND p.activity_id = g.activity_id AND p.inbox = g.inbox AND g.ended <> 'later'
        RETURNING p.tenant_id, p.activity_id, p.inbox, p.host, p.lane, g.ended, g.attempts, g.reason
    ), later AS (
        UPDATE machinery.parked_delivery p
        SET attempts = g.attempts, missing_days = g.missing_days, missing_on = nullif(g.missing_on, '')::date,
            reason = g.reason, due_at = g.due_at, with_host = g.with_host
        FROM given g
        WHERE p.tenant_id = g.tenant_id AND p.activity_id = g.activity_id AND p.inbox = g.inbox AND g.ended = 'later'
    ), died AS (
        INSERT INTO machinery.dead_letter (tenant_id, activity_id, inbox, host, lane, attempts, reason, died_at)
        SELECT tenant_id, activity_id, inbox, host, lane, attempts, reason, $11::timestamptz
        FROM ended WHERE ended.ended = 'never'
        ON CONFLICT DO NOTHING
    ), sums AS (
        SELECT tenant_id, activity_id, count(*) FILTER (WHERE ended = 'taken') AS taken,
            count(*) FILTER (WHERE ended = 'never') AS refused, count(*) FILTER (WHERE ended = 'gone') AS gone,
            count(*) FILTER (WHERE ended = 'withdrawn') AS withdrawn
        FROM ended GROUP BY tenant_id, activity_id
    ), locked AS (
        SELECT o.id FROM machinery.outbox o JOIN sums USING (tenant_id, activity_id)
        ORDER BY o.tenant_id, o.activity_id FOR UPDATE OF o
    )
    UPDATE machinery.outbox o
    SET taken = o.taken + s.taken, refused = o.refused + s.refused, gone = o.gone + s.gone,
        withdrawn = o.withdrawn + s.withdrawn, changed_at = $11
    FROM sums s, locked l
    WHERE o.id = l.id AND o.tenant_id = s.tenant_id AND o.activity_id = s.activity_id";

impl WorkerDb {
    /// Records what became of many messages' inboxes: one statement for first attempts and one
    /// for later ones. Safe to repeat.
    pub async fn outcomes_record(&self, outcomes: &[Outcomes], now: DateTime<Utc>) -> Result<()> {
        let (first, later): (Vec<_>, Vec<_>) = outcomes.iter().partition(|outcomes| outcomes.batch.is_some());
        if !first.is_empty() {
            self.pool().execute_raw(statement(FIRST, first_values(&first, now))).await?;
        }
        if !later.is_empty() {
            self.pool().execute_raw(statement(LATER, later_values(&later, now))).await?;
        }
        Ok(())
    }
}

fn first_values(messages: &[&Outcomes], now: DateTime<Utc>) -> [Value; 29] {
    let count = |which: fn(&End) -> bool| -> Value {
        let of = |message: &&Outcomes| number(message.ends.iter().filter(|ended| which(&ended.end)).count());
        messages.iter().map(of).collect::<Vec<_>>().into()
    };
    let (mut parked, mut died) = (Columns::default(), Columns::default());
    for message in messages {
        for ended in &message.ends {
            match &ended.end {
                End::Later { to, reason, due_at, with_host } => {
                    parked.push(message, ended, to.attempts, reason);
                    parked.missing_days.push(signed(to.missing_days));
                    parked.missing_on.push(day(to));
                    parked.due_at.push(*due_at);
                    parked.with_host.push(*with_host);
                }
                End::Never { attempts, reason } => died.push(message, ended, *attempts, reason),
                End::Taken | End::Withdrawn | End::Gone => {}
            }
        }
    }
    [
        messages.iter().map(|message| message.tenant.0).collect::<Vec<_>>().into(),
        messages.iter().map(|message| message.activity.0).collect::<Vec<_>>().into(),
        messages.iter().map(|message| message.batch.unwrap_or_default()).collect::<Vec<_>>().into(),
        count(|_| true),
        count(|end| matches!(end, End::Taken)),
        count(|end| matches!(end, End::Never { .. })),
        count(|end| matches!(end, End::Gone)),
        count(|end| matches!(end, End::Withdrawn)),
        now.into(),
        parked.tenants.into(),
        parked.activities.into(),
        parked.batches.into(),
        parked.inboxes.into(),
        parked.hosts.into(),
        parked.lanes.into(),
        parked.attempts.into(),
        parked.missing_days.into(),
        parked.missing_on.into(),
        parked.reasons.into(),
        parked.due_at.into(),
        parked.with_host.into(),
        died.tenants.into(),
        died.activities.into(),
        died.batches.into(),
        died.inboxes.into(),
        died.hosts.into(),
        died.lanes.into(),
        died.attempts.into(),
        died.reasons.into(),
    ]
}

fn later_values(messages: &[&Outcomes], now: DateTime<Utc>) -> [Value; 11] {
    let mut columns = Columns::default();
    let mut words = Vec::new();
    for message in messages {
        for ended in &message.ends {
            let nothing = DeliverTo::default();
            let (word, to, attempts, reason, due_at, with_host) = match &ended.end {
                End::Later { to, reason, due_at, with_host } => {
                    ("later", to, to.attempts, reason.as_str(), *due_at, *with_host)
                }
                End::Never { attempts, reason } => {
                    ("never", &nothing, *attempts, reason.as_str(), now, false)
                }
                End::Taken => ("taken", &nothing, 0, "", now, false),
                End::Withdrawn => ("withdrawn", &nothing, 0, "", now, false),
                End::Gone => ("gone", &nothing, 0, "", now, false),
            };
            words.push(word.to_owned());
            columns.push(message, ended, attempts, reason);
            columns.missing_days.push(signed(to.missing_days));
            columns.missing_on.push(day(to));
            columns.due_at.push(due_at);
            columns.with_host.push(with_host);
        }
    }
    [
        columns.tenants.into(),
        columns.activities.into(),
        columns.inboxes.into(),
        words.into(),
        columns.attempts.into(),
        columns.missing_days.into(),
        columns.missing_on.into(),
        columns.reasons.into(),
        columns.due_at.into(),
        columns.with_host.into(),
        now.into(),
    ]
}

/// Rows, column by column, as `unnest` takes them.
#[derive(Default)]
struct Columns {
    tenants: Vec<i64>,
    activities: Vec<i64>,
    batches: Vec<i64>,
    inboxes: Vec<String>,
    hosts: Vec<String>,
    lanes: Vec<String>,
    attempts: Vec<i32>,
    missing_days: Vec<i32>,
    missing_on: Vec<String>,
    reasons: Vec<String>,
    due_at: Vec<DateTime<Utc>>,
    with_host: Vec<bool>,
}

impl Columns {
    fn push(&mut self, message: &Outcomes, ended: &Ended, attempts: u32, reason: &str) {
        self.tenants.push(message.tenant.0);
        self.activities.push(message.activity.0);
        self.batches.push(message.batch.unwrap_or_default());
        self.inboxes.push(ended.inbox.clone());
        self.hosts.push(ended.host.clone());
        self.lanes.push(message.lane.to_string());
        self.attempts.push(signed(attempts));
        self.reasons.push(reason.to_owned());
    }
}

/// `""` for none: an array of values that may be absent has no type here.
fn day(to: &DeliverTo) -> String {
    to.missing_on.map(|day| day.to_string()).unwrap_or_default()
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn signed(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

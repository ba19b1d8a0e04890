//! From an answer, or from what is known of a host, to what is recorded of an inbox.

use belfry_federation::Outcome;
use belfry_model::{DeliverTo, TenantState};
use belfry_storage::End;
use chrono::{DateTime, TimeDelta, Utc};

use crate::deliver::Deliver;
use crate::deliver::batch::Batch;
use crate::hosts::{Advice, SLOW, give_up_at};

/// 404 on this many distinct days means that the inbox is gone.
const MISSING_DAYS: u32 = 3;
/// For the author's eyes.
const BARRED: &str = "not sent: the platform's rules bar this server";
/// What waits for a host that is slow is tried again when its requests have timed out, if none
/// of them is answered before.
const AFTER_TIMEOUT: TimeDelta = TimeDelta::seconds(5);

impl Deliver {
    /// What becomes of an inbox without an attempt; `None` if its host may be tried.
    pub(super) fn held(&self, batch: &Batch, index: usize, host: &str) -> Option<End> {
        let to = batch.to(index)?;
        let now = self.parts.clock.now();
        // Taken up again at its resumption: rows of a suspended tenant are not released.
        if self.is_suspended(batch) {
            return Some(later(to.clone(), "its agency is suspended", now, false));
        }
        let counted = |outcome: &'static str| {
            metrics::counter!("belfry_deliveries_total", "outcome" => outcome).increment(1);
        };
        // It was let through by the fan-out, and has been barred since. Replayed once it may go.
        if self.parts.federation.barred(batch.job.tenant, &[host]) == [true] {
            counted("barred");
            return Some(End::Never { attempts: to.attempts, reason: BARRED.to_owned() });
        }
        match self.parts.hosts.advice(host) {
            Advice::Try => None,
            Advice::Down if batch.job.probe => None,
            Advice::Slow => {
                counted("host_slow");
                Some(later(to.clone(), SLOW, now + self.timeout() + AFTER_TIMEOUT, false))
            }
            Advice::Down => {
                counted("host_down");
                let until = give_up_at(since(to, now), &self.parts.settings.delivery);
                Some(later(to.clone(), "its host is down", until, true))
            }
            Advice::Gone => {
                counted("host_gone");
                Some(End::Gone)
            }
        }
    }

    fn is_suspended(&self, batch: &Batch) -> bool {
        let tenant = self.parts.directory.by_id(batch.job.tenant);
        tenant.is_some_and(|tenant| tenant.state == TenantState::Suspended)
    }

    /// For as long as the request goes on.
    pub(super) fn unanswered(&self, batch: &Batch, index: usize) -> Option<End> {
        let until = self.parts.clock.now() + self.timeout() * 2 + AFTER_TIMEOUT;
        Some(later(batch.to(index)?.clone(), "its host has not answered yet", until, false))
    }

    pub(super) fn verdict(&self, batch: &Batch, index: usize, outcome: Outcome) -> End {
        let to = batch.to(index).cloned().unwrap_or_default();
        let now = self.parts.clock.now();
        let (word, end) = match outcome {
            Outcome::Taken => ("taken", End::Taken),
            Outcome::Later { reason, retry_after, .. } => {
                ("later", self.later(to, &reason, retry_after, now))
            }
            Outcome::Missing => ("missing", self.missing(to, now)),
            Outcome::Gone { reason } => ("gone", never(&to, format!("gone: {reason}"))),
            Outcome::Refused { reason } => ("refused", never(&to, format!("refused: {reason}"))),
        };
        metrics::counter!("belfry_deliveries_total", "outcome" => word).increment(1);
        end
    }

    fn missing(&self, mut to: DeliverTo, now: DateTime<Utc>) -> End {
        let today = now.date_naive();
        if to.missing_on != Some(today) {
            to.missing_days += 1;
            to.missing_on = Some(today);
        }
        if to.missing_days >= MISSING_DAYS {
            return never(&to, "gone: answered 404 on three days".to_owned());
        }
        self.later(to, "answered 404", None, now)
    }

    fn later(
        &self,
        mut to: DeliverTo,
        reason: &str,
        retry_after: Option<TimeDelta>,
        now: DateTime<Utc>,
    ) -> End {
        let give_up = give_up_at(since(&to, now), &self.parts.settings.delivery);
        if now >= give_up {
            return never(&to, format!("given up: {reason}"));
        }
        to.attempts = to.attempts.saturating_add(1);
        let due_at = (now + self.parts.jitter.delivery(to.attempts, retry_after)).min(give_up);
        later(to, reason, due_at, false)
    }

    fn timeout(&self) -> TimeDelta {
        let seconds = i64::try_from(self.parts.settings.federation.timeout_seconds).unwrap_or(i64::MAX);
        TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::days(1))
    }
}

/// Since when this delivery fails.
fn since(to: &DeliverTo, now: DateTime<Utc>) -> DateTime<Utc> {
    to.failing_since_ms.and_then(DateTime::from_timestamp_millis).unwrap_or(now)
}

fn later(to: DeliverTo, reason: &str, due_at: DateTime<Utc>, with_host: bool) -> End {
    End::Later { to, reason: reason.to_owned(), due_at, with_host }
}

fn never(to: &DeliverTo, reason: String) -> End {
    End::Never { attempts: to.attempts.saturating_add(1), reason }
}

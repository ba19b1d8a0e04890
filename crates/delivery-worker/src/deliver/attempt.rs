//! One inbox: try it, unless its host is down, and say what is to become of it.

use belfry_federation::{Outcome, Rendered};
use belfry_model::{DeliverTo, DeliverV1, Host};
use belfry_storage::{Died, Parked};
use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use crate::deliver::Deliver;
use crate::deliver::host::{Advice, Hosts};

/// 404 on this many distinct days means that the inbox is gone.
const MISSING_DAYS: u32 = 3;

/// What is to be recorded of one inbox.
#[derive(Debug)]
pub(super) enum Verdict {
    Taken,
    Later(Parked),
    Never(Died),
}

pub(super) async fn attempt(
    deliver: &Deliver,
    job: &DeliverV1,
    rendered: &Rendered,
    to: &DeliverTo,
) -> Verdict {
    let parts = &deliver.parts;
    let host = host_of(&to.inbox);
    let case = Case { deliver, job, to, host: &host };
    let hosts = Hosts::new(&parts.cache, &parts.settings.delivery);
    // Before a slot is taken: what is down must not hold up what is not.
    if let Advice::Wait { until } = hosts.advice(&host, parts.clock.now()).await {
        metrics::counter!("belfry_deliveries_total", "outcome" => "host_down").increment(1);
        return case.park(to.attempts, "its host is down".to_owned(), until);
    }
    let slot = deliver.slots.take(&host, job.lane).await;
    let outcome = parts.federation.post(rendered, &to.inbox).await;
    drop(slot);
    let now = parts.clock.now();
    match &outcome {
        Outcome::Later { .. } => hosts.failed(&host, now).await,
        // It answered, whatever it answered.
        Outcome::Taken | Outcome::Gone { .. } | Outcome::Refused { .. } | Outcome::Missing => {
            hosts.answered(&host).await;
        }
    }
    case.verdict(outcome, now)
}

/// One inbox of one job.
struct Case<'a> {
    deliver: &'a Deliver,
    job: &'a DeliverV1,
    to: &'a DeliverTo,
    host: &'a str,
}

impl Case<'_> {
    fn verdict(&self, outcome: Outcome, now: DateTime<Utc>) -> Verdict {
        let counted = |outcome: &'static str| {
            metrics::counter!("belfry_deliveries_total", "outcome" => outcome).increment(1);
        };
        match outcome {
            Outcome::Taken => {
                counted("taken");
                Verdict::Taken
            }
            Outcome::Later { reason, retry_after } => {
                counted("later");
                self.later(reason, retry_after, self.to.clone(), now)
            }
            Outcome::Missing => {
                counted("missing");
                self.missing(now)
            }
            Outcome::Gone { reason } => {
                counted("gone");
                self.never(&format!("gone: {reason}"))
            }
            Outcome::Refused { reason } => {
                counted("refused");
                self.never(&format!("refused: {reason}"))
            }
        }
    }

    fn missing(&self, now: DateTime<Utc>) -> Verdict {
        let mut to = self.to.clone();
        let today = now.date_naive();
        if to.missing_on != Some(today) {
            to.missing_days += 1;
            to.missing_on = Some(today);
        }
        if to.missing_days >= MISSING_DAYS {
            return self.never("gone: answered 404 on three days");
        }
        self.later("answered 404".to_owned(), None, to, now)
    }

    fn later(
        &self,
        reason: String,
        retry_after: Option<TimeDelta>,
        to: DeliverTo,
        now: DateTime<Utc>,
    ) -> Verdict {
        let parts = &self.deliver.parts;
        let attempts = to.attempts.saturating_add(1);
        let give_up = self.since(now) + TimeDelta::days(i64::from(parts.settings.delivery.give_up_days));
        if now >= give_up {
            return self.never(&format!("given up: {reason}"));
        }
        let due_at = (now + parts.jitter.delivery(attempts, retry_after)).min(give_up);
        Verdict::Later(self.parked(DeliverTo { attempts, ..to }, reason, due_at))
    }

    fn park(&self, attempts: u32, reason: String, due_at: DateTime<Utc>) -> Verdict {
        Verdict::Later(self.parked(DeliverTo { attempts, ..self.to.clone() }, reason, due_at))
    }

    fn parked(&self, to: DeliverTo, reason: String, due_at: DateTime<Utc>) -> Parked {
        Parked {
            tenant: self.job.tenant,
            activity: self.job.activity,
            lane: self.job.lane,
            to,
            host: self.host.to_owned(),
            reason,
            first_at: self.since(self.deliver.parts.clock.now()),
            due_at,
        }
    }

    fn never(&self, reason: &str) -> Verdict {
        Verdict::Never(Died {
            tenant: self.job.tenant,
            activity: self.job.activity,
            lane: self.job.lane,
            inbox: self.to.inbox.clone(),
            host: self.host.to_owned(),
            attempts: self.to.attempts.saturating_add(1),
            reason: reason.to_owned(),
        })
    }

    /// Since when this delivery fails.
    fn since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.to.failing_since_ms.and_then(DateTime::from_timestamp_millis).unwrap_or(now)
    }
}

/// The host that an inbox lies at; the inbox itself if it is not even an address.
pub(super) fn host_of(inbox: &str) -> String {
    let host = Url::parse(inbox).ok().as_ref().and_then(Host::of_url);
    host.map_or_else(|| inbox.to_owned(), |host| host.to_string())
}

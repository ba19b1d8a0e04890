//! One stuck delivery as `list` and `show` print it.

use std::fmt;

use belfry_model::Lane;
use belfry_storage::{DeliveryState, HELD, StuckDelivery, Trouble, TroubleState, held_for_good};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// `{"tenant": "moe", "activity": "…", "lane": "normal", …}` with the fields of [`HostLine`].
#[derive(Debug, Serialize)]
pub struct DeliveryLine {
    /// A slug; an id where the tenant is deleted.
    pub tenant: String,
    pub activity: String,
    pub lane: Lane,
    #[serde(flatten)]
    pub at: HostLine,
}

/// `{"host": "mastodon.example", "state": "waiting", "reason": "answered 503", "attempts": 3,
/// "held": false, "waits_for_host": false, "next_attempt_at": "…", "died_at": null}`. What is
/// held without an end has no next attempt.
#[derive(Debug, Serialize)]
pub struct HostLine {
    pub host: String,
    pub state: &'static str,
    pub reason: String,
    pub attempts: u32,
    pub held: bool,
    pub waits_for_host: bool,
    pub next_attempt_at: Option<DateTime<Utc>>,
    pub died_at: Option<DateTime<Utc>>,
}

impl DeliveryLine {
    pub fn of(stuck: StuckDelivery, tenant: String) -> Self {
        let state = match stuck.state {
            DeliveryState::Waiting => TroubleState::Waiting { due_at: stuck.at, with_host: stuck.with_host },
            DeliveryState::Refused => TroubleState::Refused { died_at: stuck.at },
        };
        Self {
            tenant,
            activity: stuck.activity.to_string(),
            lane: stuck.lane,
            at: HostLine::new(stuck.host, stuck.reason, stuck.attempts, state),
        }
    }
}

impl HostLine {
    /// Without the inbox's address: that is for the tenant's own eyes.
    pub fn of(trouble: Trouble) -> Self {
        Self::new(trouble.host, trouble.reason, trouble.attempts, trouble.state)
    }

    fn new(host: String, reason: String, attempts: u32, state: TroubleState) -> Self {
        let (state, waits_for_host, next_attempt_at, died_at) = match state {
            TroubleState::Waiting { due_at, with_host } => {
                ("waiting", with_host, Some(due_at).filter(|at| *at < held_for_good()), None)
            }
            TroubleState::Refused { died_at } => ("refused", false, None, Some(died_at)),
        };
        Self { held: reason == HELD, host, state, reason, attempts, waits_for_host, next_attempt_at, died_at }
    }
}

impl fmt::Display for HostLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<8} {:<30} {:<28} ", self.state, self.host, self.reason)?;
        let time = |at: &DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        match (&self.next_attempt_at, &self.died_at) {
            (_, Some(at)) => write!(f, "ended {}", time(at))?,
            (Some(at), None) if self.waits_for_host => write!(f, "when its host is back, or {}", time(at))?,
            (Some(at), None) => write!(f, "due {}", time(at))?,
            (None, None) => f.write_str("until it is released")?,
        }
        write!(
            f,
            ", {}",
            if self.attempts == 1 { "1 attempt".into() } else { format!("{} attempts", self.attempts) }
        )
    }
}

impl fmt::Display for DeliveryLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<16} {:<20} {:<6} {}", self.tenant, self.activity, self.lane, self.at)
    }
}

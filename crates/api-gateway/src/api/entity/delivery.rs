//! Ours: how far a post has come. Every field is always there; what has no value is `null`.

use belfry_model::StatusId;
use belfry_social::delivery;
use belfry_storage::{ActivityLedger, Ledger, Trouble, TroubleState, held_for_good};
use serde::Serialize;
use utoipa::ToSchema;

use super::Timestamp;

/// How far a post has come.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Delivery {
    /// The post's id.
    #[schema(example = "116003141592653589")]
    pub status_id: String,
    #[serde(flatten)]
    pub counts: Counts,
    /// All activities that tell of the post, the oldest first, each with counts of its own.
    pub activities: Vec<Activity>,
    /// Servers that don't have the newest version: those that wait, the soonest first, then those
    /// that refused it, the newest first; at most 50 of each.
    pub hosts: Vec<Host>,
    /// How many such servers there are besides.
    pub hosts_left_off: u64,
}

/// Servers, each counted in one of the six.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Counts {
    /// Servers that the fan-out has come to; all of them once `finished_at` is set.
    pub servers: u64,
    /// They have it.
    pub taken: u64,
    /// It will be tried again.
    pub waiting: u64,
    /// In the queue, or being sent at this moment.
    pub under_way: u64,
    /// It will not be tried again: they refused it, or it was given up.
    pub refused: u64,
    /// They have been away for so long that nothing is kept for them.
    pub gone: u64,
    /// The post was deleted before it was sent there.
    pub withdrawn: u64,
    /// Besides: not sent to, since the phase of the agency or a rule of the platform bars them.
    pub barred: u64,
    /// Nothing will change any more by itself.
    pub complete: bool,
}

/// One activity that tells of a post.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Activity {
    /// The ActivityPub type.
    #[schema(example = "Create")]
    pub kind: String,
    #[serde(flatten)]
    pub counts: Counts,
    pub created_at: Timestamp,
    /// When the fan-out had come to every server.
    #[schema(required = true)]
    pub finished_at: Option<Timestamp>,
}

/// A server that does not have the post.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Host {
    #[schema(example = "mastodon.example")]
    pub host: String,
    /// The address that it is sent to.
    #[schema(example = "https://mastodon.example/inbox")]
    pub inbox: String,
    pub state: HostState,
    /// Why, in words for people who run servers.
    #[schema(example = "answered 503")]
    pub reason: String,
    pub attempts: u32,
    /// The server is down: it is sent as soon as it is back, and tried at `next_attempt_at` in any case.
    pub waits_for_host: bool,
    /// `null` for what is refused, and for what the operator holds without an end.
    #[schema(required = true)]
    pub next_attempt_at: Option<Timestamp>,
    /// When it was refused or given up; `null` for what waits.
    #[schema(required = true)]
    pub died_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HostState {
    Waiting,
    Refused,
}

impl Delivery {
    pub fn new(status: StatusId, delivery: delivery::Delivery) -> Self {
        Self {
            status_id: status.to_string(),
            counts: delivery.ledger().into(),
            activities: delivery.activities.into_iter().map(Activity::from).collect(),
            hosts: delivery.troubles.into_iter().map(Host::from).collect(),
            hosts_left_off: delivery.troubles_left_off,
        }
    }
}

impl From<Ledger> for Counts {
    fn from(ledger: Ledger) -> Self {
        Self {
            servers: ledger.published,
            taken: ledger.taken,
            waiting: ledger.waiting(),
            under_way: ledger.under_way(),
            refused: ledger.refused,
            gone: ledger.gone,
            withdrawn: ledger.withdrawn,
            barred: ledger.barred,
            complete: ledger.is_complete(),
        }
    }
}

impl From<ActivityLedger> for Activity {
    fn from(one: ActivityLedger) -> Self {
        Self {
            kind: one.kind,
            counts: one.ledger.into(),
            created_at: one.created_at.into(),
            finished_at: one.walked_at.map(Timestamp),
        }
    }
}

impl From<Trouble> for Host {
    fn from(trouble: Trouble) -> Self {
        let (state, waits_for_host, next_attempt_at, died_at) = match trouble.state {
            TroubleState::Waiting { due_at, with_host } => {
                (HostState::Waiting, with_host, Some(due_at).filter(|at| *at < held_for_good()), None)
            }
            TroubleState::Refused { died_at } => (HostState::Refused, false, None, Some(died_at)),
        };
        Self {
            host: trouble.host,
            inbox: trouble.inbox,
            state,
            reason: trouble.reason,
            attempts: trouble.attempts,
            waits_for_host,
            next_attempt_at: next_attempt_at.map(Timestamp),
            died_at: died_at.map(Timestamp),
        }
    }
}

//! What others must hear of: an activity row and its outbox row, in the caller's transaction.
//!
//! Invariant: nothing is rendered here. What names a post (or is an account's own Update) is
//! rendered from the rows when it is sent, so that an edit goes out as it is then and a
//! deleted post's Create never does.

use std::fmt;

use belfry_model::{ActivityId, ActorId, Lane, StatusId};
use belfry_storage::{NewActivity, TenantTx, row};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::Result;

/// The activities that we send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Create,
    /// Of a post where a status is named, else of the account itself.
    Update,
    Delete,
    Announce,
    Follow,
    Accept,
    Reject,
    Undo,
    Like,
}

impl Kind {
    /// The ActivityPub type, which is also what the row holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
            Self::Delete => "Delete",
            Self::Announce => "Announce",
            Self::Follow => "Follow",
            Self::Accept => "Accept",
            Self::Reject => "Reject",
            Self::Undo => "Undo",
            Self::Like => "Like",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A remote actor that an activity is addressed to by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recipient {
    pub uri: String,
    /// The shared inbox where it has one.
    pub inbox: String,
}

impl Recipient {
    /// `None` for a local actor, which no delivery has to reach.
    pub fn of(actor: &row::Actor) -> Option<Self> {
        (actor.kind == "remote" && actor.deleted_at.is_none()).then(|| Self {
            uri: actor.uri.clone(),
            inbox: actor.shared_inbox_url.clone().unwrap_or_else(|| actor.inbox_url.clone()),
        })
    }
}

/// An activity that a local actor sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing<'a> {
    pub kind: Kind,
    pub actor: &'a row::Actor,
    /// `None` makes `<actor>#<kind>s/<id>`.
    pub uri: Option<String>,
    pub status: Option<StatusId>,
    /// The `object` property, for what names no status.
    pub object: Option<Json>,
    pub to_followers: bool,
    pub recipients: Vec<Recipient>,
    pub lane: Lane,
    pub at: DateTime<Utc>,
}

impl<'a> Outgoing<'a> {
    /// To nobody yet, in the normal lane.
    pub fn new(kind: Kind, actor: &'a row::Actor, at: DateTime<Utc>) -> Self {
        Self {
            kind,
            actor,
            uri: None,
            status: None,
            object: None,
            to_followers: false,
            recipients: Vec::new(),
            lane: Lane::Normal,
            at,
        }
    }
}

/// Commits the activity with the caller's transaction; a worker takes it from there.
pub async fn record(tx: &TenantTx, outgoing: Outgoing<'_>) -> Result<ActivityId> {
    let id = ActivityId(tx.id_next().await?);
    let kind = outgoing.kind.as_str();
    let uri = match outgoing.uri {
        Some(uri) => uri,
        None => format!("{}#{}s/{id}", outgoing.actor.uri, kind.to_ascii_lowercase()),
    };
    let mut recipients = outgoing.recipients;
    recipients.sort_by(|a, b| a.uri.cmp(&b.uri));
    recipients.dedup_by(|a, b| a.uri == b.uri);
    let recipients = recipients
        .into_iter()
        .map(|recipient| serde_json::json!({ "uri": recipient.uri, "inbox": recipient.inbox }))
        .collect();
    tx.activity_insert(NewActivity {
        id,
        uri,
        kind,
        actor: ActorId(outgoing.actor.id),
        status: outgoing.status,
        object: outgoing.object,
        to_followers: outgoing.to_followers,
        recipients: Json::Array(recipients),
        created_at: outgoing.at,
    })
    .await?;
    tx.outbox_insert(id, outgoing.lane).await?;
    Ok(id)
}

//! What peers send, read tolerantly: a property may be a value, an object, an id or an array
//! of either. Properties that we don't know are dropped, contexts are not looked at.
//!
//! Invariant: what is returned has every property that its type says, and each id in it is an
//! absolute web address. Nothing here says that the sender may speak for those ids.

mod actor;
mod loose;
mod note;

use chrono::{DateTime, Utc};
use serde_json::Value;

pub use actor::{RemoteActor, RemoteField, RemoteKey};
use loose::Loose;
pub use note::{RemoteAttachment, RemoteMention, RemoteNote};

use crate::Reach;
use crate::document::audience::Audience;

/// An activity inside an activity inside an activity is as deep as the network goes (an
/// announced undo of a like, from Lemmy).
const MAX_DEPTH: u8 = 3;

/// Why a document isn't usable: which property, and what is wrong with it. Says nothing of
/// its content, so that it can be logged and answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("not JSON: {0}")]
    Json(String),
    #[error("`{0}` is missing")]
    Missing(String),
    #[error("`{property}` is not {expected}")]
    Wrong { property: String, expected: &'static str },
    #[error("`{0}` holds too many elements")]
    TooMany(String),
    #[error("activities are nested too deep")]
    TooDeep,
}

/// An activity that has arrived.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Absent only inside another activity: some peers undo a follow without naming it.
    pub id: Option<String>,
    pub kind: Kind,
    /// The actor's id.
    pub actor: String,
    pub object: Object,
    /// The collection for Add and Remove, the new account for Move.
    pub target: Option<String>,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    pub published: Option<DateTime<Utc>>,
    /// The activity as it came, for the answer that must carry it back (Accept, Reject).
    pub raw: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Create,
    Update,
    Delete,
    Follow,
    Accept,
    Reject,
    Undo,
    Like,
    Announce,
    Block,
    Flag,
    Move,
    Add,
    Remove,
    Other(String),
}

/// What an activity is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    Uri(String),
    Note(Box<RemoteNote>),
    Actor(Box<RemoteActor>),
    Activity(Box<Incoming>),
    Tombstone {
        id: String,
    },
    /// Something that we have no use for. A Flag names several objects: the first is here.
    Other {
        id: Option<String>,
        kind: String,
    },
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "Create" => Self::Create,
            "Update" => Self::Update,
            "Delete" => Self::Delete,
            "Follow" => Self::Follow,
            "Accept" => Self::Accept,
            "Reject" => Self::Reject,
            "Undo" => Self::Undo,
            // A reaction with an emoji means what a like means to those who don't show it.
            "Like" | "EmojiReact" => Self::Like,
            "Announce" => Self::Announce,
            "Block" => Self::Block,
            "Flag" => Self::Flag,
            "Move" => Self::Move,
            "Add" => Self::Add,
            "Remove" => Self::Remove,
            _ => return None,
        })
    }
}

impl Object {
    /// The id of whatever it is.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Uri(id) | Self::Tombstone { id } => Some(id),
            Self::Note(note) => Some(&note.id),
            Self::Actor(actor) => Some(&actor.id),
            Self::Activity(activity) => activity.id.as_deref(),
            Self::Other { id, .. } => id.as_deref(),
        }
    }
}

impl Incoming {
    /// Reads the body of a request to an inbox.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        let value: Value =
            serde_json::from_slice(body).map_err(|error| Malformed::Json(error.to_string()))?;
        let activity = Self::from_value(&value)?;
        if activity.id.is_none() {
            return Err(Malformed::Missing("id".to_owned()));
        }
        Ok(activity)
    }

    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        Self::read(&Loose::document(value)?, 0)
    }

    fn read(activity: &Loose<'_>, depth: u8) -> Result<Self, Malformed> {
        if depth >= MAX_DEPTH {
            return Err(Malformed::TooDeep);
        }
        let name = activity.kind().ok_or_else(|| activity.missing("type"))?;
        let kind = Kind::of(name).unwrap_or_else(|| Kind::Other(name.to_owned()));
        Ok(Self {
            id: activity.optional_uri("id")?,
            actor: activity.uri("actor")?,
            object: Object::read(activity, &kind, depth)?,
            target: activity.uris("target")?.into_iter().next(),
            to: activity.uris("to")?,
            cc: activity.uris("cc")?,
            published: activity.date("published"),
            raw: activity.value(),
            kind,
        })
    }

    /// How far the activity's own addressing reaches.
    pub fn reach(&self, followers: Option<&str>) -> Reach {
        Audience::reach(&self.to, &self.cc, followers)
    }
}

impl Object {
    fn read(activity: &Loose<'_>, kind: &Kind, depth: u8) -> Result<Self, Malformed> {
        let Some(object) = activity.first_object("object") else {
            return activity.uri("object").map(Self::Uri);
        };
        let inner = object.kind().unwrap_or_default();
        if inner == "Tombstone" || *kind == Kind::Delete {
            // Whatever is deleted, only its id matters; what remains of it isn't read.
            return object.uri("id").map(|id| Self::Tombstone { id });
        }
        if note::is_note(inner) {
            return RemoteNote::read(&object).map(|note| Self::Note(Box::new(note)));
        }
        if actor::is_actor(inner) {
            return RemoteActor::read(&object).map(|actor| Self::Actor(Box::new(actor)));
        }
        if Kind::of(inner).is_some() {
            return Incoming::read(&object, depth + 1).map(|activity| Self::Activity(Box::new(activity)));
        }
        match object.optional_uri("id")? {
            // `{"id": …}` alone is an id that somebody wrapped.
            Some(id) if inner.is_empty() => Ok(Self::Uri(id)),
            id => Ok(Self::Other { id, kind: inner.to_owned() }),
        }
    }
}

impl RemoteNote {
    /// Reads a fetched document.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        let value: Value =
            serde_json::from_slice(body).map_err(|error| Malformed::Json(error.to_string()))?;
        Self::from_value(&value)
    }

    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        Self::read(&Loose::document(value)?)
    }
}

impl RemoteActor {
    /// Reads a fetched document.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        let value: Value =
            serde_json::from_slice(body).map_err(|error| Malformed::Json(error.to_string()))?;
        Self::from_value(&value)
    }

    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        Self::read(&Loose::document(value)?)
    }
}

impl RemoteKey {
    /// Reads the document that a `keyId` leads to: an actor, the stub of one (GoToSocial), or
    /// a key by itself.
    pub fn parse(body: &[u8], key_id: &str) -> Result<Self, Malformed> {
        let value: Value =
            serde_json::from_slice(body).map_err(|error| Malformed::Json(error.to_string()))?;
        Self::find(&Loose::document(&value)?, key_id)
    }
}

/// What a fetched document is, before it is read in full.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    Note(Box<RemoteNote>),
    Actor(Box<RemoteActor>),
    Other { id: Option<String>, kind: String },
}

impl Document {
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        let value: Value =
            serde_json::from_slice(body).map_err(|error| Malformed::Json(error.to_string()))?;
        let document = Loose::document(&value)?;
        let kind = document.kind().unwrap_or_default();
        if note::is_note(kind) {
            return RemoteNote::read(&document).map(|note| Self::Note(Box::new(note)));
        }
        if actor::is_actor(kind) {
            return RemoteActor::read(&document).map(|actor| Self::Actor(Box::new(actor)));
        }
        Ok(Self::Other { id: document.optional_uri("id")?, kind: kind.to_owned() })
    }
}

#[cfg(test)]
mod tests;

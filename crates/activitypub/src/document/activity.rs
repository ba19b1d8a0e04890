//! The activities that we send.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::audience::Audience;
use super::{Actor, Note, Tombstone};
use crate::context;
use crate::date::as_document;

/// `actor` is an id, never the actor itself: an inlined one breaks Threads.
#[derive(Debug, Clone, Serialize)]
pub struct Activity {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    pub id: String,
    #[serde(rename = "type")]
    pub kind: ActivityType,
    pub actor: String,
    #[serde(serialize_with = "as_document::some", skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime<Utc>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
    pub object: ActivityObject,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ActivityType {
    Create,
    Update,
    Delete,
    Follow,
    Accept,
    Reject,
    Undo,
    Like,
    Announce,
}

/// What an activity is about.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum ActivityObject {
    Uri(String),
    Note(Box<Note>),
    Actor(Box<Actor>),
    Tombstone(Tombstone),
    Activity(Box<Activity>),
    /// An activity or object as it was received or stored.
    Raw(Value),
}

impl Activity {
    fn new(
        context: Value,
        kind: ActivityType,
        id: impl Into<String>,
        actor: impl Into<String>,
        object: ActivityObject,
    ) -> Self {
        Self {
            context: Some(context),
            id: id.into(),
            kind,
            actor: actor.into(),
            published: None,
            audience: None,
            object,
        }
    }

    /// Addressed as the note is.
    pub fn create(id: impl Into<String>, note: Note) -> Self {
        Self::of_note(ActivityType::Create, id, note)
    }

    /// An edit, or a profile that changed (see [`Activity::update_actor`]). Its id must differ
    /// from one edit to the next, or peers take the second for a repeat.
    pub fn update(id: impl Into<String>, note: Note) -> Self {
        Self::of_note(ActivityType::Update, id, note)
    }

    fn of_note(kind: ActivityType, id: impl Into<String>, mut note: Note) -> Self {
        note.context = None;
        let (actor, audience, published) =
            (note.attributed_to.clone(), note.audience.clone(), note.published);
        let mut activity =
            Self::new(context::note(), kind, id, actor, ActivityObject::Note(Box::new(note))).to(audience);
        activity.published = published;
        activity
    }

    pub fn update_actor(id: impl Into<String>, mut actor: Actor) -> Self {
        let context = std::mem::take(&mut actor.context);
        let owner = actor.id.clone();
        let mut object = serde_json::to_value(&actor).unwrap_or_default();
        if let Some(object) = object.as_object_mut() {
            object.remove("@context");
        }
        Self::new(context, ActivityType::Update, id, owner, ActivityObject::Raw(object))
    }

    pub fn delete(id: impl Into<String>, actor: impl Into<String>, tombstone: Tombstone) -> Self {
        let object = ActivityObject::Tombstone(tombstone);
        Self::new(context::plain(), ActivityType::Delete, id, actor, object)
    }

    pub fn follow(id: impl Into<String>, actor: impl Into<String>, target: impl Into<String>) -> Self {
        Self::new(context::plain(), ActivityType::Follow, id, actor, ActivityObject::Uri(target.into()))
    }

    /// `follow` is the activity that is accepted, as it was received.
    pub fn accept(id: impl Into<String>, actor: impl Into<String>, follow: Value) -> Self {
        Self::answer(ActivityType::Accept, id, actor, follow)
    }

    pub fn reject(id: impl Into<String>, actor: impl Into<String>, follow: Value) -> Self {
        Self::answer(ActivityType::Reject, id, actor, follow)
    }

    fn answer(
        kind: ActivityType,
        id: impl Into<String>,
        actor: impl Into<String>,
        mut follow: Value,
    ) -> Self {
        if let Some(follow) = follow.as_object_mut() {
            follow.remove("@context");
        }
        Self::new(context::plain(), kind, id, actor, ActivityObject::Raw(follow))
    }

    /// Takes back an activity of the same actor, addressed as that one was.
    pub fn undo(id: impl Into<String>, mut undone: Self) -> Self {
        let context = undone.context.take().unwrap_or_else(context::plain);
        let (actor, audience) = (undone.actor.clone(), undone.audience.clone());
        let object = ActivityObject::Activity(Box::new(undone));
        let mut activity = Self::new(context, ActivityType::Undo, id, actor, object);
        activity.audience = audience;
        activity
    }

    pub fn like(id: impl Into<String>, actor: impl Into<String>, note: impl Into<String>) -> Self {
        Self::new(context::plain(), ActivityType::Like, id, actor, ActivityObject::Uri(note.into()))
    }

    pub fn announce(
        id: impl Into<String>,
        actor: impl Into<String>,
        note: impl Into<String>,
        audience: Audience,
        published: DateTime<Utc>,
    ) -> Self {
        let object = ActivityObject::Uri(note.into());
        let mut activity =
            Self::new(context::plain(), ActivityType::Announce, id, actor, object).to(audience);
        activity.published = Some(published);
        activity
    }

    /// Addresses the activity.
    #[must_use]
    pub fn to(mut self, audience: Audience) -> Self {
        self.audience = Some(audience);
        self
    }

    /// For an outbox page, which has a context of its own.
    #[must_use]
    pub fn without_context(mut self) -> Self {
        self.context = None;
        self
    }

    /// The bytes that are digested, signed and sent.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::audience::{PUBLIC, Reach};
    use serde_json::json;

    const ACTOR: &str = "https://moe.example/users/moe";

    fn note() -> Note {
        let at = DateTime::from_timestamp(1_769_860_800, 0).unwrap();
        let audience = Audience::new(Reach::Public, "https://moe.example/users/moe/followers", []);
        Note::new("https://moe.example/users/moe/statuses/1", ACTOR, "<p>Hi</p>", audience, at)
    }

    #[test]
    fn a_create_is_addressed_as_its_note_and_has_one_context() {
        let value = serde_json::to_value(Activity::create("https://moe.example/a/1", note().into_document()))
            .unwrap();
        assert_eq!(value["type"], "Create");
        assert_eq!(value["actor"], ACTOR);
        assert_eq!(value["to"], json!([PUBLIC]));
        assert_eq!(value["cc"], value["object"]["cc"]);
        assert!(value["@context"].is_array());
        assert!(value["object"].get("@context").is_none());
    }

    #[test]
    fn an_undo_holds_what_it_undoes_and_no_second_context() {
        let follow = Activity::follow("https://moe.example/a/2", ACTOR, "https://a.example/users/x");
        let value = serde_json::to_value(Activity::undo("https://moe.example/a/3", follow)).unwrap();
        assert_eq!(
            value,
            json!({
                "@context": "https://www.w3.org/ns/activitystreams",
                "id": "https://moe.example/a/3",
                "type": "Undo",
                "actor": ACTOR,
                "object": {
                    "id": "https://moe.example/a/2",
                    "type": "Follow",
                    "actor": ACTOR,
                    "object": "https://a.example/users/x"
                }
            })
        );
    }

    #[test]
    fn an_accept_returns_the_follow_that_it_accepts() {
        let follow = json!({"@context": "x", "id": "https://a.example/f/1", "type": "Follow"});
        let value = serde_json::to_value(Activity::accept("https://moe.example/a/4", ACTOR, follow)).unwrap();
        assert_eq!(value["object"], json!({"id": "https://a.example/f/1", "type": "Follow"}));
    }
}

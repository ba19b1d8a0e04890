//! An actor of the fake server that does as it is told, forgeries included.

use std::sync::Arc;

use belfry_activitypub::document::audience::{Audience, Reach};
use belfry_activitypub::document::note::Tag;
use belfry_activitypub::document::{Activity, Note, Tombstone};
use belfry_activitypub::signature::cavage;
use belfry_activitypub::{SigningKey, digest};
use chrono::TimeDelta;
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::state::{State, key_pair};

/// What is wrong with a request that is meant to be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgery {
    None,
    /// Signed with a key that isn't the one that the key id leads to.
    WrongKey,
    /// Names and uses the key of `bob`.
    KeyOfAnother,
    /// The body was changed after it was signed.
    AlteredBody,
    /// Signed two days ago.
    ExpiredDate,
    /// Signed two days ahead.
    FutureDate,
    Unsigned,
}

/// An account elsewhere, as far as it must be known to write to it.
#[derive(Debug, Clone)]
pub struct Peer {
    pub handle: String,
    pub id: String,
    pub inbox: String,
    pub shared_inbox: Option<String>,
}

/// A request that could be sent: tests without a socket hand it to the application itself.
#[derive(Debug, Clone)]
pub struct SignedRequest {
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What was sent and how it was answered.
#[derive(Debug, Clone, Serialize)]
pub struct Sent {
    pub activity: Value,
    pub status: u16,
}

impl Sent {
    /// The activity's id.
    pub fn id(&self) -> &str {
        self.activity.get("id").and_then(Value::as_str).unwrap_or_default()
    }

    /// The id of the activity's object.
    pub fn object_id(&self) -> &str {
        let object = self.activity.get("object");
        let id = object.and_then(|object| object.get("id")).or(object);
        id.and_then(Value::as_str).unwrap_or_default()
    }
}

#[derive(Debug, Clone)]
pub struct Puppet {
    state: Arc<State>,
    name: String,
}

impl Puppet {
    pub(super) fn new(state: Arc<State>, name: &str) -> Self {
        Self { state, name: name.to_owned() }
    }

    pub fn id(&self) -> String {
        self.state.actor_uri(&self.name)
    }

    pub fn inbox(&self) -> String {
        format!("{}/inbox", self.id())
    }

    pub fn followers(&self) -> String {
        format!("{}/followers", self.id())
    }

    pub fn handle(&self) -> String {
        format!("{}@{}", self.name, self.state.host)
    }

    /// The actor's own key, for tests of what signs.
    pub fn signing_key(&self) -> anyhow::Result<SigningKey> {
        self.state.signing_key(&self.name)
    }

    /// Looks an account up by WebFinger.
    pub async fn find(&self, handle: &str) -> anyhow::Result<Peer> {
        let actor = self.state.find_actor(handle).await?;
        Ok(Peer {
            handle: handle.trim_start_matches('@').to_owned(),
            id: actor.id,
            inbox: actor.inbox,
            shared_inbox: actor.shared_inbox,
        })
    }

    pub async fn follow(&self, peer: &Peer) -> anyhow::Result<Sent> {
        self.send(&Activity::follow(self.activity_id("follow"), self.id(), &peer.id), &peer.inbox).await
    }

    /// Posts a note that mentions `peer` where it isn't for followers only.
    pub async fn create(&self, text: &str, reach: Reach, peer: &Peer) -> anyhow::Result<Sent> {
        let note = self.note(text, reach, Some(peer), None);
        self.send(&self.create_of(note), peer.shared_inbox.as_ref().unwrap_or(&peer.inbox)).await
    }

    /// Answers a note of `peer`'s.
    pub async fn reply(&self, text: &str, note: &str, peer: &Peer) -> anyhow::Result<Sent> {
        let note = self.note(text, Reach::Public, Some(peer), Some(note));
        self.send(&self.create_of(note), &peer.inbox).await
    }

    /// A note for followers and everybody that mentions nobody, sent to one inbox.
    pub async fn broadcast(&self, text: &str, inbox: &str) -> anyhow::Result<Sent> {
        self.send(&self.create_of(self.note(text, Reach::Public, None, None)), inbox).await
    }

    /// Edits an own note: same id, other text.
    pub async fn update(&self, note: &str, text: &str, peer: &Peer) -> anyhow::Result<Sent> {
        let mut edited = self.note(text, Reach::Public, None, None);
        note.clone_into(&mut edited.id);
        edited.updated = Some(self.state.clock.now());
        self.publish(&edited);
        self.send(&Activity::update(self.activity_id("update"), edited), &peer.inbox).await
    }

    pub async fn delete(&self, note: &str, peer: &Peer) -> anyhow::Result<Sent> {
        let activity = Activity::delete(self.activity_id("delete"), self.id(), Tombstone::new(note, None));
        let audience = Audience::new(Reach::Public, &self.followers(), []);
        self.send(&activity.to(audience), &peer.inbox).await
    }

    pub async fn like(&self, note: &str, peer: &Peer) -> anyhow::Result<Sent> {
        self.send(&Activity::like(self.activity_id("like"), self.id(), note), &peer.inbox).await
    }

    pub async fn announce(&self, note: &str, peer: &Peer) -> anyhow::Result<Sent> {
        let audience = Audience::new(Reach::Public, &self.followers(), [peer.id.clone()]);
        let id = self.activity_id("announce");
        self.send(&Activity::announce(id, self.id(), note, audience, self.state.clock.now()), &peer.inbox)
            .await
    }

    /// Takes back what was sent before.
    pub async fn undo(&self, sent: &Sent, peer: &Peer) -> anyhow::Result<Sent> {
        self.send(&self.undo_of(sent), &peer.inbox).await
    }

    /// Accepts or rejects a follow that came in, as it came.
    pub async fn answer(&self, follow: Value, accepted: bool, inbox: &str) -> anyhow::Result<Sent> {
        let activity = if accepted {
            Activity::accept(self.activity_id("accept"), self.id(), follow)
        } else {
            Activity::reject(self.activity_id("reject"), self.id(), follow)
        };
        self.send(&activity, inbox).await
    }

    pub async fn send(&self, activity: &impl Serialize, inbox: &str) -> anyhow::Result<Sent> {
        self.send_forged(activity, inbox, Forgery::None).await
    }

    pub async fn send_forged(
        &self,
        activity: &impl Serialize,
        inbox: &str,
        forgery: Forgery,
    ) -> anyhow::Result<Sent> {
        let request = self.request(activity, inbox, forgery)?;
        let mut builder = self.state.http.post(&request.url).body(request.body);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let status = builder.send().await?.status().as_u16();
        Ok(Sent { activity: serde_json::to_value(activity)?, status })
    }

    /// The request that [`Puppet::send_forged`] makes.
    pub fn request(
        &self,
        activity: &impl Serialize,
        inbox: &str,
        forgery: Forgery,
    ) -> anyhow::Result<SignedRequest> {
        self.request_saying(activity, inbox, forgery, None)
    }

    /// The same with what is said of followers (FEP-8fcf) among the signed headers.
    pub fn request_saying(
        &self,
        activity: &impl Serialize,
        inbox: &str,
        forgery: Forgery,
        sync: Option<&str>,
    ) -> anyhow::Result<SignedRequest> {
        let mut body = serde_json::to_vec(activity)?;
        let now = match forgery {
            Forgery::ExpiredDate => self.state.clock.now() - TimeDelta::days(2),
            Forgery::FutureDate => self.state.clock.now() + TimeDelta::days(2),
            _ => self.state.clock.now(),
        };
        let mut headers =
            cavage::sign_post(&self.key(forgery)?, &Url::parse(inbox)?, &digest::header(&body), sync, now)?;
        match forgery {
            Forgery::AlteredBody => body.push(b' '),
            Forgery::Unsigned => drop(headers.remove("signature")),
            _ => {}
        }
        let headers = headers
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        Ok(SignedRequest { url: inbox.to_owned(), headers, body })
    }

    /// Another post, published here and addressed as `reach` says.
    pub fn note(&self, text: &str, reach: Reach, mentioned: Option<&Peer>, reply_to: Option<&str>) -> Note {
        let id = format!("{}/statuses/{}", self.id(), self.state.next_id());
        let audience = Audience::new(reach, &self.followers(), mentioned.map(|peer| peer.id.clone()));
        let mut note = Note::new(id, self.id(), format!("<p>{text}</p>"), audience, self.state.clock.now());
        note.in_reply_to = reply_to.map(str::to_owned);
        note.tag = mentioned
            .map(|peer| Tag::Mention { href: peer.id.clone(), name: format!("@{}", peer.handle) })
            .into_iter()
            .collect();
        let note = note.in_language("en");
        self.publish(&note);
        note
    }

    /// The activity that creates a note.
    pub fn create_of(&self, note: Note) -> Activity {
        Activity::create(format!("{}/activity", note.id), note)
    }

    /// The activity that takes back what was sent.
    pub fn undo_of(&self, sent: &Sent) -> Value {
        let mut undone = sent.activity.clone();
        if let Some(undone) = undone.as_object_mut() {
            undone.remove("@context");
        }
        serde_json::json!({
            "@context": belfry_activitypub::context::ACTIVITYSTREAMS,
            "id": self.activity_id("undo"),
            "type": "Undo",
            "actor": self.id(),
            "object": undone,
        })
    }

    pub fn activity_id(&self, kind: &str) -> String {
        format!("{}#{kind}s/{}", self.id(), self.state.next_id())
    }

    fn publish(&self, note: &Note) {
        let path = note.id.strip_prefix(&self.state.at("")).unwrap_or(&note.id).to_owned();
        if let Ok(document) = serde_json::to_value(note.clone().into_document()) {
            self.state.publish(&path, document);
        }
    }

    fn key(&self, forgery: Forgery) -> anyhow::Result<SigningKey> {
        match forgery {
            Forgery::WrongKey => {
                let id = format!("{}#main-key", self.id());
                Ok(SigningKey::from_pem(id, &key_pair("nobody")?.private_pem)?)
            }
            Forgery::KeyOfAnother => self.state.signing_key(if self.name == "bob" { "alice" } else { "bob" }),
            _ => self.state.signing_key(&self.name),
        }
    }
}

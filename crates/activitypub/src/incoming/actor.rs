//! An actor as peers write it, and its key.

use chrono::{DateTime, Utc};

use super::Malformed;
use super::loose::Loose;
use crate::uri;

const ACTOR_TYPES: &[&str] = &["Person", "Service", "Organization", "Group", "Application"];

pub(super) fn is_actor(kind: &str) -> bool {
    ACTOR_TYPES.contains(&kind)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteActor {
    pub id: String,
    /// `Person`, `Service`, `Organization`, `Group` or `Application`.
    pub kind: String,
    pub preferred_username: String,
    /// Empty where the actor has no other name than its username.
    pub name: String,
    /// HTML as it came: sanitise before it is stored or shown.
    pub summary: String,
    pub url: Option<String>,
    pub inbox: String,
    pub shared_inbox: Option<String>,
    pub outbox: Option<String>,
    pub followers: Option<String>,
    pub following: Option<String>,
    pub featured: Option<String>,
    /// Absent for actors that never sign.
    pub key: Option<RemoteKey>,
    pub manually_approves_followers: bool,
    pub discoverable: bool,
    pub icon: Option<String>,
    pub image: Option<String>,
    pub fields: Vec<RemoteField>,
    pub published: Option<DateTime<Utc>>,
    /// `user@host` (FEP-2c59), as the actor says; check it by WebFinger.
    pub webfinger: Option<String>,
    pub moved_to: Option<String>,
    pub also_known_as: Vec<String>,
}

/// A public key and whose it says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteKey {
    pub id: String,
    pub owner: String,
    pub pem: String,
}

/// A line of the profile's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteField {
    pub name: String,
    /// HTML as it came.
    pub value: String,
}

impl RemoteActor {
    pub(super) fn read(actor: &Loose<'_>) -> Result<Self, Malformed> {
        let kind = actor.required_text("type")?;
        if !is_actor(kind) {
            return Err(actor.wrong("type", "a kind of actor"));
        }
        let id = actor.uri("id")?;
        Ok(Self {
            kind: kind.to_owned(),
            preferred_username: username(actor)?,
            name: actor.text("name").unwrap_or_default().to_owned(),
            summary: actor.text("summary").unwrap_or_default().to_owned(),
            url: actor.address("url"),
            inbox: actor.uri("inbox")?,
            shared_inbox: shared_inbox(actor),
            outbox: actor.address("outbox"),
            followers: actor.address("followers"),
            following: actor.address("following"),
            featured: actor.address("featured"),
            key: own_key(actor, &id)?,
            manually_approves_followers: actor.flag("manuallyApprovesFollowers").unwrap_or(false),
            discoverable: actor.flag("discoverable").unwrap_or(false),
            icon: picture(actor, "icon"),
            image: picture(actor, "image"),
            fields: fields(actor)?,
            published: actor.date("published"),
            webfinger: actor.text("webfinger").map(str::to_owned),
            moved_to: actor.address("movedTo"),
            also_known_as: actor.uris("alsoKnownAs")?,
            id,
        })
    }

    /// Posts by itself.
    pub fn is_bot(&self) -> bool {
        matches!(self.kind.as_str(), "Service" | "Application")
    }
}

impl RemoteKey {
    fn read(key: &Loose<'_>, owner: Option<&str>) -> Result<Self, Malformed> {
        let owner = match key.optional_uri("owner")? {
            Some(owner) => owner,
            None => owner.map(str::to_owned).ok_or_else(|| key.missing("owner"))?,
        };
        Ok(Self { id: key.uri("id")?, owner, pem: key.required_text("publicKeyPem")?.to_owned() })
    }

    pub(super) fn find(document: &Loose<'_>, key_id: &str) -> Result<Self, Malformed> {
        if document.get("publicKeyPem").is_some() {
            return Self::read(document, None);
        }
        let owner = document.optional_uri("id")?;
        let keys = document.objects("publicKey")?;
        let named = keys.iter().find(|key| key.text("id") == Some(key_id));
        let key = named.or(keys.first()).ok_or_else(|| document.missing("publicKey"))?;
        let key = Self::read(key, owner.as_deref())?;
        if key.id == key_id {
            Ok(key)
        } else {
            Err(document.wrong("publicKey.id", "the key that was asked for"))
        }
    }
}

/// Long or strange usernames break handles and clients. Ours are stricter; others' may be in any script.
fn username(actor: &Loose<'_>) -> Result<String, Malformed> {
    let name = actor.required_text("preferredUsername")?;
    let sound = !name.is_empty()
        && name.chars().count() <= 320
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || "@/?#".contains(c));
    if sound { Ok(name.to_owned()) } else { Err(actor.wrong("preferredUsername", "a username")) }
}

/// In `endpoints`, or beside it as Misskey has it.
fn shared_inbox(actor: &Loose<'_>) -> Option<String> {
    actor
        .first_object("endpoints")
        .and_then(|endpoints| endpoints.address("sharedInbox"))
        .or_else(|| actor.address("sharedInbox"))
}

/// Of several keys the first that is the actor's own. A key that can't be read is an error:
/// an actor whose signatures can't be checked must not look like one that never signs.
fn own_key(actor: &Loose<'_>, id: &str) -> Result<Option<RemoteKey>, Malformed> {
    let keys = actor.objects("publicKey")?;
    let mut own = keys.iter().map(|key| RemoteKey::read(key, Some(id)));
    match own.next() {
        None => Ok(None),
        Some(key) => {
            let key = key?;
            if key.owner == id && uri::same_host(&key.id, id) {
                Ok(Some(key))
            } else {
                Err(actor.wrong("publicKey.owner", "the actor itself"))
            }
        }
    }
}

fn picture(actor: &Loose<'_>, name: &str) -> Option<String> {
    match actor.first_object(name) {
        Some(image) => image.address("url").or_else(|| image.address("href")),
        None => actor.address(name),
    }
}

fn fields(actor: &Loose<'_>) -> Result<Vec<RemoteField>, Malformed> {
    let read = |field: Loose<'_>| {
        Some(RemoteField { name: field.text("name")?.to_owned(), value: field.text("value")?.to_owned() })
    };
    Ok(actor
        .objects("attachment")?
        .into_iter()
        .filter(|field| field.kind() == Some("PropertyValue"))
        .filter_map(read)
        // Mastodon shows four; more than a screenful is spam.
        .take(16)
        .collect())
}

//! An actor's document: who speaks, where to write to them, and the key that proves it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::context;
use crate::date::as_document;

/// Everything that peers read of an actor.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    #[serde(rename = "@context")]
    pub context: Value,
    pub id: String,
    /// `Person`, `Organization`, `Service`, `Group` or `Application`.
    #[serde(rename = "type")]
    pub kind: String,
    pub preferred_username: String,
    pub name: String,
    /// HTML.
    pub summary: String,
    pub url: String,
    pub inbox: String,
    pub outbox: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followers: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub following: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub featured: Option<String>,
    pub endpoints: Endpoints,
    pub public_key: ActorKey,
    pub manually_approves_followers: bool,
    pub discoverable: bool,
    #[serde(serialize_with = "as_document::some", skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<Image>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// Always an array: Pixelfed refuses anything else.
    pub attachment: Vec<Field>,
    pub tag: Vec<Value>,
    /// `user@host`: the canonical handle (FEP-2c59).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webfinger: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoints {
    pub shared_inbox: String,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActorKey {
    pub id: String,
    pub owner: String,
    pub public_key_pem: String,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename = "Image")]
pub struct Image {
    pub media_type: String,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A line of the profile's table.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename = "PropertyValue")]
pub struct Field {
    pub name: String,
    /// HTML.
    pub value: String,
}

impl Actor {
    /// An actor with its required properties; set the others on the result.
    pub fn new(
        id: impl Into<String>,
        kind: impl Into<String>,
        preferred_username: impl Into<String>,
        shared_inbox: impl Into<String>,
        key: ActorKey,
    ) -> Self {
        let (id, username) = (id.into(), preferred_username.into());
        Self {
            context: context::actor(),
            kind: kind.into(),
            name: username.clone(),
            preferred_username: username,
            summary: String::new(),
            url: id.clone(),
            inbox: format!("{id}/inbox"),
            outbox: format!("{id}/outbox"),
            followers: None,
            following: None,
            featured: None,
            endpoints: Endpoints { shared_inbox: shared_inbox.into() },
            public_key: key,
            manually_approves_followers: false,
            discoverable: false,
            published: None,
            icon: None,
            image: None,
            attachment: Vec::new(),
            tag: Vec::new(),
            webfinger: None,
            id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_actor_has_the_properties_that_peers_look_for() {
        let id = "https://moe.social.example/users/moe";
        let key =
            ActorKey { id: format!("{id}#main-key"), owner: id.to_owned(), public_key_pem: "PEM".to_owned() };
        let mut actor = Actor::new(id, "Organization", "moe", "https://social.example/inbox", key);
        actor.webfinger = Some("moe@social.example".to_owned());
        actor.attachment.push(Field { name: "Site".to_owned(), value: "moe.example".to_owned() });
        let value = serde_json::to_value(&actor).unwrap();
        assert_eq!(value["type"], "Organization");
        assert_eq!(value["inbox"], "https://moe.social.example/users/moe/inbox");
        assert_eq!(value["endpoints"]["sharedInbox"], "https://social.example/inbox");
        assert_eq!(value["publicKey"]["owner"], id);
        assert_eq!(
            value["attachment"],
            json!([{"type": "PropertyValue", "name": "Site", "value": "moe.example"}])
        );
        assert_eq!(value["webfinger"], "moe@social.example");
        assert_eq!(value["manuallyApprovesFollowers"], false);
    }
}

//! A post as peers get it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::audience::Audience;
use crate::context;
use crate::date::as_document;

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// Only where the note is the document itself; inside an activity it has none.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    pub id: String,
    #[serde(rename = "type")]
    pub kind: NoteType,
    /// The content warning.
    pub summary: Option<String>,
    pub in_reply_to: Option<String>,
    #[serde(serialize_with = "as_document::some")]
    pub published: Option<DateTime<Utc>>,
    #[serde(serialize_with = "as_document::some", skip_serializing_if = "Option::is_none")]
    pub updated: Option<DateTime<Utc>>,
    pub url: String,
    pub attributed_to: String,
    #[serde(flatten)]
    pub audience: Audience,
    pub sensitive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// HTML.
    pub content: String,
    /// The same text under its language (BCP 47).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub content_map: BTreeMap<String, String>,
    /// Always an array: Pixelfed refuses anything else.
    pub attachment: Vec<Attachment>,
    pub tag: Vec<Tag>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum NoteType {
    Note,
}

/// A picture, sound or film.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename = "Document", rename_all = "camelCase")]
pub struct Attachment {
    pub media_type: String,
    pub url: String,
    /// The description for those who can't see it.
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blurhash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// x and y from -1 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focal_point: Option<[f64; 2]>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type")]
pub enum Tag {
    /// `name` is `@user@host`.
    Mention { href: String, name: String },
    /// `name` is `#tag`.
    Hashtag { href: String, name: String },
}

impl Note {
    /// A note with its required properties; set the others on the result.
    pub fn new(
        id: impl Into<String>,
        attributed_to: impl Into<String>,
        content: impl Into<String>,
        audience: Audience,
        published: DateTime<Utc>,
    ) -> Self {
        let id = id.into();
        Self {
            context: None,
            kind: NoteType::Note,
            summary: None,
            in_reply_to: None,
            published: Some(published),
            updated: None,
            url: id.clone(),
            attributed_to: attributed_to.into(),
            audience,
            sensitive: false,
            conversation: None,
            content: content.into(),
            content_map: BTreeMap::new(),
            attachment: Vec::new(),
            tag: Vec::new(),
            id,
        }
    }

    /// Says in which language the content is.
    #[must_use]
    pub fn in_language(mut self, language: &str) -> Self {
        self.content_map.insert(language.to_owned(), self.content.clone());
        self
    }

    /// As a document of its own, with the context that its words need.
    #[must_use]
    pub fn into_document(mut self) -> Self {
        self.context = Some(context::note());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::audience::Reach;
    use serde_json::json;

    #[test]
    fn a_note_is_written_as_peers_expect() {
        let at = DateTime::from_timestamp(1_769_860_800, 0).unwrap();
        let actor = "https://moe.example/users/moe";
        let audience = Audience::new(Reach::Public, "https://moe.example/users/moe/followers", []);
        let mut note =
            Note::new("https://moe.example/users/moe/statuses/1", actor, "<p>Hi</p>", audience, at)
                .in_language("en");
        note.tag.push(Tag::Hashtag { href: "https://moe.example/tags/x".to_owned(), name: "#x".to_owned() });
        let value = serde_json::to_value(note.into_document()).unwrap();
        assert_eq!(value["@context"][0], "https://www.w3.org/ns/activitystreams");
        assert_eq!(value["type"], "Note");
        assert_eq!(value["published"], "2026-01-31T12:00:00Z");
        assert_eq!(value["to"], json!(["https://www.w3.org/ns/activitystreams#Public"]));
        assert_eq!(value["contentMap"], json!({"en": "<p>Hi</p>"}));
        assert_eq!(value["attachment"], json!([]));
        assert_eq!(value["inReplyTo"], json!(null));
        assert_eq!(value["tag"][0]["type"], "Hashtag");
        assert!(value.get("updated").is_none());
    }
}

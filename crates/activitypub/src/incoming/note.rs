//! A post as peers write it.

use chrono::{DateTime, Utc};

use super::loose::Loose;
use super::{Incoming, Malformed};
use crate::Reach;
use crate::document::audience::Audience;

/// What is shown as a post. Types other than the first two are shown by their name and a link.
const NOTE_TYPES: &[&str] = &["Note", "Question", "Article", "Page", "Image", "Audio", "Video", "Event"];

pub(super) fn is_note(kind: &str) -> bool {
    NOTE_TYPES.contains(&kind)
}

#[derive(Debug, Clone, PartialEq)]
pub struct RemoteNote {
    pub id: String,
    /// `Note`, or one of the types that are shown like one.
    pub kind: String,
    pub attributed_to: String,
    /// The title, where the type has one.
    pub name: Option<String>,
    /// HTML as it came: sanitise before it is stored or shown.
    pub content: String,
    /// The content warning.
    pub summary: Option<String>,
    pub sensitive: bool,
    pub in_reply_to: Option<String>,
    pub published: Option<DateTime<Utc>>,
    pub updated: Option<DateTime<Utc>>,
    /// The page that people see.
    pub url: Option<String>,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    pub mentions: Vec<RemoteMention>,
    /// Without `#`, in lower case, no repeats.
    pub hashtags: Vec<String>,
    pub attachments: Vec<RemoteAttachment>,
    /// BCP 47.
    pub language: Option<String>,
    pub conversation: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteMention {
    pub href: String,
    /// `@user@host` or `@user`, where given.
    pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RemoteAttachment {
    pub url: String,
    pub media_type: Option<String>,
    pub description: Option<String>,
    pub blurhash: Option<String>,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

impl RemoteNote {
    pub(super) fn read(note: &Loose<'_>) -> Result<Self, Malformed> {
        let kind = note.required_text("type")?;
        if !is_note(kind) {
            return Err(note.wrong("type", "a kind of post"));
        }
        let tags = note.objects("tag")?;
        Ok(Self {
            id: note.uri("id")?,
            kind: kind.to_owned(),
            attributed_to: author(note)?,
            name: note.text("name").map(str::to_owned),
            content: content(note),
            summary: note.text("summary").filter(|text| !text.is_empty()).map(str::to_owned),
            sensitive: note.flag("sensitive").unwrap_or(false),
            in_reply_to: note.address("inReplyTo"),
            published: note.date("published"),
            updated: note.date("updated"),
            url: page(note)?,
            to: note.uris("to")?,
            cc: note.uris("cc")?,
            mentions: mentions(&tags),
            hashtags: hashtags(&tags),
            attachments: attachments(note)?,
            language: language(note),
            conversation: note.text("conversation").or_else(|| note.text("context")).map(str::to_owned),
        })
    }

    /// How far the note reaches. `followers` is the author's followers collection, where known.
    pub fn reach(&self, followers: Option<&str>) -> Reach {
        Audience::reach(&self.to, &self.cc, followers)
    }

    /// Whether it is addressed to this id.
    pub fn addresses(&self, id: &str) -> bool {
        self.to.iter().chain(&self.cc).any(|uri| uri == id)
    }
}

impl Incoming {
    /// Whether it is addressed to this id.
    pub fn addresses(&self, id: &str) -> bool {
        self.to.iter().chain(&self.cc).any(|uri| uri == id)
    }
}

/// Video servers name the person and the channel; the person is who speaks.
fn author(note: &Loose<'_>) -> Result<String, Malformed> {
    let person = note.objects("attributedTo")?.into_iter().find(|author| author.kind() == Some("Person"));
    match person {
        Some(person) => person.uri("id"),
        None => note.uri("attributedTo"),
    }
}

fn content(note: &Loose<'_>) -> String {
    let mapped = || note.first_object("contentMap").and_then(|map| map.first_text().map(str::to_owned));
    note.text("content").map(str::to_owned).or_else(mapped).unwrap_or_default()
}

/// The only key of `contentMap`, if it has but one. Pleroma and others have a `language`.
fn language(note: &Loose<'_>) -> Option<String> {
    let mapped = note.first_object("contentMap").and_then(|map| map.only_key().map(str::to_owned));
    let lemmy = || note.first_object("language").and_then(|language| language.text("identifier"));
    mapped
        .or_else(|| note.text("language").or_else(lemmy).map(str::to_owned))
        .filter(|tag| !tag.is_empty() && tag.len() <= 35 && *tag != "und")
}

/// The link to a page among possibly several of other types (`PeerTube` lists its files).
fn page(note: &Loose<'_>) -> Result<Option<String>, Malformed> {
    let links = note.objects("url")?;
    let html = links.iter().find(|link| link.text("mediaType") == Some("text/html"));
    Ok(html.and_then(|link| link.address("href")).or_else(|| note.address("url")))
}

fn mentions(tags: &[Loose<'_>]) -> Vec<RemoteMention> {
    let mut found: Vec<RemoteMention> = Vec::new();
    for tag in tags.iter().filter(|tag| tag.kind() == Some("Mention")) {
        let Some(href) = tag.address("href") else { continue };
        if found.iter().all(|seen| seen.href != href) {
            found.push(RemoteMention { href, name: tag.text("name").map(str::to_owned) });
        }
    }
    found
}

fn hashtags(tags: &[Loose<'_>]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for tag in tags.iter().filter(|tag| tag.kind() == Some("Hashtag")) {
        let name = tag.text("name").unwrap_or_default().trim().trim_start_matches('#').to_lowercase();
        let sound = !name.is_empty() && name.chars().count() <= 100 && !name.contains(char::is_whitespace);
        if sound && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn attachments(note: &Loose<'_>) -> Result<Vec<RemoteAttachment>, Malformed> {
    let media = |kind| matches!(kind, Some("Document" | "Image" | "Audio" | "Video"));
    let read = |file: Loose<'_>| {
        let link = file.first_object("url");
        Some(RemoteAttachment {
            url: file.address("url").or_else(|| file.address("href"))?,
            media_type: file
                .text("mediaType")
                .or_else(|| link.as_ref().and_then(|link| link.text("mediaType")))
                .map(str::to_owned),
            description: file.text("name").or_else(|| file.text("summary")).map(str::to_owned),
            blurhash: file.text("blurhash").map(str::to_owned),
            width: file.number("width"),
            height: file.number("height"),
        })
    };
    Ok(note.objects("attachment")?.into_iter().filter(|file| media(file.kind())).filter_map(read).collect())
}

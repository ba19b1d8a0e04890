//! From documents of others to rows: sanitised, bounded, and dated no later than now.

use std::collections::HashMap;

use belfry_activitypub::document::webfinger::Acct;
use belfry_activitypub::incoming::{RemoteAttachment, RemoteMention as Named};
use belfry_activitypub::{Reach, RemoteActor, RemoteNote, uri};
use belfry_model::{ActorId, COMMONS, Ref, StatusId, TenantId, Visibility};
use belfry_social::text::{plain, sanitise};
use belfry_storage::{Parent, RemoteMedia, RemoteMention, RemoteStatus, row};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Longer names are cut: they exist only to push other people's words off the screen.
const NAME_CHARACTERS: usize = 200;
const WARNING_CHARACTERS: usize = 500;
const DESCRIPTION_CHARACTERS: usize = 10_000;
const ATTACHMENTS: usize = 16;

/// `acct` is the canonical handle, which WebFinger has confirmed or the actor's own host says.
pub(crate) fn actor(actor: &RemoteActor, acct: &Acct, now: DateTime<Utc>) -> belfry_storage::RemoteActor {
    let fields: Vec<_> = actor
        .fields
        .iter()
        .map(|field| {
            json!({
                "name": cut(&plain(&field.name), NAME_CHARACTERS),
                "value": sanitise(&field.value),
                "verified_at": null,
            })
        })
        .collect();
    belfry_storage::RemoteActor {
        uri: actor.id.clone(),
        username: acct.user.clone(),
        domain: acct.host.clone(),
        url: actor.url.clone(),
        actor_type: actor.kind.clone(),
        inbox_url: actor.inbox.clone(),
        shared_inbox_url: actor.shared_inbox.clone(),
        outbox_url: actor.outbox.clone(),
        followers_url: actor.followers.clone(),
        following_url: actor.following.clone(),
        featured_url: actor.featured.clone(),
        display_name: cut(actor.name.trim(), NAME_CHARACTERS),
        note_html: sanitise(&actor.summary),
        fields: json!(fields),
        avatar_remote_url: actor.icon.clone(),
        header_remote_url: actor.image.clone(),
        locked: actor.manually_approves_followers,
        bot: actor.is_bot(),
        discoverable: actor.discoverable,
        public_key_id: actor.key.as_ref().map(|key| key.id.clone()),
        public_key_pem: actor.key.as_ref().map(|key| key.pem.clone()),
        created_at: actor.published.unwrap_or(now).min(now),
        fetched_at: now,
    }
}

/// How far a post by this author reaches.
pub(crate) fn visibility(note: &RemoteNote, author: &row::Actor) -> Visibility {
    match note.reach(author.followers_url.as_deref()) {
        Reach::Public => Visibility::Public,
        Reach::Unlisted => Visibility::Unlisted,
        Reach::Followers => Visibility::Private,
        Reach::Direct => Visibility::Direct,
    }
}

/// `known` are the actors that it names and that `owner` knows.
pub(crate) fn note(
    note: &RemoteNote,
    author: &row::Actor,
    parent: Option<&row::Status>,
    known: &[row::Actor],
    owner: TenantId,
    now: DateTime<Utc>,
) -> RemoteStatus {
    let known: HashMap<&str, &row::Actor> = known.iter().map(|actor| (actor.uri.as_str(), actor)).collect();
    let warning = note.summary.as_deref().map(plain).unwrap_or_default();
    RemoteStatus {
        uri: note.id.clone(),
        url: note.url.clone(),
        actor: Ref::new(COMMONS, ActorId(author.id)),
        visibility: visibility(note, author),
        content_html: content(note),
        sensitive: note.sensitive || !warning.is_empty(),
        spoiler_text: cut(&warning, WARNING_CHARACTERS),
        language: note.language.clone(),
        in_reply_to_uri: note.in_reply_to.clone(),
        in_reply_to: parent.map(|parent| Parent {
            status: Ref::new(TenantId(parent.tenant_id), StatusId(parent.id)),
            author: ActorId(parent.actor_id),
        }),
        reblog_of: None,
        conversation_uri: note.conversation.clone(),
        created_at: note.published.unwrap_or(now).min(now),
        edited_at: note.updated.map(|at| at.min(now)).filter(|at| Some(*at) != note.published),
        mentions: note.mentions.iter().map(|named| mention(named, &known, owner)).collect(),
        tags: note.hashtags.clone(),
        media: note.attachments.iter().take(ATTACHMENTS).map(media).collect(),
    }
}

/// What isn't a note is shown by its title and a link to where it can be seen whole.
fn content(note: &RemoteNote) -> String {
    if matches!(note.kind.as_str(), "Note" | "Question") {
        return sanitise(&note.content);
    }
    let link = note.url.as_deref().unwrap_or(&note.id);
    let title = note.name.as_deref().map(plain).unwrap_or_default();
    let title = if title.is_empty() { link } else { &title };
    sanitise(&format!("<p><a href=\"{}\">{}</a></p>", escape(link), escape(title)))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn mention(named: &Named, known: &HashMap<&str, &row::Actor>, owner: TenantId) -> RemoteMention {
    if let Some(actor) = known.get(named.href.as_str()) {
        let tenant = TenantId(actor.tenant_id);
        let local = tenant == owner && tenant != COMMONS;
        return RemoteMention {
            actor_uri: actor.uri.clone(),
            actor: Some(Ref::new(tenant, ActorId(actor.id))),
            username: actor.username.clone(),
            acct: if local { actor.username.clone() } else { format!("{}@{}", actor.username, actor.domain) },
            url: actor.url.clone().unwrap_or_else(|| actor.uri.clone()),
        };
    }
    let acct = named.name.as_deref().and_then(Acct::parse).unwrap_or_else(|| guess(named));
    RemoteMention {
        actor_uri: named.href.clone(),
        actor: None,
        username: acct.user.clone(),
        acct: acct.to_string(),
        url: named.href.clone(),
    }
}

/// The handle of an actor that we don't know, from what there is: shown, never relied on.
fn guess(named: &Named) -> Acct {
    let host = uri::parse(&named.href).as_ref().map(uri::host).unwrap_or_default();
    let name = named.name.as_deref().map(|name| name.trim_start_matches('@'));
    let last = named.href.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    Acct { user: name.unwrap_or(last.trim_start_matches('@')).to_owned(), host }
}

fn media(file: &RemoteAttachment) -> RemoteMedia {
    let mut meta = json!({});
    if let (Some(width), Some(height)) = (file.width, file.height)
        && height > 0
    {
        let aspect = f64::from(width) / f64::from(height);
        meta = json!({ "original": { "width": width, "height": height, "aspect": aspect } });
    }
    RemoteMedia {
        media_type: file.media_type.clone().unwrap_or_else(|| "application/octet-stream".to_owned()),
        remote_url: file.url.clone(),
        description: file.description.as_deref().map(|text| cut(text, DESCRIPTION_CHARACTERS)),
        blurhash: file.blurhash.clone().filter(|hash| hash.len() <= 100),
        meta,
    }
}

fn cut(text: &str, characters: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(characters).collect()
}

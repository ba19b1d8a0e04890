//! From rows of a tenant to the documents that others read. Used for what is sent, for what
//! is served, and for what a neighbour is handed.

use std::collections::HashMap;

use belfry_activitypub::document::actor::{ActorKey, Field, Image};
use belfry_activitypub::document::note::{Attachment, Tag};
use belfry_activitypub::document::{Activity, Actor, Note};
use belfry_activitypub::{Audience, Reach};
use belfry_model::{MediaId, Origin, PlatformNames, StatusId, Tenant, Visibility};
use belfry_storage::{TenantTx, row};

use crate::{Error, Result};

/// Writes the documents of one tenant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Renderer<'a> {
    pub names: &'a PlatformNames,
    pub tenant: &'a Tenant,
}

impl Renderer<'_> {
    pub fn origin(&self) -> Origin {
        self.names.origin(self.tenant)
    }

    /// The canonical handle, without `@` before it: the official one where there is one.
    pub fn handle(&self, actor: &row::Actor) -> String {
        match &actor.official_handle {
            Some(handle) => format!("{handle}@{}", self.names.shared_domain),
            None => format!("{}@{}", actor.username, actor.domain),
        }
    }

    /// An account or the instance actor.
    pub async fn actor(&self, tx: &TenantTx, row: &row::Actor) -> Result<Actor> {
        let pictures: Vec<MediaId> =
            row.avatar_media_id.into_iter().chain(row.header_media_id).map(MediaId).collect();
        let pictures = tx.media_list(&pictures).await?;
        let picture = |id: Option<i64>| {
            pictures.iter().find(|media| Some(media.id) == id).and_then(|media| {
                let key = media.file_key.as_deref()?;
                let (media_type, url) = (media.media_type.clone(), self.names.media_url(key));
                Some(Image { media_type, url, name: media.description.clone() })
            })
        };
        let key = ActorKey {
            id: row.public_key_id.clone().unwrap_or_else(|| Origin::main_key(&row.uri)),
            owner: row.uri.clone(),
            public_key_pem: row.public_key_pem.clone().unwrap_or_default(),
        };
        let username = row.official_handle.as_deref().unwrap_or(&row.username);
        let mut actor = Actor::new(&row.uri, &row.actor_type, username, self.names.shared_inbox(), key);
        actor.name = if row.display_name.is_empty() { username.to_owned() } else { row.display_name.clone() };
        actor.summary.clone_from(&row.note_html);
        actor.url = row.url.clone().unwrap_or_else(|| row.uri.clone());
        actor.inbox.clone_from(&row.inbox_url);
        if let Some(outbox) = &row.outbox_url {
            actor.outbox.clone_from(outbox);
        }
        actor.followers.clone_from(&row.followers_url);
        actor.following.clone_from(&row.following_url);
        actor.featured.clone_from(&row.featured_url);
        actor.manually_approves_followers = row.locked;
        actor.discoverable = row.discoverable;
        actor.published = Some(row.created_at);
        actor.icon = picture(row.avatar_media_id);
        actor.image = picture(row.header_media_id);
        actor.attachment = fields(row);
        actor.webfinger = Some(self.handle(row));
        Ok(actor)
    }

    /// Posts (no boosts) of one account, in the order given, with what hangs on them loaded at once.
    pub async fn notes(
        &self,
        tx: &TenantTx,
        author: &row::Actor,
        posts: &[row::Status],
    ) -> Result<Vec<Note>> {
        let ids: Vec<StatusId> = posts.iter().map(|post| StatusId(post.id)).collect();
        let mut mentions = grouped(tx.mention_list(&ids).await?, |mention| mention.status_id);
        let mut tags = grouped(tx.tag_list(&ids).await?, |tag| tag.status_id);
        let mut media =
            grouped(tx.media_of_statuses(&ids).await?, |media| media.status_id.unwrap_or_default());
        posts
            .iter()
            .map(|post| {
                let mentions = mentions.remove(&post.id).unwrap_or_default();
                let tags = tags.remove(&post.id).unwrap_or_default();
                let media = media.remove(&post.id).unwrap_or_default();
                self.note(author, post, &mentions, &tags, &media)
            })
            .collect()
    }

    fn note(
        &self,
        author: &row::Actor,
        post: &row::Status,
        mentions: &[row::Mention],
        tags: &[row::StatusTag],
        media: &[row::MediaAttachment],
    ) -> Result<Note> {
        let named = mentions.iter().map(|mention| mention.actor_uri.clone());
        let audience = Audience::new(reach(post)?, followers(author), named);
        let mut note = Note::new(&post.uri, &author.uri, &post.content_html, audience, post.created_at);
        if let Some(language) = &post.language {
            note = note.in_language(language);
        }
        note.summary = (!post.spoiler_text.is_empty()).then(|| post.spoiler_text.clone());
        note.sensitive = post.sensitive;
        note.in_reply_to.clone_from(&post.in_reply_to_uri);
        note.updated = post.edited_at;
        note.url = post.url.clone().unwrap_or_else(|| post.uri.clone());
        note.conversation.clone_from(&post.conversation_uri);
        note.attachment = media.iter().filter_map(|media| self.attachment(media)).collect();
        let origin = self.origin();
        note.tag = mentions
            .iter()
            .map(|mention| Tag::Mention { href: mention.actor_uri.clone(), name: self.name_of(mention) })
            .chain(tags.iter().map(|tag| Tag::Hashtag {
                href: origin.at(&format!("/tags/{}", tag.tag)),
                name: format!("#{}", tag.tag),
            }))
            .collect();
        Ok(note)
    }

    /// A boost; its post's address and the address of who wrote that are given.
    pub fn announce(
        id: &str,
        author: &row::Actor,
        boost: &row::Status,
        of: &str,
        by: Option<&str>,
    ) -> Result<Activity> {
        let audience = Audience::new(reach(boost)?, followers(author), by.map(str::to_owned));
        Ok(Activity::announce(id, &author.uri, of, audience, boost.created_at))
    }

    fn attachment(&self, media: &row::MediaAttachment) -> Option<Attachment> {
        let url = match (&media.file_key, &media.remote_url) {
            (Some(key), _) => self.names.media_url(key),
            (None, Some(url)) => url.clone(),
            (None, None) => return None,
        };
        let side = |name: &str| {
            let side = media.meta.get("original")?.get(name)?.as_u64()?;
            u32::try_from(side).ok()
        };
        let focus = |name: &str| media.meta.get("focus")?.get(name)?.as_f64();
        Some(Attachment {
            media_type: media.media_type.clone(),
            url,
            name: media.description.clone(),
            blurhash: media.blurhash.clone(),
            width: side("width"),
            height: side("height"),
            focal_point: focus("x").zip(focus("y")).map(|(x, y)| [x, y]),
        })
    }

    /// `@user@host`, the host also for an account of the same tenant: elsewhere it isn't.
    fn name_of(&self, mention: &row::Mention) -> String {
        if mention.acct.contains('@') {
            format!("@{}", mention.acct)
        } else {
            format!("@{}@{}", mention.acct, self.tenant.host)
        }
    }
}

pub(crate) fn reach(post: &row::Status) -> Result<Reach> {
    let visibility: Visibility =
        post.visibility.parse().map_err(|_| Error::Unusable("a post's visibility can't be read"))?;
    Ok(match visibility {
        Visibility::Public => Reach::Public,
        Visibility::Unlisted => Reach::Unlisted,
        Visibility::Private => Reach::Followers,
        Visibility::Direct => Reach::Direct,
    })
}

pub(crate) fn followers(author: &row::Actor) -> &str {
    author.followers_url.as_deref().unwrap_or_default()
}

/// Local accounts' fields hold text as typed: what looks like HTML in it is text.
fn fields(row: &row::Actor) -> Vec<Field> {
    let text = |field: &serde_json::Value, name: &str| field.get(name)?.as_str().map(str::to_owned);
    let fields = row.fields.as_array().map(Vec::as_slice).unwrap_or_default();
    fields
        .iter()
        .filter_map(|field| Some(Field { name: text(field, "name")?, value: text(field, "value")? }))
        .collect()
}

fn grouped<T>(rows: Vec<T>, key: impl Fn(&T) -> i64) -> HashMap<i64, Vec<T>> {
    let mut groups: HashMap<i64, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}

//! What hangs on a remote post: mentions, tags, and attachments that we only point at.

use belfry_model::{ActorId, Ref, StatusId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::commons_status::RemoteStatus;
use crate::entity::{media_attachment, mention, status_tag};
use crate::tx::Door;
use crate::{Result, row};

/// Somebody whom a remote post names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteMention {
    pub actor_uri: String,
    /// Where the owner of the row knows the actor.
    pub actor: Option<Ref<ActorId>>,
    pub username: String,
    /// `user` for an account of the same tenant, else `user@host`.
    pub acct: String,
    pub url: String,
}

/// An attachment that stays where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteMedia {
    pub media_type: String,
    pub remote_url: String,
    pub description: Option<String>,
    pub blurhash: Option<String>,
    pub meta: serde_json::Value,
}

pub(super) async fn write(door: &impl Door, status: StatusId, post: &RemoteStatus) -> Result<()> {
    let tenant = door.owner().0;
    if !post.mentions.is_empty() {
        mention::Entity::insert_many(post.mentions.iter().map(|named| mention::ActiveModel {
            tenant_id: Set(tenant),
            status_id: Set(status.0),
            actor_uri: Set(named.actor_uri.clone()),
            actor_tenant: Set(named.actor.map(|actor| actor.tenant.0)),
            actor_id: Set(named.actor.map(|actor| actor.id.0)),
            username: Set(named.username.clone()),
            acct: Set(named.acct.clone()),
            url: Set(named.url.clone()),
        }))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(door)
        .await?;
    }
    if !post.tags.is_empty() {
        status_tag::Entity::insert_many(post.tags.iter().map(|tag| status_tag::ActiveModel {
            tenant_id: Set(tenant),
            status_id: Set(status.0),
            tag: Set(tag.clone()),
        }))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(door)
        .await?;
    }
    if !post.media.is_empty() {
        media_attachment::Entity::insert_many((0_i16..).zip(&post.media).map(|(position, media)| {
            media_attachment::ActiveModel {
                tenant_id: Set(tenant),
                status_id: Set(Some(status.0)),
                position: Set(position),
                media_type: Set(media.media_type.clone()),
                remote_url: Set(Some(media.remote_url.clone())),
                description: Set(media.description.clone()),
                blurhash: Set(media.blurhash.clone()),
                meta: Set(media.meta.clone()),
                ..Default::default()
            }
        }))
        .exec_without_returning(door)
        .await?;
    }
    Ok(())
}

pub(super) async fn erase(door: &impl Door, statuses: &[i64]) -> Result<()> {
    let tenant = door.owner().0;
    let ids = || statuses.iter().copied();
    mention::Entity::delete_many()
        .filter(mention::Column::TenantId.eq(tenant))
        .filter(mention::Column::StatusId.is_in(ids()))
        .exec(door)
        .await?;
    status_tag::Entity::delete_many()
        .filter(status_tag::Column::TenantId.eq(tenant))
        .filter(status_tag::Column::StatusId.is_in(ids()))
        .exec(door)
        .await?;
    media_attachment::Entity::delete_many()
        .filter(media_attachment::Column::TenantId.eq(tenant))
        .filter(media_attachment::Column::StatusId.is_in(ids()))
        .exec(door)
        .await?;
    Ok(())
}

/// Whether a reader would see a difference: an `Update` that changes nothing (a new count of
/// likes, say) is no edit.
pub(super) async fn differs(door: &impl Door, known: &row::Status, post: &RemoteStatus) -> Result<bool> {
    if known.content_html != post.content_html
        || known.spoiler_text != post.spoiler_text
        || known.sensitive != post.sensitive
    {
        return Ok(true);
    }
    let held = media(door, StatusId(known.id)).await?;
    let seen = |row: &row::MediaAttachment| (row.remote_url.clone(), row.description.clone());
    let told = |media: &RemoteMedia| (Some(media.remote_url.clone()), media.description.clone());
    Ok(!held.iter().map(seen).eq(post.media.iter().map(told)))
}

/// The attachments of a version, for the history.
pub(super) async fn media_snapshot(door: &impl Door, status: StatusId) -> Result<serde_json::Value> {
    let rows = media(door, status).await?;
    let snapshot = rows.iter().map(|row| {
        serde_json::json!({
            "media_type": row.media_type,
            "remote_url": row.remote_url,
            "description": row.description,
        })
    });
    Ok(serde_json::Value::Array(snapshot.collect()))
}

async fn media(door: &impl Door, status: StatusId) -> Result<Vec<row::MediaAttachment>> {
    Ok(media_attachment::Entity::find()
        .filter(media_attachment::Column::TenantId.eq(door.owner().0))
        .filter(media_attachment::Column::StatusId.eq(status.0))
        .order_by_asc(media_attachment::Column::Position)
        .all(door)
        .await?)
}

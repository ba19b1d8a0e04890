//! Remote actors: stored once for all tenants, under tenant 0.

use belfry_model::{ActorId, COMMONS};
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, OnConflict};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use crate::entity::actor;
use crate::{CommonsTx, Result, row};

/// A remote actor as its own server describes it, checked and sanitised.
#[derive(Debug, Clone)]
pub struct RemoteActor {
    pub uri: String,
    pub username: String,
    /// Host part of the handle, ASCII, with port where not the default.
    pub domain: String,
    pub url: Option<String>,
    pub actor_type: String,
    pub inbox_url: String,
    pub shared_inbox_url: Option<String>,
    pub outbox_url: Option<String>,
    pub followers_url: Option<String>,
    pub following_url: Option<String>,
    pub featured_url: Option<String>,
    pub display_name: String,
    /// Sanitised.
    pub note_html: String,
    /// `[{"name","value","verified_at"}]`
    pub fields: serde_json::Value,
    pub avatar_remote_url: Option<String>,
    pub header_remote_url: Option<String>,
    pub locked: bool,
    pub bot: bool,
    pub discoverable: bool,
    pub public_key_id: Option<String>,
    pub public_key_pem: Option<String>,
    pub created_at: DateTime<Utc>,
    pub fetched_at: DateTime<Utc>,
}

impl CommonsTx {
    /// Stores the actor, or brings what we know of it up to date. An actor that was thought
    /// deleted and now answers is alive again.
    ///
    /// A handle belongs to one actor: another row that holds it is one that its server has
    /// replaced, and becomes a tombstone.
    pub async fn actor_upsert(&self, actor: RemoteActor) -> Result<row::Actor> {
        actor::Entity::update_many()
            .col_expr(actor::Column::DeletedAt, Expr::value(actor.fetched_at))
            .filter(actor::Column::TenantId.eq(COMMONS.0))
            .filter(same_handle(&actor.username, &actor.domain))
            .filter(actor::Column::Uri.ne(&actor.uri))
            .filter(actor::Column::DeletedAt.is_null())
            .exec(self)
            .await?;
        let update = OnConflict::columns([actor::Column::TenantId, actor::Column::Uri])
            .update_columns([
                actor::Column::Username,
                actor::Column::Domain,
                actor::Column::Url,
                actor::Column::ActorType,
                actor::Column::InboxUrl,
                actor::Column::SharedInboxUrl,
                actor::Column::OutboxUrl,
                actor::Column::FollowersUrl,
                actor::Column::FollowingUrl,
                actor::Column::FeaturedUrl,
                actor::Column::DisplayName,
                actor::Column::NoteHtml,
                actor::Column::Fields,
                actor::Column::AvatarRemoteUrl,
                actor::Column::HeaderRemoteUrl,
                actor::Column::Locked,
                actor::Column::Bot,
                actor::Column::Discoverable,
                actor::Column::PublicKeyId,
                actor::Column::PublicKeyPem,
                actor::Column::UpdatedAt,
                actor::Column::FetchedAt,
                actor::Column::DeletedAt,
            ])
            .to_owned();
        Ok(actor::Entity::insert(active(actor)).on_conflict(update).exec_with_returning(self).await?)
    }

    /// The actor's server says that it's gone. Its key verifies nothing any more, and what it
    /// said of itself is erased; the row stays, so that it isn't fetched again.
    pub async fn actor_tombstone(&self, uri: &str, at: DateTime<Utc>) -> Result<Option<ActorId>> {
        let rows = actor::Entity::update_many()
            .col_expr(actor::Column::DeletedAt, Expr::value(at))
            .col_expr(actor::Column::DisplayName, Expr::value(""))
            .col_expr(actor::Column::NoteHtml, Expr::value(""))
            .col_expr(actor::Column::Fields, Expr::value(serde_json::json!([])))
            .col_expr(actor::Column::AvatarRemoteUrl, Expr::value(None::<String>))
            .col_expr(actor::Column::HeaderRemoteUrl, Expr::value(None::<String>))
            .col_expr(actor::Column::PublicKeyId, Expr::value(None::<String>))
            .col_expr(actor::Column::PublicKeyPem, Expr::value(None::<String>))
            .filter(actor::Column::TenantId.eq(COMMONS.0))
            .filter(actor::Column::Uri.eq(uri))
            .exec_with_returning(self)
            .await?;
        Ok(rows.first().map(|row| ActorId(row.id)))
    }

    /// Tombstones too: the caller has to know that an actor was deleted.
    pub async fn actor_by_uri(&self, uri: &str) -> Result<Option<row::Actor>> {
        Ok(actor::Entity::find()
            .filter(actor::Column::TenantId.eq(COMMONS.0))
            .filter(actor::Column::Uri.eq(uri))
            .one(self)
            .await?)
    }

    /// Those of the given actors that are known and alive, in no order.
    pub async fn actors_by_uri(&self, uris: &[String]) -> Result<Vec<row::Actor>> {
        if uris.is_empty() {
            return Ok(Vec::new());
        }
        Ok(actor::Entity::find()
            .filter(actor::Column::TenantId.eq(COMMONS.0))
            .filter(actor::Column::Uri.is_in(uris))
            .filter(actor::Column::DeletedAt.is_null())
            .all(self)
            .await?)
    }

    /// Who signs with this key.
    pub async fn actor_by_key(&self, key_id: &str) -> Result<Option<row::Actor>> {
        Ok(actor::Entity::find()
            .filter(actor::Column::TenantId.eq(COMMONS.0))
            .filter(actor::Column::PublicKeyId.eq(key_id))
            .filter(actor::Column::DeletedAt.is_null())
            .one(self)
            .await?)
    }

    pub async fn actor_by_handle(&self, username: &str, domain: &str) -> Result<Option<row::Actor>> {
        Ok(actor::Entity::find()
            .filter(actor::Column::TenantId.eq(COMMONS.0))
            .filter(same_handle(username, domain))
            .filter(actor::Column::DeletedAt.is_null())
            .one(self)
            .await?)
    }
}

/// Handles differ by more than case or not at all.
fn same_handle(username: &str, domain: &str) -> Condition {
    let lower = |column: actor::Column| Expr::expr(Func::lower(Expr::col(column)));
    Condition::all()
        .add(lower(actor::Column::Username).eq(username.to_lowercase()))
        .add(lower(actor::Column::Domain).eq(domain.to_lowercase()))
}

fn active(actor: RemoteActor) -> actor::ActiveModel {
    actor::ActiveModel {
        tenant_id: Set(COMMONS.0),
        kind: Set("remote".to_owned()),
        username: Set(actor.username),
        domain: Set(actor.domain),
        uri: Set(actor.uri),
        url: Set(actor.url),
        actor_type: Set(actor.actor_type),
        inbox_url: Set(actor.inbox_url),
        shared_inbox_url: Set(actor.shared_inbox_url),
        outbox_url: Set(actor.outbox_url),
        followers_url: Set(actor.followers_url),
        following_url: Set(actor.following_url),
        featured_url: Set(actor.featured_url),
        display_name: Set(actor.display_name),
        note_html: Set(actor.note_html),
        fields: Set(actor.fields),
        avatar_remote_url: Set(actor.avatar_remote_url),
        header_remote_url: Set(actor.header_remote_url),
        locked: Set(actor.locked),
        bot: Set(actor.bot),
        discoverable: Set(actor.discoverable),
        public_key_id: Set(actor.public_key_id),
        public_key_pem: Set(actor.public_key_pem),
        created_at: Set(actor.created_at),
        updated_at: Set(actor.fetched_at),
        fetched_at: Set(Some(actor.fetched_at)),
        deleted_at: Set(None),
        ..Default::default()
    }
}

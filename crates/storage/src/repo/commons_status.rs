//! Posts and boosts by remote actors. What is open and concerns no tenant in particular is
//! stored once, in the commons; what is not, or addresses or answers a tenant, is stored
//! under that tenant. One way of writing serves both.

use belfry_model::{ActorId, Ref, StatusId, Visibility};
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
};

use super::{id, remote_parts};
use crate::entity::{status, status_edit};
use crate::tx::Door;
use crate::{CommonsTx, Error, Result, TenantTx, row};

pub use super::remote_parts::{RemoteMedia, RemoteMention};

/// A post (or boost) as its author's server describes it, checked and sanitised.
#[derive(Debug, Clone)]
pub struct RemoteStatus {
    pub uri: String,
    pub url: Option<String>,
    pub actor: Ref<ActorId>,
    pub visibility: Visibility,
    /// Sanitised.
    pub content_html: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub in_reply_to_uri: Option<String>,
    /// Where what it answers is known to this transaction's owner.
    pub in_reply_to: Option<Parent>,
    /// Where this is a boost.
    pub reblog_of: Option<Ref<StatusId>>,
    pub conversation_uri: Option<String>,
    /// Never in the future: it decides where the post sorts.
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub mentions: Vec<RemoteMention>,
    /// Lower case, without `#`.
    pub tags: Vec<String>,
    pub media: Vec<RemoteMedia>,
}

/// What a post answers.
#[derive(Debug, Clone, Copy)]
pub struct Parent {
    pub status: Ref<StatusId>,
    pub author: ActorId,
}

/// What became of a post that was written.
#[derive(Debug, Clone)]
pub enum Written {
    New(row::Status),
    Edited(row::Status),
    /// Stored before, and no different.
    Known(row::Status),
    /// It was deleted here; a deleted post does not come back.
    Deleted,
}

impl Written {
    pub fn status(&self) -> Option<&row::Status> {
        match self {
            Self::New(status) | Self::Edited(status) | Self::Known(status) => Some(status),
            Self::Deleted => None,
        }
    }
}

impl CommonsTx {
    /// Stores an open remote post once for all tenants, or its new version.
    pub async fn status_upsert(&self, post: RemoteStatus) -> Result<Written> {
        upsert(self, post).await
    }

    /// Erases the post at once; a tombstone stays. `None` if there is no such post of this author.
    pub async fn status_erase(
        &self,
        uri: &str,
        author: Ref<ActorId>,
        at: DateTime<Utc>,
    ) -> Result<Option<StatusId>> {
        erase(self, uri, author, at).await
    }

    /// Tombstones too.
    pub async fn status_by_uri(&self, uri: &str) -> Result<Option<row::Status>> {
        by_uri(self, uri).await
    }

    /// What has to be related for a post to be seen in its thread: the ids of the post, of
    /// those above it and boosted by it, and of their authors; at most `depth` up.
    pub async fn status_surroundings(&self, id: StatusId, depth: u8) -> Result<Vec<i64>> {
        const WALK: &str = "
            WITH RECURSIVE up (id, actor_id, next, depth) AS (
                SELECT id, actor_id, coalesce(reblog_of_id, in_reply_to_id), 0
                FROM status WHERE tenant_id = 0 AND id = $1
                UNION ALL
                SELECT s.id, s.actor_id, coalesce(s.reblog_of_id, s.in_reply_to_id), up.depth + 1
                FROM up JOIN status s ON s.tenant_id = 0 AND s.id = up.next
                WHERE up.depth < $2)
            SELECT id FROM up UNION SELECT actor_id FROM up";
        let values = [id.0.into(), i32::from(depth).into()];
        let rows =
            self.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, WALK, values)).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// Erases whatever a deleted actor said; at most `limit` posts, so that a transaction
    /// stays short. Fewer than that means that none is left.
    pub async fn statuses_erase_of(&self, author: ActorId, at: DateTime<Utc>, limit: u64) -> Result<usize> {
        erase_of(self, Ref::new(belfry_model::COMMONS, author), at, limit).await
    }
}

impl TenantTx {
    /// Stores a remote post that concerns this tenant among the tenant's own rows.
    pub async fn remote_status_upsert(&self, post: RemoteStatus) -> Result<Written> {
        upsert(self, post).await
    }

    /// Erases the tenant's own copy of a remote post; see [`CommonsTx::status_erase`].
    pub async fn remote_status_erase(
        &self,
        uri: &str,
        author: Ref<ActorId>,
        at: DateTime<Utc>,
    ) -> Result<Option<StatusId>> {
        erase(self, uri, author, at).await
    }

    /// The tenant's own row at this address, local or remote; tombstones too.
    pub async fn own_status_by_uri(&self, uri: &str) -> Result<Option<row::Status>> {
        by_uri(self, uri).await
    }

    /// As [`CommonsTx::statuses_erase_of`], for all of the tenant's own copies.
    pub async fn remote_statuses_erase_of(&self, author: Ref<ActorId>, at: DateTime<Utc>) -> Result<()> {
        // A statement takes a bounded number of parameters.
        const BATCH: u64 = 1000;
        while erase_of(self, author, at, BATCH).await? > 0 {}
        Ok(())
    }
}

async fn by_uri(door: &impl Door, uri: &str) -> Result<Option<row::Status>> {
    Ok(status::Entity::find()
        .filter(status::Column::TenantId.eq(door.owner().0))
        .filter(status::Column::Uri.eq(uri))
        .one(door)
        .await?)
}

async fn upsert(door: &impl Door, post: RemoteStatus) -> Result<Written> {
    if let Some(known) = by_uri(door, &post.uri).await? {
        return if known.deleted_at.is_some() {
            Ok(Written::Deleted)
        } else if remote_parts::differs(door, &known, &post).await? {
            edit(door, known, post).await.map(Written::Edited)
        } else {
            Ok(Written::Known(known))
        };
    }
    let id = StatusId(id::next(door, "SELECT next_id($1) AS id", [post.created_at.into()]).await?);
    // Somebody else may store the same post in this moment: then theirs is the one.
    status::Entity::insert(active(door, id, &post))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(door)
        .await?;
    let Some(stored) = by_uri(door, &post.uri).await? else {
        return boosted_before(door, &post).await;
    };
    if stored.id != id.0 {
        return Ok(Written::Known(stored));
    }
    remote_parts::write(door, id, &post).await?;
    adopt_orphans(door, &stored).await?;
    Ok(Written::New(stored))
}

/// A second boost of the same post by the same actor, under another id, is the first one.
async fn boosted_before(door: &impl Door, post: &RemoteStatus) -> Result<Written> {
    let first = match post.reblog_of {
        Some(of) => {
            status::Entity::find()
                .filter(status::Column::TenantId.eq(door.owner().0))
                .filter(status::Column::ActorId.eq(post.actor.id.0))
                .filter(status::Column::ReblogOfId.eq(of.id.0))
                .filter(status::Column::DeletedAt.is_null())
                .one(door)
                .await?
        }
        None => None,
    };
    first.map(Written::Known).ok_or(Error::Conflict { constraint: "status_uri".to_owned() })
}

/// A new version: the one before goes to the history, which begins with the original.
async fn edit(door: &impl Door, known: row::Status, post: RemoteStatus) -> Result<row::Status> {
    let media = remote_parts::media_snapshot(door, StatusId(known.id)).await?;
    status_edit::Entity::insert(status_edit::ActiveModel {
        tenant_id: Set(known.tenant_id),
        status_id: Set(known.id),
        text: Set(known.text.clone()),
        content_html: Set(known.content_html.clone()),
        spoiler_text: Set(known.spoiler_text.clone()),
        sensitive: Set(known.sensitive),
        media: Set(media),
        created_at: Set(known.edited_at.unwrap_or(known.created_at)),
        ..Default::default()
    })
    .exec_without_returning(door)
    .await?;
    remote_parts::erase(door, &[known.id]).await?;
    remote_parts::write(door, StatusId(known.id), &post).await?;
    let rows = status::Entity::update_many()
        .set(status::ActiveModel {
            url: Set(post.url),
            content_html: Set(post.content_html),
            spoiler_text: Set(post.spoiler_text),
            sensitive: Set(post.sensitive),
            language: Set(post.language),
            edited_at: Set(post.edited_at),
            ..Default::default()
        })
        .filter(status::Column::TenantId.eq(known.tenant_id))
        .filter(status::Column::Id.eq(known.id))
        .exec_with_returning(door)
        .await?;
    Ok(rows.into_iter().next().unwrap_or(known))
}

async fn erase(
    door: &impl Door,
    uri: &str,
    author: Ref<ActorId>,
    at: DateTime<Utc>,
) -> Result<Option<StatusId>> {
    let Some(known) = by_uri(door, uri).await? else { return Ok(None) };
    if known.actor_id != author.id.0 || known.actor_tenant != author.tenant.0 {
        return Ok(None);
    }
    erase_rows(door, &[known.id], at).await?;
    Ok(Some(StatusId(known.id)))
}

async fn erase_of(door: &impl Door, author: Ref<ActorId>, at: DateTime<Utc>, limit: u64) -> Result<usize> {
    let ids: Vec<i64> = status::Entity::find()
        .select_only()
        .column(status::Column::Id)
        .filter(status::Column::TenantId.eq(door.owner().0))
        .filter(status::Column::ActorTenant.eq(author.tenant.0))
        .filter(status::Column::ActorId.eq(author.id.0))
        .filter(status::Column::DeletedAt.is_null())
        .limit(limit)
        .into_tuple()
        .all(door)
        .await?;
    erase_rows(door, &ids, at).await?;
    Ok(ids.len())
}

/// The text goes, and everything that hangs on it; boosts of it go with it.
async fn erase_rows(door: &impl Door, ids: &[i64], at: DateTime<Utc>) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    remote_parts::erase(door, ids).await?;
    status_edit::Entity::delete_many()
        .filter(status_edit::Column::TenantId.eq(door.owner().0))
        .filter(status_edit::Column::StatusId.is_in(ids.iter().copied()))
        .exec(door)
        .await?;
    status::Entity::update_many()
        .set(status::ActiveModel {
            text: Set(String::new()),
            content_html: Set(String::new()),
            spoiler_text: Set(String::new()),
            deleted_at: Set(Some(at)),
            ..Default::default()
        })
        .filter(status::Column::TenantId.eq(door.owner().0))
        .filter(
            Condition::any()
                .add(status::Column::Id.is_in(ids.iter().copied()))
                .add(status::Column::ReblogOfId.is_in(ids.iter().copied())),
        )
        .filter(status::Column::DeletedAt.is_null())
        .exec(door)
        .await?;
    Ok(())
}

/// Answers that came before what they answer.
async fn adopt_orphans(door: &impl Door, parent: &row::Status) -> Result<()> {
    status::Entity::update_many()
        .col_expr(status::Column::InReplyToTenant, Expr::value(parent.tenant_id))
        .col_expr(status::Column::InReplyToId, Expr::value(parent.id))
        .col_expr(status::Column::InReplyToActorId, Expr::value(parent.actor_id))
        .filter(status::Column::TenantId.eq(door.owner().0))
        .filter(status::Column::InReplyToUri.eq(&parent.uri))
        .filter(status::Column::InReplyToId.is_null())
        .exec(door)
        .await?;
    Ok(())
}

fn active(door: &impl Door, id: StatusId, post: &RemoteStatus) -> status::ActiveModel {
    status::ActiveModel {
        tenant_id: Set(door.owner().0),
        id: Set(id.0),
        uri: Set(post.uri.clone()),
        url: Set(post.url.clone()),
        actor_tenant: Set(post.actor.tenant.0),
        actor_id: Set(post.actor.id.0),
        local: Set(false),
        visibility: Set(post.visibility.as_str().to_owned()),
        content_html: Set(post.content_html.clone()),
        spoiler_text: Set(post.spoiler_text.clone()),
        sensitive: Set(post.sensitive),
        language: Set(post.language.clone()),
        in_reply_to_uri: Set(post.in_reply_to_uri.clone()),
        in_reply_to_tenant: Set(post.in_reply_to.map(|parent| parent.status.tenant.0)),
        in_reply_to_id: Set(post.in_reply_to.map(|parent| parent.status.id.0)),
        in_reply_to_actor_id: Set(post.in_reply_to.map(|parent| parent.author.0)),
        reblog_of_tenant: Set(post.reblog_of.map(|of| of.tenant.0)),
        reblog_of_id: Set(post.reblog_of.map(|of| of.id.0)),
        conversation_uri: Set(post.conversation_uri.clone()),
        created_at: Set(post.created_at),
        edited_at: Set(post.edited_at),
        ..Default::default()
    }
}

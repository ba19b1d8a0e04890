//! Actors, local and remote, as one tenant sees them.
//!
//! Invariant: a commons actor is found only through a relation of this tenant; the policies
//! see to that, so no query here has to.

use std::collections::HashMap;

use belfry_model::{ActorId, COMMONS};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DbBackend, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};
use serde_json::Value as Json;

use super::domain_shown::{not_barred, not_limited};
use crate::entity::actor::{ActiveModel, Column, Entity};
use crate::{Result, TenantTx, row};

/// What an account's owner may change of it. `None` leaves a column as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActorChange {
    pub display_name: Option<String>,
    /// As typed, and as shown.
    pub note: Option<(String, String)>,
    /// `[{"name","value","verified_at"}]`
    pub fields: Option<Json>,
    /// `Some(None)` takes the picture away.
    pub avatar_media_id: Option<Option<i64>>,
    pub header_media_id: Option<Option<i64>>,
    pub locked: Option<bool>,
    pub bot: Option<bool>,
    pub discoverable: Option<bool>,
}

/// How much an account has, as far as this tenant knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct ActorCounts {
    pub id: i64,
    pub statuses: i64,
    pub followers: i64,
    pub following: i64,
}

impl TenantTx {
    /// Also finds a tombstone: look at `deleted_at`.
    pub async fn actor_fetch(&self, id: ActorId) -> Result<Option<row::Actor>> {
        Ok(Entity::find().filter(self.seen()).filter(Column::Id.eq(id.0)).one(self).await?)
    }

    /// In no particular order.
    pub async fn actor_list(&self, ids: &[ActorId]) -> Result<Vec<row::Actor>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = ids.iter().map(|id| id.0);
        Ok(Entity::find().filter(self.seen()).filter(Column::Id.is_in(ids)).all(self).await?)
    }

    /// Those that may be shown: none at a server that the platform bars. In no particular order.
    pub async fn actor_shown_list(&self, ids: &[ActorId]) -> Result<Vec<row::Actor>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = ids.iter().map(|id| id.0);
        let select = Entity::find().filter(self.seen()).filter(not_barred());
        Ok(select.filter(Column::Id.is_in(ids)).all(self).await?)
    }

    pub async fn actor_by_uri(&self, uri: &str) -> Result<Option<row::Actor>> {
        Ok(Entity::find().filter(self.seen()).filter(Column::Uri.eq(uri)).one(self).await?)
    }

    pub async fn actor_by_uris(&self, uris: &[String]) -> Result<Vec<row::Actor>> {
        if uris.is_empty() {
            return Ok(Vec::new());
        }
        Ok(Entity::find().filter(self.seen()).filter(Column::Uri.is_in(uris)).all(self).await?)
    }

    /// `username@domain`, whatever its case; the domain in its ASCII form.
    pub async fn actor_by_handle(&self, username: &str, domain: &str) -> Result<Option<row::Actor>> {
        let found = self.actor_by_handles(&[(username.to_owned(), domain.to_owned())]).await?;
        Ok(found.into_iter().next())
    }

    /// Those of `(username, domain)` that this tenant knows and that are not deleted.
    pub async fn actor_by_handles(&self, handles: &[(String, String)]) -> Result<Vec<row::Actor>> {
        if handles.is_empty() {
            return Ok(Vec::new());
        }
        let any = handles.iter().fold(Condition::any(), |any, (username, domain)| {
            any.add(
                lower(Column::Username)
                    .eq(username.to_lowercase())
                    .and(lower(Column::Domain).eq(domain.to_lowercase())),
            )
        });
        Ok(Entity::find()
            .filter(self.seen())
            .filter(Column::DeletedAt.is_null())
            .filter(any)
            .all(self)
            .await?)
    }

    /// Accounts whose name or handle contains `words`, the tenant's own first.
    pub async fn actor_search(&self, words: &str, offset: u64, limit: u64) -> Result<Vec<row::Actor>> {
        let pattern = like_pattern(words.trim_start_matches('@'));
        let handle = Expr::cust("(username || '@' || domain)");
        let matches = Condition::any().add(Func::lower(handle).like(pattern.clone())).add(
            Expr::cust_with_values(r#"lower(actor.display_name COLLATE "und-x-icu") LIKE $1"#, [pattern]),
        );
        Ok(Entity::find()
            .filter(self.seen())
            .filter(Column::Kind.ne("instance"))
            .filter(Column::DeletedAt.is_null())
            .filter(matches)
            .filter(not_barred())
            .filter(not_limited(self.tenant()))
            .order_by_desc(Column::TenantId)
            .order_by_asc(Column::Username)
            .order_by_asc(Column::Id)
            .offset(offset)
            .limit(limit)
            .all(self)
            .await?)
    }

    /// `None` if it is not an account of this tenant.
    pub async fn actor_update(
        &self,
        id: ActorId,
        change: ActorChange,
        at: DateTime<Utc>,
    ) -> Result<Option<row::Actor>> {
        let mut model = ActiveModel { updated_at: Set(at), ..Default::default() };
        if let Some(display_name) = change.display_name {
            model.display_name = Set(display_name);
        }
        if let Some((note, note_html)) = change.note {
            model.note = Set(note);
            model.note_html = Set(note_html);
        }
        if let Some(fields) = change.fields {
            model.fields = Set(fields);
        }
        if let Some(avatar) = change.avatar_media_id {
            model.avatar_media_id = Set(avatar);
        }
        if let Some(header) = change.header_media_id {
            model.header_media_id = Set(header);
        }
        if let Some(locked) = change.locked {
            model.locked = Set(locked);
        }
        if let Some(bot) = change.bot {
            model.bot = Set(bot);
        }
        if let Some(discoverable) = change.discoverable {
            model.discoverable = Set(discoverable);
        }
        let rows = Entity::update_many()
            .set(model)
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id.0))
            .filter(Column::DeletedAt.is_null())
            .exec_with_returning(self)
            .await?;
        Ok(rows.into_iter().next())
    }

    /// Remembers when a local account last posted.
    pub async fn actor_posted(&self, id: ActorId, at: DateTime<Utc>) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::LastStatusAt, Expr::value(at))
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id.0))
            .exec(self)
            .await?;
        Ok(())
    }

    /// One statement for a whole page of accounts.
    pub async fn actor_counts(&self, ids: &[ActorId]) -> Result<HashMap<ActorId, ActorCounts>> {
        const COUNTS: &str = "
            SELECT a.id,
                (SELECT count(*) FROM status s
                  WHERE s.actor_tenant = a.tenant_id AND s.actor_id = a.id
                    AND s.deleted_at IS NULL AND s.visibility <> 'direct') AS statuses,
                (SELECT count(*) FROM follow f
                  WHERE f.tenant_id = $1 AND f.followee_id = a.id AND f.state = 'accepted') AS followers,
                (SELECT count(*) FROM follow f
                  WHERE f.tenant_id = $1 AND f.follower_id = a.id AND f.state = 'accepted') AS following
            FROM actor a
            WHERE a.tenant_id IN (0, $1) AND a.id = ANY($2)";
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let values = [self.tenant().0.into(), ids.into()];
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, COUNTS, values);
        let counts = ActorCounts::find_by_statement(statement).all(self).await?;
        Ok(counts.into_iter().map(|count| (ActorId(count.id), count)).collect())
    }

    /// Both rooms that this tenant can see into, named so that the primary key is used.
    fn seen(&self) -> Condition {
        Condition::all().add(Column::TenantId.is_in([COMMONS.0, self.tenant().0]))
    }
}

fn lower(column: Column) -> Expr {
    Func::lower(Expr::col(column)).into()
}

/// `%words%` in lower case, with what LIKE takes for wildcards taken literally.
pub(crate) fn like_pattern(words: &str) -> String {
    let escaped = words.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

//! What local actors did that others must hear of, and the outbox row that makes it leave.

use belfry_model::{ActivityId, ActorId, Lane, StatusId};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement,
};
use serde_json::Value as Json;

use crate::entity::activity::{ActiveModel, Column, Entity};
use crate::{Result, TenantTx, row};

/// An activity of a local actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewActivity {
    pub id: ActivityId,
    pub uri: String,
    /// The ActivityPub type: `Create`, `Follow`, …
    pub kind: &'static str,
    pub actor: ActorId,
    /// What it is rendered from when it is sent.
    pub status: Option<StatusId>,
    /// What it carries where it has no status.
    pub object: Option<Json>,
    pub to_followers: bool,
    /// `[{"uri","inbox"}]`
    pub recipients: Json,
    pub created_at: DateTime<Utc>,
}

impl TenantTx {
    pub async fn activity_insert(&self, new: NewActivity) -> Result<()> {
        Entity::insert(ActiveModel {
            tenant_id: Set(self.tenant().0),
            id: Set(new.id.0),
            uri: Set(new.uri),
            kind: Set(new.kind.to_owned()),
            actor_id: Set(new.actor.0),
            status_id: Set(new.status.map(|id| id.0)),
            object: Set(new.object),
            to_followers: Set(new.to_followers),
            recipients: Set(new.recipients),
            created_at: Set(new.created_at),
        })
        .exec_without_returning(self)
        .await?;
        Ok(())
    }

    pub async fn activity_fetch(&self, id: ActivityId) -> Result<Option<row::Activity>> {
        Ok(Entity::find_by_id((self.tenant().0, id.0)).one(self).await?)
    }

    pub async fn activity_by_uri(&self, uri: &str) -> Result<Option<row::Activity>> {
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Uri.eq(uri))
            .one(self)
            .await?)
    }

    /// Commits the activity's delivery together with what it tells of. Plain SQL, since this
    /// role may add to the outbox and not change it.
    ///
    /// What may not cross on its way to an inbox gets one number: the posts of a conversation
    /// and what happens to them; and otherwise what an account does to the same others, such as
    /// a follow and its end.
    pub async fn outbox_insert(&self, activity: ActivityId, lane: Lane) -> Result<()> {
        const INSERT: &str = "
            INSERT INTO machinery.outbox (tenant_id, activity_id, lane, thread_id, overtakes)
            SELECT a.tenant_id, a.id, $3, hashtextextended(CASE
                    WHEN s.id IS NOT NULL AND s.reblog_of_id IS NULL THEN coalesce(s.conversation_uri, s.uri)
                    ELSE a.actor_id::text || a.recipients::text END, 0), a.kind = 'Delete'
            FROM activity a LEFT JOIN status s ON s.tenant_id = a.tenant_id AND s.id = a.status_id
            WHERE a.tenant_id = $1 AND a.id = $2";
        let values = [self.tenant().0.into(), activity.0.into(), lane.as_str().into()];
        self.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, INSERT, values)).await?;
        Ok(())
    }
}

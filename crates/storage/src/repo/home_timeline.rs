//! Home timelines: written when a post is applied, bounded per account. Read by `status_home`.

use belfry_model::{ActorId, COMMONS, Ref, StatusId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement,
};

use crate::entity::home_timeline::{ActiveModel, Column, Entity};
use crate::{Result, TenantTx};

impl TenantTx {
    /// Puts one post on many timelines and cuts each at `keep` posts. A post that is there
    /// already stays where it is.
    pub async fn home_timeline_insert(
        &self,
        actors: &[ActorId],
        status: Ref<StatusId>,
        keep: u32,
    ) -> Result<()> {
        if actors.is_empty() {
            return Ok(());
        }
        let models = actors.iter().map(|actor| ActiveModel {
            tenant_id: Set(self.tenant().0),
            actor_id: Set(actor.0),
            status_id: Set(status.id.0),
            status_tenant: Set(status.tenant.0),
        });
        Entity::insert_many(models)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(self)
            .await?;
        self.home_timeline_cut(actors, keep).await
    }

    /// Puts an account's latest posts on the timeline of somebody who begins to follow it.
    pub async fn home_timeline_merge(
        &self,
        actor: ActorId,
        author: ActorId,
        posts: i64,
        keep: u32,
    ) -> Result<()> {
        const MERGE: &str = "
            INSERT INTO home_timeline (tenant_id, actor_id, status_id, status_tenant)
            SELECT $1, $2, s.id, s.tenant_id FROM status s
            WHERE s.tenant_id IN (0, $1) AND s.actor_tenant IN (0, $1) AND s.actor_id = $3
              AND s.deleted_at IS NULL AND s.visibility <> 'direct'
              AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_actor_id = s.actor_id)
            ORDER BY s.id DESC LIMIT $4
            ON CONFLICT DO NOTHING";
        let values = [self.tenant().0.into(), actor.0.into(), author.0.into(), posts.into()];
        self.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, MERGE, values)).await?;
        self.home_timeline_cut(&[actor], keep).await
    }

    /// Takes an account's posts and boosts from the timeline of somebody who no longer follows it.
    pub async fn home_timeline_unmerge(&self, actor: ActorId, author: ActorId) -> Result<()> {
        const UNMERGE: &str = "
            DELETE FROM home_timeline h USING status s
            WHERE h.tenant_id = $1 AND h.actor_id = $2
              AND s.tenant_id = h.status_tenant AND s.id = h.status_id AND s.actor_id = $3";
        let values = [self.tenant().0.into(), actor.0.into(), author.0.into()];
        self.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, UNMERGE, values)).await?;
        Ok(())
    }

    /// Takes a deleted post, and boosts of it, from every timeline of this tenant.
    pub async fn home_timeline_remove(&self, status: StatusId) -> Result<()> {
        const REMOVE: &str = "
            DELETE FROM home_timeline h
            WHERE h.tenant_id = $1 AND h.status_id IN (
                SELECT $2::bigint
                UNION ALL
                SELECT b.id FROM status b WHERE b.reblog_of_tenant IN (0, $1) AND b.reblog_of_id = $2)";
        let values = [self.tenant().0.into(), status.0.into()];
        self.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, REMOVE, values)).await?;
        Ok(())
    }

    /// Whether this post, or the one it boosts, is among what an account has at home.
    pub async fn home_timeline_holders(&self, status: StatusId, actors: &[ActorId]) -> Result<Vec<ActorId>> {
        if actors.is_empty() {
            return Ok(Vec::new());
        }
        let rows = Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::StatusTenant.is_in([COMMONS.0, self.tenant().0]))
            .filter(Column::ActorId.is_in(actors.iter().map(|id| id.0)))
            .filter(Column::StatusId.eq(status.0))
            .all(self)
            .await?;
        Ok(rows.into_iter().map(|row| ActorId(row.actor_id)).collect())
    }

    async fn home_timeline_cut(&self, actors: &[ActorId], keep: u32) -> Result<()> {
        const CUT: &str = "
            DELETE FROM home_timeline h
            USING unnest($2::bigint[]) AS cut (actor_id)
            CROSS JOIN LATERAL (
                SELECT k.status_id FROM home_timeline k
                WHERE k.tenant_id = $1 AND k.actor_id = cut.actor_id
                ORDER BY k.status_id DESC OFFSET $3 LIMIT 1) AS oldest
            WHERE h.tenant_id = $1 AND h.actor_id = cut.actor_id AND h.status_id <= oldest.status_id";
        let ids: Vec<i64> = actors.iter().map(|id| id.0).collect();
        let values = [self.tenant().0.into(), ids.into(), i64::from(keep).into()];
        self.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, CUT, values)).await?;
        Ok(())
    }
}

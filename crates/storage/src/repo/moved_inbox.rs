//! Remote actors whose inbox has changed, until each tenant's follows say so, too.

use belfry_model::{ActorId, TenantId};
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use super::statement;
use crate::{Result, TenantTx, WorkerDb};

impl WorkerDb {
    /// Actors that have moved, and the last time that they did.
    pub async fn moved_inbox_list(&self, limit: u32) -> Result<Vec<(ActorId, DateTime<Utc>)>> {
        const LIST: &str =
            "SELECT actor_id, max(moved_at) FROM machinery.moved_inbox GROUP BY actor_id LIMIT $1";
        let rows = self.pool().query_all_raw(statement(LIST, [i64::from(limit).into()])).await?;
        rows.iter().map(|row| Ok((ActorId(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).collect()
    }

    /// Every tenant has heard of the moves up to `until`; a later one stays.
    pub async fn moved_inbox_done(&self, actor: ActorId, until: DateTime<Utc>) -> Result<()> {
        const DELETE: &str = "DELETE FROM machinery.moved_inbox WHERE actor_id = $1 AND moved_at <= $2";
        self.pool().execute_raw(statement(DELETE, [actor.0.into(), until.into()])).await?;
        Ok(())
    }
}

impl TenantTx {
    /// Brings the inbox beside this actor's follows up to date.
    pub async fn follow_inbox_refresh(&self, follower: ActorId) -> Result<()> {
        const REFRESH: &str = "
            UPDATE follow f SET audience_key = audience_key(coalesce(a.shared_inbox_url, a.inbox_url))
            FROM actor a
            WHERE f.tenant_id = $1 AND f.follower_tenant = 0 AND f.follower_id = $2
              AND a.tenant_id = 0 AND a.id = $2";
        let TenantId(tenant) = self.tenant();
        self.execute_raw(statement(REFRESH, [tenant.into(), follower.0.into()])).await?;
        Ok(())
    }
}

//! Threads: what a post answers, and what answers it.

use belfry_model::{ActorId, StatusId};
use sea_orm::{DbBackend, FromQueryResult, Statement};

use crate::{Result, TenantTx, row};

/// Bounds of one walk: a thread may be as long as the network cares to make it.
const ANCESTORS: i64 = 100;
const DESCENDANTS: i64 = 400;
const DEPTH: i32 = 60;

#[derive(FromQueryResult)]
struct Found {
    id: i64,
}

impl TenantTx {
    /// From the first post of the thread down to the one before this. What the reader may not
    /// see is left out.
    pub async fn status_ancestors(&self, id: StatusId, viewer: Option<ActorId>) -> Result<Vec<row::Status>> {
        const WALK: &str = "
            WITH RECURSIVE up (id, parent_tenant, parent_id, depth) AS (
                SELECT s.id, s.in_reply_to_tenant, s.in_reply_to_id, 0
                FROM status s WHERE s.tenant_id IN (0, $1) AND s.id = $2
                UNION ALL
                SELECT s.id, s.in_reply_to_tenant, s.in_reply_to_id, up.depth + 1
                FROM up JOIN status s ON s.tenant_id = up.parent_tenant AND s.id = up.parent_id
                WHERE up.depth < $3
            )
            SELECT id FROM up WHERE depth > 0 ORDER BY depth DESC";
        self.walk(WALK, [self.tenant().0.into(), id.0.into(), ANCESTORS.into()], viewer).await
    }

    /// Each post before its answers, branch by branch.
    pub async fn status_descendants(
        &self,
        id: StatusId,
        viewer: Option<ActorId>,
    ) -> Result<Vec<row::Status>> {
        const WALK: &str = "
            WITH RECURSIVE down (id, path) AS (
                SELECT s.id, ARRAY[s.id]
                FROM status s
                WHERE s.in_reply_to_tenant IN (0, $1) AND s.in_reply_to_id = $2 AND s.deleted_at IS NULL
                UNION ALL
                SELECT s.id, down.path || s.id
                FROM down JOIN status s
                  ON s.in_reply_to_tenant IN (0, $1) AND s.in_reply_to_id = down.id AND s.deleted_at IS NULL
                WHERE cardinality(down.path) < $3 AND s.id <> ALL (down.path)
            )
            SELECT id FROM (SELECT id, path FROM down LIMIT $4) bounded ORDER BY path";
        let values = [self.tenant().0.into(), id.0.into(), DEPTH.into(), DESCENDANTS.into()];
        self.walk(WALK, values, viewer).await
    }

    async fn walk<const N: usize>(
        &self,
        sql: &str,
        values: [sea_orm::Value; N],
        viewer: Option<ActorId>,
    ) -> Result<Vec<row::Status>> {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        let found = Found::find_by_statement(statement).all(self).await?;
        let order: Vec<StatusId> = found.into_iter().map(|found| StatusId(found.id)).collect();
        let mut rows = self.status_visible_list(&order, viewer).await?;
        rows.sort_by_key(|row| order.iter().position(|id| id.0 == row.id));
        Ok(rows)
    }
}

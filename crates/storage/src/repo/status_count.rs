//! How often posts were answered, boosted and favourited, and by this reader: one statement a page.

use std::collections::HashMap;

use belfry_model::{ActorId, StatusId};
use sea_orm::{DbBackend, FromQueryResult, Statement};

use crate::{Result, TenantTx};

/// As far as this tenant knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct StatusCounts {
    pub id: i64,
    pub replies: i64,
    pub reblogs: i64,
    pub favourites: i64,
    /// By the reader; false without one.
    pub favourited: bool,
    pub reblogged: bool,
}

impl TenantTx {
    pub async fn status_counts(
        &self,
        ids: &[StatusId],
        viewer: Option<ActorId>,
    ) -> Result<HashMap<StatusId, StatusCounts>> {
        // An actor id is never 0, so that no reader is a reader who did nothing.
        const COUNTS: &str = "
            SELECT s.id,
                (SELECT count(*) FROM status r
                  WHERE r.in_reply_to_tenant = s.tenant_id AND r.in_reply_to_id = s.id
                    AND r.deleted_at IS NULL AND r.visibility IN ('public', 'unlisted')) AS replies,
                (SELECT count(*) FROM status b
                  WHERE b.reblog_of_tenant = s.tenant_id AND b.reblog_of_id = s.id
                    AND b.deleted_at IS NULL) AS reblogs,
                (SELECT count(*) FROM favourite f
                  WHERE f.tenant_id = $1 AND f.status_id = s.id) AS favourites,
                EXISTS (SELECT FROM favourite f
                  WHERE f.tenant_id = $1 AND f.actor_id = $3 AND f.status_id = s.id) AS favourited,
                EXISTS (SELECT FROM status b
                  WHERE b.tenant_id = $1 AND b.actor_id = $3 AND b.reblog_of_id = s.id
                    AND b.deleted_at IS NULL) AS reblogged
            FROM status s
            WHERE s.tenant_id IN (0, $1) AND s.id = ANY($2)";
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let viewer = viewer.map_or(0, |id| id.0);
        let values = [self.tenant().0.into(), ids.into(), viewer.into()];
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, COUNTS, values);
        let counts = StatusCounts::find_by_statement(statement).all(self).await?;
        Ok(counts.into_iter().map(|count| (StatusId(count.id), count)).collect())
    }
}

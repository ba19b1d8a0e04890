//! Audience: the distinct remote inboxes that an activity must reach, read one slice at a
//! time. Nothing ever holds a whole audience in memory.

use belfry_model::ActivityId;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Result, TenantTx};

/// A range of `follow_audience`, so that a slice costs the same wherever in the audience it
/// lies. A shared inbox stands beside each follow behind it: a server with a thousand followers
/// gets one copy. Byte order (`COLLATE "C"`) on both sides, or a cursor would skip what the two
/// orders disagree about.
const SLICE: &str = r#"
    WITH sent AS (SELECT * FROM activity WHERE tenant_id = $1 AND id = $2),
    followers AS (
        SELECT DISTINCT f.inbox FROM follow f
        WHERE f.tenant_id = $1 AND f.followee_id = (SELECT actor_id FROM sent WHERE to_followers)
          AND f.state = 'accepted' AND f.inbox IS NOT NULL AND f.inbox > $3 COLLATE "C"
        ORDER BY f.inbox LIMIT $4
    )
    SELECT inbox FROM (
        SELECT inbox FROM followers
        UNION
        SELECT (recipient ->> 'inbox') COLLATE "C"
        FROM sent, jsonb_array_elements(sent.recipients) AS recipient
    ) AS audience
    WHERE inbox > $3 COLLATE "C"
    ORDER BY inbox
    LIMIT $4"#;

impl TenantTx {
    /// The next `limit` inboxes after the cursor, sorted; `""` begins. Shorter than `limit`
    /// means that this was the last slice.
    pub async fn audience_slice(&self, activity: ActivityId, after: &str, limit: u32) -> Result<Vec<String>> {
        let rows = self
            .query_all_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                SLICE,
                [self.tenant().0.into(), activity.0.into(), after.into(), i64::from(limit).into()],
            ))
            .await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// How Postgres reads a slice, with the rows that each step really read: for tests.
    pub async fn audience_explain(&self, activity: ActivityId, after: &str, limit: u32) -> Result<String> {
        let explain = format!("EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {SLICE}");
        let values = [self.tenant().0.into(), activity.0.into(), after.into(), i64::from(limit).into()];
        let rows =
            self.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, explain, values)).await?;
        let lines = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<String>, _>>()?;
        Ok(lines.join("\n"))
    }
}

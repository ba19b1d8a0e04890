//! Audience: the distinct remote inboxes that an activity must reach, read one slice at a
//! time. Nothing ever holds a whole audience in memory.

use belfry_model::ActivityId;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Result, TenantTx};

/// Shared inboxes are preferred: a server with a thousand followers gets one copy. Byte order
/// (`COLLATE "C"`) on both sides, or a cursor would skip what the two orders disagree about.
const SLICE: &str = r#"
    WITH sent AS (SELECT * FROM activity WHERE tenant_id = $1 AND id = $2)
    SELECT inbox FROM (
        SELECT coalesce(a.shared_inbox_url, a.inbox_url) COLLATE "C" AS inbox
        FROM sent
        JOIN follow f ON f.tenant_id = $1 AND f.followee_tenant = $1 AND f.followee_id = sent.actor_id
        JOIN actor a ON a.tenant_id = f.follower_tenant AND a.id = f.follower_id
        WHERE sent.to_followers AND f.state = 'accepted' AND f.follower_tenant = 0 AND a.deleted_at IS NULL
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
}

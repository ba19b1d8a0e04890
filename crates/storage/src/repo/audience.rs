//! Audience: the distinct remote inboxes that an activity must reach, read one slice at a
//! time. Nothing ever holds a whole audience in memory.

use belfry_model::ActivityId;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Result, TenantTx};

/// The next inboxes of an audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudienceSlice {
    /// In the audience's order, which spreads the inboxes of one host.
    pub inboxes: Vec<String>,
    /// Where the next slice begins; `None` if this was the last.
    pub cursor: Option<String>,
}

/// Digits before the inbox in its `audience_key`.
const DIGITS: usize = 8;

/// A range of `follow_audience`, so that a slice costs the same wherever in the audience it
/// lies. A shared inbox stands beside each follow behind it: a server with a thousand followers
/// gets one copy. Byte order (`COLLATE "C"`) on both sides, or a cursor would skip what the two
/// orders disagree about.
const SLICE: &str = r#"
    WITH sent AS (SELECT * FROM activity WHERE tenant_id = $1 AND id = $2),
    followers AS (
        SELECT DISTINCT f.audience_key FROM follow f
        WHERE f.tenant_id = $1 AND f.followee_id = (SELECT actor_id FROM sent WHERE to_followers)
          AND f.state = 'accepted' AND f.audience_key IS NOT NULL AND f.audience_key > $3 COLLATE "C"
        ORDER BY f.audience_key LIMIT $4
    )
    SELECT audience_key FROM (
        SELECT audience_key FROM followers
        UNION
        SELECT audience_key(recipient ->> 'inbox') COLLATE "C"
        FROM sent, jsonb_array_elements(sent.recipients) AS recipient
    ) AS audience
    WHERE audience_key > $3 COLLATE "C"
    ORDER BY audience_key
    LIMIT $4"#;

impl TenantTx {
    /// The next `limit` inboxes after the cursor; `""` begins.
    pub async fn audience_slice(
        &self,
        activity: ActivityId,
        after: &str,
        limit: u32,
    ) -> Result<AudienceSlice> {
        let rows = self
            .query_all_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                SLICE,
                [self.tenant().0.into(), activity.0.into(), after.into(), i64::from(limit).into()],
            ))
            .await?;
        let keys = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<String>, _>>()?;
        let full = u32::try_from(keys.len()).is_ok_and(|found| found >= limit);
        let cursor = keys.last().filter(|_| full).cloned();
        // The digits are ASCII, so this is never inside a character.
        let inboxes = keys.into_iter().map(|mut key| key.split_off(DIGITS.min(key.len()))).collect();
        Ok(AudienceSlice { inboxes, cursor })
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

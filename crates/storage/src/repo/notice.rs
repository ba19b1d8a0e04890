//! Notices: acts by others about a tenant, out of the two audits, until somebody puts them away.

use belfry_model::StaffId;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use crate::{Result, TenantTx};

/// One act that the tenant's people should know of.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Notice {
    /// Of the record that it is.
    pub id: i64,
    pub at: DateTime<Utc>,
    /// `noun.verb`
    pub action: String,
    pub origin: String,
    pub who: String,
    pub reason: String,
    pub detail: serde_json::Value,
}

/// Both policies and both predicates say whose it is. The second half reads the small index of what
/// others did, not what a tenant's own people do all day.
const OPEN: &str = "
    SELECT * FROM (
        SELECT id, at, action, origin, who, reason, detail FROM registry.governance_audit
        WHERE about_tenant = $1 AND action = ANY($2)
        UNION ALL
        SELECT id, at, action, origin, who, reason, detail FROM audit_event
        WHERE tenant_id = $1 AND action = ANY($2) AND origin IN ('platform', 'command', 'lead')
    ) AS act
    WHERE NOT EXISTS (SELECT FROM notice_dismissal d WHERE d.tenant_id = $1 AND d.notice_id = act.id)";

impl TenantTx {
    /// What nobody has put away yet, the newest first.
    pub async fn notice_list(&self, actions: &[&str], limit: u32) -> Result<Vec<Notice>> {
        let sql = format!("{OPEN} ORDER BY id DESC LIMIT $3");
        let values = [self.tenant().0.into(), words(actions).into(), i64::from(limit).into()];
        let rows =
            self.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
        Ok(rows.iter().map(|row| Notice::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// Puts a notice away. `false` if this tenant has no such notice open.
    pub async fn notice_dismiss(
        &self,
        id: i64,
        actions: &[&str],
        staff: Option<StaffId>,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let sql = format!(
            "INSERT INTO notice_dismissal (tenant_id, notice_id, staff_id, at)
             SELECT $1, open.id, $4, $5 FROM ({OPEN}) AS open WHERE open.id = $3 ON CONFLICT DO NOTHING"
        );
        let values = [
            self.tenant().0.into(),
            words(actions).into(),
            id.into(),
            staff.map(|staff| staff.0).into(),
            at.into(),
        ];
        let done = self.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
        Ok(done.rows_affected() == 1)
    }
}

fn words(actions: &[&str]) -> Vec<String> {
    actions.iter().map(|action| (*action).to_owned()).collect()
}

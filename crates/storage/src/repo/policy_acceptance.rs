//! Who accepted which policy, and who still has to.

use belfry_model::{Edition, PolicyKind, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::statement;
use crate::{Result, TenantTx};

/// What somebody has not accepted as it is in force.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct DuePolicy {
    pub staff_id: i64,
    pub policy: String,
    pub baseline: i32,
    pub addition: i32,
}

/// What somebody accepted.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Acceptance {
    pub staff_id: i64,
    pub display_name: String,
    pub email: String,
    pub policy: String,
    pub baseline: i32,
    pub addition: i32,
    pub accepted_at: DateTime<Utc>,
}

/// What is in force on a day and has to be accepted, for each person who may sign in and did not
/// accept just that. The highest version holds whose day has come.
const DUE: &str = "
    WITH base AS (
        SELECT DISTINCT ON (policy) policy, version, demands FROM registry.policy_baseline
        WHERE effective_on <= $2 ORDER BY policy, version DESC
    ), own AS (
        SELECT DISTINCT ON (policy) policy, version, demands FROM policy_addition
        WHERE tenant_id = $1 AND effective_on <= $2 ORDER BY policy, version DESC
    ), force AS (
        SELECT policy, coalesce(base.version, 0) AS baseline, coalesce(own.version, 0) AS addition
        FROM base FULL JOIN own USING (policy) WHERE base.demands OR own.demands
    )
    SELECT s.id AS staff_id, force.policy, force.baseline, force.addition FROM force CROSS JOIN staff s
    WHERE s.tenant_id = $1 AND s.disabled_at IS NULL AND ($3::bigint IS NULL OR s.id = $3)
        AND NOT EXISTS (SELECT FROM policy_acceptance a
            WHERE a.tenant_id = $1 AND a.staff_id = s.id AND a.policy = force.policy
                AND a.baseline = force.baseline AND a.addition = force.addition)
    ORDER BY s.id, force.policy";

impl TenantTx {
    /// Of one person, or of everybody.
    pub async fn policy_due(&self, day: NaiveDate, staff: Option<StaffId>) -> Result<Vec<DuePolicy>> {
        let values = [self.tenant().0.into(), day.into(), staff.map(|staff| staff.0).into()];
        let rows = self.query_all_raw(statement(DUE, values)).await?;
        Ok(rows.iter().map(|row| DuePolicy::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// `false` if they had accepted it before.
    pub async fn policy_accept(
        &self,
        staff: StaffId,
        policy: PolicyKind,
        edition: Edition,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let insert =
            "INSERT INTO policy_acceptance (tenant_id, staff_id, policy, baseline, addition, accepted_at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let values = [
            self.tenant().0.into(),
            staff.0.into(),
            policy.as_str().into(),
            edition.baseline.into(),
            edition.addition.into(),
            at.into(),
        ];
        Ok(self.execute_raw(statement(insert, values)).await?.rows_affected() == 1)
    }

    /// What was accepted, by one person or by all, the latest first.
    pub async fn policy_acceptances(
        &self,
        staff: Option<StaffId>,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<Acceptance>> {
        let list =
            "SELECT a.staff_id, s.display_name, s.email, a.policy, a.baseline, a.addition, a.accepted_at
            FROM policy_acceptance a JOIN staff s ON s.tenant_id = a.tenant_id AND s.id = a.staff_id
            WHERE a.tenant_id = $1 AND ($2::bigint IS NULL OR a.staff_id = $2)
            ORDER BY a.accepted_at DESC, a.staff_id, a.policy OFFSET $3 LIMIT $4";
        let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let values = [
            self.tenant().0.into(),
            staff.map(|staff| staff.0).into(),
            signed(offset).into(),
            signed(limit).into(),
        ];
        let rows = self.query_all_raw(statement(list, values)).await?;
        Ok(rows.iter().map(|row| Acceptance::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }
}

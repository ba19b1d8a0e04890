//! Which domains a worker has to look at, and what it found there.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::statement;
use crate::{Result, WorkerDb};

/// A domain that is to show this token.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct DueProof {
    pub request_id: i64,
    pub domain: String,
    pub token: String,
}

const TAKE: &str = "
    UPDATE registry.domain_proof p SET due_at = $2
    FROM (SELECT request_id FROM registry.domain_proof WHERE due_at <= $1
          ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
    WHERE p.request_id = due.request_id
    RETURNING p.request_id, p.domain, p.token";

impl WorkerDb {
    /// Takes what is due. It is due again at `again_at`, unless what was found is recorded.
    pub async fn proof_take(
        &self,
        now: DateTime<Utc>,
        again_at: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<DueProof>> {
        let values = [now.into(), again_at.into(), i64::from(limit).into()];
        let rows = self.pool().query_all_raw(statement(TAKE, values)).await?;
        Ok(rows.iter().map(|row| DueProof::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// The token is there; looked at again at `due_at`.
    pub async fn proof_found(
        &self,
        request: i64,
        method: &str,
        at: DateTime<Utc>,
        due_at: DateTime<Utc>,
    ) -> Result<()> {
        const FOUND: &str = "UPDATE registry.domain_proof
            SET state = 'proven', method = $2, checked_at = $3, proven_at = $3, due_at = $4, problem = ''
            WHERE request_id = $1";
        let values = [request.into(), method.into(), at.into(), due_at.into()];
        self.pool().execute_raw(statement(FOUND, values)).await?;
        Ok(())
    }

    /// It is not. What was proven before has lapsed and is looked at again at `due_at`; what never
    /// was waits until somebody asks.
    pub async fn proof_missing(
        &self,
        request: i64,
        problem: &str,
        at: DateTime<Utc>,
        due_at: DateTime<Utc>,
    ) -> Result<()> {
        const MISSING: &str = "UPDATE registry.domain_proof
            SET state = CASE state WHEN 'unproven' THEN 'unproven' ELSE 'lapsed' END, checked_at = $3,
                due_at = CASE state WHEN 'unproven' THEN NULL ELSE $4 END, problem = $2
            WHERE request_id = $1";
        let values = [request.into(), problem.into(), at.into(), due_at.into()];
        self.pool().execute_raw(statement(MISSING, values)).await?;
        Ok(())
    }
}

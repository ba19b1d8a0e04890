//! Requests for a namespace as the lead agency reads and decides them.
//!
//! Invariant: a decision, its record in the audit and the letter that tells it are one transaction.

use belfry_model::{Phase, Quota, RequestState, TenantId};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, TransactionTrait, Value};
use serde_json::{Value as Json, json};

use super::mail::mail_insert;
use super::registry::govern;
use super::statement;
use crate::{Actor, AdminDb, NewMail, Result};

/// A request with what is known of its domain.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Request {
    pub id: i64,
    pub number: String,
    pub state: String,
    pub name: String,
    pub email: String,
    pub language: String,
    pub body_name: String,
    pub body_type: String,
    pub purpose: String,
    pub slug: String,
    pub domain: String,
    pub contact: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub reason: String,
    pub phase: Option<String>,
    pub owner_email: Option<String>,
    /// A plan of its own that was settled with the approval.
    pub quota: Option<Json>,
    pub made_tenant: Option<i64>,
    pub token: String,
    pub proof: String,
    pub due_at: Option<DateTime<Utc>>,
    pub checked_at: Option<DateTime<Utc>>,
    pub proven_at: Option<DateTime<Utc>>,
    pub method: String,
    pub problem: String,
}

/// A question or an answer.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct RequestMessage {
    pub at: DateTime<Utc>,
    pub from_lead: bool,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Agreement {
    pub text: String,
    pub signatory: String,
    pub signed_on: NaiveDate,
    pub review_on: NaiveDate,
}

/// What the lead agency settles when it approves.
#[derive(Debug)]
pub struct Approval<'a> {
    pub phase: Phase,
    pub owner_email: &'a str,
    /// A plan of its own; `None` for the platform's.
    pub quota: Option<Quota>,
    pub agreement: &'a Agreement,
}

const SELECT: &str = "
    SELECT r.id, r.number, r.state, r.name, r.email, r.language, r.body_name, r.body_type, r.purpose, r.slug, r.domain,
        r.contact, r.created_at, r.updated_at, r.reason, r.phase, r.owner_email, r.quota, r.made_tenant,
        p.token, p.state AS proof, p.due_at, p.checked_at, p.proven_at, p.method, p.problem
    FROM registry.request r JOIN registry.domain_proof p ON p.request_id = r.id";

impl AdminDb {
    /// The newest first; those in one state, or all.
    pub async fn request_list(
        &self,
        state: Option<RequestState>,
        limit: u64,
        skip: u64,
    ) -> Result<Vec<Request>> {
        let sql = format!("{SELECT} WHERE $1 = '' OR r.state = $1 ORDER BY r.id DESC LIMIT $2 OFFSET $3");
        let number = |count: u64| Value::from(i64::try_from(count).unwrap_or(i64::MAX));
        let values = [state.map_or("", RequestState::as_str).into(), number(limit), number(skip)];
        let rows = self.pool().query_all_raw(statement(&sql, values)).await?;
        Ok(rows.iter().map(|row| Request::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    pub async fn request_fetch(&self, number: &str) -> Result<Option<Request>> {
        let sql = format!("{SELECT} WHERE r.number = $1");
        let row = self.pool().query_one_raw(statement(&sql, [number.into()])).await?;
        Ok(row.map(|row| Request::from_query_result(&row, "")).transpose()?)
    }

    /// The request that a tenant was made for.
    pub async fn request_of(&self, tenant: TenantId) -> Result<Option<Request>> {
        let sql = format!("{SELECT} WHERE r.made_tenant = $1");
        let row = self.pool().query_one_raw(statement(&sql, [tenant.0.into()])).await?;
        Ok(row.map(|row| Request::from_query_result(&row, "")).transpose()?)
    }

    /// How many there are in each state that has any.
    pub async fn request_count(&self) -> Result<Vec<(String, i64)>> {
        const COUNT: &str = "SELECT state, count(*) FROM registry.request GROUP BY state";
        let rows = self.pool().query_all_raw(statement(COUNT, [])).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }

    pub async fn request_messages(&self, request: i64) -> Result<Vec<RequestMessage>> {
        const MESSAGES: &str =
            "SELECT at, from_lead, text FROM registry.request_message WHERE request_id = $1 ORDER BY id";
        let rows = self.pool().query_all_raw(statement(MESSAGES, [request.into()])).await?;
        Ok(rows.iter().map(|row| RequestMessage::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    pub async fn agreement_fetch(&self, request: i64) -> Result<Option<Agreement>> {
        const FETCH: &str =
            "SELECT text, signatory, signed_on, review_on FROM registry.agreement WHERE request_id = $1";
        let row = self.pool().query_one_raw(statement(FETCH, [request.into()])).await?;
        Ok(row.map(|row| Agreement::from_query_result(&row, "")).transpose()?)
    }

    /// What wants to be looked at: agreements whose review is due and domains whose proof lapsed, as
    /// the slug and name of the agency and `review` or `proof`.
    pub async fn admission_due(&self, today: NaiveDate, limit: u32) -> Result<Vec<(String, String, String)>> {
        const DUE: &str = "
            SELECT t.slug, t.name, 'review' AS what FROM registry.agreement a
                JOIN registry.request r ON r.id = a.request_id JOIN registry.tenant t ON t.id = r.made_tenant
                WHERE a.review_on <= $1 AND t.state <> 'deleted'
            UNION ALL
            SELECT t.slug, t.name, 'proof' FROM registry.domain_proof p
                JOIN registry.request r ON r.id = p.request_id JOIN registry.tenant t ON t.id = r.made_tenant
                WHERE p.state = 'lapsed' AND t.state <> 'deleted'
            ORDER BY 1, 3 LIMIT $2";
        let rows = self.pool().query_all_raw(statement(DUE, [today.into(), i64::from(limit).into()])).await?;
        let due = |row: &sea_orm::QueryResult| {
            Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
        };
        rows.iter().map(due).collect()
    }

    /// Asks the applicant something. `false` if the request is decided.
    pub async fn request_ask(
        &self,
        request: &Request,
        text: &str,
        at: DateTime<Utc>,
        by: Actor<'_>,
        mail: &NewMail,
    ) -> Result<bool> {
        const ASK: &str = "UPDATE registry.request SET state = 'asked', updated_at = $2
            WHERE id = $1 AND state IN ('waiting', 'asked')";
        const SAY: &str = "INSERT INTO registry.request_message (request_id, at, from_lead, text)
            VALUES ($1, $2, true, $3)";
        let tx = self.pool().begin().await?;
        if tx.execute_raw(statement(ASK, [request.id.into(), at.into()])).await?.rows_affected() == 0 {
            return Ok(false);
        }
        tx.execute_raw(statement(SAY, [request.id.into(), at.into(), text.into()])).await?;
        told(tx, request, "request.ask", by, mail).await
    }

    /// `false` if the request is decided.
    pub async fn request_refuse(
        &self,
        request: &Request,
        reason: &str,
        at: DateTime<Utc>,
        by: Actor<'_>,
        mail: &NewMail,
    ) -> Result<bool> {
        const REFUSE: &str = "UPDATE registry.request SET state = 'refused', reason = $3, updated_at = $2
            WHERE id = $1 AND state IN ('waiting', 'asked')";
        let tx = self.pool().begin().await?;
        let values = [request.id.into(), at.into(), reason.into()];
        if tx.execute_raw(statement(REFUSE, values)).await?.rows_affected() == 0 {
            return Ok(false);
        }
        told(tx, request, "request.refuse", by, mail).await
    }

    /// Decides for the request: `approving` until [`Self::request_complete`]. `false` if it is decided.
    pub async fn request_approve(
        &self,
        request: &Request,
        approval: &Approval<'_>,
        at: DateTime<Utc>,
        by: Actor<'_>,
    ) -> Result<bool> {
        const APPROVE: &str = "UPDATE registry.request
            SET state = 'approving', phase = $3, owner_email = $4, quota = $5, updated_at = $2
            WHERE id = $1 AND state IN ('waiting', 'asked')";
        const AGREE: &str =
            "INSERT INTO registry.agreement (request_id, text, signatory, signed_on, review_on, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let tx = self.pool().begin().await?;
        let quota = approval.quota.map(|quota| json!(quota));
        let values = [
            request.id.into(),
            at.into(),
            approval.phase.as_str().into(),
            approval.owner_email.into(),
            quota.into(),
        ];
        if tx.execute_raw(statement(APPROVE, values)).await?.rows_affected() == 0 {
            return Ok(false);
        }
        let Agreement { text, signatory, signed_on, review_on } = approval.agreement;
        let values = [
            request.id.into(),
            text.as_str().into(),
            signatory.as_str().into(),
            (*signed_on).into(),
            (*review_on).into(),
            at.into(),
        ];
        tx.execute_raw(statement(AGREE, values)).await?;
        let detail = json!({ "number": request.number, "slug": request.slug, "phase": approval.phase,
            "owner": approval.owner_email, "signatory": signatory, "review_on": review_on, "quota": approval.quota });
        govern(&tx, by, "request.approve", None, detail).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The namespace is there. `false` if that was known.
    pub async fn request_complete(
        &self,
        request: &Request,
        tenant: TenantId,
        at: DateTime<Utc>,
        by: Actor<'_>,
        mail: &NewMail,
    ) -> Result<bool> {
        const COMPLETE: &str =
            "UPDATE registry.request SET state = 'approved', made_tenant = $3, updated_at = $2
            WHERE id = $1 AND state = 'approving'";
        let tx = self.pool().begin().await?;
        let values = [request.id.into(), at.into(), tenant.0.into()];
        if tx.execute_raw(statement(COMPLETE, values)).await?.rows_affected() == 0 {
            return Ok(false);
        }
        mail_insert(&tx, mail).await?;
        govern(&tx, by, "request.complete", Some(tenant.0), json!({ "number": request.number })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Asks a worker to look at the domain now.
    pub async fn proof_ask(&self, request: &Request, at: DateTime<Utc>, by: Actor<'_>) -> Result<()> {
        const ASK: &str = "UPDATE registry.domain_proof SET due_at = $2 WHERE request_id = $1";
        let tx = self.pool().begin().await?;
        tx.execute_raw(statement(ASK, [request.id.into(), at.into()])).await?;
        govern(&tx, by, "request.check", request.made_tenant, json!({ "number": request.number })).await?;
        Ok(tx.commit().await?)
    }
}

async fn told(
    tx: DatabaseTransaction,
    request: &Request,
    action: &str,
    by: Actor<'_>,
    mail: &NewMail,
) -> Result<bool> {
    mail_insert(&tx, mail).await?;
    govern(&tx, by, action, None, json!({ "number": request.number })).await?;
    tx.commit().await?;
    Ok(true)
}

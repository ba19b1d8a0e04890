//! Lists of agencies that are to be: what each row came to, and which process works a list off.
//!
//! Invariant: a row is settled only by the process that holds the list's lease; one that was away
//! longer than its lease settles nothing any more.

use std::time::Duration;

use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set, Statement, TransactionTrait,
};
use serde_json::json;

use super::registry::govern;
use crate::entity::{tenant_import, tenant_import_row};
use crate::{Actor, AdminDb, Result};

/// At most 65,535 parameters go into one statement.
const ROWS_A_STATEMENT: usize = 1000;

impl AdminDb {
    /// Keeps a list that was checked. `import_id` of the rows is set here.
    pub async fn tenant_import_insert(
        &self,
        file_name: &str,
        rows: Vec<tenant_import_row::Model>,
        by: Actor<'_>,
    ) -> Result<i64> {
        let tx = self.pool().begin().await?;
        let import = tenant_import::Entity::insert(tenant_import::ActiveModel {
            file_name: Set(file_name.to_owned()),
            origin: Set(by.origin.to_owned()),
            by_tenant: Set(by.tenant.map(|id| id.0)),
            staff_id: Set(by.staff.map(|id| id.0)),
            who: Set(by.who.to_owned()),
            client: Set(by.client.to_owned()),
            address: Set(by.address_text()),
            reason: Set(by.reason.to_owned()),
            ..Default::default()
        })
        .exec_with_returning(&tx)
        .await?;
        for some in rows.chunks(ROWS_A_STATEMENT) {
            let some = some
                .iter()
                .cloned()
                .map(|row| tenant_import_row::Model { import_id: import.id, ..row }.into_active_model());
            tenant_import_row::Entity::insert_many(some).exec_without_returning(&tx).await?;
        }
        tx.commit().await?;
        Ok(import.id)
    }

    /// Has it run from now on. `false` if it runs already or is done.
    pub async fn tenant_import_start(&self, id: i64, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let started = tx
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE registry.tenant_import SET state = 'running', origin = $2, by_tenant = $3, staff_id = $4,
                    who = $5, client = $6, address = $7, reason = $8
                 WHERE id = $1 AND state = 'checked'",
                [
                    id.into(),
                    by.origin.into(),
                    by.tenant.map(|id| id.0).into(),
                    by.staff.map(|id| id.0).into(),
                    by.who.into(),
                    by.client.into(),
                    by.address_text().into(),
                    by.reason.into(),
                ],
            ))
            .await?
            .rows_affected();
        if started == 0 {
            return Ok(false);
        }
        govern(&tx, by, "tenant_import.run", None, json!({ "import": id.to_string() })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes a list that nobody works off, this one or the oldest. Its lease is in the answer.
    pub async fn tenant_import_claim(
        &self,
        only: Option<i64>,
        lease: Duration,
    ) -> Result<Option<tenant_import::Model>> {
        let row = self
            .pool()
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE registry.tenant_import SET lease_by = gen_random_uuid(),
                    lease_until = now() + make_interval(secs => $2)
                 WHERE id = (SELECT id FROM registry.tenant_import
                    WHERE state = 'running' AND ($1::bigint IS NULL OR id = $1)
                      AND (lease_until IS NULL OR lease_until < now())
                    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                 RETURNING *",
                [only.into(), lease.as_secs_f64().into()],
            ))
            .await?;
        Ok(row.map(|row| tenant_import::Model::from_query_result(&row, "")).transpose()?)
    }

    /// The next row to work off, and the lease anew. `None` when nothing is left, or the lease is
    /// somebody else's.
    pub async fn tenant_import_next(
        &self,
        id: i64,
        holder: Uuid,
        lease: Duration,
    ) -> Result<Option<tenant_import_row::Model>> {
        let row = self
            .pool()
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "WITH held AS (UPDATE registry.tenant_import SET lease_until = now() + make_interval(secs => $3)
                    WHERE id = $1 AND lease_by = $2 RETURNING id)
                 SELECT r.* FROM registry.tenant_import_row r JOIN held ON held.id = r.import_id
                 WHERE r.outcome IN ('new', 'unfinished') ORDER BY r.line LIMIT 1",
                [id.into(), holder.into(), lease.as_secs_f64().into()],
            ))
            .await?;
        Ok(row.map(|row| tenant_import_row::Model::from_query_result(&row, "")).transpose()?)
    }

    /// Says what became of a row.
    pub async fn tenant_import_settle(&self, holder: Uuid, row: &tenant_import_row::Model) -> Result<()> {
        self.pool()
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE registry.tenant_import_row r SET outcome = $4, reason = $5, detail = $6
                 FROM registry.tenant_import i
                 WHERE i.id = $1 AND i.lease_by = $2 AND r.import_id = i.id AND r.line = $3",
                [
                    row.import_id.into(),
                    holder.into(),
                    row.line.into(),
                    row.outcome.as_str().into(),
                    row.reason.as_str().into(),
                    row.detail.as_str().into(),
                ],
            ))
            .await?;
        Ok(())
    }

    /// Ends it where nothing is left. `false` if there is, or the lease is somebody else's.
    pub async fn tenant_import_finish(&self, id: i64, holder: Uuid) -> Result<bool> {
        let finished = self
            .pool()
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE registry.tenant_import SET state = 'done', finished_at = now(), lease_by = NULL,
                    lease_until = NULL
                 WHERE id = $1 AND lease_by = $2 AND NOT EXISTS (SELECT FROM registry.tenant_import_row
                    WHERE import_id = $1 AND outcome IN ('new', 'unfinished'))",
                [id.into(), holder.into()],
            ))
            .await?
            .rows_affected();
        Ok(finished == 1)
    }

    pub async fn tenant_import_fetch(&self, id: i64) -> Result<Option<tenant_import::Model>> {
        Ok(tenant_import::Entity::find_by_id(id).one(self.pool()).await?)
    }

    /// By line.
    pub async fn tenant_import_rows(&self, id: i64) -> Result<Vec<tenant_import_row::Model>> {
        Ok(tenant_import_row::Entity::find()
            .filter(tenant_import_row::Column::ImportId.eq(id))
            .order_by_asc(tenant_import_row::Column::Line)
            .all(self.pool())
            .await?)
    }

    /// The newest first.
    pub async fn tenant_import_list(&self, limit: u64) -> Result<Vec<tenant_import::Model>> {
        Ok(tenant_import::Entity::find()
            .order_by_desc(tenant_import::Column::Id)
            .limit(limit)
            .all(self.pool())
            .await?)
    }
}

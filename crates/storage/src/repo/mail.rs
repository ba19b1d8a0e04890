//! Letters that wait to be sent, sealed: whoever reads this table learns when, and no more.
//!
//! Invariant: a letter is inserted in the transaction of what it tells, and its row goes only when
//! a server has taken it. Who takes one to send it moves its due time past the attempt, so that a
//! worker that dies over it leaves it to another.

use belfry_model::TenantId;
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};

use super::statement;
use crate::entity::mail::{Column, Entity, Model};
use crate::{AdminDb, Result, TenantTx, WorkerDb};

/// A letter that is to be sent.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// On whose behalf; [`COMMONS`](belfry_model::COMMONS) is the platform itself.
    pub tenant: TenantId,
    pub reference: String,
    pub sealed: Vec<u8>,
    pub at: DateTime<Utc>,
}

/// What there is, for the metrics and for `belfry doctor`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MailCounts {
    pub waiting: u64,
    pub failed: u64,
}

const TAKE: &str = "
    UPDATE machinery.mail m SET due_at = $2
    FROM (SELECT id FROM machinery.mail WHERE state = 'waiting' AND due_at <= $1
          ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED) due
    WHERE m.id = due.id
    RETURNING m.*";

/// The newest stay in the mailbox.
const TRIM: &str = "
    DELETE FROM machinery.mail WHERE state = 'kept' AND id NOT IN (
        SELECT id FROM machinery.mail WHERE state = 'kept' ORDER BY id DESC LIMIT $1)";

pub(super) async fn mail_insert(db: &impl ConnectionTrait, new: &NewMail) -> Result<()> {
    const INSERT: &str = "INSERT INTO machinery.mail (tenant_id, reference, sealed, queued_at, due_at)
        VALUES ($1, $2, $3, $4, $4)";
    let values =
        [new.tenant.0.into(), new.reference.as_str().into(), new.sealed.clone().into(), new.at.into()];
    db.execute_raw(statement(INSERT, values)).await?;
    Ok(())
}

impl TenantTx {
    /// Sent once the transaction has committed.
    pub async fn mail_queue(&self, new: &NewMail) -> Result<()> {
        mail_insert(self, new).await
    }
}

impl AdminDb {
    pub async fn mail_queue(&self, new: &NewMail) -> Result<()> {
        mail_insert(self.pool(), new).await
    }

    /// The newest first, whatever their state.
    pub async fn mail_list(&self, limit: u64) -> Result<Vec<Model>> {
        Ok(Entity::find().order_by_desc(Column::Id).limit(limit).all(self.pool()).await?)
    }
}

impl WorkerDb {
    /// Takes what is due. It stays in the table, due again at `again_at`.
    pub async fn mail_take(
        &self,
        now: DateTime<Utc>,
        again_at: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Model>> {
        let values = [now.into(), again_at.into(), i64::from(limit).into()];
        let rows = self.pool().query_all_raw(statement(TAKE, values)).await?;
        Ok(rows.iter().map(|row| Model::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// A server has it.
    pub async fn mail_sent(&self, id: i64) -> Result<()> {
        Entity::delete_by_id(id).exec(self.pool()).await?;
        Ok(())
    }

    /// One more attempt has failed.
    pub async fn mail_later(&self, id: i64, due_at: DateTime<Utc>, reason: &str) -> Result<()> {
        const LATER: &str = "UPDATE machinery.mail SET attempts = attempts + 1, due_at = $2, reason = $3
            WHERE id = $1 AND state = 'waiting'";
        self.pool().execute_raw(statement(LATER, [id.into(), due_at.into(), reason.into()])).await?;
        Ok(())
    }

    /// It won't be tried again.
    pub async fn mail_failed(&self, id: i64, reason: &str) -> Result<()> {
        const FAILED: &str =
            "UPDATE machinery.mail SET attempts = attempts + 1, state = 'failed', reason = $2
            WHERE id = $1 AND state = 'waiting'";
        self.pool().execute_raw(statement(FAILED, [id.into(), reason.into()])).await?;
        Ok(())
    }

    /// Lays what waits into the platform's own mailbox, which keeps so many. How many it was.
    pub async fn mail_keep(&self, most: u32) -> Result<u64> {
        const KEEP: &str = "UPDATE machinery.mail SET state = 'kept' WHERE state = 'waiting'";
        let kept = self.pool().execute_raw(statement(KEEP, [])).await?.rows_affected();
        if kept > 0 {
            self.pool().execute_raw(statement(TRIM, [i64::from(most).into()])).await?;
        }
        Ok(kept)
    }

    /// Forgets what was not sent, and what an earlier setting kept.
    pub async fn mail_expire(&self, before: DateTime<Utc>) -> Result<u64> {
        let gone = Entity::delete_many()
            .filter(Column::State.ne("waiting"))
            .filter(Column::QueuedAt.lt(before))
            .exec(self.pool())
            .await?;
        Ok(gone.rows_affected)
    }

    pub async fn mail_count(&self) -> Result<MailCounts> {
        const COUNT: &str =
            "SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'failed')
            FROM machinery.mail";
        let Some(row) = self.pool().query_one_raw(statement(COUNT, [])).await? else {
            return Ok(MailCounts::default());
        };
        let (waiting, failed): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        Ok(MailCounts { waiting: waiting.unsigned_abs(), failed: failed.unsigned_abs() })
    }
}

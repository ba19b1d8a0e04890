//! Acts that two people confirm.
//!
//! Invariant: each step is recorded in the transaction that takes it, and the database refuses a
//! confirmation by whoever proposed.

use belfry_model::TenantId;
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set, TransactionTrait,
};
use serde_json::json;

use super::registry::govern;
use super::statement;
use crate::entity::proposal::{ActiveModel, Column, Entity, Model};
use crate::{Actor, AdminDb, Result, TenantTx};

/// Shown at once: older ones are in the record.
const LISTED: u64 = 100;

#[derive(Debug)]
pub struct NewProposal<'a> {
    /// `transfer-lead` or `break-glass`.
    pub kind: &'a str,
    pub about: TenantId,
    pub email: &'a str,
    /// The same for one person by whatever door.
    pub proposer: &'a str,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl AdminDb {
    /// A conflict if the same waits already. One that has run out makes room.
    pub async fn proposal_insert(&self, new: &NewProposal<'_>, by: Actor<'_>) -> Result<Model> {
        const EXPIRE: &str = "
            UPDATE registry.proposal SET state = 'withdrawn'
            WHERE kind = $1 AND about_tenant = $2 AND state = 'open' AND expires_at <= $3";
        let tx = self.pool().begin().await?;
        tx.execute_raw(statement(EXPIRE, [new.kind.into(), new.about.0.into(), new.at.into()])).await?;
        let row = Entity::insert(ActiveModel {
            kind: Set(new.kind.to_owned()),
            about_tenant: Set(new.about.0),
            email: Set(new.email.to_owned()),
            reason: Set(by.reason.to_owned()),
            proposer: Set(new.proposer.to_owned()),
            proposed_by: Set(name(by)),
            proposed_at: Set(new.at),
            expires_at: Set(new.expires_at),
            ..Default::default()
        })
        .exec_with_returning(&tx)
        .await?;
        record(&tx, by, "proposal.make", &row).await?;
        tx.commit().await?;
        Ok(row)
    }

    pub async fn proposal_fetch(&self, id: i64) -> Result<Option<Model>> {
        Ok(Entity::find_by_id(id).one(self.pool()).await?)
    }

    /// What waits for a second person, or was confirmed and is not done to its end. The newest first.
    pub async fn proposal_list_waiting(&self, now: DateTime<Utc>) -> Result<Vec<Model>> {
        let open = Condition::all().add(Column::State.eq("open")).add(Column::ExpiresAt.gt(now));
        let undone = Condition::all().add(Column::State.eq("confirmed")).add(Column::DoneAt.is_null());
        Ok(Entity::find()
            .filter(Condition::any().add(open).add(undone))
            .order_by_desc(Column::Id)
            .limit(LISTED)
            .all(self.pool())
            .await?)
    }

    /// `false` if it doesn't wait any more.
    pub async fn proposal_withdraw(&self, id: i64, by: Actor<'_>) -> Result<bool> {
        const WITHDRAW: &str =
            "UPDATE registry.proposal SET state = 'withdrawn' WHERE id = $1 AND state = 'open'";
        let tx = self.pool().begin().await?;
        if tx.execute_raw(statement(WITHDRAW, [id.into()])).await?.rows_affected() == 0 {
            return Ok(false);
        }
        if let Some(row) = Entity::find_by_id(id).one(&tx).await? {
            record(&tx, by, "proposal.withdraw", &row).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The second person's word. With it, in one transaction, the lead role moves on, where that is
    /// what was proposed. `false` if it doesn't wait any more.
    pub async fn proposal_confirm(
        &self,
        id: i64,
        confirmer: &str,
        now: DateTime<Utc>,
        by: Actor<'_>,
    ) -> Result<bool> {
        const CONFIRM: &str = "
            UPDATE registry.proposal
            SET state = 'confirmed', confirmer = $2, confirmed_by = $3, confirmed_at = $4
            WHERE id = $1 AND state = 'open' AND expires_at > $4 AND proposer <> $2";
        let tx = self.pool().begin().await?;
        let values = [id.into(), confirmer.into(), name(by).into(), now.into()];
        if tx.execute_raw(statement(CONFIRM, values)).await?.rows_affected() == 0 {
            return Ok(false);
        }
        let Some(row) = Entity::find_by_id(id).one(&tx).await? else { return Ok(false) };
        record(&tx, by, "proposal.confirm", &row).await?;
        if row.kind == "transfer-lead" && !transfer(&tx, &row, by).await? {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The act is done to its end.
    pub async fn proposal_done(&self, id: i64, now: DateTime<Utc>) -> Result<()> {
        const DONE: &str = "UPDATE registry.proposal SET done_at = $2 WHERE id = $1 AND done_at IS NULL";
        self.pool().execute_raw(statement(DONE, [id.into(), now.into()])).await?;
        Ok(())
    }
}

impl TenantTx {
    /// Gives everybody in one role another, who is not shut out. Their addresses.
    pub async fn staff_role_move(&self, from: &str, to: &str) -> Result<Vec<String>> {
        const MOVE: &str = "
            UPDATE staff SET role = $3 WHERE tenant_id = $1 AND role = $2 AND disabled_at IS NULL RETURNING email";
        let rows =
            self.query_all_raw(statement(MOVE, [self.tenant().0.into(), from.into(), to.into()])).await?;
        rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
    }

    /// Ends the sessions of everybody in this role, and the open invitations into it.
    pub async fn staff_role_end(&self, role: &str, now: DateTime<Utc>) -> Result<()> {
        const SESSIONS: &str = "
            DELETE FROM session s USING staff p
            WHERE s.tenant_id = $1 AND p.tenant_id = $1 AND p.id = s.staff_id AND p.role = $2";
        const INVITATIONS: &str = "
            UPDATE invitation SET withdrawn_at = $3
            WHERE tenant_id = $1 AND role = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL";
        self.execute_raw(statement(SESSIONS, [self.tenant().0.into(), role.into()])).await?;
        self.execute_raw(statement(INVITATIONS, [self.tenant().0.into(), role.into(), now.into()])).await?;
        Ok(())
    }
}

/// Exactly one leads before and after: the index refuses a second, and the statement a none.
/// What the old lead had proposed ends with it. `false` if the new one can't lead.
async fn transfer(tx: &DatabaseTransaction, row: &Model, by: Actor<'_>) -> Result<bool> {
    const STEP_DOWN: &str = "
        UPDATE registry.tenant SET is_lead = false, updated_at = now() WHERE is_lead RETURNING id";
    const STEP_UP: &str = "
        UPDATE registry.tenant SET is_lead = true, updated_at = now() WHERE id = $1 AND state = 'live'";
    const CLOSE: &str = "UPDATE registry.proposal SET state = 'withdrawn' WHERE state = 'open'";
    const FROM: &str = "UPDATE registry.proposal SET from_tenant = $2 WHERE id = $1";
    let Some(old) = tx.query_one_raw(statement(STEP_DOWN, [])).await? else { return Ok(false) };
    let old: i64 = old.try_get_by_index(0)?;
    if tx.execute_raw(statement(STEP_UP, [row.about_tenant.into()])).await?.rows_affected() == 0 {
        return Ok(false);
    }
    tx.execute_raw(statement(CLOSE, [])).await?;
    tx.execute_raw(statement(FROM, [row.id.into(), old.into()])).await?;
    let detail = json!({ "from": old.to_string(), "to": row.about_tenant.to_string() });
    govern(tx, by, "lead.transfer", Some(row.about_tenant), detail.clone()).await?;
    govern(tx, by, "lead.transfer", Some(old), detail).await?;
    Ok(true)
}

async fn record(tx: &DatabaseTransaction, by: Actor<'_>, action: &str, row: &Model) -> Result<()> {
    let detail = json!({
        "proposal": row.id.to_string(),
        "kind": row.kind,
        "email": row.email,
        "reason": row.reason,
        "proposed_by": row.proposed_by,
    });
    govern(tx, by, action, Some(row.about_tenant), detail).await
}

/// Whom the page names.
fn name(by: Actor<'_>) -> String {
    if by.who.is_empty() { by.origin.to_owned() } else { by.who.to_owned() }
}

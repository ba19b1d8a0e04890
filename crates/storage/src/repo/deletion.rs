//! Deleting a tenant: days of grace, then a Delete to all who knew it, then the erasure.
//!
//! Invariant: no Delete is written while the deletion can still be undone, and what signs the Deletes is kept until each of them has left or died. The registry's row
//! and the records are never erased.

use belfry_model::TenantId;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, TransactionTrait};
use serde_json::json;

use super::registry::govern;
use super::statement;
use crate::entity::tenant;
use crate::{Actor, AdminDb, AppDb, Result, TenantTx, WorkerDb};

impl AppDb {
    /// When a tenant will be deleted; `None` if it won't.
    pub async fn deletion_fetch(&self, tenant: TenantId) -> Result<Option<DateTime<Utc>>> {
        let row = tenant::Entity::find_by_id(tenant.0).one(self.pool()).await?;
        Ok(row.and_then(|row| row.delete_at))
    }
}

impl AdminDb {
    /// Closes a tenant that doesn't lead, to be deleted at `on`. `false` if there is no such.
    pub async fn tenant_delete_at(
        &self,
        id: TenantId,
        on: DateTime<Utc>,
        now: DateTime<Utc>,
        by: Actor<'_>,
    ) -> Result<bool> {
        const CLOSE: &str = "
            UPDATE registry.tenant
            SET state = 'suspended', suspended_at = coalesce(suspended_at, $2), suspension_reason = $3,
                delete_at = $4, updated_at = now()
            WHERE id = $1 AND state IN ('live', 'suspended') AND NOT is_lead";
        const STAND_STILL: &str = "
            INSERT INTO machinery.suspension (tenant_id, since) VALUES ($1, $2)
            ON CONFLICT (tenant_id) DO UPDATE SET until = NULL";
        let tx = self.pool().begin().await?;
        let values = [id.0.into(), now.into(), by.reason.into(), on.into()];
        if tx.execute_raw(statement(CLOSE, values)).await?.rows_affected() == 0 {
            return Ok(false);
        }
        tx.execute_raw(statement(STAND_STILL, [id.0.into(), now.into()])).await?;
        govern(&tx, by, "tenant.delete", Some(id.0), json!({ "until": on })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps a tenant that was to be deleted. It stays suspended. `false` if it wasn't to be.
    pub async fn tenant_keep(&self, id: TenantId, by: Actor<'_>) -> Result<bool> {
        const KEEP: &str = "
            UPDATE registry.tenant SET delete_at = NULL, updated_at = now()
            WHERE id = $1 AND state = 'suspended' AND delete_at IS NOT NULL";
        let tx = self.pool().begin().await?;
        if tx.execute_raw(statement(KEEP, [id.0.into()])).await?.rows_affected() == 0 {
            return Ok(false);
        }
        govern(&tx, by, "tenant.keep", Some(id.0), json!({})).await?;
        tx.commit().await?;
        Ok(true)
    }
}

impl WorkerDb {
    /// Tenants whose grace is over, and sandboxes whose day has come.
    pub async fn deletion_due(&self, now: DateTime<Utc>) -> Result<Vec<TenantId>> {
        const DUE: &str = "
            SELECT id FROM registry.tenant
            WHERE NOT is_lead AND ((state = 'suspended' AND delete_at <= $1)
                OR (state IN ('live', 'suspended') AND wipe_on <= ($1 AT TIME ZONE 'UTC')::date))
            ORDER BY id";
        self.tenants(DUE, [now.into()]).await
    }

    /// From now on it is deleted, and nothing that it had to send leaves any more. `false` if it was
    /// kept meanwhile.
    pub async fn deletion_begin(&self, tenant: TenantId, now: DateTime<Utc>) -> Result<bool> {
        const BEGIN: &str = "
            UPDATE registry.tenant SET state = 'deleted', updated_at = now()
            WHERE id = $1 AND NOT is_lead AND ((state = 'suspended' AND delete_at <= $2)
                OR (state IN ('live', 'suspended') AND wipe_on <= ($2 AT TIME ZONE 'UTC')::date))";
        const FORGET: [&str; 4] = [
            "DELETE FROM machinery.parked_delivery WHERE tenant_id = $1",
            "DELETE FROM machinery.dead_letter WHERE tenant_id = $1",
            "DELETE FROM machinery.outbox WHERE tenant_id = $1",
            "DELETE FROM machinery.suspension WHERE tenant_id = $1",
        ];
        let tx = self.pool().begin().await?;
        if tx.execute_raw(statement(BEGIN, [tenant.0.into(), now.into()])).await?.rows_affected() == 0 {
            return Ok(false);
        }
        for sql in FORGET {
            tx.execute_raw(statement(sql, [tenant.0.into()])).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Deleted tenants whose accounts have not said goodbye yet.
    pub async fn deletion_unsaid(&self) -> Result<Vec<TenantId>> {
        const UNSAID: &str = "SELECT id FROM registry.tenant
            WHERE state = 'deleted' AND deleted_at IS NULL AND erased_at IS NULL ORDER BY id";
        self.tenants(UNSAID, []).await
    }

    /// The Deletes of its accounts are in the outbox.
    pub async fn deletion_said(&self, tenant: TenantId, now: DateTime<Utc>) -> Result<()> {
        const SAID: &str = "UPDATE registry.tenant SET deleted_at = $2, updated_at = now()
            WHERE id = $1 AND state = 'deleted' AND deleted_at IS NULL";
        self.pool().execute_raw(statement(SAID, [tenant.0.into(), now.into()])).await?;
        Ok(())
    }

    /// Deleted tenants that are not erased yet, and whose Deletes have each left or died.
    pub async fn deletion_ready(&self) -> Result<Vec<TenantId>> {
        const READY: &str = "
            SELECT t.id FROM registry.tenant t
            WHERE t.state = 'deleted' AND t.deleted_at IS NOT NULL AND t.erased_at IS NULL
              AND NOT EXISTS (SELECT FROM machinery.outbox o WHERE o.tenant_id = t.id
                  AND (o.finished_at IS NULL OR o.published > o.settled))
              AND NOT EXISTS (SELECT FROM machinery.parked_delivery p WHERE p.tenant_id = t.id)
            ORDER BY t.id";
        self.tenants(READY, []).await
    }

    /// Nothing is left of the tenant's rows: the machinery forgets it, too.
    pub async fn deletion_end(&self, tenant: TenantId, now: DateTime<Utc>) -> Result<()> {
        const FORGET: [&str; 7] = [
            "DELETE FROM machinery.outbox WHERE tenant_id = $1",
            "DELETE FROM machinery.dead_letter WHERE tenant_id = $1",
            "DELETE FROM machinery.settled_batch WHERE tenant_id = $1",
            "DELETE FROM machinery.tenant_turn WHERE tenant_id = $1",
            "DELETE FROM machinery.interest WHERE tenant_id = $1",
            "DELETE FROM machinery.holding WHERE tenant_id = $1",
            "DELETE FROM machinery.suspension WHERE tenant_id = $1",
        ];
        const END: &str = "
            UPDATE registry.tenant SET erased_at = $2, owner_email = '', updated_at = now()
            WHERE id = $1 AND erased_at IS NULL";
        let tx = self.pool().begin().await?;
        for sql in FORGET {
            tx.execute_raw(statement(sql, [tenant.0.into()])).await?;
        }
        tx.execute_raw(statement(END, [tenant.0.into(), now.into()])).await?;
        Ok(tx.commit().await?)
    }

    async fn tenants<const N: usize>(&self, sql: &str, values: [sea_orm::Value; N]) -> Result<Vec<TenantId>> {
        let rows = self.pool().query_all_raw(statement(sql, values)).await?;
        rows.iter().map(|row| Ok(TenantId(row.try_get_by_index(0)?))).collect()
    }
}

impl TenantTx {
    /// Everybody elsewhere whom the tenant knows, by the inbox that reaches them: who follows, was
    /// followed, named or answered, and whoever it looked up. `[{"uri","inbox"}]`, one for each inbox.
    pub async fn known_inboxes(&self) -> Result<serde_json::Value> {
        const KNOWN: &str = "
            SELECT coalesce(jsonb_agg(jsonb_build_object('uri', uri, 'inbox', inbox)), '[]') FROM (
                SELECT min(uri) AS uri, coalesce(shared_inbox_url, inbox_url) AS inbox FROM actor
                WHERE tenant_id = 0 AND kind = 'remote' AND deleted_at IS NULL
                GROUP BY coalesce(shared_inbox_url, inbox_url)) known";
        let row = self.query_one_raw(statement(KNOWN, [])).await?;
        Ok(row.map_or_else(|| Ok(json!([])), |row| row.try_get_by_index(0))?)
    }

    /// Takes what the register shows of the tenant out, but for handles on the shared domain: these
    /// are never given to another body either.
    pub async fn public_account_erase(&self) -> Result<()> {
        const ERASE: &str =
            "DELETE FROM registry.public_account WHERE tenant_id = $1 AND official_handle IS NULL";
        self.execute_raw(statement(ERASE, [self.tenant().0.into()])).await?;
        Ok(())
    }

    /// Erases at most so many rows of each of the tenant's tables. How many in all.
    pub async fn erase_batch(&self, most: i32) -> Result<u64> {
        let row = self.query_one_raw(statement("SELECT erase_batch($1)", [most.into()])).await?;
        let erased: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(erased.unsigned_abs())
    }

    /// Whether anything is left to erase.
    pub async fn erase_remains(&self) -> Result<bool> {
        let row = self.query_one_raw(statement("SELECT erase_remains()", [])).await?;
        Ok(row.map_or(Ok(false), |row| row.try_get_by_index(0))?)
    }
}

//! The second ways in which people prove who they are.
//!
//! Invariant: a code is used up in the statement that finds it, so that two who send the same one
//! at the same time are not both let in.

use belfry_model::StaffId;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::statement;
use crate::{Result, TenantTx};

/// The app that shows somebody codes.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Totp {
    pub sealed: Vec<u8>,
    /// The last step whose code was taken.
    pub last_step: i64,
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Networks that are remembered of one person.
const NETWORKS: i64 = 50;

impl TenantTx {
    pub async fn totp_fetch(&self, staff: StaffId) -> Result<Option<Totp>> {
        const FETCH: &str = "SELECT sealed, last_step, confirmed_at FROM staff_totp
            WHERE tenant_id = $1 AND staff_id = $2";
        let row = self.query_one_raw(statement(FETCH, [self.tenant().0.into(), staff.0.into()])).await?;
        Ok(row.map(|row| Totp::from_query_result(&row, "")).transpose()?)
    }

    /// Begins to set one up, in place of one that was begun. `false` if one is in use.
    pub async fn totp_begin(&self, staff: StaffId, sealed: Vec<u8>, at: DateTime<Utc>) -> Result<bool> {
        const BEGIN: &str = "INSERT INTO staff_totp (tenant_id, staff_id, sealed, created_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant_id, staff_id) DO UPDATE SET sealed = excluded.sealed, created_at = excluded.created_at
                WHERE staff_totp.confirmed_at IS NULL";
        let values = [self.tenant().0.into(), staff.0.into(), sealed.into(), at.into()];
        Ok(self.execute_raw(statement(BEGIN, values)).await?.rows_affected() == 1)
    }

    /// The first code of it was right: from now on it counts.
    pub async fn totp_confirm(&self, staff: StaffId, step: i64, at: DateTime<Utc>) -> Result<bool> {
        const CONFIRM: &str = "UPDATE staff_totp SET confirmed_at = $4, last_step = $3
            WHERE tenant_id = $1 AND staff_id = $2 AND confirmed_at IS NULL";
        let values = [self.tenant().0.into(), staff.0.into(), step.into(), at.into()];
        Ok(self.execute_raw(statement(CONFIRM, values)).await?.rows_affected() == 1)
    }

    /// Uses the code of this step up; `false` if it or a later one was used before.
    pub async fn totp_use(&self, staff: StaffId, step: i64) -> Result<bool> {
        const USE: &str = "UPDATE staff_totp SET last_step = $3
            WHERE tenant_id = $1 AND staff_id = $2 AND confirmed_at IS NOT NULL AND last_step < $3";
        let values = [self.tenant().0.into(), staff.0.into(), step.into()];
        Ok(self.execute_raw(statement(USE, values)).await?.rows_affected() == 1)
    }

    /// Gives somebody new recovery codes in place of all that they had.
    pub async fn recovery_replace(&self, staff: StaffId, hashes: Vec<Vec<u8>>) -> Result<()> {
        const FORGET: &str = "DELETE FROM recovery_code WHERE tenant_id = $1 AND staff_id = $2";
        const INSERT: &str = "INSERT INTO recovery_code (tenant_id, staff_id, code_hash)
            SELECT $1, $2, unnest($3::bytea[])";
        self.execute_raw(statement(FORGET, [self.tenant().0.into(), staff.0.into()])).await?;
        let values = [self.tenant().0.into(), staff.0.into(), hashes.into()];
        self.execute_raw(statement(INSERT, values)).await?;
        Ok(())
    }

    /// Uses a recovery code up; `false` if they have no such one, or no longer.
    pub async fn recovery_use(&self, staff: StaffId, hash: Vec<u8>, at: DateTime<Utc>) -> Result<bool> {
        const USE: &str = "UPDATE recovery_code SET used_at = $4
            WHERE tenant_id = $1 AND staff_id = $2 AND code_hash = $3 AND used_at IS NULL";
        let values = [self.tenant().0.into(), staff.0.into(), hash.into(), at.into()];
        Ok(self.execute_raw(statement(USE, values)).await?.rows_affected() == 1)
    }

    /// How many recovery codes somebody still has.
    pub async fn recovery_left(&self, staff: StaffId) -> Result<i64> {
        const LEFT: &str = "SELECT count(*) FROM recovery_code
            WHERE tenant_id = $1 AND staff_id = $2 AND used_at IS NULL";
        let row = self.query_one_raw(statement(LEFT, [self.tenant().0.into(), staff.0.into()])).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
    }

    /// Takes every second factor of somebody away. `false` if they had none.
    pub async fn factor_delete_of(&self, staff: StaffId) -> Result<bool> {
        const DELETE: &str = "WITH app AS (
                DELETE FROM staff_totp WHERE tenant_id = $1 AND staff_id = $2 RETURNING confirmed_at),
            codes AS (DELETE FROM recovery_code WHERE tenant_id = $1 AND staff_id = $2 RETURNING 1)
            SELECT EXISTS (SELECT FROM app WHERE confirmed_at IS NOT NULL)";
        let row = self.query_one_raw(statement(DELETE, [self.tenant().0.into(), staff.0.into()])).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
    }

    /// Remembers that somebody signed in from this network. `true` if they have signed in from
    /// others and never from this one.
    pub async fn network_is_new(&self, staff: StaffId, network: Vec<u8>, at: DateTime<Utc>) -> Result<bool> {
        const KNOWN: &str =
            "SELECT count(*) > 0 AND NOT coalesce(bool_or(network = $3), false) FROM staff_network
            WHERE tenant_id = $1 AND staff_id = $2";
        const REMEMBER: &str = "INSERT INTO staff_network (tenant_id, staff_id, network, seen_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant_id, staff_id, network) DO UPDATE SET seen_at = excluded.seen_at";
        const TRIM: &str =
            "DELETE FROM staff_network WHERE tenant_id = $1 AND staff_id = $2 AND network NOT IN (
            SELECT network FROM staff_network WHERE tenant_id = $1 AND staff_id = $2
            ORDER BY seen_at DESC LIMIT $3)";
        let (tenant, person) = (self.tenant().0, staff.0);
        let row = self
            .query_one_raw(statement(KNOWN, [tenant.into(), person.into(), network.clone().into()]))
            .await?;
        let is_new = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        self.execute_raw(statement(REMEMBER, [tenant.into(), person.into(), network.into(), at.into()]))
            .await?;
        self.execute_raw(statement(TRIM, [tenant.into(), person.into(), NETWORKS.into()])).await?;
        Ok(is_new)
    }

    /// Says of whom the tenant demands a second factor; `false` if it did so already.
    pub async fn factor_demand_set(&self, of: &str) -> Result<bool> {
        const SET: &str = "UPDATE tenant_setting SET second_factor = $2, updated_at = now()
            WHERE tenant_id = $1 AND second_factor <> $2";
        let set = self.execute_raw(statement(SET, [self.tenant().0.into(), of.into()])).await?;
        Ok(set.rows_affected() == 1)
    }
}

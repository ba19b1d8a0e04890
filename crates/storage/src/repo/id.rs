//! Ids come from the database's one function, so that they are unique on the whole platform.

use chrono::{DateTime, Utc};
use sea_orm::{DbBackend, DbErr, Statement, Value};

use crate::tx::Door;
use crate::{CommonsTx, Result, TenantTx};

macro_rules! ids {
    ($($door:ty),*) => {$(
        impl $door {
            /// A fresh id, for a row whose address contains it.
            pub async fn id_next(&self) -> Result<i64> {
                next(self, "SELECT next_id() AS id", []).await
            }

            /// A fresh id that sorts where something made at `at` belongs.
            pub async fn id_at(&self, at: DateTime<Utc>) -> Result<i64> {
                next(self, "SELECT next_id($1) AS id", [at.into()]).await
            }
        }
    )*};
}
ids!(TenantTx, CommonsTx);

pub(super) async fn next<const N: usize>(door: &impl Door, sql: &str, values: [Value; N]) -> Result<i64> {
    let row = door
        .query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("next_id".to_owned()))?;
    Ok(row.try_get("", "id")?)
}

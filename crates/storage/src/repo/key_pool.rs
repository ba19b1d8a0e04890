//! Key pairs made ahead, sealed with the platform key.

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, PaginatorTrait, Set, Statement};

use crate::entity::key_pool;
use crate::{AppDb, Result, TenantTx};

impl TenantTx {
    /// Takes a pair out of the pool, in the transaction that gives it to an actor: a
    /// rollback puts it back, and no pair is ever two actors'.
    pub async fn key_pool_take(&self) -> Result<Option<key_pool::Model>> {
        let taken = self
            .query_one_raw(Statement::from_string(
                DbBackend::Postgres,
                "DELETE FROM registry.key_pool WHERE id = (
                     SELECT id FROM registry.key_pool ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                 RETURNING id, public_pem, private_sealed, created_at",
            ))
            .await?;
        Ok(taken.map(|row| key_pool::Model::from_query_result(&row, "")).transpose()?)
    }
}

impl AppDb {
    pub async fn key_pool_add(&self, public_pem: &str, private_sealed: Vec<u8>) -> Result<()> {
        key_pool::Entity::insert(key_pool::ActiveModel {
            public_pem: Set(public_pem.to_owned()),
            private_sealed: Set(private_sealed),
            ..Default::default()
        })
        .exec_without_returning(self.pool())
        .await?;
        Ok(())
    }

    pub async fn key_pool_count(&self) -> Result<u64> {
        Ok(key_pool::Entity::find().count(self.pool()).await?)
    }
}

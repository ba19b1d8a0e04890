//! Key pairs made ahead: making one takes 0.2 s, which nobody should wait for.

use belfry_activitypub::key::KeyPair;
use belfry_storage::TenantTx;

use super::seal::{self, Context};
use super::{Keys, KeysError};
use crate::Result;

impl Keys {
    /// A pair that no actor has yet: from the pool, or made now if the pool is empty. A
    /// rollback of `tx` puts it back.
    pub(crate) async fn pair(&self, tx: &TenantTx) -> Result<KeyPair> {
        while let Some(row) = tx.key_pool_take().await? {
            let context = Context::Pool { public_pem: &row.public_pem };
            let private = seal::open(&self.platform.key(), &row.private_sealed, context);
            if let Some(private_pem) = private.and_then(|pem| String::from_utf8(pem).ok()) {
                return Ok(KeyPair { private_pem, public_pem: row.public_pem });
            }
            // Nobody's key yet, so nothing is lost with it; left in, it would stop everybody.
            tracing::warn!(id = row.id, "a key made ahead was sealed with another platform key: dropped");
        }
        generate().await
    }

    /// Fills the pool up to `wanted` pairs; says how many were made.
    pub async fn top_up(&self, wanted: u64) -> Result<u64> {
        let mut made = 0;
        while self.app.key_pool_count().await? < wanted {
            let pair = generate().await?;
            let context = Context::Pool { public_pem: &pair.public_pem };
            let sealed = seal::seal(&self.platform.key(), pair.private_pem.as_bytes(), context)?;
            self.app.key_pool_add(&pair.public_pem, sealed).await?;
            made += 1;
        }
        Ok(made)
    }
}

async fn generate() -> Result<KeyPair> {
    Ok(tokio::task::spawn_blocking(KeyPair::rsa_2048).await?.map_err(KeysError::Key)?)
}

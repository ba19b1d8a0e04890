//! Local actors' key pairs; the private half sealed with the tenant's key.

use belfry_model::ActorId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::entity::actor_key;
use crate::{Result, TenantTx};

/// The algorithm that every peer verifies.
pub const RSA: &str = "rsa";

impl TenantTx {
    pub async fn actor_key_insert(
        &self,
        actor: ActorId,
        key_id: &str,
        public_pem: &str,
        private_sealed: Vec<u8>,
    ) -> Result<()> {
        actor_key::Entity::insert(actor_key::ActiveModel {
            tenant_id: Set(self.tenant().0),
            actor_id: Set(actor.0),
            algorithm: Set(RSA.to_owned()),
            key_id: Set(key_id.to_owned()),
            public_pem: Set(public_pem.to_owned()),
            private_sealed: Set(private_sealed),
            ..Default::default()
        })
        .exec_without_returning(self)
        .await?;
        Ok(())
    }

    pub async fn actor_key_fetch(&self, actor: ActorId) -> Result<Option<actor_key::Model>> {
        Ok(actor_key::Entity::find_by_id((self.tenant().0, actor.0, RSA.to_owned())).one(self).await?)
    }

    /// By what a signature calls it.
    pub async fn actor_key_by_key_id(&self, key_id: &str) -> Result<Option<actor_key::Model>> {
        Ok(actor_key::Entity::find()
            .filter(actor_key::Column::TenantId.eq(self.tenant().0))
            .filter(actor_key::Column::KeyId.eq(key_id))
            .one(self)
            .await?)
    }
}

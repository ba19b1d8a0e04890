//! Tenant keys, sealed with the platform key.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entity::tenant_key;
use crate::{Result, TenantTx};

impl TenantTx {
    pub async fn tenant_key_insert(&self, version: i32, sealed: Vec<u8>) -> Result<()> {
        tenant_key::Entity::insert(tenant_key::ActiveModel {
            tenant_id: Set(self.tenant().0),
            version: Set(version),
            sealed: Set(sealed),
            ..Default::default()
        })
        .exec_without_returning(self)
        .await?;
        Ok(())
    }

    /// The one that seals: the highest version.
    pub async fn tenant_key_current(&self) -> Result<Option<tenant_key::Model>> {
        Ok(tenant_key::Entity::find()
            .filter(tenant_key::Column::TenantId.eq(self.tenant().0))
            .order_by_desc(tenant_key::Column::Version)
            .one(self)
            .await?)
    }

    /// An older one, to open what it sealed.
    pub async fn tenant_key_fetch(&self, version: i32) -> Result<Option<tenant_key::Model>> {
        Ok(tenant_key::Entity::find_by_id((self.tenant().0, version)).one(self).await?)
    }
}

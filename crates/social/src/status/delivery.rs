//! How far a post of one's own has come.

use belfry_model::{StatusId, TenantScope, Username};

use super::own;
use crate::delivery::{self, Delivery};
use crate::{Error, Poster, Result, Social};

impl Social {
    /// For the account that wrote it. Up to `limit` servers that wait and as many that refused.
    pub async fn status_delivery(&self, poster: &Poster, id: StatusId, limit: u32) -> Result<Delivery> {
        let tx = self.app.tenant(poster.scope).await?;
        let row = own(&tx, poster, id).await?;
        delivery::of_status(&tx, StatusId(row.id), limit).await
    }

    /// For the people of the agency, by the post's page: what has no page is not found.
    pub async fn status_delivery_at(
        &self,
        scope: TenantScope,
        username: &Username,
        id: StatusId,
        limit: u32,
    ) -> Result<Delivery> {
        let tx = self.app.tenant(scope).await?;
        let author = tx.actor_local_by_username(username).await?.ok_or(Error::NotFound)?;
        let row = tx.status_visible(id, None).await?.ok_or(Error::NotFound)?;
        if row.tenant_id != scope.tenant().0
            || !row.local
            || row.actor_id != author.id
            || row.reblog_of_id.is_some()
        {
            return Err(Error::NotFound);
        }
        delivery::of_status(&tx, id, limit).await
    }
}

//! Actors' documents.

use belfry_activitypub::document::Actor;
use belfry_model::{Tenant, Username};

use super::Published;
use crate::{Federation, Result};

impl Federation {
    /// An account's document.
    pub async fn publish_account(&self, tenant: &Tenant, username: &Username) -> Result<Published<Actor>> {
        if !self.shows(tenant) {
            return Ok(Published::Missing);
        }
        let tx = self.app.tenant(tenant.scope()).await?;
        let published = match self.account_row(&tx, tenant, username).await? {
            None => Published::Missing,
            Some(row) if row.deleted_at.is_some() => Published::gone(&row.uri, row.deleted_at),
            Some(row) => Published::Here(self.renderer(tenant).actor(&tx, &row).await?),
        };
        tx.commit().await?;
        Ok(published)
    }

    /// The document of the actor that fetches on the tenant's behalf: two servers that both
    /// ask for signatures would wait for each other's keys if this one asked for any.
    pub async fn publish_instance_actor(&self, tenant: &Tenant) -> Result<Published<Actor>> {
        if !self.shows(tenant) {
            return Ok(Published::Missing);
        }
        let tx = self.app.tenant(tenant.scope()).await?;
        let published = match tx.actor_instance_fetch().await? {
            None => Published::Missing,
            Some(row) => Published::Here(self.renderer(tenant).actor(&tx, &row).await?),
        };
        tx.commit().await?;
        Ok(published)
    }
}

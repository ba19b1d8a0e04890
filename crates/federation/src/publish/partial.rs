//! The part of an account's followers that lives on one host (FEP-8fcf): shown to that host
//! alone, whose own accounts they are.

use belfry_activitypub::document::Collection;
use belfry_activitypub::uri;
use belfry_model::{ActorId, Tenant, Username};

use super::Published;
use crate::{Federation, Result};

impl Federation {
    /// Without pages, however many there are: a receiver takes what isn't listed as ended.
    pub async fn publish_followers_of_host(
        &self,
        tenant: &Tenant,
        username: &Username,
        asker: &str,
    ) -> Result<Published<Collection>> {
        let Some(host) = uri::parse(asker).as_ref().map(uri::host) else { return Ok(Published::Missing) };
        if !self.may_speak(tenant, asker) {
            return Ok(Published::Missing);
        }
        let tx = self.app.tenant(tenant.scope()).await?;
        let published = match self.account_row(&tx, tenant, username).await? {
            None => Published::Missing,
            Some(row) if row.deleted_at.is_some() => Published::gone(&row.uri, row.deleted_at),
            Some(account) => {
                let followers = tx.follower_uris_on(ActorId(account.id), &host).await?;
                let id = self.names.origin(tenant).actor_part(&account.username, "followers_synchronization");
                let items = followers.into_iter().map(serde_json::Value::String).collect();
                Published::Here(Collection::whole(id, items))
            }
        };
        tx.commit().await?;
        Ok(published)
    }
}

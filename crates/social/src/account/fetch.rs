//! Reading accounts, and who follows them.

use std::sync::Arc;

use belfry_model::{ActorId, Username};
use belfry_storage::{Page, TenantTx, row};

use super::Listed;
use crate::text::Handle;
use crate::{AccountView, Error, Result, Social, Viewer, view};

impl Social {
    pub async fn account_fetch(&self, viewer: Viewer, id: ActorId) -> Result<Arc<AccountView>> {
        let tx = self.app.tenant(viewer.scope).await?;
        account(&tx, id).await?;
        view::one_account(&tx, id).await
    }

    /// Those of `ids` that can be seen, in the order of `ids`.
    pub async fn account_list(&self, viewer: Viewer, ids: &[ActorId]) -> Result<Vec<Arc<AccountView>>> {
        let tx = self.app.tenant(viewer.scope).await?;
        let accounts = view::accounts(&tx, ids).await?;
        Ok(ids
            .iter()
            .filter_map(|id| accounts.get(id))
            .filter(|view| view.row.kind != "instance")
            .cloned()
            .collect())
    }

    /// By handle, among what this tenant knows: nothing is fetched.
    pub async fn account_lookup(&self, viewer: Viewer, handle: &Handle) -> Result<Arc<AccountView>> {
        let tx = self.app.tenant(viewer.scope).await?;
        let row = match &handle.host {
            Some(host) => tx.actor_by_handle(&handle.username, host.as_str()).await?,
            None => local(&tx, &handle.username).await?,
        };
        let row = row.filter(|row| row.kind != "instance").ok_or(Error::NotFound)?;
        view::one_account(&tx, ActorId(row.id)).await
    }

    /// Every account of this tenant, by name.
    pub async fn account_local_list(&self, viewer: Viewer) -> Result<Vec<Arc<AccountView>>> {
        let tx = self.app.tenant(viewer.scope).await?;
        let ids: Vec<ActorId> = tx.actor_local_list().await?.into_iter().map(|row| ActorId(row.id)).collect();
        let accounts = view::accounts(&tx, &ids).await?;
        Ok(ids.iter().filter_map(|id| accounts.get(id).cloned()).collect())
    }

    /// Those that this tenant knows of.
    pub async fn account_followers(&self, viewer: Viewer, id: ActorId, page: Page) -> Result<Vec<Listed>> {
        let tx = self.app.tenant(viewer.scope).await?;
        account(&tx, id).await?;
        let rows = tx.follow_followers(id, page).await?;
        Listed::load(&tx, rows.into_iter().map(|row| (row.id, ActorId(row.follower_id))).collect()).await
    }

    /// Those that this tenant knows of.
    pub async fn account_following(&self, viewer: Viewer, id: ActorId, page: Page) -> Result<Vec<Listed>> {
        let tx = self.app.tenant(viewer.scope).await?;
        account(&tx, id).await?;
        let rows = tx.follow_following(id, page).await?;
        Listed::load(&tx, rows.into_iter().map(|row| (row.id, ActorId(row.followee_id))).collect()).await
    }
}

/// An account that can be seen. The instance actor is nobody's account.
pub(crate) async fn account(tx: &TenantTx, id: ActorId) -> Result<row::Actor> {
    tx.actor_fetch(id)
        .await?
        .filter(|row| row.deleted_at.is_none() && row.kind != "instance")
        .ok_or(Error::NotFound)
}

async fn local(tx: &TenantTx, username: &str) -> Result<Option<row::Actor>> {
    match username.parse::<Username>() {
        Ok(username) => Ok(tx.actor_local_by_username(&username).await?),
        Err(_) => Ok(None),
    }
}

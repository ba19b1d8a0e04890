//! Another tenant of this platform: to a tenant it is what any remote server is, only that
//! nothing goes over HTTP. What it would have served is read in its own transaction, through
//! the same rendering and the same parsing.

use belfry_activitypub::{RemoteActor, RemoteNote, uri};
use belfry_model::Tenant;
use belfry_storage::row;

use crate::client::FetchError;
use crate::render::Renderer;
use crate::{Error, Federation, Result};

impl Federation {
    /// The commons row of a neighbour's actor, brought up to date if that actor has changed.
    pub(crate) async fn neighbour_actor(&self, uri: &str, known: Option<row::Actor>) -> Result<row::Actor> {
        let tenant = self.neighbour(uri)?;
        let renderer = Renderer { names: &self.names, tenant: &tenant };
        let tx = self.app.tenant(tenant.scope()).await?;
        let Some(row) = tx.actor_by_uri(uri).await?.filter(|row| row.tenant_id == tenant.id.0) else {
            return Err(Error::Unusable("there is no such account at the neighbour"));
        };
        if row.deleted_at.is_some() {
            tx.commit().await?;
            self.forget_actor(uri).await?;
            return Err(Error::Unusable("the neighbour's account was deleted"));
        }
        if let Some(known) = known.filter(|known| known.fetched_at.is_some_and(|at| at > row.updated_at)) {
            return Ok(known);
        }
        let document = serde_json::to_value(renderer.actor(&tx, &row).await?)?;
        let handle = renderer.handle(&row);
        tx.commit().await?;
        let actor = RemoteActor::from_value(&document).map_err(|reason| malformed(&tenant, reason))?;
        let acct = belfry_activitypub::document::webfinger::Acct::parse(&handle)
            .ok_or(Error::Unusable("the neighbour's handle can't be read"))?;
        let tx = self.app.commons().await?;
        let stored = tx.actor_upsert(crate::ingest::actor(&actor, &acct, self.clock.now())).await?;
        tx.commit().await?;
        Ok(stored)
    }

    /// A neighbour's own post, if everybody may read it.
    pub(crate) async fn neighbour_note(&self, uri: &str) -> Result<Option<RemoteNote>> {
        let tenant = self.neighbour(uri)?;
        // Closed to its neighbours as it is to everybody.
        if !tenant.is_live() {
            return Ok(None);
        }
        let renderer = Renderer { names: &self.names, tenant: &tenant };
        let tx = self.app.tenant(tenant.scope()).await?;
        let Some(post) = tx.own_status_by_uri(uri).await?.filter(|post| {
            post.local
                && post.deleted_at.is_none()
                && post.reblog_of_id.is_none()
                && matches!(post.visibility.as_str(), "public" | "unlisted")
        }) else {
            return Ok(None);
        };
        let Some(author) = tx.actor_fetch(belfry_model::ActorId(post.actor_id)).await? else {
            return Ok(None);
        };
        let notes = renderer.notes(&tx, &author, std::slice::from_ref(&post)).await?;
        tx.commit().await?;
        let Some(note) = notes.into_iter().next() else { return Ok(None) };
        let document = serde_json::to_value(note)?;
        RemoteNote::from_value(&document).map(Some).map_err(|reason| malformed(&tenant, reason))
    }

    fn neighbour(&self, address: &str) -> Result<std::sync::Arc<Tenant>> {
        // A deleted one, too: its accounts say goodbye while their rows are there.
        let host = uri::parse(address).as_ref().map(uri::host);
        host.and_then(|host| self.directory.at_host(&host))
            .ok_or(Error::Unusable("no agency of this platform is served at that address"))
    }
}

fn malformed(tenant: &Tenant, reason: belfry_activitypub::Malformed) -> Error {
    FetchError::Malformed { host: tenant.host.to_string(), reason }.into()
}

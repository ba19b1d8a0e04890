//! Having a remote actor or an open remote post in the commons: known already, read at a
//! neighbour, or fetched on behalf of a tenant.

use belfry_activitypub::document::webfinger::Acct;
use belfry_activitypub::{RemoteActor, RemoteNote, uri};
use belfry_model::{COMMONS, TenantScope};
use belfry_storage::{CommonsTx, Written, row};

use crate::client::FetchError;
use crate::{Error, Federation, Result, discover, fetch, ingest};

impl Federation {
    /// The actor at this address as a commons row. Fetched only if it isn't known.
    pub(crate) async fn obtain_actor(&self, scope: TenantScope, uri: &str) -> Result<row::Actor> {
        self.check(scope, uri)?;
        let tx = self.app.commons().await?;
        let known = tx.actor_by_uri(uri).await?;
        tx.commit().await?;
        match known {
            Some(actor) if actor.deleted_at.is_some() => Err(Error::Unusable("the actor was deleted")),
            Some(actor) if !self.is_ours(uri) => Ok(actor),
            known => self.refresh_actor(scope, uri, known).await,
        }
    }

    /// The actor as it is now. A neighbour's is written again only after it changed.
    pub(crate) async fn refresh_actor(
        &self,
        scope: TenantScope,
        uri: &str,
        known: Option<row::Actor>,
    ) -> Result<row::Actor> {
        self.check(scope, uri)?;
        if self.is_ours(uri) {
            return self.neighbour_actor(uri, known).await;
        }
        let key = self.fetch_key(scope).await?;
        match fetch::actor(&self.client, uri, key.as_deref()).await {
            Ok(actor) => self.store_actor(&actor, known.as_ref()).await,
            Err(error) => {
                if error.is_gone() {
                    self.forget_actor(uri).await?;
                }
                Err(error.into())
            }
        }
    }

    /// Its server says that it's gone: a tombstone, so that it isn't asked for again.
    pub(crate) async fn forget_actor(&self, uri: &str) -> Result<()> {
        let tx = self.app.commons().await?;
        tx.actor_tombstone(uri, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Stores an actor that speaks for itself: fetched at its own address, or signed by itself.
    pub(crate) async fn store_actor(
        &self,
        actor: &RemoteActor,
        known: Option<&row::Actor>,
    ) -> Result<row::Actor> {
        // A redirect may have led anywhere.
        if !self.hears(&actor.id) {
            return Err(Error::Barred);
        }
        let acct = self.canonical_handle(actor, known).await?;
        if self.directory.policy().bars(&acct.host) {
            return Err(Error::Barred);
        }
        let tx = self.app.commons().await?;
        let stored = tx.actor_upsert(ingest::actor(actor, &acct, self.clock.now())).await?;
        tx.commit().await?;
        Ok(stored)
    }

    /// WebFinger decides, in both directions. Where it can't be asked, the name at the actor's
    /// own host is safe: that host speaks for both.
    async fn canonical_handle(&self, actor: &RemoteActor, known: Option<&row::Actor>) -> Result<Acct> {
        if let Some(known) = known
            && known.username.eq_ignore_ascii_case(&actor.preferred_username)
        {
            return Ok(Acct { user: known.username.clone(), host: known.domain.clone() });
        }
        let host = uri::parse(&actor.id).as_ref().map(uri::host).ok_or(FetchError::Address)?;
        match discover::handle_of(&self.client, actor).await {
            // A handle on this platform is ours to give.
            Ok(acct) if !self.is_ours(&format!("{}://{}/", self.names.scheme, acct.host)) => Ok(acct),
            Ok(_) | Err(_) => Ok(Acct { user: actor.preferred_username.clone(), host }),
        }
    }

    /// The open post at this address as a commons row, with those that it answers as far up
    /// as the settings allow. `None` if it isn't open or was deleted here.
    pub(crate) async fn obtain_status(&self, scope: TenantScope, uri: &str) -> Result<Option<row::Status>> {
        self.check(scope, uri)?;
        let mut chain: Vec<(RemoteNote, row::Actor)> = Vec::new();
        let mut next = Some(uri.to_owned());
        while let Some(address) = next.take() {
            if let Some(known) = self.commons_status(&address).await? {
                if chain.is_empty() {
                    return Ok(known.deleted_at.is_none().then_some(known));
                }
                break;
            }
            if chain.len() > usize::from(self.settings.max_thread_depth) {
                break;
            }
            match self.open_note(scope, &address).await {
                Ok(Some((note, author))) => {
                    // What answers the tenant's own post finds it in the tenant, not in a copy.
                    next = note.in_reply_to.clone().filter(|parent| !self.is_of(scope, parent));
                    chain.push((note, author));
                }
                Ok(None) => break,
                Err(error) if chain.is_empty() => return Err(error),
                // A thread that can't be read to its top is still worth reading.
                Err(error) => {
                    tracing::debug!(error = &error as &dyn std::error::Error, "a thread ends here");
                    break;
                }
            }
        }
        let mut stored = None;
        for (note, author) in chain.into_iter().rev() {
            let tx = self.app.commons().await?;
            stored = commons_write(&tx, &note, &author, self.clock.now()).await?.status().cloned();
            tx.commit().await?;
        }
        Ok(stored)
    }

    /// A post and its author, from wherever it lies, if everybody may read it.
    pub(crate) async fn open_note(
        &self,
        scope: TenantScope,
        uri: &str,
    ) -> Result<Option<(RemoteNote, row::Actor)>> {
        self.check(scope, uri)?;
        let note = if self.is_ours(uri) {
            match self.neighbour_note(uri).await? {
                Some(note) => note,
                None => return Ok(None),
            }
        } else {
            let key = self.fetch_key(scope).await?;
            fetch::note(&self.client, uri, key.as_deref()).await?
        };
        let author = self.obtain_actor(scope, &note.attributed_to).await?;
        Ok(ingest::visibility(&note, &author).is_open().then_some((note, author)))
    }

    pub(crate) async fn commons_status(&self, uri: &str) -> Result<Option<row::Status>> {
        let tx = self.app.commons().await?;
        let known = tx.status_by_uri(uri).await?;
        tx.commit().await?;
        Ok(known)
    }

    /// Whether the address lies at the scope's own host.
    pub(crate) fn is_of(&self, scope: TenantScope, uri: &str) -> bool {
        self.tenant_of(uri).is_some_and(|tenant| tenant.id == scope.tenant())
    }
}

/// Stores an open post once for all tenants.
pub(crate) async fn commons_write(
    tx: &CommonsTx,
    note: &RemoteNote,
    author: &row::Actor,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Written> {
    let parent = match &note.in_reply_to {
        Some(uri) => tx.status_by_uri(uri).await?.filter(|parent| parent.deleted_at.is_none()),
        None => None,
    };
    let named: Vec<String> = note.mentions.iter().map(|named| named.href.clone()).collect();
    let known = tx.actors_by_uri(&named).await?;
    Ok(tx.status_upsert(ingest::note(note, author, parent.as_ref(), &known, COMMONS, now)).await?)
}

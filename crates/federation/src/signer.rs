//! Who signed a request: the owner of a key, from the commons or fetched on behalf of the
//! tenant that was addressed.
//!
//! Invariant: a key is believed only after it and its owner have named each other.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use belfry_activitypub::{PublicKey, uri};
use belfry_model::{Tenant, TenantScope};
use belfry_storage::row;

use crate::{Federation, Result, fetch};

/// A key and the one actor that it speaks for.
#[derive(Debug, Clone)]
pub struct Signer {
    pub actor: String,
    pub key: PublicKey,
}

/// What is known of a key.
#[derive(Debug, Clone)]
pub enum Signing {
    By(Box<Signer>),
    /// The owner was deleted: its key verifies nothing.
    Gone,
    /// Not to be had, or not its owner's; said in words for the sender.
    Unknown(String),
    /// Could not be fetched just now.
    Later(String),
}

impl Federation {
    /// The owner of this key, from the commons where it is known.
    pub async fn signer(&self, scope: TenantScope, key_id: &str) -> Result<Signing> {
        let tx = self.app.commons().await?;
        let known = tx.actor_by_key(key_id).await?;
        tx.commit().await?;
        match known {
            Some(actor) => Ok(self.signing(&actor, key_id)),
            None => self.signer_afresh(scope, key_id).await,
        }
    }

    /// Asks the owner's server: for a key that isn't known, or whose signature didn't fit, since
    /// it may have been changed. What failed isn't asked for again for some minutes.
    pub async fn signer_afresh(&self, scope: TenantScope, key_id: &str) -> Result<Signing> {
        if self.is_ours(key_id) {
            return Ok(Signing::Unknown("nobody on this platform sends over HTTP".to_owned()));
        }
        let note = format!("key-failure:{key_id}");
        if let Some(reason) = self.cache.get(&note).await? {
            return Ok(Signing::Unknown(reason));
        }
        if self.check(scope, key_id).is_err() {
            return Ok(Signing::Unknown("its server is not heard here".to_owned()));
        }
        let behalf = self.fetch_key(scope).await?;
        let failure = match fetch::key_owner(&self.client, key_id, behalf.as_deref()).await {
            Ok(actor) => {
                let known = self.known_actor(&actor.id).await?;
                let stored = self.store_actor(&actor, known.as_ref()).await?;
                return Ok(self.signing(&stored, key_id));
            }
            Err(error) if error.is_gone() => {
                self.forget_key(key_id).await?;
                return Ok(Signing::Gone);
            }
            Err(error) if error.is_transient() => return Ok(Signing::Later(error.to_string())),
            Err(error) => error.to_string(),
        };
        self.remember_failure(key_id, &failure).await?;
        Ok(Signing::Unknown(failure))
    }

    /// A key that was fetched a moment ago and still didn't fit: not asked for again for some minutes.
    pub async fn remember_failure(&self, key_id: &str, reason: &str) -> Result<()> {
        let ttl = Duration::from_secs(self.settings.key_failure_seconds);
        Ok(self.cache.put(&format!("key-failure:{key_id}"), reason, ttl).await?)
    }

    /// Whether the commons have ever heard of this actor.
    pub async fn knows_actor(&self, uri: &str) -> Result<bool> {
        Ok(self.known_actor(uri).await?.is_some())
    }

    /// Whether the actor's own server answers that it is gone.
    pub async fn is_gone(&self, scope: TenantScope, uri: &str) -> Result<bool> {
        self.check(scope, uri)?;
        let key = self.fetch_key(scope).await?;
        let answer = fetch::actor(&self.client, uri, key.as_deref()).await;
        Ok(answer.is_err_and(|error| error.is_gone()))
    }

    async fn known_actor(&self, uri: &str) -> Result<Option<row::Actor>> {
        let tx = self.app.commons().await?;
        let known = tx.actor_by_uri(uri).await?;
        tx.commit().await?;
        Ok(known)
    }

    async fn forget_key(&self, key_id: &str) -> Result<()> {
        let tx = self.app.commons().await?;
        let owner = tx.actor_by_key(key_id).await?;
        let uri = owner.as_ref().map_or_else(|| uri::without_fragment(key_id), |owner| &owner.uri);
        tx.actor_tombstone(uri, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    fn signing(&self, actor: &row::Actor, key_id: &str) -> Signing {
        if actor.deleted_at.is_some() {
            return Signing::Gone;
        }
        let Some(pem) = actor.public_key_pem.as_deref() else {
            return Signing::Unknown("the actor has no key".to_owned());
        };
        match self.parsed_key(key_id, pem) {
            Ok(key) => Signing::By(Box::new(Signer { actor: actor.uri.clone(), key })),
            Err(error) => Signing::Unknown(error.to_string()),
        }
    }

    /// Parsed once for as long as it stays the same.
    fn parsed_key(&self, key_id: &str, pem: &str) -> Result<PublicKey, belfry_activitypub::key::KeyError> {
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((from, key)) = parsed.get(key_id)
            && from == pem
        {
            return Ok(key.clone());
        }
        let key = PublicKey::from_pem(pem)?;
        parsed.put(key_id.to_owned(), (pem.to_owned(), key.clone()));
        Ok(key)
    }

    /// On whose behalf the gateway fetches what it needs to believe an actor: the tenant that was
    /// addressed, else the lead agency, else any; of those that speak with the actor's server.
    pub fn behalf_of(&self, addressed: Option<&Tenant>, actor: &str) -> Option<TenantScope> {
        match addressed {
            Some(tenant) => self.may_speak(tenant, actor).then(|| tenant.scope()),
            None => self.any_hearer(actor).map(|tenant| tenant.scope()),
        }
    }

    /// The lead agency if it speaks with this actor's server, else another that does.
    pub(crate) fn any_hearer(&self, actor: &str) -> Option<Arc<Tenant>> {
        let others = || self.directory.list().into_iter().filter(|tenant| tenant.is_live());
        self.directory.lead().into_iter().chain(others()).find(|tenant| self.may_speak(tenant, actor))
    }
}

//! Signing keys in custody: sealed with a tenant key, which is sealed with the platform key.
//!
//! Invariant: a private key is never stored open, and what is sealed for one actor of one
//! tenant opens as nothing else.

mod platform;
mod pool;
mod seal;

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use belfry_activitypub::key::{KeyError, SigningKey};
use belfry_model::{ActorId, TenantId, TenantScope};
use belfry_storage::{AppDb, TenantTx};
use lru::LruCache;

pub use platform::{PlatformKey, PlatformKeyError};

use crate::{Result, token};
use seal::{Context, Key};

#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error(
        "the key of tenant {0} can't be opened with this platform key: is `keys.platform_key_file` the file that \
         the platform was set up with?"
    )]
    WrongPlatformKey(TenantId),
    #[error(
        "the sealed key of actor {actor} of tenant {tenant} can't be opened: the row has been tampered with"
    )]
    Tampered { tenant: TenantId, actor: ActorId },
    #[error("tenant {tenant} has no tenant key (version {version:?})")]
    NoTenantKey { tenant: TenantId, version: Option<i32> },
    #[error("sealing a key failed")]
    Sealing(#[source] openssl::error::ErrorStack),
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// Opens, seals and keeps signing keys. Parsing a key costs more than signing with it, so
/// the most recently used are kept parsed.
#[derive(Debug)]
pub struct Keys {
    app: AppDb,
    platform: PlatformKey,
    parsed: Mutex<Parsed>,
    opened: Mutex<LruCache<TenantId, Arc<Key>>>,
}

/// By tenant and actor; `None` is the instance actor, whose id need not be looked up then.
type Parsed = LruCache<(TenantId, Option<ActorId>), Arc<SigningKey>>;

impl Keys {
    /// `cache_entries` bounds the parsed keys held, about 4 kB each, and the opened keys of tenants.
    pub fn new(app: AppDb, platform: PlatformKey, cache_entries: usize) -> Self {
        let bound = NonZeroUsize::new(cache_entries).unwrap_or(NonZeroUsize::MIN);
        Self {
            app,
            platform,
            parsed: Mutex::new(LruCache::new(bound)),
            opened: Mutex::new(LruCache::new(bound)),
        }
    }

    /// The key that a local actor signs with; `None` if there is no such actor.
    pub async fn signing_key(&self, scope: TenantScope, actor: ActorId) -> Result<Option<Arc<SigningKey>>> {
        let tx = self.app.tenant(scope).await?;
        let key = self.signing_key_in(&tx, actor).await?;
        tx.commit().await?;
        Ok(key)
    }

    /// The same within a transaction that is open anyhow.
    pub async fn signing_key_in(&self, tx: &TenantTx, actor: ActorId) -> Result<Option<Arc<SigningKey>>> {
        let slot = (tx.tenant(), Some(actor));
        if let Some(key) = self.parsed().get(&slot) {
            return Ok(Some(Arc::clone(key)));
        }
        let Some(key) = self.open(tx, actor).await?.map(Arc::new) else { return Ok(None) };
        self.parsed().put(slot, Arc::clone(&key));
        Ok(Some(key))
    }

    /// The key of the tenant's instance actor, which fetches on its behalf.
    pub async fn instance_key(&self, scope: TenantScope) -> Result<Option<Arc<SigningKey>>> {
        let slot = (scope.tenant(), None);
        if let Some(key) = self.parsed().get(&slot) {
            return Ok(Some(Arc::clone(key)));
        }
        let tx = self.app.tenant(scope).await?;
        let Some(actor) = tx.actor_instance_fetch().await?.map(|row| ActorId(row.id)) else {
            return Ok(None);
        };
        let Some(key) = self.open(&tx, actor).await?.map(Arc::new) else { return Ok(None) };
        tx.commit().await?;
        self.parsed().put(slot, Arc::clone(&key));
        Ok(Some(key))
    }

    fn parsed(&self) -> MutexGuard<'_, Parsed> {
        // Whoever panicked while holding it left at worst an entry out.
        self.parsed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn open(&self, tx: &TenantTx, actor: ActorId) -> Result<Option<SigningKey>> {
        let tenant = tx.tenant();
        let Some(row) = tx.actor_key_fetch(actor).await? else { return Ok(None) };
        let tampered = || KeysError::Tampered { tenant, actor };
        let version = seal::version_of(&row.private_sealed).ok_or_else(tampered)?;
        let tenant_key = self.tenant_key_opened(tx, version).await?;
        let pem = seal::open(&tenant_key, &row.private_sealed, Context::Actor { tenant, actor })
            .and_then(|pem| String::from_utf8(pem).ok())
            .ok_or_else(tampered)?;
        Ok(Some(SigningKey::from_pem(row.key_id, &pem).map_err(KeysError::Key)?))
    }

    /// Makes the tenant's first key, in the transaction that makes the tenant's first rows.
    pub(crate) async fn tenant_key_create(&self, tx: &TenantTx) -> Result<()> {
        let (tenant, version) = (tx.tenant(), 1);
        let key = token::random::<32>()?;
        let sealed = seal::seal(&self.platform.key(), &key, Context::Tenant { tenant, version })?;
        Ok(tx.tenant_key_insert(version, sealed).await?)
    }

    /// Stores an actor's key, its private half sealed with the tenant's newest key.
    pub(crate) async fn actor_key_store(
        &self,
        tx: &TenantTx,
        actor: ActorId,
        key_id: &str,
        pair: &belfry_activitypub::key::KeyPair,
    ) -> Result<()> {
        let key = self.tenant_key(tx, None).await?;
        let context = Context::Actor { tenant: tx.tenant(), actor };
        let sealed = seal::seal(&key, pair.private_pem.as_bytes(), context)?;
        Ok(tx.actor_key_insert(actor, key_id, &pair.public_pem, sealed).await?)
    }

    /// Seals what a letter says. The platform key does, since whoever carries it belongs to no tenant.
    pub(crate) fn letter_seal(&self, reference: &str, plain: &[u8]) -> Result<Vec<u8>> {
        seal::seal(&self.platform.key(), plain, Context::Letter { reference })
    }

    /// `None` if it was sealed with another platform key, or for another row.
    pub(crate) fn letter_open(&self, reference: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        seal::open(&self.platform.key(), sealed, Context::Letter { reference })
    }

    /// Seals what the tenant keeps for itself; it opens for `what` and for nothing else.
    pub(crate) async fn held_seal(&self, tx: &TenantTx, what: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let key = self.tenant_key(tx, None).await?;
        seal::seal(&key, plain, Context::Held { tenant: tx.tenant(), what })
    }

    /// `None` if it was sealed by another tenant or for something else, or is no sealed thing.
    pub(crate) async fn held_open(
        &self,
        tx: &TenantTx,
        what: &str,
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>> {
        let Some(version) = seal::version_of(sealed) else { return Ok(None) };
        // Whoever brings it may name a version that there never was.
        let key = match self.tenant_key_opened(tx, version).await {
            Ok(key) => key,
            Err(crate::Error::Keys(KeysError::NoTenantKey { .. })) => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(seal::open(&key, sealed, Context::Held { tenant: tx.tenant(), what }))
    }

    /// By version: rotated keys are sealed with a newer one, and the last that was used is kept.
    async fn tenant_key_opened(&self, tx: &TenantTx, version: i32) -> Result<Arc<Key>> {
        let tenant = tx.tenant();
        if let Some(key) = self.opened().get(&tenant).filter(|key| key.version == version) {
            return Ok(Arc::clone(key));
        }
        let key = Arc::new(self.tenant_key(tx, Some(version)).await?);
        self.opened().put(tenant, Arc::clone(&key));
        Ok(key)
    }

    fn opened(&self) -> MutexGuard<'_, LruCache<TenantId, Arc<Key>>> {
        // As above.
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The newest without a version.
    async fn tenant_key(&self, tx: &TenantTx, version: Option<i32>) -> Result<Key> {
        let tenant = tx.tenant();
        let row = match version {
            Some(version) => tx.tenant_key_fetch(version).await?,
            None => tx.tenant_key_current().await?,
        }
        .ok_or(KeysError::NoTenantKey { tenant, version })?;
        let context = Context::Tenant { tenant, version: row.version };
        let bytes = seal::open(&self.platform.key(), &row.sealed, context)
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(KeysError::WrongPlatformKey(tenant))?;
        Ok(Key { bytes, version: row.version })
    }
}

//! What the use cases work with.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use belfry_activitypub::{PublicKey, SigningKey, uri};
use belfry_cache::Cache;
use belfry_model::{Clock, Host, PlatformNames, Tenant, TenantId, TenantScope};
use belfry_settings::FederationSettings;
use belfry_social::Social;
use belfry_storage::{AppDb, WorkerDb};
use belfry_tenancy::{Directory, Keys};
use lru::LruCache;
use tokio::sync::Semaphore;

use crate::client::GuardedClient;
use crate::proof::{NoDns, Prover};
use crate::send::Digests;
use crate::{Error, Result};

/// Parsed keys of others: a parse costs 18 times a verification.
const PARSED_KEYS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(9_999);

/// Slow ones must not heap up: what is skipped is compared with the next activity.
const COMPARING: usize = 16;

/// What a [`Federation`] is made of.
#[derive(Debug, Clone)]
pub struct Parts {
    pub app: AppDb,
    /// Where what arrives is applied: only the worker's role reads across tenants whom it
    /// concerns. The gateway alone has none.
    pub worker: Option<WorkerDb>,
    pub directory: Arc<Directory>,
    pub keys: Arc<Keys>,
    pub social: Social,
    pub client: GuardedClient,
    pub cache: Cache,
    pub clock: Arc<dyn Clock>,
    pub names: PlatformNames,
    pub settings: FederationSettings,
}

/// The use cases of federation. Cheap to clone: it holds handles only.
#[derive(Debug, Clone)]
pub struct Federation {
    pub(crate) app: AppDb,
    pub(crate) worker: Option<WorkerDb>,
    pub(crate) directory: Arc<Directory>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) social: Social,
    pub(crate) client: GuardedClient,
    pub(crate) cache: Cache,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) names: PlatformNames,
    pub(crate) settings: Arc<FederationSettings>,
    /// Key id → the PEM that it was parsed from, and the key.
    pub(crate) parsed: Arc<Mutex<LruCache<String, (String, PublicKey)>>>,
    pub(crate) digests: Digests,
    /// How many collections of other servers are read at once for synchronisation.
    pub(crate) comparing: Arc<Semaphore>,
}

impl Federation {
    /// What looks at domains, through this platform's guarded client.
    pub fn prover(&self, dns_server: Option<SocketAddr>, timeout: Duration) -> Result<Prover, NoDns> {
        Prover::new(self.client.clone(), dns_server, timeout)
    }

    pub fn new(parts: Parts) -> Self {
        let Parts { app, worker, directory, keys, social, client, cache, clock, names, settings } = parts;
        let parsed = Arc::new(Mutex::new(LruCache::new(PARSED_KEYS)));
        let settings = Arc::new(settings);
        Self {
            app,
            worker,
            directory,
            keys,
            social,
            client,
            cache,
            clock,
            names,
            settings,
            parsed,
            digests: Digests::default(),
            comparing: Arc::new(Semaphore::new(COMPARING)),
        }
    }

    pub fn names(&self) -> &PlatformNames {
        &self.names
    }

    pub fn settings(&self) -> &FederationSettings {
        &self.settings
    }

    /// The tenant at whose host an address lies. A suspended one as well: what comes for it, also
    /// from a neighbour, is kept until it goes on.
    pub fn tenant_of(&self, address: &str) -> Option<Arc<Tenant>> {
        self.directory.at_host(&uri::host(&uri::parse(address)?)).filter(|tenant| tenant.receives())
    }

    /// Whether an address lies on this platform: at the shared domain, below it, or at a
    /// tenant's host, in whatever state the tenant is.
    pub fn is_ours(&self, address: &str) -> bool {
        let Some(host) = uri::parse(address).as_ref().and_then(Host::of_url) else { return false };
        let shared = &self.names.shared_domain;
        host == *shared
            || host.name() == shared.name()
            || host.name().ends_with(&format!(".{}", shared.name()))
            || self.directory.at_host(host.as_str()).is_some()
    }

    pub(crate) fn tenant(&self, id: TenantId) -> Result<Arc<Tenant>> {
        self.directory.by_id(id).ok_or(Error::Unusable("the tenant is not on this platform"))
    }

    /// The key of the instance actor on whose behalf a fetch is made.
    pub(crate) async fn fetch_key(&self, scope: TenantScope) -> Result<Option<Arc<SigningKey>>> {
        Ok(self.keys.instance_key(scope).await?)
    }
}

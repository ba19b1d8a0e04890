//! The tenants of this platform, in the memory of every process: each request asks it.
//!
//! Invariant: a change made by another process is seen within moments, by notification; a
//! lost notification delays it by at most the time to live.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use belfry_model::{Phase, Secret, Slug, Tenant, TenantId, TenantState};
use belfry_storage::{AppDb, Listener, REGISTRY};

use crate::{Policy, Result};

/// Between two tries to listen while the database is away.
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

/// Reads are a clone of an `Arc` and a look-up; nothing waits on the database.
#[derive(Debug)]
pub struct Directory {
    app: AppDb,
    snapshot: RwLock<Arc<Snapshot>>,
}

/// Which tenants: everything that is set must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Part of the slug, the name or the host, whatever the case.
    pub text: String,
    pub phase: Option<Phase>,
    pub state: Option<TenantState>,
}

impl Search {
    fn fits(&self, tenant: &Tenant, wanted: &str) -> bool {
        let named = |text: &str| text.to_lowercase().contains(wanted);
        self.phase.is_none_or(|phase| tenant.phase == phase)
            && self.state.is_none_or(|state| tenant.state == state)
            && (wanted.is_empty()
                || named(tenant.slug.as_str())
                || named(&tenant.name)
                || named(tenant.host.as_str()))
    }
}

/// One page of what fits.
#[derive(Debug)]
pub struct Found {
    pub page: Vec<Arc<Tenant>>,
    /// On all pages.
    pub total: usize,
}

#[derive(Debug, Default)]
struct Snapshot {
    by_host: HashMap<String, Arc<Tenant>>,
    by_id: HashMap<TenantId, Arc<Tenant>>,
    by_slug: HashMap<String, Arc<Tenant>>,
    /// By slug.
    all: Vec<Arc<Tenant>>,
    policy: Arc<Policy>,
}

impl Directory {
    /// Reads the registry once. Somebody has to run [`Self::watch`] to keep it fresh.
    pub async fn load(app: AppDb) -> Result<Arc<Self>> {
        let directory = Self { app, snapshot: RwLock::default() };
        directory.refresh().await?;
        Ok(Arc::new(directory))
    }

    /// The live tenant that is served at this host (with port where not the default): one
    /// that isn't complete or is suspended is served nothing.
    pub fn by_host(&self, host: &str) -> Option<Arc<Tenant>> {
        self.at_host(host).filter(|tenant| tenant.is_live())
    }

    /// The tenant whose host this is or was, in any state: a deleted one's is nobody else's.
    pub fn at_host(&self, host: &str) -> Option<Arc<Tenant>> {
        let snapshot = self.snapshot();
        // Host names know no case (RFC 9110 §4.2.3).
        if host.bytes().any(|b| b.is_ascii_uppercase()) {
            snapshot.by_host.get(&host.to_ascii_lowercase()).cloned()
        } else {
            snapshot.by_host.get(host).cloned()
        }
    }

    /// In any state: what a deleted tenant has still to say is sent.
    pub fn by_id(&self, id: TenantId) -> Option<Arc<Tenant>> {
        self.snapshot().by_id.get(&id).cloned()
    }

    /// In any state but deleted, as are the others below.
    pub fn by_slug(&self, slug: &Slug) -> Option<Arc<Tenant>> {
        self.snapshot().by_slug.get(slug.as_str()).cloned()
    }

    /// With whom agencies may speak.
    pub fn policy(&self) -> Arc<Policy> {
        Arc::clone(&self.snapshot().policy)
    }

    /// The lead agency, once there is one.
    pub fn lead(&self) -> Option<Arc<Tenant>> {
        self.snapshot().all.iter().find(|tenant| tenant.is_lead).cloned()
    }

    /// By slug.
    pub fn list(&self) -> Vec<Arc<Tenant>> {
        self.snapshot().all.clone()
    }

    /// Those that fit, by slug; `page` counts from 1.
    pub fn search(&self, search: &Search, page: usize, per_page: usize) -> Found {
        let snapshot = self.snapshot();
        let wanted = search.text.trim().to_lowercase();
        let fitting = snapshot.all.iter().filter(|tenant| search.fits(tenant, &wanted));
        let total = fitting.clone().count();
        let skipped = page.saturating_sub(1).saturating_mul(per_page);
        Found { page: fitting.skip(skipped).take(per_page).cloned().collect(), total }
    }

    /// Reads the registry again.
    pub async fn refresh(&self) -> Result<()> {
        let tenants = self.app.tenant_list().await?;
        // Before its rows: what changes in between is read again with the next notification.
        let version = self.app.policy_version().await?;
        let mut policy = self.policy();
        if policy.version() != version {
            policy = Arc::new(Policy::new(version, self.app.policy_load().await?));
        }
        let fresh = Arc::new(Snapshot { policy, ..Snapshot::of(tenants) });
        // A reader that panicked has changed nothing: the lock only ever holds a whole snapshot.
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Keeps the directory fresh for as long as the future is polled. `url` is the app
    /// role's: listening needs a connection of its own.
    pub async fn watch(self: Arc<Self>, url: Secret, time_to_live: Duration) {
        loop {
            match Listener::connect(&url, &[REGISTRY]).await {
                Ok(listener) => self.listen(listener, time_to_live).await,
                Err(error) => warn(&error),
            }
            tokio::time::sleep(RECONNECT_AFTER).await;
        }
    }

    /// Returns when the connection is lost for good.
    async fn listen(&self, mut listener: Listener, time_to_live: Duration) {
        loop {
            // First of all: what changed before we listened was announced to nobody.
            if let Err(error) = self.refresh().await {
                warn(&error);
            }
            match tokio::time::timeout(time_to_live, listener.wait()).await {
                Ok(Ok(_)) | Err(_) => {}
                Ok(Err(error)) => return warn(&error),
            }
        }
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn warn(error: &(dyn std::error::Error + 'static)) {
    tracing::warn!(error, "the registry of tenants can't be read; the last known state stays in use");
}

impl Snapshot {
    fn of(tenants: Vec<Tenant>) -> Self {
        let mut snapshot = Self::default();
        for tenant in tenants {
            let tenant = Arc::new(tenant);
            snapshot.by_host.insert(tenant.host.to_string(), Arc::clone(&tenant));
            snapshot.by_id.insert(tenant.id, Arc::clone(&tenant));
            if tenant.state == TenantState::Deleted {
                continue;
            }
            snapshot.by_slug.insert(tenant.slug.to_string(), Arc::clone(&tenant));
            snapshot.all.push(tenant);
        }
        snapshot
    }
}

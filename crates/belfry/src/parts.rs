//! Wiring: each part is built from its section of the settings, in one place.

mod connect;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use belfry_api_gateway::Gateway;
use belfry_delivery_worker::{Jitter, Worker};
use belfry_edge::Platform;
use belfry_edge::health::Readiness;
use belfry_federation::Federation;
use belfry_federation::client::GuardedClient;
use belfry_queue::Queue;
use belfry_settings::Settings;
use belfry_social::Social;
use belfry_storage::{AdminDb, WorkerDb};
use belfry_tenancy::Tenancy;
use belfry_tenant_admin::Governance;

use crate::error_chain;

pub use connect::{cache, media_store, pool_options, tenancy, worker_queue};

/// What the services of one process share. Handles only: cheap to clone.
#[derive(Debug, Clone)]
pub struct Parts {
    pub settings: Arc<Settings>,
    pub platform: Platform,
    social: Social,
    federation: Federation,
    queue: Queue,
    /// Where the settings have the worker's role.
    machinery: Option<WorkerDb>,
}

impl Parts {
    /// Connects to everything a service needs; the first part that is away is said by name.
    /// With the worker's role where the settings have it.
    pub async fn connect(settings: Settings) -> anyhow::Result<Self> {
        let settings = Arc::new(settings);
        let tenancy = connect::tenancy(&settings).await?;
        let social = connect::social(&settings, &tenancy)?;
        // The gateway alone does without.
        let worker = match settings.database.worker_url() {
            Ok(url) => Some(WorkerDb::connect(url, pool_options(&settings.database)).await?),
            Err(_) => None,
        };
        let queue = match worker {
            Some(_) => connect::worker_queue(&settings).await?,
            None => connect::gateway_queue(&settings).await?,
        };
        let federation = Federation::new(belfry_federation::Parts {
            app: tenancy.app.clone(),
            worker: worker.clone(),
            directory: Arc::clone(&tenancy.directory),
            keys: Arc::clone(&tenancy.keys),
            social: social.clone(),
            client: GuardedClient::new(&settings, Arc::clone(&tenancy.clock))?,
            cache: tenancy.cache.clone(),
            clock: Arc::clone(&tenancy.clock),
            names: tenancy.names.clone(),
            settings: settings.federation.clone(),
        });
        watch_registry(&settings, &tenancy)?;
        let platform = Platform { settings: Arc::clone(&settings), tenancy };
        Ok(Self { settings, platform, social, federation, queue, machinery: worker })
    }

    pub fn gateway(&self) -> Gateway {
        Gateway {
            platform: self.platform.clone(),
            social: self.social.clone(),
            federation: self.federation.clone(),
            queue: self.queue.clone(),
        }
    }

    /// What the lead agency's console and API work with: the admin's role, which reads no content.
    pub async fn governance(&self) -> anyhow::Result<Governance> {
        let database = &self.settings.database;
        let admin = AdminDb::connect(database.admin_url()?, pool_options(database)).await?;
        Ok(Governance { admin })
    }

    /// Works the lead agency's lists of agencies off for as long as the process lives. Cut off it
    /// loses nothing: whoever is there next goes on where the list stands.
    pub fn work_lists(&self, governance: &Governance) {
        let tenancy = self.platform.tenancy.clone();
        tokio::spawn(belfry_tenancy::import::work(tenancy, governance.admin.clone()));
    }

    pub fn worker(&self) -> anyhow::Result<Worker> {
        let url = self.settings.database.worker_url()?;
        let tenancy = &self.platform.tenancy;
        let machinery = self.machinery.clone().context("the worker needs `database.worker_url`")?;
        Ok(Worker::new(belfry_delivery_worker::WorkerParts {
            queue: self.queue.clone(),
            machinery,
            machinery_url: url.clone(),
            app: tenancy.app.clone(),
            cache: tenancy.cache.clone(),
            federation: self.federation.clone(),
            social: self.social.clone(),
            directory: Arc::clone(&tenancy.directory),
            keys: Arc::clone(&tenancy.keys),
            clock: Arc::clone(&tenancy.clock),
            jitter: Jitter::seeded(rand::random()),
            settings: Arc::clone(&self.settings),
        }))
    }

    /// What must answer before this process takes requests.
    pub fn readiness(&self) -> Readiness {
        let (app, queue, cache) =
            (self.platform.app().clone(), self.queue.clone(), self.platform.tenancy.cache.clone());
        Readiness::default()
            .with("database", move || {
                let app = app.clone();
                async move { app.ping().await.map_err(|error| error_chain(&error)) }
            })
            .with("queue", move || {
                let queue = queue.clone();
                async move { queue.ping().await.map_err(|error| error_chain(&error)) }
            })
            .with("cache", move || {
                let cache = cache.clone();
                async move { cache.ping().await.map_err(|error| error_chain(&error)) }
            })
    }
}

/// Keeps the table of tenants fresh for as long as the process lives.
fn watch_registry(settings: &Settings, tenancy: &Tenancy) -> anyhow::Result<()> {
    let url = settings.database.app_url()?.clone();
    let time_to_live = Duration::from_secs(settings.platform.registry_ttl_seconds);
    tokio::spawn(Arc::clone(&tenancy.directory).watch(url, time_to_live));
    Ok(())
}

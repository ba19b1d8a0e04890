//! The parts of a process, from its settings alone.

use std::sync::Arc;
use std::time::Duration;

use belfry_cache::{Cache, CacheOptions};
use belfry_delivery_worker::{Jitter, Worker, WorkerParts};
use belfry_federation::Federation;
use belfry_federation::client::GuardedClient;
use belfry_model::Clock;
use belfry_queue::{Queue, QueueOptions};
use belfry_settings::Settings;
use belfry_social::media::MediaStore;
use belfry_social::{Limits, Social};
use belfry_storage::{AppDb, PoolOptions, WorkerDb};
use belfry_tenancy::keys::PlatformKey;
use belfry_tenancy::{Directory, Keys, Tenancy};

/// The worker of a process.
pub async fn worker(settings: Settings, clock: Arc<dyn Clock>) -> Worker {
    let database = &settings.database;
    let app = AppDb::connect(database.app_url().unwrap(), PoolOptions::default()).await.unwrap();
    let machinery_url = database.worker_url().unwrap().clone();
    let machinery = WorkerDb::connect(&machinery_url, PoolOptions::default()).await.unwrap();
    let tenancy = tenancy(&settings, &app, &clock).await;
    // As in every process; it ends with the test.
    let url = database.app_url().unwrap().clone();
    tokio::spawn(tenancy.directory.clone().watch(url, Duration::from_mins(1)));
    let queue = queue(&settings).await;
    let social = social(&settings, &app, &clock);
    let federation = Federation::new(belfry_federation::Parts {
        app: app.clone(),
        worker: Some(machinery.clone()),
        directory: tenancy.directory.clone(),
        keys: tenancy.keys.clone(),
        social: social.clone(),
        client: GuardedClient::new(&settings, clock.clone()).unwrap(),
        cache: tenancy.cache.clone(),
        clock: clock.clone(),
        names: settings.names(),
        settings: settings.federation.clone(),
    });
    Worker::new(WorkerParts {
        queue,
        machinery,
        machinery_url,
        app,
        cache: tenancy.cache.clone(),
        social,
        federation,
        directory: tenancy.directory.clone(),
        keys: tenancy.keys.clone(),
        clock,
        jitter: Jitter::seeded(7),
        settings: Arc::new(settings),
    })
}

/// The queue as this stage's workers see it.
pub async fn queue(settings: &Settings) -> Queue {
    let options = QueueOptions {
        prefix: settings.queue.prefix.clone(),
        publish_timeout: Duration::from_secs(settings.queue.publish_timeout_seconds),
        lease: Duration::from_secs(settings.queue.lease_seconds),
        ..QueueOptions::default()
    };
    let database = settings.database.worker_url().unwrap();
    Queue::connect(&settings.queue.url, database, options).await.unwrap()
}

pub async fn tenancy(settings: &Settings, app: &AppDb, clock: &Arc<dyn Clock>) -> Tenancy {
    let key = PlatformKey::read(settings.keys.platform_key_file().unwrap()).unwrap();
    let cache = Cache::connect(&settings.cache.url, CacheOptions::default(), clock.clone()).await.unwrap();
    Tenancy::new(
        app.clone(),
        cache,
        clock.clone(),
        settings.names(),
        Directory::load(app.clone()).await.unwrap(),
        Arc::new(Keys::new(app.clone(), key, 100)),
        settings.sign_in.clone(),
    )
}

pub fn social(settings: &Settings, app: &AppDb, clock: &Arc<dyn Clock>) -> Social {
    Social::new(belfry_social::Parts {
        app: app.clone(),
        clock: clock.clone(),
        names: settings.names(),
        media: MediaStore::in_memory(),
        limits: Limits::default(),
    })
}

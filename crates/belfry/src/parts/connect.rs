//! One part after another, each from its section of the settings.

use std::sync::Arc;
use std::time::Duration;

use belfry_cache::{Cache, CacheOptions};
use belfry_model::{Clock, SystemClock};
use belfry_queue::{Queue, QueueOptions};
use belfry_settings::{DatabaseSettings, Settings};
use belfry_social::media::MediaStore;
use belfry_social::{Limits, Social};
use belfry_storage::{AppDb, PoolOptions};
use belfry_tenancy::keys::PlatformKey;
use belfry_tenancy::{Directory, Keys, Tenancy};

pub fn pool_options(settings: &DatabaseSettings) -> PoolOptions {
    PoolOptions {
        max_connections: settings.max_connections,
        acquire_timeout: Duration::from_secs(settings.acquire_timeout_seconds),
    }
}

pub async fn app_db(settings: &Settings) -> anyhow::Result<AppDb> {
    Ok(AppDb::connect(settings.database.app_url()?, pool_options(&settings.database)).await?)
}

pub async fn cache(settings: &Settings, clock: Arc<dyn Clock>) -> anyhow::Result<Cache> {
    let options =
        CacheOptions { prefix: settings.cache.prefix.clone(), max_entries: settings.cache.max_entries };
    Ok(Cache::connect(&settings.cache.url, options, clock).await?)
}

/// For processes that consume: the embedded queue needs the worker's role then.
pub async fn worker_queue(settings: &Settings) -> anyhow::Result<Queue> {
    queue(settings, settings.database.worker_url()?).await
}

/// For processes that only publish.
pub async fn gateway_queue(settings: &Settings) -> anyhow::Result<Queue> {
    queue(settings, settings.database.app_url()?).await
}

async fn queue(settings: &Settings, database: &belfry_model::Secret) -> anyhow::Result<Queue> {
    let queue = &settings.queue;
    let options = QueueOptions {
        prefix: queue.prefix.clone(),
        confirm_window: queue.confirm_window,
        publish_timeout: Duration::from_secs(queue.publish_timeout_seconds),
        max_redeliveries: queue.max_redeliveries,
        lease: Duration::from_secs(queue.lease_seconds),
        ..QueueOptions::default()
    };
    Ok(Queue::connect(&queue.url, database, options).await?)
}

pub fn media_store(settings: &Settings) -> anyhow::Result<MediaStore> {
    Ok(MediaStore::open(&settings.media.url)?)
}

pub async fn tenancy(settings: &Settings) -> anyhow::Result<Tenancy> {
    let clock = SystemClock::shared();
    let app = app_db(settings).await?;
    let platform_key = PlatformKey::read(settings.keys.platform_key_file()?)?;
    let directory = Directory::load(app.clone()).await?;
    let keys = Arc::new(Keys::new(app.clone(), platform_key, settings.keys.cache_entries));
    let cache = cache(settings, Arc::clone(&clock)).await?;
    Ok(Tenancy::new(app, cache, clock, settings.names(), directory, keys, settings.sign_in.clone()))
}

pub fn social(settings: &Settings, tenancy: &Tenancy) -> anyhow::Result<Social> {
    Ok(Social::new(belfry_social::Parts {
        app: tenancy.app.clone(),
        clock: Arc::clone(&tenancy.clock),
        names: tenancy.names.clone(),
        media: media_store(settings)?,
        limits: Limits {
            home_timeline_posts: settings.client_api.home_timeline_posts,
            upload_bytes: settings.media.max_bytes,
            upload_pixels: settings.media.max_pixels,
            preview_pixels: settings.media.preview_pixels,
            urgent_per_hour: settings.delivery.urgent_per_hour,
            ..Limits::default()
        },
    }))
}

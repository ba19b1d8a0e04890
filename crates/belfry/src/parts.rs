//! Wiring: each part is built from its section of the settings, in one place.

use std::sync::Arc;
use std::time::Duration;

use belfry_cache::{Cache, CacheOptions};
use belfry_model::Clock;
use belfry_queue::{Queue, QueueOptions};
use belfry_settings::{DatabaseSettings, Settings};
use belfry_social::media::MediaStore;
use belfry_storage::PoolOptions;

pub fn pool_options(settings: &DatabaseSettings) -> PoolOptions {
    PoolOptions {
        max_connections: settings.max_connections,
        acquire_timeout: Duration::from_secs(settings.acquire_timeout_seconds),
    }
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

//! Short-lived shared state over Redis or in memory: bounded, with a time to live.
//!
//! Invariant: nothing lives here alone that must not be lost. Whoever reads copes with an
//! absent entry, because any entry may be evicted, expire, or go with the server.

mod error;
mod memory;
mod redis;

use std::sync::Arc;
use std::time::Duration;

use belfry_model::{Clock, Secret};

pub use error::{Error, Result};

use crate::memory::MemoryCache;
use crate::redis::RedisCache;

/// How to reach the cache, and how much it may hold; from the `cache` settings.
#[derive(Debug, Clone)]
pub struct CacheOptions {
    /// Put before every key, so that two platforms can share a server.
    pub prefix: String,
    /// Most entries held in memory; a Redis server has its own bound.
    pub max_entries: usize,
}

impl Default for CacheOptions {
    fn default() -> Self {
        Self { prefix: "belfry".into(), max_entries: 100_000 }
    }
}

/// One contract over two servers; cheap to clone.
#[derive(Debug, Clone)]
pub struct Cache {
    backend: Backend,
    clock: Arc<dyn Clock>,
}

#[derive(Debug, Clone)]
enum Backend {
    Redis(RedisCache),
    Memory(Arc<MemoryCache>),
}

impl Cache {
    /// `url` is `redis://…`, `rediss://…` or `embedded`. Fails at once if the server is away.
    pub async fn connect(url: &Secret, options: CacheOptions, clock: Arc<dyn Clock>) -> Result<Self> {
        let backend = if url.expose() == "embedded" {
            Backend::Memory(Arc::new(MemoryCache::new(options.max_entries)))
        } else {
            Backend::Redis(RedisCache::connect(url, options.prefix).await?)
        };
        Ok(Self { backend, clock })
    }

    /// In memory, for one process.
    pub fn embedded(max_entries: usize, clock: Arc<dyn Clock>) -> Self {
        Self { backend: Backend::Memory(Arc::new(MemoryCache::new(max_entries))), clock }
    }

    pub async fn get(&self, key: &str) -> Result<Option<String>> {
        match &self.backend {
            Backend::Redis(redis) => redis.get(key).await,
            Backend::Memory(memory) => Ok(memory.get(key, self.clock.now())),
        }
    }

    /// Replaces what is there. `ttl` is at least a millisecond.
    pub async fn put(&self, key: &str, value: &str, ttl: Duration) -> Result<()> {
        match &self.backend {
            Backend::Redis(redis) => redis.put(key, value, ttl).await,
            Backend::Memory(memory) => {
                memory.put(key, value, ttl, self.clock.now());
                Ok(())
            }
        }
    }

    /// Says whether the key was absent, and hence is ours now: for "only once" and leases.
    pub async fn put_if_absent(&self, key: &str, value: &str, ttl: Duration) -> Result<bool> {
        match &self.backend {
            Backend::Redis(redis) => redis.put_if_absent(key, value, ttl).await,
            Backend::Memory(memory) => Ok(memory.put_if_absent(key, value, ttl, self.clock.now())),
        }
    }

    pub async fn remove(&self, key: &str) -> Result<()> {
        match &self.backend {
            Backend::Redis(redis) => redis.remove(key).await,
            Backend::Memory(memory) => {
                memory.remove(key);
                Ok(())
            }
        }
    }

    /// Counts one more use in the present window and answers how many there are now.
    ///
    /// Windows are fixed and begin at whole multiples of `window` since 1970, so that a caller
    /// can say when the present one ends ([`window_ends_in`]) without asking.
    pub async fn count(&self, key: &str, window: Duration) -> Result<u64> {
        let now = self.clock.now();
        let (index, _) = window_at(now.timestamp_millis(), window);
        let key = format!("{key}:{index}");
        match &self.backend {
            Backend::Redis(redis) => redis.count(&key, window).await,
            Backend::Memory(memory) => Ok(memory.count(&key, window, now)),
        }
    }

    /// Answers when the server does.
    pub async fn ping(&self) -> Result<()> {
        match &self.backend {
            Backend::Redis(redis) => redis.ping().await,
            Backend::Memory(_) => Ok(()),
        }
    }
}

/// The time left of the window that [`Cache::count`] counts in at `now_ms` (milliseconds since 1970).
pub fn window_ends_in(now_ms: i64, window: Duration) -> Duration {
    window_at(now_ms, window).1
}

fn window_at(now_ms: i64, window: Duration) -> (i64, Duration) {
    let length = i64::try_from(window.as_millis()).unwrap_or(i64::MAX).max(1);
    let left = length - now_ms.rem_euclid(length);
    (now_ms.div_euclid(length), Duration::from_millis(left.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_at_a_whole_multiple_of_its_length() {
        let window = Duration::from_mins(5);
        assert_eq!(window_ends_in(0, window), window);
        assert_eq!(window_ends_in(299_000, window), Duration::from_secs(1));
        assert_eq!(window_ends_in(300_000, window), window);
    }
}

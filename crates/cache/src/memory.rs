//! In memory, for one process: a bounded map that forgets the least recently used first.

use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;

#[derive(Debug)]
pub(crate) struct MemoryCache(Mutex<LruCache<String, Entry>>);

#[derive(Debug)]
struct Entry {
    value: Value,
    expires_at: DateTime<Utc>,
}

#[derive(Debug)]
enum Value {
    Text(String),
    Count(u64),
}

impl MemoryCache {
    pub(crate) fn new(max_entries: usize) -> Self {
        let bound = NonZeroUsize::new(max_entries).unwrap_or(NonZeroUsize::MIN);
        // Grown as needed: the bound may be far more than is ever used.
        let mut entries = LruCache::unbounded();
        entries.resize(bound);
        Self(Mutex::new(entries))
    }

    pub(crate) fn get(&self, key: &str, now: DateTime<Utc>) -> Option<String> {
        match &self.lock().get(key).filter(|entry| entry.expires_at > now)?.value {
            Value::Text(text) => Some(text.clone()),
            Value::Count(count) => Some(count.to_string()),
        }
    }

    pub(crate) fn put(&self, key: &str, value: &str, ttl: Duration, now: DateTime<Utc>) {
        self.lock().put(key.to_owned(), Entry::new(Value::Text(value.to_owned()), ttl, now));
    }

    pub(crate) fn put_if_absent(&self, key: &str, value: &str, ttl: Duration, now: DateTime<Utc>) -> bool {
        let mut entries = self.lock();
        let absent = entries.peek(key).is_none_or(|entry| entry.expires_at <= now);
        if absent {
            entries.put(key.to_owned(), Entry::new(Value::Text(value.to_owned()), ttl, now));
        }
        absent
    }

    pub(crate) fn remove(&self, key: &str) {
        self.lock().pop(key);
    }

    pub(crate) fn count(&self, key: &str, ttl: Duration, now: DateTime<Utc>) -> u64 {
        let mut entries = self.lock();
        match entries.get_mut(key) {
            Some(Entry { value: Value::Count(count), expires_at }) if *expires_at > now => {
                *count += 1;
                *count
            }
            _ => {
                entries.put(key.to_owned(), Entry::new(Value::Count(1), ttl, now));
                1
            }
        }
    }

    /// No code panics while it holds the lock, so what a poisoned one guards is whole.
    fn lock(&self) -> MutexGuard<'_, LruCache<String, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn new(value: Value, ttl: Duration, now: DateTime<Utc>) -> Self {
        let ttl = TimeDelta::from_std(ttl).unwrap_or(TimeDelta::days(365));
        Self { value, expires_at: now + ttl }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn the_least_recently_used_entry_goes_first() {
        let cache = MemoryCache::new(2);
        let now = DateTime::UNIX_EPOCH;
        cache.put("a", "1", HOUR, now);
        cache.put("b", "2", HOUR, now);
        assert_eq!(cache.get("a", now).as_deref(), Some("1"));
        cache.put("c", "3", HOUR, now);
        assert_eq!(cache.get("b", now), None);
        assert_eq!(cache.get("a", now).as_deref(), Some("1"));
    }
}

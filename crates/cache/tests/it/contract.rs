//! Every test runs over Redis and in memory: callers must not notice which it is.

use std::sync::Arc;
use std::time::Duration;

use belfry_cache::{Cache, CacheOptions};
use belfry_model::Secret;
use belfry_test_support::{MockClock, until};
use chrono::TimeDelta;

const HOUR: Duration = Duration::from_hours(1);

/// A cache of its own for each test, and the clock that it looks at.
struct Subject {
    cache: Cache,
    clock: Arc<MockClock>,
    name: &'static str,
}

impl Subject {
    async fn both() -> [Self; 2] {
        let redis = Secret::new(belfry_test_support::service("BELFRY_TEST_REDIS"));
        [Self::new("embedded", &Secret::new("embedded")).await, Self::new("redis", &redis).await]
    }

    async fn new(name: &'static str, url: &Secret) -> Self {
        let clock = Arc::new(MockClock::default());
        let prefix = format!("test-{:016x}", rand::random::<u64>());
        let options = CacheOptions { prefix, max_entries: 100 };
        let cache = Cache::connect(url, options, clock.clone()).await.expect("a cache");
        Self { cache, clock, name }
    }
}

#[tokio::test]
async fn what_was_put_is_found_until_it_is_removed() {
    for Subject { cache, name, .. } in Subject::both().await {
        assert_eq!(cache.get("key").await.unwrap(), None, "{name}");
        cache.put("key", "first", HOUR).await.unwrap();
        cache.put("key", "second", HOUR).await.unwrap();
        assert_eq!(cache.get("key").await.unwrap().as_deref(), Some("second"), "{name}");
        cache.remove("key").await.unwrap();
        assert_eq!(cache.get("key").await.unwrap(), None, "{name}");
    }
}

#[tokio::test]
async fn an_entry_is_gone_after_its_time_to_live() {
    for Subject { cache, clock, name } in Subject::both().await {
        cache.put("short", "x", Duration::from_millis(20)).await.unwrap();
        cache.put("long", "y", HOUR).await.unwrap();
        // Redis looks at its own clock, hence the wait on a condition.
        clock.advance(TimeDelta::milliseconds(21));
        until(name, async || cache.get("short").await.unwrap().is_none()).await;
        assert!(cache.get("long").await.unwrap().is_some(), "{name}");
        assert!(cache.put_if_absent("short", "z", HOUR).await.unwrap(), "{name}");
    }
}

#[tokio::test]
async fn only_the_first_puts_an_absent_key() {
    for Subject { cache, name, .. } in Subject::both().await {
        assert!(cache.put_if_absent("once", "first", HOUR).await.unwrap(), "{name}");
        assert!(!cache.put_if_absent("once", "second", HOUR).await.unwrap(), "{name}");
        assert_eq!(cache.get("once").await.unwrap().as_deref(), Some("first"), "{name}");
    }
}

#[tokio::test]
async fn a_count_starts_again_with_the_next_window() {
    for Subject { cache, clock, name } in Subject::both().await {
        let window = Duration::from_mins(1);
        assert_eq!(cache.count("posts", window).await.unwrap(), 1, "{name}");
        assert_eq!(cache.count("posts", window).await.unwrap(), 2, "{name}");
        assert_eq!(cache.count("likes", window).await.unwrap(), 1, "{name}");
        clock.advance(TimeDelta::seconds(61));
        assert_eq!(cache.count("posts", window).await.unwrap(), 1, "{name}");
    }
}

#[tokio::test]
async fn prefixes_keep_two_platforms_apart() {
    let redis = Secret::new(belfry_test_support::service("BELFRY_TEST_REDIS"));
    let one = Subject::new("one", &redis).await;
    let two = Subject::new("two", &redis).await;
    one.cache.put("key", "mine", HOUR).await.unwrap();
    assert_eq!(two.cache.get("key").await.unwrap(), None);
}

#[tokio::test]
async fn a_server_that_is_away_is_an_error_that_names_the_setting() {
    let clock = Arc::new(MockClock::default());
    let nobody = Secret::new("redis://127.0.0.1:1/");
    let error = Cache::connect(&nobody, CacheOptions::default(), clock).await.unwrap_err();
    assert!(error.to_string().contains("cache.url"), "{error}");
}

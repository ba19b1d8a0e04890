//! A clock that stands still until a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use belfry_model::Clock;
use chrono::{DateTime, TimeDelta, Utc};

/// Starts at 2026-01-31T12:00:00Z.
#[derive(Debug)]
pub struct MockClock(AtomicI64);

impl Default for MockClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_769_860_800_000))
    }
}

impl MockClock {
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for MockClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

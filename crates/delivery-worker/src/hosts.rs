//! What this process knows of other hosts: which are up, slow, down or gone.
//!
//! Invariant: it only ever saves attempts. A host that nothing is known of is up. What every
//! process must know, that a host is down or gone, is a row in Postgres; the memory here is a
//! bounded view of it, read again when it is old or was announced to have changed.

mod entry;

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use belfry_model::Clock;
use belfry_settings::DeliverySettings;
use belfry_storage::WorkerDb;
use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;

use crate::Result;
use entry::Entry;

/// The first probe of a host that is down; the pause doubles with each that fails.
pub(crate) const FIRST_PROBE: TimeDelta = TimeDelta::minutes(1);
pub(crate) const LONGEST_PROBE: TimeDelta = TimeDelta::hours(6);
/// Why something is parked for a host whose requests hang.
pub(crate) const SLOW: &str = "its host is slow to answer";
/// A missed announcement delays by no more than this.
const FRESH: TimeDelta = TimeDelta::seconds(30);

/// Whether a host may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Advice {
    Try,
    /// Requests to it hang: a little later.
    Slow,
    /// Wait for it to come back.
    Down,
    /// Nothing is kept for it.
    Gone,
}

/// Shared by the duties of a process.
pub(crate) struct Hosts {
    machinery: WorkerDb,
    clock: Arc<dyn Clock>,
    failures: u32,
    per_host: u32,
    release_per_second: u32,
    book: Mutex<LruCache<Arc<str>, Entry>>,
}

impl Hosts {
    pub(crate) fn new(machinery: WorkerDb, clock: Arc<dyn Clock>, settings: &DeliverySettings) -> Self {
        // Grown as needed: the bound may be far more than is ever used.
        let mut book = LruCache::unbounded();
        book.resize(NonZeroUsize::new(settings.known_hosts).unwrap_or(NonZeroUsize::MIN));
        Self {
            machinery,
            clock,
            failures: settings.host_down_failures.max(1),
            per_host: u32::try_from(settings.per_host_concurrency).unwrap_or(u32::MAX).max(1),
            release_per_second: settings.host_release_per_second,
            book: Mutex::new(book),
        }
    }

    /// Looks up, in one query, those of which too little is known.
    pub(crate) async fn look_up<'a>(&self, hosts: impl IntoIterator<Item = &'a str>) -> Result<()> {
        let now = self.clock.now();
        let mut unknown: Vec<String> = {
            let book = self.book();
            let stale = |host: &&str| book.peek(*host).is_none_or(|entry| entry.is_older(now, FRESH));
            hosts.into_iter().filter(stale).map(str::to_owned).collect()
        };
        unknown.sort_unstable();
        unknown.dedup();
        if unknown.is_empty() {
            return Ok(());
        }
        let states = self.machinery.host_state_list(&unknown).await?;
        let mut book = self.book();
        for host in unknown {
            let state = states.iter().find(|state| state.host == host).map(|state| state.state.as_str());
            let standing = match state {
                None => Advice::Try,
                Some("gone") => Advice::Gone,
                Some(_) => Advice::Down,
            };
            book.get_or_insert_mut(host.into(), Entry::default).looked_up(standing, now);
        }
        Ok(())
    }

    pub(crate) fn advice(&self, host: &str) -> Advice {
        self.book().get(host).map_or(Advice::Try, |entry| entry.advice(self.per_host))
    }

    /// It answered, whatever it answered. A host that was down is back, and what waits for it
    /// is released at a pace.
    pub(crate) async fn answered(&self, host: &str) -> Result<()> {
        let was_away = self.change(host, Entry::answered);
        if was_away { self.revive(host).await } else { Ok(()) }
    }

    /// A request failed in a way that speaks against the host.
    pub(crate) async fn failed(&self, host: &str, reason: &str) -> Result<()> {
        let now = self.clock.now();
        let falls = self.change(host, |entry| entry.failed(now, self.failures));
        if falls {
            tracing::info!(host, reason, "a host counts as down");
            metrics::counter!("belfry_hosts_down_total").increment(1);
            self.machinery.host_state_down(host, reason, now, FIRST_PROBE).await?;
        }
        Ok(())
    }

    /// A request to it isn't answered yet. Answers whether the host counts as slow by now.
    pub(crate) fn overdue(&self, host: &str) -> bool {
        self.change(host, |entry| entry.overdue(self.per_host)) == Advice::Slow
    }

    /// That request has ended. With an answer, what was parked because the host was slow goes on.
    pub(crate) async fn overdue_ended(&self, host: &str, answered: bool) -> Result<()> {
        if self.change(host, |entry| entry.overdue_ended(answered)) {
            let now = self.clock.now();
            self.machinery.parked_hasten(host, SLOW, now, self.release_per_second).await?;
        }
        Ok(())
    }

    /// A verified request came from it: one that was away is back.
    pub(crate) async fn spoke(&self, host: &str) -> Result<()> {
        self.look_up([host]).await?;
        if matches!(self.advice(host), Advice::Down | Advice::Gone) {
            self.revive(host).await
        } else {
            Ok(())
        }
    }

    /// Another process has changed what is known of it.
    pub(crate) fn forget(&self, host: &str) {
        if let Some(entry) = self.book().get_mut(host) {
            entry.known_at = None;
        }
    }

    /// Announcements may have been missed.
    pub(crate) fn forget_all(&self) {
        for (_, entry) in self.book().iter_mut() {
            entry.known_at = None;
        }
    }

    async fn revive(&self, host: &str) -> Result<()> {
        let now = self.clock.now();
        let released = self.machinery.host_state_up(host, now, self.release_per_second).await?;
        self.change(host, |entry| entry.looked_up(Advice::Try, now));
        if let Some(released) = released {
            tracing::info!(host, released, "a host is back");
            metrics::counter!("belfry_hosts_back_total").increment(1);
        }
        Ok(())
    }

    fn change<T>(&self, host: &str, change: impl FnOnce(&mut Entry) -> T) -> T {
        let mut book = self.book();
        if let Some(entry) = book.get_mut(host) {
            return change(entry);
        }
        change(book.get_or_insert_mut(host.into(), Entry::default))
    }

    /// No code panics while it holds the lock, so what a poisoned one guards is whole.
    fn book(&self) -> MutexGuard<'_, LruCache<Arc<str>, Entry>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Hosts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hosts").field("known", &self.book().len()).finish_non_exhaustive()
    }
}

/// When a delivery is given up that waits for its host from now on.
pub(crate) fn give_up_at(since: DateTime<Utc>, settings: &DeliverySettings) -> DateTime<Utc> {
    since + TimeDelta::days(i64::from(settings.give_up_days))
}

#[cfg(test)]
mod tests {
    use belfry_storage::PoolOptions;
    use belfry_test_support::{MockClock, TestDatabase};

    use super::*;

    const KNOWN: usize = 50;

    #[tokio::test]
    async fn hosts_that_are_minted_by_the_hundred_push_each_other_out_and_are_looked_up_again() {
        let database = TestDatabase::new().await;
        let machinery = WorkerDb::connect(&database.worker_url(), PoolOptions::default()).await.unwrap();
        let settings = DeliverySettings { known_hosts: KNOWN, ..DeliverySettings::default() };
        let hosts = Hosts::new(machinery, Arc::new(MockClock::default()), &settings);
        for _ in 0..settings.host_down_failures {
            hosts.failed("down.example", "took too long").await.unwrap();
        }
        assert_eq!(hosts.advice("down.example"), Advice::Down);
        for hundred in 0..5 {
            let minted: Vec<String> =
                (0..100).map(|number| format!("{hundred}-{number}.minted.example")).collect();
            hosts.look_up(minted.iter().map(String::as_str)).await.unwrap();
            for host in &minted {
                hosts.failed(host, "took too long").await.unwrap();
                hosts.overdue(host);
            }
            assert_eq!(hosts.book().len(), KNOWN);
        }
        // Forgotten, it would be tried; nothing is forgotten that matters.
        assert_eq!(hosts.advice("down.example"), Advice::Try);
        hosts.look_up(["down.example"]).await.unwrap();
        assert_eq!(hosts.advice("down.example"), Advice::Down);
        assert_eq!(hosts.book().len(), KNOWN);
    }
}

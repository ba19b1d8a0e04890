//! Host state: several failures in a row mean that a host is down. Then its deliveries park
//! without an attempt, but for one probe at growing intervals.
//!
//! Invariant: it only ever saves attempts. Without the cache every host counts as up.

use std::time::Duration;

use belfry_cache::Cache;
use belfry_settings::DeliverySettings;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Failures further apart than this are not in a row.
const IN_A_ROW: Duration = Duration::from_mins(10);
/// A state that nobody has asked for in this long is forgotten.
const REMEMBERED: Duration = Duration::from_hours(192);
const FIRST_PROBE: TimeDelta = TimeDelta::minutes(1);
const LONGEST_PROBE: TimeDelta = TimeDelta::hours(6);
/// A prober that dies leaves the next one waiting for no longer than this.
const PROBE_LEASE: Duration = Duration::from_mins(1);
const PROBED: TimeDelta = TimeDelta::seconds(60);

#[derive(Debug, Serialize, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum State {
    Failing { times: u32 },
    Down { probe_at_ms: i64, pause_ms: i64 },
}

/// Whether a host may be tried now.
#[derive(Debug, PartialEq)]
pub(super) enum Advice {
    Try,
    Wait { until: DateTime<Utc> },
}

pub(super) struct Hosts<'a> {
    cache: &'a Cache,
    failures: u32,
}

impl<'a> Hosts<'a> {
    pub(super) fn new(cache: &'a Cache, settings: &DeliverySettings) -> Self {
        Self { cache, failures: settings.host_down_failures.max(1) }
    }

    pub(super) async fn advice(&self, host: &str, now: DateTime<Utc>) -> Advice {
        let Some(State::Down { probe_at_ms, .. }) = self.state(host).await else { return Advice::Try };
        let probe_at = DateTime::from_timestamp_millis(probe_at_ms).unwrap_or(now);
        if now < probe_at {
            return Advice::Wait { until: probe_at };
        }
        // One of all workers probes; by the end of its lease the others know what came of it.
        match self.cache.put_if_absent(&probe_key(host), "", PROBE_LEASE).await {
            Ok(false) => Advice::Wait { until: now + PROBED },
            Ok(true) => Advice::Try,
            Err(error) => {
                debug(&error);
                Advice::Try
            }
        }
    }

    pub(super) async fn failed(&self, host: &str, now: DateTime<Utc>) {
        let down = |pause: TimeDelta| State::Down {
            probe_at_ms: (now + pause).timestamp_millis(),
            pause_ms: pause.num_milliseconds(),
        };
        let state = match self.state(host).await {
            Some(State::Down { pause_ms, .. }) => {
                down((TimeDelta::milliseconds(pause_ms) * 2).min(LONGEST_PROBE))
            }
            Some(State::Failing { times }) if times + 1 >= self.failures => {
                tracing::info!(host, "a host counts as down");
                metrics::counter!("belfry_hosts_down_total").increment(1);
                down(FIRST_PROBE)
            }
            Some(State::Failing { times }) => State::Failing { times: times + 1 },
            None if self.failures == 1 => down(FIRST_PROBE),
            None => State::Failing { times: 1 },
        };
        self.remember(host, &state).await;
    }

    /// Any answer but a failure brings a host back.
    pub(super) async fn answered(&self, host: &str) {
        if self.state(host).await.is_some() {
            for key in [state_key(host), probe_key(host)] {
                if let Err(error) = self.cache.remove(&key).await {
                    debug(&error);
                }
            }
        }
    }

    async fn state(&self, host: &str) -> Option<State> {
        let text = self.cache.get(&state_key(host)).await.inspect_err(debug).ok()??;
        serde_json::from_str(&text).ok()
    }

    async fn remember(&self, host: &str, state: &State) {
        let ttl = match state {
            State::Failing { .. } => IN_A_ROW,
            State::Down { .. } => REMEMBERED,
        };
        let Ok(text) = serde_json::to_string(state) else { return };
        if let Err(error) = self.cache.put(&state_key(host), &text, ttl).await {
            debug(&error);
        }
        if matches!(state, State::Down { .. })
            && let Err(error) = self.cache.remove(&probe_key(host)).await
        {
            debug(&error);
        }
    }
}

fn state_key(host: &str) -> String {
    format!("host:{host}")
}

fn probe_key(host: &str) -> String {
    format!("probe:{host}")
}

fn debug(error: &belfry_cache::Error) {
    tracing::debug!(%error, "the state of a host is not known: it counts as up");
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use belfry_model::Clock;
    use belfry_test_support::MockClock;

    use super::*;

    #[tokio::test]
    async fn a_host_is_down_after_five_failures_and_back_after_one_answer() {
        let clock = Arc::new(MockClock::default());
        let cache = Cache::embedded(100, clock.clone());
        let hosts = Hosts::new(&cache, &DeliverySettings::default());
        for _ in 0..5 {
            assert_eq!(hosts.advice("a", clock.now()).await, Advice::Try);
            hosts.failed("a", clock.now()).await;
        }
        let until = clock.now() + FIRST_PROBE;
        assert_eq!(hosts.advice("a", clock.now()).await, Advice::Wait { until });
        assert_eq!(hosts.advice("b", clock.now()).await, Advice::Try);
        hosts.answered("a").await;
        assert_eq!(hosts.advice("a", clock.now()).await, Advice::Try);
    }

    #[tokio::test]
    async fn failures_that_are_far_apart_are_not_in_a_row() {
        let clock = Arc::new(MockClock::default());
        let cache = Cache::embedded(100, clock.clone());
        let hosts = Hosts::new(&cache, &DeliverySettings::default());
        for _ in 0..10 {
            hosts.failed("a", clock.now()).await;
            clock.advance(TimeDelta::minutes(11));
        }
        assert_eq!(hosts.advice("a", clock.now()).await, Advice::Try);
    }

    #[tokio::test]
    async fn one_probe_at_growing_intervals_looks_whether_a_host_is_back() {
        let clock = Arc::new(MockClock::default());
        let cache = Cache::embedded(100, clock.clone());
        let hosts = Hosts::new(&cache, &DeliverySettings::default());
        for _ in 0..5 {
            hosts.failed("a", clock.now()).await;
        }
        clock.advance(FIRST_PROBE);
        assert_eq!(hosts.advice("a", clock.now()).await, Advice::Try);
        let until = clock.now() + PROBED;
        assert_eq!(hosts.advice("a", clock.now()).await, Advice::Wait { until }, "one probe is enough");
        hosts.failed("a", clock.now()).await;
        let until = clock.now() + FIRST_PROBE * 2;
        assert_eq!(hosts.advice("a", clock.now()).await, Advice::Wait { until });
    }
}

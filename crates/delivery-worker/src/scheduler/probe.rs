//! Hosts that are down: one delivery to each, at growing intervals, to see whether it is back.
//! After some days of silence a host is gone, and nothing is kept for it.

use chrono::TimeDelta;

use super::release::{LEASE, publish};
use crate::hosts::LONGEST_PROBE;
use crate::{Parts, Result};

/// Hosts that are probed in one go.
const PACE: u32 = 200;

pub(super) async fn run(parts: &Parts) -> Result<()> {
    let now = parts.clock.now();
    let days = |days: u32| now - TimeDelta::days(i64::from(days));
    let settings = &parts.settings.delivery;
    let gone = parts.machinery.host_state_gone(days(settings.give_up_days), now).await?;
    if gone > 0 {
        tracing::info!(hosts = gone, "silent for too long: nothing is kept for them any more");
    }
    let stray = parts.machinery.host_state_stray(now, settings.host_release_per_second).await?;
    if stray > 0 {
        tracing::debug!(stray, "released what waited for hosts that are up");
    }
    let hosts = parts.machinery.host_state_probes(now, PACE, LONGEST_PROBE).await?;
    let probes = parts.machinery.parked_take_probes(&hosts, now + LEASE).await?;
    if !probes.is_empty() {
        publish(parts, &probes, true).await?;
    }
    Ok(())
}

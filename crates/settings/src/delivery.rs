//! `[delivery]`: how posts leave.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DeliverySettings {
    /// Inboxes that one turn of a tenant publishes before the next tenant's turn.
    pub slice: u32,
    /// Inboxes in one message.
    pub batch: usize,
    /// Messages in a lane's queue above which the fan-out waits, so that a newcomer waits behind little.
    pub lane_mark: u64,
    /// Requests of one process under way at once.
    pub concurrency: usize,
    /// Requests of one process to one host at once.
    pub per_host_concurrency: usize,
    /// Received activities of one process that are applied at once.
    pub inbound_concurrency: u16,
    /// Failures in a row, within ten minutes, after which a host counts as down.
    pub host_down_failures: u32,
    /// Days after which a parked delivery is given up.
    pub give_up_days: u32,
    /// Days for which what was given up stays visible.
    pub dead_letter_days: u32,
    /// Urgent activities of one tenant an hour: its urgent posts, and the edits and deletes of them.
    pub urgent_per_hour: u32,
    /// Seconds between two looks for work that no notification announced.
    pub look_seconds: u64,
    /// Seconds that a fan-out worker's claim on an activity lasts.
    pub claim_seconds: u64,
    /// Seconds that work under way gets to finish at shutdown.
    pub shutdown_grace_seconds: u64,
}

impl Default for DeliverySettings {
    fn default() -> Self {
        Self {
            slice: 500,
            batch: 20,
            lane_mark: 500,
            concurrency: 128,
            per_host_concurrency: 8,
            inbound_concurrency: 16,
            host_down_failures: 5,
            give_up_days: 7,
            dead_letter_days: 30,
            urgent_per_hour: 10,
            look_seconds: 5,
            claim_seconds: 60,
            shutdown_grace_seconds: 20,
        }
    }
}

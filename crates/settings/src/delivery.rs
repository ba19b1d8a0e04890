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
    /// Messages in a lane's queue above which the fan-out waits.
    pub lane_mark: u64,
    /// Deliveries a second up to which a tenant counts as a newcomer: what it sends waits behind
    /// nobody's backlog.
    pub newcomer_per_second: u32,
    /// Deliveries of one tenant and lane in a minute; 0 sets no limit. What is over it waits.
    pub tenant_per_minute: u32,
    /// Requests of one process under way at once; a quarter is kept for the urgent lane.
    pub concurrency: usize,
    /// Requests of one process to one host at once.
    pub per_host_concurrency: usize,
    /// Milliseconds after which a request that is not answered yet holds up its message no
    /// longer. It goes on, and what becomes of it is recorded then.
    pub patience_milliseconds: u64,
    /// Requests of one process that may go on so at once.
    pub overdue: usize,
    /// Received activities of one process that are applied at once.
    pub inbound_concurrency: u16,
    /// Failures in a row, within ten minutes, after which a host counts as down.
    pub host_down_failures: u32,
    /// Hosts whose state one process keeps in memory; the rest is looked up.
    pub known_hosts: usize,
    /// Deliveries a second at which what was parked for a host is released when it is back.
    pub host_release_per_second: u32,
    /// Days after which a parked delivery is given up, and a host that is down is gone.
    pub give_up_days: u32,
    /// Days after which a host that is gone is tried anew, unless it speaks to us before.
    pub gone_days: u32,
    /// Days for which what was given up stays visible.
    pub dead_letter_days: u32,
    /// Days for which it is kept how many servers took a post.
    pub ledger_days: u32,
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
            slice: 200,
            batch: 20,
            lane_mark: 50,
            newcomer_per_second: 200,
            tenant_per_minute: 0,
            concurrency: 512,
            per_host_concurrency: 8,
            patience_milliseconds: 500,
            overdue: 512,
            inbound_concurrency: 16,
            host_down_failures: 5,
            known_hosts: 10_000,
            host_release_per_second: 50,
            give_up_days: 7,
            gone_days: 90,
            dead_letter_days: 30,
            ledger_days: 90,
            urgent_per_hour: 10,
            look_seconds: 5,
            claim_seconds: 60,
            shutdown_grace_seconds: 20,
        }
    }
}

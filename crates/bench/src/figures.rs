//! What came of a run: the figures that targets are set for, and the raw ones they come from.
//!
//! Invariant: what was not measured is `null`, never made up.

use serde::Serialize;

use crate::floor::Floor;
use crate::sink::protocol::Totals;

/// The figures of the targets; docs/benchmarks/delivery.md defines each.
#[derive(Debug, Default, Serialize)]
pub struct Figures {
    pub r_floor: Option<f64>,
    pub r_worker: Option<f64>,
    pub r_all: Option<f64>,
    pub r_cold: Option<f64>,
    pub per_second_100ms: Option<f64>,
    pub healthy_latency_ratio_5: Option<f64>,
    pub healthy_latency_ratio_10: Option<f64>,
    /// The worse of the two that follow.
    pub fairness_ratio: Option<f64>,
    pub fairness_ratio_1_worker: Option<f64>,
    pub fairness_ratio_3_workers: Option<f64>,
    pub cpu_growth_100k: Option<f64>,
    pub worker_rss_mb: Option<f64>,
    pub lost: Option<u32>,
    pub duplicates: Option<u64>,
}

/// One JSON object: the figures at its top, then what they come from.
#[derive(Debug, Serialize)]
pub struct Report {
    #[serde(flatten)]
    pub figures: Figures,
    pub raw: Raw,
}

#[derive(Debug, Default, Serialize)]
pub struct Raw {
    pub cores: usize,
    /// Smaller counts, to try the benchmark itself: such figures mean nothing.
    pub trial: bool,
    pub hosts: u32,
    /// What deviates from the platform's default settings, addresses apart.
    pub settings: Vec<String>,
    pub seconds: f64,
    /// CPU of one RSA-2048 signature: least and greatest of all samples of the run.
    pub signature_ms_least: Option<f64>,
    pub signature_ms_greatest: Option<f64>,
    /// Right before and right after the 20,000 deliveries that `r_worker` comes from.
    pub floor: Vec<FloorRun>,
    pub cost: Vec<Cost>,
    pub cold: Option<Cold>,
    /// Every sink answers after 100 ms.
    pub rate: Option<Cost>,
    pub hanging: Vec<HangingRun>,
    pub fairness: Vec<Fairness>,
    /// Of all parts that came to their end.
    pub deliveries_expected: u64,
    pub sink: Option<Totals>,
    pub sink_cpu_seconds: Option<f64>,
    /// Parts that failed, each with the reason; their figures are null.
    pub failed: Vec<Failed>,
}

#[derive(Debug, Serialize)]
pub struct FloorRun {
    #[serde(flatten)]
    pub floor: Floor,
    pub signature_ms_before: f64,
    pub signature_ms_after: f64,
    pub r_floor: f64,
}

/// CPU seconds by who used them.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Cpu {
    pub worker: f64,
    pub gateway: f64,
    pub postgres: f64,
    pub rabbitmq: f64,
    pub redis: f64,
    pub sink: f64,
}

/// Posts to one audience, one after the other.
#[derive(Debug, Clone, Serialize)]
pub struct Cost {
    pub inboxes: u32,
    pub posts: u32,
    pub deliveries: u32,
    pub body_bytes: u64,
    /// From each post's commit to its last answer, added up.
    pub seconds: f64,
    /// From the first arrival to the last answer.
    pub per_second: f64,
    pub cpu_seconds: Cpu,
    pub worker_cpu_ms_per_delivery: f64,
    pub signature_ms_before: f64,
    pub signature_ms_after: f64,
    pub r_worker: f64,
    pub r_all: f64,
    /// From commit to arrival at the sink.
    pub latency_median_seconds: Option<f64>,
    pub latency_p95_seconds: Option<f64>,
}

#[derive(Debug, Serialize)]
pub struct Cold {
    pub keys: u32,
    /// Each with a worker that was started for it.
    pub rounds: u32,
    pub cpu_seconds_cold: f64,
    pub cpu_seconds_warm: f64,
    pub signature_ms: f64,
    /// What a first delivery costs above a later one, in signatures.
    pub extra: f64,
}

#[derive(Debug, Serialize)]
pub struct HangingRun {
    pub percent_hanging: u32,
    pub healthy_inboxes: u32,
    pub median_seconds: f64,
    pub p95_seconds: f64,
}

#[derive(Debug, Serialize)]
pub struct Fairness {
    pub workers: usize,
    pub idle_seconds: Vec<f64>,
    pub burst_seconds: Vec<f64>,
    /// What the neighbour's burst was, and how much of it was done when the last post had arrived.
    pub burst_deliveries: u64,
    pub burst_taken: u64,
}

#[derive(Debug, Serialize)]
pub struct Failed {
    pub part: String,
    pub reason: String,
}

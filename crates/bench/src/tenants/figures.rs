//! What came of a run: the figures that targets are set for, and the raw ones they come from.
//!
//! Invariant: what was not measured is `null`, never made up.

use serde::Serialize;

use crate::targets::{Bound, Row};

/// docs/benchmarks/tenants.md defines each.
#[derive(Debug, Default, Serialize)]
pub struct Figures {
    pub tenants: Option<usize>,
    pub provision_ms_median: Option<f64>,
    pub provision_ms_p99: Option<f64>,
    pub idle_tenant_kib: Option<f64>,
    pub list_page_ratio: Option<f64>,
    pub rss_mb: Option<f64>,
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
    pub trial: bool,
    /// What deviates from the platform's default settings, addresses apart.
    pub settings: Vec<String>,
    pub seconds: f64,
    /// One row inserted and committed, by the same server.
    pub transaction_ms_median: Option<f64>,
    pub transaction_ms_p99: Option<f64>,
    /// `provision_ms_median` over `transaction_ms_median`.
    pub provision_in_transactions: Option<f64>,
    /// In the order in which they were made.
    pub provision_ms: Vec<f64>,
    pub steps: Vec<Step>,
}

/// A process that was started with so many agencies.
#[derive(Debug, Serialize)]
pub struct Step {
    pub tenants: usize,
    /// After the pages were asked for; the least of all starts.
    pub resident_kib: f64,
    pub pages: Vec<PageTime>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PageTime {
    pub path: &'static str,
    pub median_ms: f64,
}

impl Report {
    /// The lines of the table of results.
    pub fn rows(&self) -> Vec<Row> {
        let Figures {
            provision_ms_median, provision_ms_p99, idle_tenant_kib, list_page_ratio, rss_mb, ..
        } = self.figures;
        let row = |key, title, value, target| Row { key, title, value, target };
        vec![
            row("provision_ms_median", "an agency made and served, in ms", provision_ms_median, None),
            row("provision_ms_p99", "of a hundred the slowest", provision_ms_p99, Some(Bound::Below(2000.0))),
            row("transaction_ms_median", "a bare transaction, in ms", self.raw.transaction_ms_median, None),
            row("transaction_ms_p99", "of a hundred the slowest", self.raw.transaction_ms_p99, None),
            row(
                "provision_in_transactions",
                "an agency made, in bare transactions",
                self.raw.provision_in_transactions,
                None,
            ),
            row(
                "idle_tenant_kib",
                "memory of an idle agency, in KiB",
                idle_tenant_kib,
                Some(Bound::Below(64.0)),
            ),
            row(
                "list_page_ratio",
                "the list that grows most, with all over with ten",
                list_page_ratio,
                Some(Bound::Below(1.5)),
            ),
            row("rss_mb", "memory of the process that has made them, in MiB", rss_mb, None),
        ]
    }
}

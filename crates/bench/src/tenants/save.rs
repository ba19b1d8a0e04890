//! `--save`: the results into `docs/benchmarks`, where they are committed.

use std::path::Path;

use anyhow::Result;

use super::figures::Report;
use crate::save;
use crate::targets::plain;

pub fn write(docs: &Path, report: &Report) -> Result<()> {
    save::json(docs, "tenants", report)?;
    save::table(docs, "tenants", &table(report))
}

fn table(report: &Report) -> String {
    let tenants = report.figures.tenants.unwrap_or_default();
    let rows = save::rows(&report.rows());
    let pages = report.raw.steps.first().map(|step| step.pages.as_slice()).unwrap_or_default();
    let head: Vec<_> = pages.iter().map(|page| format!("`{}`, ms", page.path)).collect();
    let steps = report.raw.steps.iter().map(|step| {
        let times: Vec<_> = step.pages.iter().map(|page| plain(page.median_ms)).collect();
        format!("| {} | {} | {} |", step.tenants, plain(step.resident_kib), times.join(" | "))
    });
    let lines = [
        format!("{tenants} agencies on {} cores.\n\n{rows}", report.raw.cores),
        format!("| agencies | memory, KiB | {} |", head.join(" | ")),
        format!("|--:|--:|{}", "--:|".repeat(head.len())),
    ];
    lines.into_iter().chain(steps).collect::<Vec<_>>().join("\n") + "\n"
}

//! The results for a person to read.

use std::fmt::Write as _;

use crate::figures::{Cost, Report};
use crate::targets;

pub fn of(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string can't fail.
    let _ = write(&mut text, report);
    text
}

fn write(text: &mut String, report: &Report) -> std::fmt::Result {
    let raw = &report.raw;
    writeln!(text, "Delivery, {} cores, {} sink hosts, {:.0} s", raw.cores, raw.hosts, raw.seconds)?;
    if raw.trial {
        writeln!(text, "A trial with small counts: these figures mean nothing.")?;
    }
    writeln!(text, "Settings beside the defaults: {}\n", raw.settings.join(", "))?;
    for row in targets::rows(&report.figures) {
        let mark = match row.met() {
            Some(true) => "✓",
            Some(false) => "✗",
            None => " ",
        };
        writeln!(text, "{mark} {:<26} {:>13}  {:<10} {}", row.key, row.value(), row.target(), row.title)?;
    }
    writeln!(
        text,
        "\nOne RSA-2048 signature: {} to {} ms of CPU in this run.",
        or_dash(raw.signature_ms_least),
        or_dash(raw.signature_ms_greatest)
    )?;
    costs(text, &raw.cost, raw.rate.as_ref())?;
    for run in &raw.floor {
        writeln!(
            text,
            "floor: {} deliveries, {} bytes, {} at once, {:.2} s of CPU, R {:.3}",
            run.floor.deliveries,
            run.floor.body_bytes,
            run.floor.concurrency,
            run.floor.cpu_seconds,
            run.r_floor
        )?;
    }
    if let Some(cold) = &raw.cold {
        writeln!(
            text,
            "cold keys: {} × {}, {:.2} s of CPU, then warm {:.2} s: {:.2} signatures more",
            cold.rounds, cold.keys, cold.cpu_seconds_cold, cold.cpu_seconds_warm, cold.extra
        )?;
    }
    for run in &raw.hanging {
        writeln!(
            text,
            "{:>2} % hanging: {} healthy inboxes, median {:.3} s, 95 % {:.3} s",
            run.percent_hanging, run.healthy_inboxes, run.median_seconds, run.p95_seconds
        )?;
    }
    for run in &raw.fairness {
        writeln!(
            text,
            "{} worker(s): idle {:?} s, during a burst {:?} s ({} of {} done)",
            run.workers, run.idle_seconds, run.burst_seconds, run.burst_taken, run.burst_deliveries
        )?;
    }
    for failed in &raw.failed {
        writeln!(text, "\nfailed: {}: {}", failed.part, failed.reason)?;
    }
    Ok(())
}

fn costs(text: &mut String, costs: &[Cost], rate: Option<&Cost>) -> std::fmt::Result {
    writeln!(
        text,
        "\n{:>9} {:>5} {:>6} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9} {:>7} {:>7} {:>9} {:>9}",
        "inboxes",
        "posts",
        "bytes",
        "per s",
        "CPU work.",
        "gateway",
        "postgres",
        "rabbitmq",
        "sinks",
        "R work.",
        "R all",
        "median s",
        "95 % s"
    )?;
    for cost in costs.iter().chain(rate) {
        writeln!(
            text,
            "{:>9} {:>5} {:>6} {:>8.0} {:>9.2} {:>9.2} {:>9.2} {:>9.2} {:>9.2} {:>7.3} {:>7.3} {:>9} {:>9}",
            cost.inboxes,
            cost.posts,
            cost.body_bytes,
            cost.per_second,
            cost.cpu_seconds.worker,
            cost.cpu_seconds.gateway,
            cost.cpu_seconds.postgres,
            cost.cpu_seconds.rabbitmq,
            cost.cpu_seconds.sink,
            cost.r_worker,
            cost.r_all,
            or_dash(cost.latency_median_seconds),
            or_dash(cost.latency_p95_seconds)
        )?;
    }
    if rate.is_some() {
        writeln!(
            text,
            "The last of these to sinks that take 100 ms to answer, the others to sinks that answer at once."
        )?;
    }
    Ok(())
}

fn or_dash(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), targets::plain)
}

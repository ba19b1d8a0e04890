//! The results for a person to read.

use std::fmt::Write as _;

use super::figures::Report;
use crate::targets;

pub fn of(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string can't fail.
    let _ = write(&mut text, report);
    text
}

fn write(text: &mut String, report: &Report) -> std::fmt::Result {
    let raw = &report.raw;
    let tenants = report.figures.tenants.unwrap_or_default();
    writeln!(text, "{tenants} agencies on one process, {} cores, {:.0} s", raw.cores, raw.seconds)?;
    if raw.trial {
        writeln!(text, "A trial with small counts: these figures mean nothing.")?;
    }
    writeln!(text, "Settings beside the defaults: {}\n", raw.settings.join(", "))?;
    for row in report.rows() {
        let mark = match row.met() {
            Some(true) => "✓",
            Some(false) => "✗",
            None => " ",
        };
        writeln!(text, "{mark} {:<26} {:>13}  {:<10} {}", row.key, row.value(), row.target(), row.title)?;
    }
    writeln!(text)?;
    for step in &raw.steps {
        write!(text, "{:>5} agencies, {:>7.0} KiB:", step.tenants, step.resident_kib)?;
        for page in &step.pages {
            write!(text, "  {} {} ms", page.path, targets::plain(page.median_ms))?;
        }
        writeln!(text)?;
    }
    Ok(())
}

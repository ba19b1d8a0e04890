//! `--save`: the results into `docs/`, where they are committed. Nothing of the machine's own
//! names or paths is in them.

use std::path::Path;

use anyhow::{Context, Result};

use crate::figures::Report;
use crate::{picture, targets};

const PICTURE: &str = "images/bench-delivery.svg";
const RESULTS: &str = "benchmarks/delivery.json";
const PAGE: &str = "benchmarks/delivery.md";
/// The table of results stands between these in the page.
const BEGIN: &str = "<!-- results: written by `cargo xtask bench delivery --save` -->";
const END: &str = "<!-- end of results -->";

pub fn write(docs: &Path, report: &Report) -> Result<()> {
    if let Some(svg) = picture::of(report) {
        put(&docs.join(PICTURE), &svg)?;
    }
    put(&docs.join(RESULTS), &(serde_json::to_string_pretty(report)? + "\n"))?;
    let page = docs.join(PAGE);
    let text = std::fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
    let text = with_table(&text, &table(report)).with_context(|| {
        format!("{} has no place for the results: the lines `{BEGIN}` and `{END}`", page.display())
    })?;
    put(&page, &text)
}

fn put(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

fn with_table(page: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}

fn table(report: &Report) -> String {
    let raw = &report.raw;
    let rows = targets::rows(&report.figures).into_iter().map(|row| {
        let met = match row.met() {
            Some(true) => "met",
            Some(false) => "missed",
            None => "",
        };
        format!("| `{}` | {} | {} | {} | {met} |\n", row.key, row.title, row.value(), row.target())
    });
    let head = "| key | figure | value | target | |\n|---|---|--:|--:|---|\n".to_owned();
    let table: String = std::iter::once(head).chain(rows).collect();
    format!(
        "On {} cores, {} sink hosts, bodies of {} bytes.\n\n{table}",
        raw.cores,
        raw.hosts,
        raw.cost.first().map_or(0, |cost| cost.body_bytes)
    )
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, with_table};

    #[test]
    fn the_table_stands_between_its_lines() {
        let page = format!("a\n{BEGIN}\nold\n{END}\nz\n");
        let written = with_table(&page, "new\n").unwrap();
        assert_eq!(written, format!("a\n{BEGIN}\n\nnew\n\n{END}\nz\n"));
        assert_eq!(with_table(&written, "new\n").unwrap(), written);
        assert_eq!(with_table("a", "new"), None);
    }
}

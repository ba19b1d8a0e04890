//! `--save`: the results into `docs/`, where they are committed. Nothing of the machine's own
//! names or paths is in them.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::figures::Report;
use crate::picture;
use crate::targets::{self, Row};

const PICTURE: &str = "images/bench-delivery.svg";
/// The last line of the place for a table of results in a page.
const END: &str = "<!-- end of results -->";

pub fn write(docs: &Path, report: &Report) -> Result<()> {
    if let Some(svg) = picture::of(report) {
        put(&docs.join(PICTURE), &svg)?;
    }
    json(docs, "delivery", report)?;
    let raw = &report.raw;
    let bytes = raw.cost.first().map_or(0, |cost| cost.body_bytes);
    let rows = rows(&targets::rows(&report.figures));
    let text =
        format!("On {} cores, {} sink hosts, bodies of {bytes} bytes.\n\n{rows}", raw.cores, raw.hosts);
    table(docs, "delivery", &text)
}

/// Everything that a benchmark's figures come from, as a file beside its page.
pub fn json(docs: &Path, bench: &str, report: &impl Serialize) -> Result<()> {
    let file = docs.join("benchmarks").join(bench).with_extension("json");
    put(&file, &(serde_json::to_string_pretty(report)? + "\n"))
}

/// The results into their place in a benchmark's page.
pub fn table(docs: &Path, bench: &str, table: &str) -> Result<()> {
    let page = docs.join("benchmarks").join(bench).with_extension("md");
    let text = std::fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
    let begin = begin(bench);
    let text = with_table(&text, &begin, table).with_context(|| {
        format!("{} has no place for the results: the lines `{begin}` and `{END}`", page.display())
    })?;
    put(&page, &text)
}

/// Figures with their targets, as a table of Markdown.
pub fn rows(rows: &[Row]) -> String {
    let rows = rows.iter().map(|row| {
        let met = match row.met() {
            Some(true) => "met",
            Some(false) => "missed",
            None => "",
        };
        format!("| `{}` | {} | {} | {} | {met} |\n", row.key, row.title, row.value(), row.target())
    });
    let head = "| key | figure | value | target | |\n|---|---|--:|--:|---|\n".to_owned();
    std::iter::once(head).chain(rows).collect()
}

fn begin(bench: &str) -> String {
    format!("<!-- results: written by `cargo xtask bench {bench} --save` -->")
}

fn put(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

fn with_table(page: &str, begin: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(begin)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{begin}\n\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::{END, begin, with_table};

    #[test]
    fn the_table_stands_between_its_lines() {
        let begin = begin("delivery");
        let page = format!("a\n{begin}\nold\n{END}\nz\n");
        let written = with_table(&page, &begin, "new\n").unwrap();
        assert_eq!(written, format!("a\n{begin}\n\nnew\n\n{END}\nz\n"));
        assert_eq!(with_table(&written, &begin, "new\n").unwrap(), written);
        assert_eq!(with_table("a", &begin, "new"), None);
    }
}

//! What a command prints: JSON for programs, a sentence for people.

use std::io::Write;

use serde::Serialize;

pub fn print<T: Serialize>(json: bool, value: &T, people: impl FnOnce() -> String) -> anyhow::Result<()> {
    print_text(&if json { serde_json::to_string_pretty(value)? } else { people() })
}

/// Writes to standard output; a closed pipe (`belfry … | head`) is not an error worth a trace.
pub fn print_text(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

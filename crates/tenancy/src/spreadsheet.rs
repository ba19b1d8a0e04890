//! Cells of files that somebody opens with a spreadsheet.
//!
//! Invariant: no cell is a formula. A spreadsheet runs what begins with one of four signs, and what
//! stands in a cell was written by others.

mod table;

use std::borrow::Cow;

pub(crate) use table::{field, records};

/// The text, with an apostrophe before it where a spreadsheet would run it.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let runs = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r', '\n']);
    if runs { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =cmd|' /C calc'!A0"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["", "moe", "a=b", "2026-11-01"] {
            assert_eq!(harmless(text), text);
        }
    }
}

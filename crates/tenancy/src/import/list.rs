//! Reading a list: CSV with a line of column names, bounded.

use std::collections::HashMap;

use crate::spreadsheet::records;

/// A hundred agencies are a tenth of this.
pub const LARGEST_LIST: usize = 512 * 1024;
pub const MOST_ROWS: usize = 1000;
/// Longer is none of the things that stand in a list.
const LONGEST_FIELD: usize = 300;

const NEEDED: &[&str] = &["slug", "name", "owner_email"];
const KNOWN: &[&str] =
    &["slug", "name", "owner_email", "phase", "language", "body_type", "host", "official_handle"];

/// A row as it stood in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Counted as an editor does.
    pub line: u32,
    fields: HashMap<&'static str, String>,
}

impl Line {
    /// Empty where the list has no such column.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableList {
    #[error("the list is larger than {} kB: split it", LARGEST_LIST / 1024)]
    TooLarge,
    #[error("the list has more than {MOST_ROWS} rows: split it")]
    TooMany,
    #[error("the list has no rows below its column names")]
    Empty,
    #[error("the list is not UTF-8: save it as CSV in UTF-8")]
    NotUtf8,
    #[error(
        "the column `{0}` is missing: the first line names the columns, slug, name and owner_email at least"
    )]
    Missing(&'static str),
    #[error("the column `{0}` is not known: use {known}", known = KNOWN.join(", "))]
    Unknown(String),
    #[error("the column `{0}` stands twice")]
    Twice(String),
    #[error(
        "line {line} is not as long as the line of column names, or a quotation mark is open there, or it holds signs that are no text"
    )]
    Broken { line: usize },
}

/// With commas or, as spreadsheets write it in much of Europe, semicolons.
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, UnreadableList> {
    if bytes.len() > LARGEST_LIST {
        return Err(UnreadableList::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| UnreadableList::NotUtf8)?;
    let first = text.lines().next().unwrap_or_default();
    let mark = if first.contains(';') && !first.contains(',') { ';' } else { ',' };
    let mut records = records(text, mark).into_iter();
    let (_, header) = records.next().ok_or(UnreadableList::Empty)?;
    let columns = columns(&header)?;
    let lines: Vec<Line> =
        records.map(|(number, fields)| line(number, &fields, &columns)).collect::<Result<_, _>>()?;
    match lines.len() {
        0 => Err(UnreadableList::Empty),
        many if many > MOST_ROWS => Err(UnreadableList::TooMany),
        _ => Ok(lines),
    }
}

fn line(number: usize, fields: &[String], columns: &[&'static str]) -> Result<Line, UnreadableList> {
    let readable =
        |field: &String| !field.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    if fields.len() != columns.len() || !fields.iter().all(readable) {
        return Err(UnreadableList::Broken { line: number });
    }
    let value = |field: &String| field.trim().chars().take(LONGEST_FIELD).collect();
    let fields = columns.iter().zip(fields).map(|(name, field)| (*name, value(field))).collect();
    Ok(Line { line: u32::try_from(number).unwrap_or(u32::MAX), fields })
}

fn columns(header: &[String]) -> Result<Vec<&'static str>, UnreadableList> {
    let mut columns: Vec<&'static str> = Vec::with_capacity(header.len());
    for name in header.iter().map(|name| name.trim()) {
        let known = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(name));
        let known = *known.ok_or_else(|| UnreadableList::Unknown(name.chars().take(40).collect()))?;
        if columns.contains(&known) {
            return Err(UnreadableList::Twice(known.to_owned()));
        }
        columns.push(known);
    }
    match NEEDED.iter().find(|needed| !columns.contains(needed)) {
        Some(missing) => Err(UnreadableList::Missing(missing)),
        None => Ok(columns),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_with_either_mark_and_any_order_of_columns() {
        for text in [
            "name,slug,owner_email\n\"Finance, A\",fin,o@fin.example\n\n",
            "\u{feff}NAME;SLUG;OWNER_EMAIL\r\n\"Finance, A\";fin;o@fin.example\r\n",
        ] {
            let lines = read(text.as_bytes()).unwrap();
            assert_eq!(lines.len(), 1, "{text}");
            assert_eq!(
                (lines[0].line, lines[0].field("slug"), lines[0].field("name")),
                (2, "fin", "Finance, A")
            );
            assert_eq!(lines[0].field("host"), "");
        }
    }

    #[test]
    fn what_is_wrong_with_a_list_is_said() {
        let read = |text: &str| read(text.as_bytes()).unwrap_err();
        assert_eq!(read("slug,name\nfin,Finance"), UnreadableList::Missing("owner_email"));
        assert_eq!(read("slug,name,owner_email,is_lead\n"), UnreadableList::Unknown("is_lead".into()));
        assert_eq!(read("slug,name,owner_email,slug\n"), UnreadableList::Twice("slug".into()));
        assert_eq!(read("slug,name,owner_email\nfin,Finance"), UnreadableList::Broken { line: 2 });
        assert_eq!(read("slug,name,owner_email\nfin,Fin\0ance,o@x"), UnreadableList::Broken { line: 2 });
        assert_eq!(read("slug,name,owner_email\ra,b,c\rfin,Finance"), UnreadableList::Broken { line: 3 });
        assert_eq!(read("slug,name,owner_email\n"), UnreadableList::Empty);
        let many = format!("slug,name,owner_email\n{}", "a,b,c\n".repeat(MOST_ROWS + 1));
        assert_eq!(read(&many), UnreadableList::TooMany);
        assert_eq!(super::read(&vec![b'x'; LARGEST_LIST + 1]), Err(UnreadableList::TooLarge));
        assert_eq!(super::read(b"slug,\xff"), Err(UnreadableList::NotUtf8));
    }
}

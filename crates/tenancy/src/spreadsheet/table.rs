//! Comma-separated values (RFC 4180), as far as lists that people paste and upload need them: each
//! record with the line that it begins at, counted as an editor does.

use super::harmless;

/// The records of a text with the numbers of the lines that they begin at; `mark` stands between
/// fields. Line ends may be of any kind; an unclosed quote runs to the end.
pub(crate) fn records(text: &str, mark: char) -> Vec<(usize, Vec<String>)> {
    let text = text.trim_start_matches('\u{feff}');
    let mut records = Vec::new();
    let mut fields: Vec<String> = Vec::new();
    let mut field = String::new();
    let (mut line, mut begins, mut quoted) = (1, 1, false);
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            between if between == mark && !quoted => fields.push(std::mem::take(&mut field)),
            '\r' if !quoted && rest.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => {
                fields.push(std::mem::take(&mut field));
                records.push((begins, std::mem::take(&mut fields)));
                line += 1;
                begins = line;
            }
            other => {
                line += usize::from(other == '\n');
                field.push(other);
            }
        }
    }
    if !field.is_empty() || !fields.is_empty() {
        fields.push(field);
        records.push((begins, fields));
    }
    records.retain(|(_, fields)| fields.iter().any(|field| !field.trim().is_empty()));
    records
}

/// One field as it is written: a spreadsheet must not take it for a formula, whoever wrote it.
pub(crate) fn field(text: &str) -> String {
    let guarded = harmless(text);
    if guarded.contains(['"', ',', '\n', '\r']) {
        return format!("\"{}\"", guarded.replace('"', "\"\""));
    }
    guarded.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_commas_and_line_ends_are_read_as_they_are_written() {
        let text = "a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\n\n  \nlast";
        let read = records(text, ',');
        let lines: Vec<usize> = read.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 6]);
        assert_eq!(read[1].1, ["x, \"y\"", "two\nlines"]);
        assert_eq!(read[2].1, ["last"]);
        assert_eq!(records("\"never closed\n,", ',').len(), 1);
        assert!(records("", ',').is_empty());
    }

    #[test]
    fn no_field_is_a_formula() {
        assert_eq!(field("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        for risky in ["+1", "-1", "@sum", "\tx"] {
            assert!(field(risky).starts_with('\''), "{risky}");
        }
        assert_eq!(field("bad.example"), "bad.example");
    }
}

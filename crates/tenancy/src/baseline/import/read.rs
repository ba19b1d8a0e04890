//! From a list's text to rules: what can't be one is refused with its line and reason.

use std::collections::HashMap;

use belfry_model::{Host, Severity};
use belfry_storage::KeptRule;

use crate::baseline::domains::{LONGEST_COMMENT, NewRule, RuleError, check};
use crate::spreadsheet::records;
use crate::{Error, Tenancy, error};

pub const LONGEST_BODY: usize = 1024 * 1024;
pub const MOST_LINES: usize = 20_000;
/// As much of a line as tells which it is.
const SHOWN: usize = 80;

/// Why a whole list can't be taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the list is larger than {} KiB", LONGEST_BODY / 1024)]
    TooLarge,
    #[error("the list has more than {MOST_LINES} lines")]
    TooMany,
    #[error("the list is empty")]
    Empty,
    #[error("the list's first line names columns, and none of them is `domain`")]
    NoDomains,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(ImportError: Error, belfry_storage::Error);

/// A line that is no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub line: usize,
    pub text: String,
    /// In words.
    pub reason: String,
}

/// Where each column stands. A list without a first line that names them has domains alone.
#[derive(Default)]
struct Columns {
    named: HashMap<String, usize>,
}

impl Columns {
    fn of<'a>(&self, record: &'a [String], name: &str) -> &'a str {
        self.named.get(name).and_then(|place| record.get(*place)).map_or("", |field| field.trim())
    }

    fn is_set(&self, record: &[String], name: &str) -> bool {
        self.of(record, name).eq_ignore_ascii_case("true")
    }
}

/// The rules of a list, each domain once (the first line counts), and the lines that are none.
pub(super) fn rules(
    tenancy: &Tenancy,
    body: &str,
    source: &str,
) -> Result<(Vec<KeptRule>, Vec<Refused>), ImportError> {
    if body.len() > LONGEST_BODY {
        return Err(ImportError::TooLarge);
    }
    let records = records(body, ',');
    if records.len() > MOST_LINES {
        return Err(ImportError::TooMany);
    }
    let (columns, skipped) = columns(&records)?;
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    let mut seen = HashMap::new();
    for (line, record) in records.iter().skip(skipped) {
        // A comment.
        if record.first().is_some_and(|field| field.trim_start().starts_with('#')) {
            continue;
        }
        let refuse = |reason: String| Refused { line: *line, text: cut(&record.join(",")), reason };
        match rule(&columns, record) {
            Err(reason) => refused.push(refuse(reason)),
            Ok(rule) => match check(&tenancy.names, tenancy, &rule) {
                Err(RuleError::Internal(error)) => return Err(error.into()),
                Err(reason) => refused.push(refuse(reason.to_string())),
                Ok(()) => match seen.insert(rule.domain.to_string(), *line) {
                    Some(first) => {
                        seen.insert(rule.domain.to_string(), first);
                        refused.push(refuse(format!("stands on line {first} already")));
                    }
                    None => found.push(rule.kept(source)),
                },
            },
        }
    }
    if found.is_empty() && refused.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok((found, refused))
}

/// `#domain,#severity,…` as Mastodon writes it, with or without the `#`.
fn columns(records: &[(usize, Vec<String>)]) -> Result<(Columns, usize), ImportError> {
    let Some((_, first)) = records.first() else { return Err(ImportError::Empty) };
    let name = |field: &String| field.trim().trim_start_matches('#').trim().to_ascii_lowercase();
    let names: Vec<String> = first.iter().map(name).collect();
    let known = ["domain", "severity", "reject_media", "reject_reports", "public_comment", "obfuscate"];
    if !names.iter().any(|name| known.contains(&name.as_str())) {
        return Ok((Columns { named: HashMap::from([("domain".to_owned(), 0)]) }, 0));
    }
    if !names.iter().any(|name| name == "domain") {
        return Err(ImportError::NoDomains);
    }
    Ok((Columns { named: names.into_iter().zip(0..).collect() }, 1))
}

fn rule(columns: &Columns, record: &[String]) -> Result<NewRule, String> {
    let text = columns.of(record, "domain").trim_start_matches("*.");
    // Parsers of addresses leave line ends out: then two lines would be one name.
    if text.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err("a domain is one word".to_owned());
    }
    let domain: Host = text.parse().map_err(|error| format!("{error}"))?;
    let severity = match columns.of(record, "severity") {
        "" | "suspend" => Severity::Suspend,
        "silence" | "limit" => Severity::Limit,
        "noop" | "none" => Severity::None,
        other => return Err(format!("`{}` is not one of: suspend, silence, noop", cut(other))),
    };
    let comment = columns.of(record, "public_comment");
    Ok(NewRule {
        severity,
        reject_media: columns.is_set(record, "reject_media"),
        reject_reports: columns.is_set(record, "reject_reports"),
        obfuscate: columns.is_set(record, "obfuscate"),
        public_comment: comment.chars().filter(|c| !c.is_control()).take(LONGEST_COMMENT).collect(),
        ..NewRule::suspending(domain)
    })
}

fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}

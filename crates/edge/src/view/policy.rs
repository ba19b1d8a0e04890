//! An agency's policies as anybody reads them: what holds, all versions, and what changed.

use belfry_model::PolicyKind;
use belfry_tenancy::policies::{Entry, Line, PartKind};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::render::View;

/// `/about`: all that is published.
#[derive(Debug, Clone, Serialize)]
pub struct AboutView {
    pub agency: String,
    pub policies: Vec<PolicyLink>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PolicyLink {
    pub title: String,
    pub href: String,
    pub edition: String,
    pub since: DateTime<Utc>,
}

/// One edition.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyView {
    pub agency: String,
    pub title: String,
    /// Sanitised where it was made.
    pub html: String,
    pub edition: String,
    pub since: DateTime<Utc>,
    /// It holds from a day to come.
    pub coming: bool,
    /// Another one holds now.
    pub over: bool,
    /// Addresses of what holds now, of all editions, and of what this one changed.
    pub current: String,
    pub versions: String,
    pub changes: String,
    pub canonical: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct PolicyVersionsView {
    pub agency: String,
    pub title: String,
    pub current: String,
    pub versions: Vec<VersionRow>,
}

/// An edition in a list.
#[derive(Debug, Clone, Serialize)]
pub struct VersionRow {
    pub edition: String,
    pub href: String,
    pub changes: String,
    pub since: DateTime<Utc>,
    pub reason: String,
    /// By whom it was published; not for the public.
    pub by: String,
    /// The agency changed its additions, and not the lead agency the text for all.
    pub own: bool,
    pub holds: bool,
    pub coming: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct PolicyChangesView {
    pub agency: String,
    pub title: String,
    pub edition: String,
    /// `None` for the first.
    pub before: Option<String>,
    pub this: String,
    pub versions: String,
    pub lines: Vec<ChangedLine>,
}

/// A paragraph, a heading or an item, with what changed in it.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedLine {
    pub changed: bool,
    pub parts: Vec<ChangedPart>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ChangedPart {
    /// `same`, `added` or `removed`.
    pub kind: &'static str,
    pub text: String,
}

/// The newest first.
pub fn version_rows(policy: PolicyKind, history: Vec<Entry>, now: DateTime<Utc>) -> Vec<VersionRow> {
    let holding = history.iter().rev().find(|entry| entry.since <= now).map(|entry| entry.edition);
    let row = |entry: Entry| VersionRow {
        href: format!("/about/{policy}/{}", entry.edition),
        changes: format!("/about/{policy}/{}/changes", entry.edition),
        edition: entry.edition.to_string(),
        since: entry.since,
        reason: entry.reason,
        by: entry.published_by,
        own: entry.own,
        holds: holding == Some(entry.edition),
        coming: entry.since > now,
    };
    history.into_iter().rev().map(row).collect()
}

pub fn changed_lines(lines: Vec<Line>) -> Vec<ChangedLine> {
    let line = |line: Line| ChangedLine {
        changed: line.is_changed(),
        parts: line
            .0
            .into_iter()
            .map(|part| ChangedPart {
                kind: match part.kind {
                    PartKind::Same => "same",
                    PartKind::Added => "added",
                    PartKind::Removed => "removed",
                },
                text: part.text,
            })
            .collect(),
    };
    lines.into_iter().map(line).collect()
}

impl View for AboutView {
    const TEMPLATE: &'static str = "about/index.html";
}
impl View for PolicyView {
    const TEMPLATE: &'static str = "about/policy.html";
}
impl View for PolicyVersionsView {
    const TEMPLATE: &'static str = "about/versions.html";
}
impl View for PolicyChangesView {
    const TEMPLATE: &'static str = "about/changes.html";
}

#[cfg(test)]
pub(super) fn sample_time() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time")
}

#[cfg(test)]
impl AboutView {
    pub(crate) fn samples() -> Vec<Self> {
        let link = PolicyLink {
            title: "House rules".to_owned(),
            href: "/about/rules".to_owned(),
            edition: "1.2".to_owned(),
            since: sample_time(),
        };
        let full = Self { agency: "Ministry of <b>Ann".to_owned(), policies: vec![link] };
        vec![Self { policies: Vec::new(), ..full.clone() }, full]
    }
}

#[cfg(test)]
impl PolicyView {
    pub(crate) fn samples() -> Vec<Self> {
        let holds = Self {
            agency: "Ministry of <b>Ann".to_owned(),
            title: "House rules".to_owned(),
            html: "<p>Be kind.</p><h2>More</h2><p>Listen.</p>".to_owned(),
            edition: "1.2".to_owned(),
            since: sample_time(),
            coming: false,
            over: false,
            current: "/about/rules".to_owned(),
            versions: "/about/rules/versions".to_owned(),
            changes: "/about/rules/1.2/changes".to_owned(),
            canonical: "https://moe.social.example/about/rules".to_owned(),
        };
        vec![Self { coming: true, ..holds.clone() }, Self { over: true, ..holds.clone() }, holds]
    }
}

#[cfg(test)]
impl VersionRow {
    pub(crate) fn samples() -> Vec<Self> {
        let row = Self {
            edition: "1.2".to_owned(),
            href: "/about/rules/1.2".to_owned(),
            changes: "/about/rules/1.2/changes".to_owned(),
            since: sample_time(),
            reason: "<b>Ann".to_owned(),
            by: "<b>Ann".to_owned(),
            own: true,
            holds: true,
            coming: false,
        };
        let coming = Self { holds: false, coming: true, edition: "2.2".to_owned(), ..row.clone() };
        let over = Self {
            holds: false,
            own: false,
            edition: "1.1".to_owned(),
            reason: String::new(),
            by: String::new(),
            ..row.clone()
        };
        vec![coming, row, over]
    }
}

#[cfg(test)]
impl PolicyVersionsView {
    pub(crate) fn samples() -> Vec<Self> {
        vec![Self {
            agency: "Ministry of <b>Ann".to_owned(),
            title: "House rules".to_owned(),
            current: "/about/rules".to_owned(),
            versions: VersionRow::samples(),
        }]
    }
}

#[cfg(test)]
impl ChangedLine {
    pub(crate) fn samples() -> Vec<Self> {
        let part = |kind| ChangedPart { kind, text: "<b>Ann ".to_owned() };
        vec![
            Self { changed: false, parts: vec![part("same")] },
            Self { changed: true, parts: vec![part("same"), part("removed"), part("added")] },
        ]
    }
}

#[cfg(test)]
impl PolicyChangesView {
    pub(crate) fn samples() -> Vec<Self> {
        let full = Self {
            agency: "Ministry of <b>Ann".to_owned(),
            title: "House rules".to_owned(),
            edition: "1.2".to_owned(),
            before: Some("1.1".to_owned()),
            this: "/about/rules/1.2".to_owned(),
            versions: "/about/rules/versions".to_owned(),
            lines: ChangedLine::samples(),
        };
        vec![Self { before: None, lines: Vec::new(), ..full.clone() }, full]
    }
}

//! `/console/agencies/import`: many agencies from one list.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Room;
use crate::assets;
use crate::render::View;

/// The form, and the lists so far.
#[derive(Debug, Clone, Serialize)]
pub struct ImportsView {
    pub room: Room,
    pub lists: Vec<ListedImport>,
    /// `import-problem-…`, and the word in question.
    pub problem: Option<(&'static str, String)>,
    pub kilobytes: usize,
    pub rows: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct ListedImport {
    pub id: String,
    pub file_name: String,
    pub at: DateTime<Utc>,
    /// `checked`, `running` or `done`.
    pub state: String,
}

/// One list: what each row would come to, or came to.
#[derive(Debug, Clone, Serialize)]
pub struct AgencyImportView {
    pub room: Room,
    pub shared_domain: String,
    pub id: String,
    pub file_name: String,
    pub at: DateTime<Utc>,
    pub part: ImportPart,
}

/// What moves while the list runs; by itself for the page's script.
#[derive(Debug, Clone, Serialize)]
pub struct ImportPart {
    pub state: String,
    pub shared_domain: String,
    /// Rows that were for the run, and how many of them are worked off.
    pub count: usize,
    pub done: usize,
    /// Of the bar's thousand.
    pub width: usize,
    pub rows: Vec<ImportRow>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ImportRow {
    pub line: i32,
    pub slug: String,
    pub name: String,
    pub outcome: String,
    /// The key of a text.
    pub reason: Option<String>,
    pub detail: String,
    /// The agency is there.
    pub exists: bool,
}

impl View for ImportsView {
    const TEMPLATE: &'static str = "console/import.html";
    const HAS_FORM: bool = true;
}

impl View for AgencyImportView {
    const TEMPLATE: &'static str = "console/import_list.html";
    const HAS_FORM: bool = true;
    fn script(&self) -> Option<&'static str> {
        (self.part.state == "running").then(assets::progress_script)
    }
}

impl View for ImportPart {
    const TEMPLATE: &'static str = "parts/import_part.html";
}

#[cfg(test)]
impl ImportsView {
    pub(crate) fn samples() -> Vec<Self> {
        let list = |state: &str| ListedImport {
            id: "1".to_owned(),
            file_name: "\"><script>".to_owned(),
            at: super::Post::samples()[0].at,
            state: state.to_owned(),
        };
        let sample = |problem: Option<&'static str>| Self {
            room: Room::Agencies,
            lists: ["checked", "running", "done"].map(list).to_vec(),
            problem: problem.map(|key| (key, "is_lead".to_owned())),
            kilobytes: 512,
            rows: 1000,
        };
        let keys =
            ["none", "too-large", "too-many", "empty", "not-utf8", "missing", "unknown", "twice", "broken"];
        let empty = Self { lists: Vec::new(), ..sample(None) };
        std::iter::once(empty).chain(keys.map(|key| sample(Some(key)))).collect()
    }
}

#[cfg(test)]
impl AgencyImportView {
    pub(crate) fn samples() -> Vec<Self> {
        let outcomes = ["new", "unfinished", "same", "differs", "refused", "created", "completed", "failed"];
        let reason = |outcome: &str| match outcome {
            "differs" => Some("bulk-reason-differs".to_owned()),
            "refused" => Some("agency-new-problem-slug".to_owned()),
            "failed" => Some("bulk-reason-internal".to_owned()),
            _ => None,
        };
        let row = |(line, outcome): (i32, &&str)| ImportRow {
            line,
            slug: "fin".to_owned(),
            name: "\"><script>".to_owned(),
            outcome: (*outcome).to_owned(),
            reason: reason(outcome),
            detail: "name, phase".to_owned(),
            exists: *outcome == "created",
        };
        let sample = |state: &str, count| Self {
            room: Room::Agencies,
            shared_domain: "social.example".to_owned(),
            id: "1".to_owned(),
            file_name: "list.csv".to_owned(),
            at: super::Post::samples()[0].at,
            part: ImportPart {
                state: state.to_owned(),
                shared_domain: "social.example".to_owned(),
                count,
                done: 2,
                width: 200,
                rows: (2..).zip(&outcomes).map(row).collect(),
            },
        };
        vec![sample("checked", 10), sample("checked", 0), sample("running", 10), sample("done", 10)]
    }
}

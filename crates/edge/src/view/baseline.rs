//! `/console/baseline`: servers that are barred or limited for all agencies, and lists of such.

use belfry_model::Severity;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Room;
use crate::render::View;

/// Which of the baseline's pages it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaselinePart {
    Domains,
    Policies,
    Settings,
}

#[derive(Debug, Clone, Serialize)]
pub struct DomainsView {
    pub room: Room,
    pub part: BaselinePart,
    pub query: String,
    pub rules: Vec<RuleRow>,
    /// On all pages.
    pub total: u64,
    pub newer: Option<String>,
    pub older: Option<String>,
    /// Lists that nobody has decided on.
    pub waiting: Vec<WaitingRow>,
    pub problem: Option<RuleProblem>,
    /// As typed, or of the rule that is to be changed.
    pub form: RuleForm,
    /// The list as it was pasted, where it can't be taken.
    pub list: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct RuleRow {
    pub domain: String,
    pub severity: Severity,
    pub reject_media: bool,
    pub public_comment: String,
    pub private_comment: String,
    pub source: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct RuleForm {
    pub domain: String,
    pub severity: String,
    pub reject_media: bool,
    pub public_comment: String,
    pub private_comment: String,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct WaitingRow {
    pub id: String,
    pub source: String,
    pub at: DateTime<Utc>,
}

/// Why what was typed can't be taken; the end of `rule-problem-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleProblem {
    Domain,
    Ours,
    TooBroad,
    Port,
    TooLong,
    Nothing,
    ListTooLarge,
    ListTooMany,
    ListEmpty,
    ListNoDomains,
}

/// What a list comes to, before it applies.
#[derive(Debug, Clone, Serialize)]
pub struct ImportView {
    pub room: Room,
    pub part: BaselinePart,
    pub id: String,
    pub source: String,
    pub at: DateTime<Utc>,
    /// As many as a page bears; the totals say how many there are.
    pub new: Vec<RuleRow>,
    pub new_total: usize,
    pub changed: Vec<ChangedRow>,
    pub changed_total: usize,
    pub same: usize,
    pub refused: Vec<RefusedRow>,
    pub refused_total: usize,
    pub agencies: u64,
    pub follows: u64,
    pub followers: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct ChangedRow {
    pub before: RuleRow,
    pub after: RuleRow,
}

#[derive(Debug, Clone, Serialize)]
pub struct RefusedRow {
    pub line: String,
    pub text: String,
    pub reason: String,
}

impl View for DomainsView {
    const TEMPLATE: &'static str = "console/baseline_domains.html";
    const HAS_FORM: bool = true;
}

impl View for ImportView {
    const TEMPLATE: &'static str = "console/baseline_import.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
impl RuleRow {
    pub(crate) fn samples() -> Vec<Self> {
        Severity::ALL
            .iter()
            .map(|&severity| Self {
                domain: "bad.example".to_owned(),
                severity,
                reject_media: severity != Severity::Suspend,
                public_comment: "<b>Ann".to_owned(),
                private_comment: if severity == Severity::Limit { "Seen".to_owned() } else { String::new() },
                source: if severity == Severity::None { String::new() } else { "A list".to_owned() },
            })
            .collect()
    }
}

#[cfg(test)]
impl DomainsView {
    pub(crate) fn samples() -> Vec<Self> {
        use RuleProblem::{
            Domain, ListEmpty, ListNoDomains, ListTooLarge, ListTooMany, Nothing, Ours, Port, TooBroad,
            TooLong,
        };
        let at = DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time");
        let full = Self {
            room: Room::Baseline,
            part: BaselinePart::Domains,
            query: "\"><script>".to_owned(),
            rules: RuleRow::samples(),
            total: 3,
            newer: Some("/console/baseline?page=1".to_owned()),
            older: Some("/console/baseline?page=3".to_owned()),
            waiting: ["", "A list"]
                .map(|source| WaitingRow { id: "7".to_owned(), source: source.to_owned(), at })
                .to_vec(),
            problem: None,
            form: RuleForm::default(),
            list: String::new(),
        };
        let empty = Self {
            query: String::new(),
            rules: Vec::new(),
            total: 0,
            newer: None,
            older: None,
            waiting: Vec::new(),
            ..full.clone()
        };
        let nothing = Self { query: "x".to_owned(), ..empty.clone() };
        let all = [
            Domain,
            Ours,
            TooBroad,
            Port,
            TooLong,
            Nothing,
            ListTooLarge,
            ListTooMany,
            ListEmpty,
            ListNoDomains,
        ];
        let problems = all.map(|problem| Self {
            problem: Some(problem),
            form: RuleForm {
                domain: "<b>Ann".to_owned(),
                severity: "limit".to_owned(),
                ..RuleForm::default()
            },
            list: "</textarea><b>Ann".to_owned(),
            ..full.clone()
        });
        [full, empty, nothing].into_iter().chain(problems).collect()
    }
}

#[cfg(test)]
impl ImportView {
    pub(crate) fn samples() -> Vec<Self> {
        let rows = RuleRow::samples();
        let full = Self {
            room: Room::Baseline,
            part: BaselinePart::Domains,
            id: "7".to_owned(),
            source: "A list".to_owned(),
            at: DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time"),
            new_total: 1200,
            changed: rows.iter().map(|row| ChangedRow { before: row.clone(), after: row.clone() }).collect(),
            new: rows,
            changed_total: 3,
            same: 1,
            refused: vec![RefusedRow {
                line: "3".to_owned(),
                text: "<b>Ann".to_owned(),
                reason: "not a host".to_owned(),
            }],
            refused_total: 2,
            agencies: 1,
            follows: 2,
            followers: 3000,
        };
        let nothing = Self {
            source: String::new(),
            new: Vec::new(),
            new_total: 0,
            changed: Vec::new(),
            changed_total: 0,
            refused: Vec::new(),
            refused_total: 0,
            agencies: 0,
            ..full.clone()
        };
        vec![full, nothing]
    }
}

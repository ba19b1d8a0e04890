//! Who did what: the lead agency's page over all acts of governance, and an agency's own.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Room;
use crate::render::View;

/// `/console/audit`
#[derive(Debug, Clone, Serialize)]
pub struct AuditView {
    pub room: Room,
    #[serde(flatten)]
    pub found: FoundActs,
}

/// `/admin/audit`
#[derive(Debug, Clone, Serialize)]
pub struct AgencyAuditView {
    pub agency: String,
    #[serde(flatten)]
    pub found: FoundActs,
}

/// `/console/audit/check`: whether the platform's record holds.
#[derive(Debug, Clone, Serialize)]
pub struct AuditCheckView {
    pub room: Room,
    pub acts: i64,
    /// In hexadecimal; empty where there is no act.
    pub head: String,
    /// The first act that doesn't hold.
    pub broken_at: Option<i64>,
}

/// What a search found, and what was searched for.
#[derive(Debug, Clone, Serialize)]
pub struct FoundActs {
    /// Where the form is sent.
    pub path: &'static str,
    pub text: String,
    pub action: String,
    pub agency_slug: String,
    /// `2026-11-25`, as the browser's date field has it.
    pub since: String,
    pub until: String,
    pub acts: Vec<ActRow>,
    pub older: Option<String>,
    /// The same search as a file.
    pub csv: String,
    /// Something was searched for.
    pub narrowed: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct ActRow {
    pub at: DateTime<Utc>,
    pub action: String,
    /// The agency that it is about.
    pub about: Option<String>,
    /// Empty where it was nobody in particular.
    pub who: String,
    /// `staff`, `client`, `command`, `platform` or `lead`.
    pub origin: String,
    pub client: String,
    pub address: String,
    pub reason: String,
    /// What it changed, name by name.
    pub detail: Vec<(String, String)>,
    pub seq: i64,
}

impl View for AuditView {
    const TEMPLATE: &'static str = "console/audit.html";
}

impl View for AgencyAuditView {
    const TEMPLATE: &'static str = "admin/audit.html";
}

impl View for AuditCheckView {
    const TEMPLATE: &'static str = "console/audit_check.html";
}

#[cfg(test)]
impl FoundActs {
    fn samples() -> Vec<Self> {
        let act = |origin: &str| ActRow {
            at: DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time"),
            action: "tenant.phase".to_owned(),
            about: (origin != "platform").then(|| "moe".to_owned()),
            who: if origin == "staff" { "Ann <ann@moe.example>".to_owned() } else { String::new() },
            origin: origin.to_owned(),
            client: if origin == "client" { "script (token 7)".to_owned() } else { String::new() },
            address: if origin == "staff" { "192.0.2.7".to_owned() } else { String::new() },
            reason: if origin == "staff" { "<b>Ann asked".to_owned() } else { String::new() },
            detail: vec![("from".to_owned(), "pilot".to_owned()), ("to".to_owned(), "public".to_owned())],
            seq: 7,
        };
        let full = Self {
            path: "/console/audit",
            text: "\"><script>".to_owned(),
            action: "tenant.".to_owned(),
            agency_slug: "moe".to_owned(),
            since: "2026-11-01".to_owned(),
            until: "2026-12-01".to_owned(),
            acts: ["staff", "client", "command", "platform", "lead"].map(act).to_vec(),
            older: Some("/console/audit?before=7".to_owned()),
            csv: "/console/audit.csv?action=tenant.".to_owned(),
            narrowed: true,
        };
        let nothing = Self { acts: Vec::new(), older: None, ..full.clone() };
        let empty = Self { narrowed: false, text: String::new(), ..nothing.clone() };
        vec![full, nothing, empty]
    }
}

#[cfg(test)]
impl AuditView {
    pub(crate) fn samples() -> Vec<Self> {
        FoundActs::samples().into_iter().map(|found| Self { room: Room::Audit, found }).collect()
    }
}

#[cfg(test)]
impl AgencyAuditView {
    pub(crate) fn samples() -> Vec<Self> {
        let agency = "Ministry of Education".to_owned();
        FoundActs::samples().into_iter().map(|found| Self { agency: agency.clone(), found }).collect()
    }
}

#[cfg(test)]
impl AuditCheckView {
    pub(crate) fn samples() -> Vec<Self> {
        let sound = Self { room: Room::Audit, acts: 12, head: "0c1f".repeat(16), broken_at: None };
        let broken = Self { broken_at: Some(3), acts: 2, ..sound.clone() };
        let empty = Self { acts: 0, head: String::new(), ..sound.clone() };
        vec![sound, broken, empty]
    }
}

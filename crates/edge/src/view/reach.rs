//! `/console/agencies/{slug}/reach`: with whom an agency speaks while it is a pilot, and whether it
//! is a sandbox that is wiped.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Room, Tab, TenantRow};
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct ReachView {
    pub room: Room,
    pub tab: Tab,
    pub tenant: TenantRow,
    /// By name.
    pub peers: Vec<String>,
    pub most: u32,
    pub wipe_on: Option<NaiveDate>,
    pub problem: Option<ReachProblem>,
    /// As it was typed, where that can't be taken.
    pub typed_host: String,
    pub typed_date: String,
    pub typed_reason: String,
}

/// Why what was typed can't be taken; the end of `reach-problem-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReachProblem {
    Host,
    Itself,
    TooMany,
    Date,
    Over,
    Lead,
}

impl View for ReachView {
    const TEMPLATE: &'static str = "console/reach.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
impl ReachView {
    pub(crate) fn samples() -> Vec<Self> {
        use ReachProblem::{Date, Host, Itself, Lead, Over, TooMany};
        let problems = [None, Some(Host), Some(Itself), Some(TooMany), Some(Date), Some(Over), Some(Lead)];
        TenantRow::samples()
            .into_iter()
            .zip(problems.into_iter().cycle())
            .map(|(tenant, problem)| Self {
                room: Room::Agencies,
                tab: Tab::Reach,
                tenant,
                peers: if problem.is_some() { vec!["mastodon.example".to_owned()] } else { Vec::new() },
                most: 200,
                wipe_on: problem.and(NaiveDate::from_ymd_opt(2027, 1, 31)),
                problem,
                typed_host: "<b>Ann".to_owned(),
                typed_date: String::new(),
                typed_reason: String::new(),
            })
            .collect()
    }
}

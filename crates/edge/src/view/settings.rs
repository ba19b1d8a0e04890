//! Settings that hold for all agencies (`/console/baseline/settings`) and for one (`/admin/settings`).

use belfry_tenancy::baseline::settings::Effective;
#[cfg(test)]
use belfry_tenancy::baseline::settings::Source;
use serde::Serialize;

use super::{BaselinePart, Room};
use crate::render::View;

/// What the lead agency sets for all, and the handles that it keeps back.
#[derive(Debug, Clone, Serialize)]
pub struct BaselineSettingsView {
    pub room: Room,
    pub part: BaselinePart,
    pub second_factor: bool,
    pub alt_text: bool,
    /// As text, since what was typed may be no number.
    pub retention_days: String,
    /// Empty: no bound.
    pub post_length: String,
    pub reason: String,
    /// Patterns, in order.
    pub reserved: Vec<String>,
    pub pattern: String,
    pub problem: Option<SettingProblem>,
}

/// What holds for one agency, where it comes from, and what it may make stricter.
#[derive(Debug, Clone, Serialize)]
pub struct AdminSettingsView {
    pub agency: String,
    pub second_factor: Effective<bool>,
    pub alt_text: Effective<bool>,
    pub retention_days: Effective<i32>,
    pub post_length: Effective<i32>,
    /// As typed, where that can't be taken; else what holds.
    pub typed_retention: String,
    pub typed_length: String,
    pub typed_alt_text: bool,
    pub problem: Option<SettingProblem>,
    /// What the problem's text tells of.
    pub bound: i32,
}

/// Why what was typed can't be taken; the end of `setting-problem-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingProblem {
    AltText,
    Retention,
    PostLength,
    Range,
    Pattern,
    TooManyPatterns,
}

impl View for BaselineSettingsView {
    const TEMPLATE: &'static str = "console/baseline_settings.html";
    const HAS_FORM: bool = true;
}

impl View for AdminSettingsView {
    const TEMPLATE: &'static str = "admin/settings.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
impl SettingProblem {
    const ALL: [Option<Self>; 7] = [
        None,
        Some(Self::AltText),
        Some(Self::Retention),
        Some(Self::PostLength),
        Some(Self::Range),
        Some(Self::Pattern),
        Some(Self::TooManyPatterns),
    ];
}

#[cfg(test)]
impl BaselineSettingsView {
    pub(crate) fn samples() -> Vec<Self> {
        let sample = |problem: Option<SettingProblem>| Self {
            room: Room::Baseline,
            part: BaselinePart::Settings,
            second_factor: problem.is_some(),
            alt_text: problem.is_none(),
            retention_days: "365".to_owned(),
            post_length: "<b>Ann".to_owned(),
            reason: String::new(),
            reserved: if problem.is_some() { vec!["*-police".to_owned()] } else { Vec::new() },
            pattern: "<b>Ann".to_owned(),
            problem,
        };
        SettingProblem::ALL.into_iter().map(sample).collect()
    }
}

#[cfg(test)]
impl AdminSettingsView {
    pub(crate) fn samples() -> Vec<Self> {
        let sources = [Source::Default, Source::Baseline, Source::Tenant];
        let sample = |(problem, source): (Option<SettingProblem>, Source)| Self {
            agency: "Ministry of Education".to_owned(),
            second_factor: Effective { value: source == Source::Baseline, source },
            alt_text: Effective { value: source != Source::Default, source },
            retention_days: Effective { value: 1200, source },
            post_length: Effective { value: 500, source },
            typed_retention: "<b>Ann".to_owned(),
            typed_length: "500".to_owned(),
            typed_alt_text: false,
            problem,
            bound: 365,
        };
        SettingProblem::ALL.into_iter().zip(sources.into_iter().cycle()).map(sample).collect()
    }
}

//! `/console/agencies` and one agency's page there.

use belfry_model::{Phase, TenantState};
use serde::Serialize;

use super::{Room, TenantRow};
use crate::render::View;

/// The namespaces that a search found.
#[derive(Debug, Clone, Serialize)]
pub struct AgenciesView {
    pub room: Room,
    /// What was searched for.
    pub query: String,
    pub phase: Option<Phase>,
    pub state: Option<TenantState>,
    pub tenants: Vec<TenantRow>,
    /// On all pages.
    pub total: usize,
    /// The pages before and after this one.
    pub newer: Option<String>,
    pub older: Option<String>,
    /// There is none at all yet, whatever is searched for.
    pub is_empty: bool,
}

/// Which of an agency's pages it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tab {
    Overview,
    Lifecycle,
    Usage,
    Accounts,
    Agreement,
    Reach,
}

/// One namespace, and what the lead agency may do with it.
#[derive(Debug, Clone, Serialize)]
pub struct AgencyView {
    pub room: Room,
    pub tab: Tab,
    pub tenant: TenantRow,
}

impl View for AgenciesView {
    const TEMPLATE: &'static str = "console/agencies.html";
}

impl View for AgencyView {
    const TEMPLATE: &'static str = "console/agency.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
impl AgenciesView {
    pub(crate) fn samples() -> Vec<Self> {
        let tenants = TenantRow::samples();
        let full = Self {
            room: Room::Agencies,
            query: "\"><script>".to_owned(),
            phase: Some(Phase::Pilot),
            state: Some(TenantState::Live),
            total: tenants.len(),
            tenants,
            newer: Some("/console/agencies?page=1".to_owned()),
            older: Some("/console/agencies?page=3".to_owned()),
            is_empty: false,
        };
        let nothing = Self {
            tenants: Vec::new(),
            total: 0,
            phase: None,
            state: None,
            newer: None,
            older: None,
            ..full.clone()
        };
        let empty = Self { is_empty: true, query: String::new(), ..nothing.clone() };
        vec![full, nothing, empty]
    }
}

#[cfg(test)]
impl AgencyView {
    pub(crate) fn samples() -> Vec<Self> {
        TenantRow::samples()
            .into_iter()
            .map(|tenant| Self { room: Room::Agencies, tab: Tab::Overview, tenant })
            .collect()
    }
}

#[cfg(test)]
impl TenantRow {
    pub(crate) fn samples() -> Vec<Self> {
        let row = |state, phase| Self {
            slug: "moe".to_owned(),
            name: "Ministry of Education".to_owned(),
            host: "moe.social.example".to_owned(),
            href: "https://moe.social.example/".to_owned(),
            state,
            phase,
            is_lead: state == TenantState::Live,
        };
        TenantState::ALL
            .iter()
            .flat_map(|state| Phase::ALL.iter().map(move |phase| row(*state, *phase)))
            .collect()
    }
}

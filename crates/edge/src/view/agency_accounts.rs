//! `/console/agencies/{slug}/accounts`: an agency's accounts, and their handles on the shared domain.

use belfry_model::AccountKind;
use serde::Serialize;

use super::{Room, Tab, TenantRow};
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct AgencyAccountsView {
    pub room: Room,
    pub tab: Tab,
    pub tenant: TenantRow,
    pub shared_domain: String,
    pub accounts: Vec<AgencyAccount>,
    /// More than the page shows.
    pub left_off: bool,
    /// Handles that are kept for this agency and that no account of it holds.
    pub kept: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AgencyAccount {
    pub username: String,
    pub handle: String,
    pub name: String,
    pub href: String,
    pub kind: Option<AccountKind>,
    pub official_handle: Option<String>,
    /// What was typed, or what suggests itself.
    pub typed: String,
    pub reason: String,
    pub problem: Option<HandleProblem>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandleProblem {
    Malformed,
    /// Another account's, kept for another body, or another body's short name.
    Taken,
    /// The account has one already.
    HasAnother,
    /// Another account of this agency has it as its own name.
    Hides,
}

impl View for AgencyAccountsView {
    const TEMPLATE: &'static str = "console/agency_accounts.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
impl AgencyAccountsView {
    pub(crate) fn samples() -> Vec<Self> {
        use HandleProblem::{HasAnother, Hides, Malformed, Taken};
        let problems = [None, Some(Malformed), Some(Taken), Some(HasAnother), Some(Hides)];
        let account = |(place, problem): (usize, Option<HandleProblem>)| AgencyAccount {
            username: format!("press{place}"),
            handle: format!("@press{place}@moe.social.example"),
            name: "\"><script>".to_owned(),
            href: "https://moe.social.example/@press".to_owned(),
            kind: Some(AccountKind::Team),
            official_handle: (place == 0).then(|| "@press@social.example".to_owned()),
            typed: "press".to_owned(),
            reason: String::new(),
            problem,
        };
        let full = Self {
            room: Room::Agencies,
            tab: Tab::Accounts,
            tenant: TenantRow::samples().remove(0),
            shared_domain: "social.example".to_owned(),
            accounts: problems.into_iter().enumerate().map(account).collect(),
            left_off: true,
            kept: vec!["@education@social.example".to_owned()],
        };
        let empty = Self { accounts: Vec::new(), left_off: false, kept: Vec::new(), ..full.clone() };
        vec![full, empty]
    }
}

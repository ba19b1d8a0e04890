//! The public register: which agencies speak here, through which accounts, and which of those
//! hold an official handle.

use serde::Serialize;

use super::AccountCard;
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct RegisterView {
    pub shared_domain: String,
    /// What was searched for; empty for everything.
    pub query: String,
    pub agencies: Vec<Agency>,
    pub agency_count: usize,
    pub account_count: usize,
    pub canonical: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Agency {
    pub name: String,
    pub host: String,
    pub href: String,
    pub initials: String,
    pub is_lead: bool,
    pub accounts: Vec<AccountCard>,
}

impl View for RegisterView {
    const TEMPLATE: &'static str = "register.html";
}

#[cfg(test)]
impl RegisterView {
    pub(crate) fn samples() -> Vec<Self> {
        let full = Self {
            shared_domain: "social.example".to_owned(),
            query: String::new(),
            agencies: vec![Agency {
                name: "Ministry of Education".to_owned(),
                host: "moe.social.example".to_owned(),
                href: "https://moe.social.example/".to_owned(),
                initials: "MO".to_owned(),
                is_lead: true,
                accounts: AccountCard::of_each_kind(),
            }],
            agency_count: 1,
            account_count: 6,
            canonical: "https://social.example/".to_owned(),
        };
        let nothing_found = Self {
            query: "zzz\"".to_owned(),
            agencies: Vec::new(),
            agency_count: 0,
            account_count: 0,
            ..full.clone()
        };
        let empty = Self { query: String::new(), ..nothing_found.clone() };
        vec![full, nothing_found, empty]
    }
}

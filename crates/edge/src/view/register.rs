//! The public register: which agencies speak here, through which accounts, and which of those
//! hold an official handle.

use belfry_model::BodyType;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::AccountCard;
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct RegisterView {
    pub shared_domain: String,
    /// What was searched for; empty for everything.
    pub query: String,
    pub body_type: Option<BodyType>,
    pub agencies: Vec<Agency>,
    /// On all pages.
    pub agency_count: usize,
    /// The pages before and after this one.
    pub newer: Option<String>,
    pub older: Option<String>,
    pub canonical: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Agency {
    pub name: String,
    pub slug: String,
    pub host: String,
    pub href: String,
    pub initials: String,
    pub body_type: BodyType,
    /// The picture of the organisation's account.
    pub logo: Option<String>,
    /// What that account says of itself, without markup.
    pub description: String,
    pub listed_at: Option<DateTime<Utc>>,
    pub is_lead: bool,
    pub accounts: Vec<AccountCard>,
}

impl View for RegisterView {
    const TEMPLATE: &'static str = "register.html";
}

#[cfg(test)]
impl RegisterView {
    pub(crate) fn samples() -> Vec<Self> {
        let agency = Agency {
            name: "Ministry of Education".to_owned(),
            slug: "moe".to_owned(),
            host: "moe.social.example".to_owned(),
            href: "https://moe.social.example/".to_owned(),
            initials: "MO".to_owned(),
            body_type: BodyType::Ministry,
            logo: Some("https://media.social.example/1/a.png".to_owned()),
            description: "\"><script>".to_owned(),
            listed_at: None,
            is_lead: true,
            accounts: AccountCard::of_each_kind(),
        };
        let kinds = BodyType::ALL.iter().map(|kind| Agency {
            body_type: *kind,
            logo: None,
            description: String::new(),
            is_lead: false,
            ..agency.clone()
        });
        let full = Self {
            shared_domain: "social.example".to_owned(),
            query: String::new(),
            body_type: None,
            agencies: std::iter::once(agency.clone()).chain(kinds).collect(),
            agency_count: 1204,
            newer: Some("/?page=1".to_owned()),
            older: Some("/?page=3".to_owned()),
            canonical: "https://social.example/".to_owned(),
        };
        let nothing_found = Self {
            query: "zzz\"".to_owned(),
            agencies: Vec::new(),
            agency_count: 0,
            newer: None,
            older: None,
            ..full.clone()
        };
        let filtered =
            Self { query: String::new(), body_type: Some(BodyType::Court), ..nothing_found.clone() };
        let empty = Self { body_type: None, ..filtered.clone() };
        vec![full, nothing_found, filtered, empty]
    }
}

//! `/register/…`: the proof of one official account, whether an account is real, and following it.

use belfry_model::BodyType;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::AccountCard;
use crate::render::View;

/// `/register/@{handle}`.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    pub account: AccountCard,
    pub agency: String,
    pub agency_href: String,
    pub body_type: BodyType,
    pub shared_domain: String,
    pub since: Option<DateTime<Utc>>,
    pub note: String,
    pub actor: String,
    /// The same for machines.
    pub proof: String,
    pub canonical: String,
}

/// `/register/check`.
#[derive(Debug, Clone, Serialize)]
pub struct CheckView {
    pub shared_domain: String,
    pub typed: String,
    /// `None` where nothing was asked yet.
    pub verdict: Option<Verdict>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Verdict {
    Malformed,
    Real {
        account: AccountCard,
        agency: String,
        /// Of an official account.
        entry: Option<String>,
    },
    /// Not in the register; perhaps it looks like one that is.
    Unknown {
        resembles: Vec<AccountCard>,
    },
}

/// `/register/follow`.
#[derive(Debug, Clone, Serialize)]
pub struct FollowView {
    pub account: AccountCard,
    pub agency: String,
    /// What to copy.
    pub handle: String,
    pub typed: String,
    pub problem: Option<FollowProblem>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowProblem {
    Malformed,
    Ours,
    UnknownAccount,
    Unreachable,
    NoPage,
    TooOften,
}

impl View for EntryView {
    const TEMPLATE: &'static str = "register_entry.html";
}

impl View for CheckView {
    const TEMPLATE: &'static str = "register_check.html";
}

impl View for FollowView {
    const TEMPLATE: &'static str = "register_follow.html";
    const HAS_FORM: bool = true;
    // It ends on the visitor's own server.
    const FORM_MAY_LEAVE: bool = true;
}

#[cfg(test)]
impl EntryView {
    pub(crate) fn samples() -> Vec<Self> {
        let full = Self {
            account: AccountCard::sample(),
            agency: "\"><script>".to_owned(),
            agency_href: "https://moe.social.example/".to_owned(),
            body_type: BodyType::Ministry,
            shared_domain: "social.example".to_owned(),
            since: Some(super::Post::samples()[0].at),
            note: "We answer on working days.".to_owned(),
            actor: "https://moe.social.example/users/moe".to_owned(),
            proof: "https://social.example/register/@moe.json".to_owned(),
            canonical: "https://social.example/register/@moe".to_owned(),
        };
        let short = Self { since: None, note: String::new(), ..full.clone() };
        vec![full, short]
    }
}

#[cfg(test)]
impl CheckView {
    pub(crate) fn samples() -> Vec<Self> {
        let real = |entry: Option<&str>| Verdict::Real {
            account: AccountCard::sample(),
            agency: "Ministry of Education".to_owned(),
            entry: entry.map(str::to_owned),
        };
        let verdicts = [
            None,
            Some(Verdict::Malformed),
            Some(real(Some("https://social.example/register/@moe"))),
            Some(real(None)),
            Some(Verdict::Unknown { resembles: Vec::new() }),
            Some(Verdict::Unknown { resembles: AccountCard::of_each_kind() }),
        ];
        let sample = |verdict| Self {
            shared_domain: "social.example".to_owned(),
            typed: "\"><script>".to_owned(),
            verdict,
        };
        verdicts.map(sample).to_vec()
    }
}

#[cfg(test)]
impl FollowView {
    pub(crate) fn samples() -> Vec<Self> {
        use FollowProblem::{Malformed, NoPage, Ours, TooOften, UnknownAccount, Unreachable};
        [
            None,
            Some(Malformed),
            Some(Ours),
            Some(UnknownAccount),
            Some(Unreachable),
            Some(NoPage),
            Some(TooOften),
        ]
        .map(|problem| Self {
            account: AccountCard::sample(),
            agency: "Ministry of Education".to_owned(),
            handle: "@moe@social.example".to_owned(),
            typed: "\"><script>".to_owned(),
            problem,
        })
        .to_vec()
    }
}

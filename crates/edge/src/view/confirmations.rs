//! `/console/confirmations`: acts that wait for a second person.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Room;
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct ConfirmationsView {
    pub room: Room,
    pub waiting: Vec<WaitingAct>,
    pub problem: Option<ConfirmationProblem>,
    /// What a confirmation brought: shown this once.
    pub invitation: Option<OwnerInvitation>,
}

#[derive(Debug, Clone, Serialize)]
pub struct WaitingAct {
    /// 64 bits, as text.
    pub id: String,
    /// `transfer-lead` or `break-glass`.
    pub kind: String,
    pub agency: String,
    /// Whom it would invite; empty where it invites nobody.
    pub email: String,
    pub reason: String,
    pub proposed_by: String,
    pub proposed_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Proposed by who looks at it: somebody else has to confirm.
    pub is_yours: bool,
    /// Confirmed, and then cut off.
    pub unfinished: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct OwnerInvitation {
    pub email: String,
    pub url: String,
    pub code: String,
    pub expires_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfirmationProblem {
    SamePerson,
    ProposerGone,
    /// It doesn't wait any more.
    Over,
    /// The agency isn't as it has to be.
    NotPossible,
}

impl ConfirmationProblem {
    pub const ALL: &[Self] = &[Self::SamePerson, Self::ProposerGone, Self::Over, Self::NotPossible];
}

impl View for ConfirmationsView {
    const TEMPLATE: &'static str = "console/confirmations.html";
}

#[cfg(test)]
impl ConfirmationsView {
    pub(crate) fn samples() -> Vec<Self> {
        let at = DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time");
        let act = |kind: &str, is_yours, unfinished| WaitingAct {
            id: "17".to_owned(),
            kind: kind.to_owned(),
            agency: "Ministry of <b>Ann</b>".to_owned(),
            email: "ann@moe.example".to_owned(),
            reason: "\"><script>".to_owned(),
            proposed_by: "Ann <ann@moe.example>".to_owned(),
            proposed_at: at,
            expires_at: at,
            is_yours,
            unfinished,
        };
        let empty = Self { room: Room::Confirmations, waiting: Vec::new(), problem: None, invitation: None };
        let full = Self {
            waiting: vec![
                act("transfer-lead", true, false),
                act("break-glass", false, false),
                act("break-glass", false, true),
            ],
            ..empty.clone()
        };
        let invited = Self {
            invitation: Some(OwnerInvitation {
                email: "ann@moe.example".to_owned(),
                url: "https://moe.social.example/invitation".to_owned(),
                code: "K7QX".to_owned(),
                expires_at: at,
            }),
            ..empty.clone()
        };
        let with = |problem: &ConfirmationProblem| Self { problem: Some(*problem), ..full.clone() };
        ConfirmationProblem::ALL.iter().map(with).chain([full.clone(), empty.clone(), invited]).collect()
    }
}

//! Policies as both APIs and the commands name them.

use belfry_model::{Edition, PolicyKind};
use belfry_storage::{Acceptance, PolicyHead, PolicyText};
use belfry_tenancy::policies::{Entry, Line, PartKind, Publication, PublishError, Waiting};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::ApiError;

/// A policy with what holds of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyEntity {
    #[schema(value_type = String, example = "rules")]
    pub policy: PolicyKind,
    /// `3.2` at an agency: the lead agency's version and its own. `3` of the text for all. `null` before
    /// something is published.
    pub version: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub effective_on: Option<NaiveDate>,
    /// Whether people accept it before they post.
    pub demands: bool,
    /// A version that holds from a later day.
    pub announced: Option<String>,
}

/// A version in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyVersion {
    #[schema(example = "3.2")]
    pub version: String,
    #[schema(value_type = String, format = Date)]
    pub effective_on: NaiveDate,
    pub demands: bool,
    /// What is new is the agency's own, and not the text for all.
    pub own: bool,
    pub reason: String,
    pub published_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub published_at: DateTime<Utc>,
}

impl From<PolicyHead> for PolicyVersion {
    fn from(head: PolicyHead) -> Self {
        Self {
            version: head.version.to_string(),
            effective_on: head.effective_on,
            demands: head.demands,
            own: head.own,
            reason: head.reason,
            published_by: head.published_by,
            published_at: head.published_at,
        }
    }
}

impl From<Entry> for PolicyVersion {
    fn from(entry: Entry) -> Self {
        Self {
            version: entry.edition.to_string(),
            effective_on: entry.effective_on,
            demands: entry.demands,
            own: entry.own,
            reason: entry.reason,
            published_by: entry.published_by,
            published_at: entry.published_at,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyVersions {
    /// The first to hold first.
    pub versions: Vec<PolicyVersion>,
}

/// A piece of a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct Piece {
    /// `same`, `added` or `removed`.
    pub kind: &'static str,
    pub text: String,
}

pub fn pieces(line: Line) -> Vec<Piece> {
    let kind = |kind| match kind {
        PartKind::Same => "same",
        PartKind::Added => "added",
        PartKind::Removed => "removed",
    };
    line.0.into_iter().map(|part| Piece { kind: kind(part.kind), text: part.text }).collect()
}

/// What a version says in one language, and what it changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyWords {
    pub version: String,
    #[schema(example = "en")]
    pub language: &'static str,
    /// Markdown.
    pub text: String,
    /// Of the version before it, line by line.
    pub changes: Vec<Vec<Piece>>,
}

#[derive(Debug, Deserialize)]
pub struct AskedLanguage {
    /// `en` or `nl`.
    #[serde(default)]
    pub language: String,
}

/// A version that is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPolicyVersion {
    /// English, Markdown.
    #[serde(default)]
    en: String,
    /// Dutch, Markdown.
    #[serde(default)]
    nl: String,
    /// What `{{agency}}` stands for; of an agency's own text alone, as the three below.
    #[serde(default)]
    agency: String,
    #[serde(default)]
    contact: String,
    #[serde(default)]
    channel: String,
    /// `eu`, `nl`, `nz`, `uk`, or `other` for a text that names none.
    #[serde(default)]
    law: String,
    /// Whether people accept it before they post. Without it they do for the house rules and the social
    /// media policy.
    demands: Option<bool>,
    /// From today without it.
    #[schema(value_type = Option<String>, format = Date)]
    effective_on: Option<NaiveDate>,
    /// Why: it is published with the version.
    #[serde(default)]
    pub reason: String,
}

impl NewPolicyVersion {
    pub fn publication(&self, policy: PolicyKind) -> Publication {
        let text = PolicyText {
            text_en: self.en.clone(),
            text_nl: self.nl.clone(),
            agency: self.agency.clone(),
            contact: self.contact.clone(),
            channel: self.channel.clone(),
            law: self.law.clone(),
            demands: self.demands.unwrap_or_else(|| policy.demands_by_default()),
        };
        let effective_on = self.effective_on;
        Publication { policy, text, effective_on, draft: None }
    }
}

/// `{"version": 3}`
#[derive(Debug, Serialize, ToSchema)]
pub struct Published {
    pub version: i32,
}

impl From<PublishError> for ApiError {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Internal(error) => Self::internal(&error),
            PublishError::Same | PublishError::Changed => Self::Conflict(error.to_string()),
            PublishError::Unknown(_)
            | PublishError::Missing(_)
            | PublishError::Blank
            | PublishError::TooLong
            | PublishError::ReasonTooLong
            | PublishError::Reasonless
            | PublishError::Over(_)
            | PublishError::TooFar(_)
            | PublishError::Contact(_)
            | PublishError::Channel(_)
            | PublishError::AgencyTooLong
            | PublishError::Law(_) => Self::Unprocessable(error.to_string()),
        }
    }
}

impl PolicyEntity {
    pub fn of_baseline(policy: PolicyKind, heads: &[PolicyHead], today: NaiveDate) -> Self {
        let own = || heads.iter().filter(move |head| head.policy == policy.as_str());
        let now = own().rfind(|head| head.effective_on <= today);
        let coming = own().rfind(|head| head.effective_on > today);
        Self {
            policy,
            version: now.map(|head| head.version.to_string()),
            effective_on: now.map(|head| head.effective_on),
            demands: now.is_some_and(|head| head.demands),
            announced: coming.map(|head| head.version.to_string()),
        }
    }

    pub fn of_tenant(policy: PolicyKind, now: Option<Entry>, coming: Option<Entry>) -> Self {
        Self {
            policy,
            version: now.as_ref().map(|entry| entry.edition.to_string()),
            effective_on: now.as_ref().map(|entry| entry.effective_on),
            demands: now.is_some_and(|entry| entry.demands),
            announced: coming.map(|entry| entry.edition.to_string()),
        }
    }
}

/// Who accepted what, and who has still to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Acceptances {
    pub waiting: Vec<WaitingEntity>,
    pub accepted: Vec<AcceptanceEntity>,
}

/// Somebody who may not post until they accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingEntity {
    pub email: String,
    /// Such as `rules 3.2`.
    pub policies: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptanceEntity {
    pub email: String,
    pub policy: String,
    pub version: String,
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
}

impl Acceptances {
    pub fn new(waiting: Vec<Waiting>, accepted: Vec<Acceptance>) -> Self {
        let named = |one: Waiting| WaitingEntity {
            email: one.staff.email,
            policies: one.policies.iter().map(|(policy, edition)| format!("{policy} {edition}")).collect(),
        };
        let line = |one: Acceptance| AcceptanceEntity {
            version: Edition { baseline: one.baseline, addition: one.addition }.to_string(),
            email: one.email,
            policy: one.policy,
            at: one.accepted_at,
        };
        Self {
            waiting: waiting.into_iter().map(named).collect(),
            accepted: accepted.into_iter().map(line).collect(),
        }
    }
}

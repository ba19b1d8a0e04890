//! `/console/agencies/new`: admitting an agency, and what came of it.

use belfry_model::Phase;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Room, TenantRow};
use crate::render::View;

/// The form, with what was typed so far.
#[derive(Debug, Clone, Serialize)]
pub struct NewAgencyView {
    pub room: Room,
    pub shared_domain: String,
    pub typed: TypedAgency,
    pub problem: Option<FieldProblem>,
}

/// As it was sent, whatever it is worth: nothing that somebody typed is lost.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TypedAgency {
    pub slug: String,
    pub name: String,
    pub owner_email: String,
    pub phase: String,
    pub language: String,
    pub body_type: String,
    pub host: String,
    pub official_handle: String,
}

/// What is wrong with which field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The name of the field.
    pub field: &'static str,
    /// `agency-new-problem-…`
    pub key: &'static str,
}

/// The agency is there. The code of its owner's invitation is shown this once.
#[derive(Debug, Clone, Serialize)]
pub struct AdmittedView {
    pub room: Room,
    pub tenant: TenantRow,
    pub handle: String,
    pub official_handle: Option<String>,
    /// The official handle that was asked for went to somebody else meanwhile.
    pub handle_refused: bool,
    pub owner_email: String,
    pub invitation_url: String,
    pub code: String,
    pub expires_at: DateTime<Utc>,
    /// An earlier attempt had been interrupted, and this one completed it.
    pub resumed: bool,
}

impl View for NewAgencyView {
    const TEMPLATE: &'static str = "console/new_agency.html";
    const HAS_FORM: bool = true;
}

impl View for AdmittedView {
    const TEMPLATE: &'static str = "console/admitted.html";
}

impl TypedAgency {
    /// What most agencies begin with.
    pub fn begin(language: &str) -> Self {
        Self { phase: Phase::Invited.to_string(), language: language.to_owned(), ..Self::default() }
    }
}

impl FieldProblem {
    pub const ALL: &[Self] = &[
        Self { field: "slug", key: "slug" },
        Self { field: "slug", key: "slug-reserved" },
        Self { field: "slug", key: "slug-taken" },
        Self { field: "slug", key: "slug-gone" },
        Self { field: "slug", key: "begun" },
        Self { field: "name", key: "name" },
        Self { field: "name", key: "name-long" },
        Self { field: "owner_email", key: "email" },
        Self { field: "phase", key: "phase" },
        Self { field: "language", key: "language" },
        Self { field: "body_type", key: "body-type" },
        Self { field: "host", key: "host" },
        Self { field: "host", key: "host-shared" },
        Self { field: "host", key: "host-port" },
        Self { field: "host", key: "host-taken" },
        Self { field: "official_handle", key: "handle" },
        Self { field: "official_handle", key: "handle-taken" },
    ];

    /// The one with this key.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|problem| problem.key == key)
    }
}

#[cfg(test)]
impl NewAgencyView {
    pub(crate) fn samples() -> Vec<Self> {
        let typed = TypedAgency { name: "\"><script>".to_owned(), ..TypedAgency::begin("en") };
        let sample = |problem| Self {
            room: Room::Agencies,
            shared_domain: "social.example".to_owned(),
            typed: typed.clone(),
            problem,
        };
        let all = FieldProblem::ALL.iter().copied().map(Some);
        std::iter::once(None).chain(all).map(sample).collect()
    }
}

#[cfg(test)]
impl AdmittedView {
    pub(crate) fn samples() -> Vec<Self> {
        let plain = Self {
            room: Room::Agencies,
            tenant: TenantRow::samples().remove(0),
            handle: "@moe@moe.social.example".to_owned(),
            official_handle: None,
            handle_refused: false,
            owner_email: "ann@moe.example".to_owned(),
            invitation_url: "https://moe.social.example/invitation".to_owned(),
            code: "K7QX-2M9A-K7QX-2M9A".to_owned(),
            expires_at: super::Post::samples()[0].at,
            resumed: false,
        };
        let refused = Self { handle_refused: true, resumed: true, ..plain.clone() };
        let official = Self { official_handle: Some("@moe@social.example".to_owned()), ..plain.clone() };
        vec![plain, refused, official]
    }
}

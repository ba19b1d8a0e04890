//! `/console/agencies/{slug}/lifecycle`: closing a namespace and opening it again.

#[cfg(test)]
use belfry_model::{Phase, TenantState};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Room, Tab, TenantRow};
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct LifecycleView {
    pub room: Room,
    pub tab: Tab,
    pub tenant: TenantRow,
    /// Since when and why it is closed.
    pub closure: Option<Closure>,
    /// The end of its days of grace, if it is to be deleted.
    pub delete_at: Option<DateTime<Utc>>,
    /// What was wrong with the form that was sent.
    pub problem: Option<LifecycleProblem>,
    /// As it was sent; else what there is.
    pub typed: LifecycleTyped,
}

/// What stands in the forms.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LifecycleTyped {
    pub reason: String,
    pub name: String,
    pub email: String,
}

/// Since when and why a namespace is closed for now.
#[derive(Debug, Clone, Serialize)]
pub struct Closure {
    pub since: DateTime<Utc>,
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LifecycleProblem {
    Reasonless,
    ReasonTooLong,
    /// It is the lead agency.
    Lead,
    /// It is to be deleted.
    Leaving,
    /// Its state has changed meanwhile.
    State,
    Nameless,
    NameTooLong,
    /// No address.
    Email,
    /// The same is proposed already.
    Waits,
    LeadsAlready,
    Ownerless,
    HasOwner,
}

impl LifecycleProblem {
    pub const ALL: &[Self] = &[
        Self::Reasonless,
        Self::ReasonTooLong,
        Self::Lead,
        Self::Leaving,
        Self::State,
        Self::Nameless,
        Self::NameTooLong,
        Self::Email,
        Self::Waits,
        Self::LeadsAlready,
        Self::Ownerless,
        Self::HasOwner,
    ];
}

impl View for LifecycleView {
    const TEMPLATE: &'static str = "console/lifecycle.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
impl Closure {
    pub(crate) fn sample() -> Self {
        Self {
            since: DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time"),
            reason: "<b>Ann</b> has lost the agreement".to_owned(),
        }
    }
}

#[cfg(test)]
impl LifecycleView {
    pub(crate) fn samples() -> Vec<Self> {
        let of = |tenant: TenantRow| Self {
            room: Room::Agencies,
            tab: Tab::Lifecycle,
            closure: (tenant.state == TenantState::Suspended).then(Closure::sample),
            delete_at: (tenant.state == TenantState::Suspended && tenant.phase == Phase::Pilot)
                .then(|| Closure::sample().since),
            tenant,
            problem: None,
            typed: LifecycleTyped {
                reason: "\"><script>".to_owned(),
                name: "\"><script>".to_owned(),
                email: "ann@moe.example".to_owned(),
            },
        };
        let mut samples: Vec<Self> = TenantRow::samples().into_iter().map(of).collect();
        let first = samples.first().expect("a sample").clone();
        let with = |problem: &LifecycleProblem| Self { problem: Some(*problem), ..first.clone() };
        samples.extend(LifecycleProblem::ALL.iter().map(with));
        samples
    }
}

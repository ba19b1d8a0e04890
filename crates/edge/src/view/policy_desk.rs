//! Where policies are written and published: by the lead agency for all, by an agency for itself.

use belfry_model::Law;
use belfry_tenancy::policies::PublishError;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{BaselinePart, ChangedLine, Room, VersionRow};
use crate::render::View;

/// A policy in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyRow {
    pub title: String,
    pub href: String,
    /// What holds; empty where nothing is published.
    pub edition: String,
    pub since: Option<DateTime<Utc>>,
    pub coming: bool,
    pub demands: bool,
}

/// What is typed, or kept as a draft.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PolicyForm {
    pub en: String,
    pub nl: String,
    pub agency: String,
    pub contact: String,
    pub channel: String,
    pub law: String,
    pub demands: bool,
}

/// Why a text can't be taken: the end of `policy-problem-…`, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyProblem {
    pub key: &'static str,
    pub what: String,
}

impl PolicyProblem {
    /// `None` for our own fault.
    pub fn of(error: &PublishError) -> Option<Self> {
        let (key, what) = match error {
            PublishError::Unknown(unknown) => ("unknown", unknown.0.clone()),
            PublishError::Missing(missing) => {
                ("missing", missing.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", "))
            }
            PublishError::Blank => ("blank", String::new()),
            PublishError::TooLong => ("too-long", String::new()),
            PublishError::ReasonTooLong => ("reason-too-long", String::new()),
            PublishError::Reasonless => ("reasonless", String::new()),
            PublishError::Over(day) => ("over", day.to_string()),
            PublishError::TooFar(day) => ("too-far", day.to_string()),
            PublishError::Contact(what) => ("contact", what.clone()),
            PublishError::Channel(what) => ("channel", what.clone()),
            PublishError::AgencyTooLong => ("agency-too-long", String::new()),
            PublishError::Law(what) => ("law", what.clone()),
            PublishError::Same => ("same", String::new()),
            PublishError::Changed => ("changed", String::new()),
            PublishError::Internal(_) => return None,
        };
        Some(Self { key, what })
    }

    /// For a day that can't be read.
    pub fn date(typed: &str) -> Self {
        Self { key: "date", what: typed.to_owned() }
    }
}

/// One policy with its draft and its versions.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyDesk {
    pub title: String,
    /// Where the forms go.
    pub base: String,
    /// An agency's own: with variables, and below the baseline.
    pub own: bool,
    /// The lead agency's text as the agency's readers see it, above what is written here.
    pub baseline_html: Option<String>,
    pub has_draft: bool,
    pub form: PolicyForm,
    /// What the variables stand for where the form says nothing.
    pub defaults: PolicyForm,
    pub laws: Vec<Law>,
    pub problem: Option<PolicyProblem>,
    pub versions: Vec<VersionRow>,
}

/// What a draft comes to, or what a version says.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyPreview {
    pub title: String,
    pub base: String,
    /// A version that is published already.
    pub version: Option<String>,
    /// The draft that is looked at, as text; empty for a version.
    pub draft: String,
    pub wordings: Vec<PolicyWording>,
    /// Variables without a value.
    pub missing: Vec<&'static str>,
    pub demands: bool,
    pub problem: Option<PolicyProblem>,
    pub reason: String,
    pub effective_on: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct PolicyWording {
    pub code: &'static str,
    pub name: &'static str,
    /// Sanitised where it was made.
    pub html: String,
    pub lines: Vec<ChangedLine>,
    pub changed: bool,
}

macro_rules! views {
    ($($(#[$doc:meta])* $console:ident $admin:ident { $field:ident: $type:ty } $template:literal $form:literal),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        pub struct $console {
            pub room: Room,
            pub part: BaselinePart,
            pub $field: $type,
        }

        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        pub struct $admin {
            pub agency: String,
            pub $field: $type,
        }

        impl $console {
            pub fn new($field: $type) -> Self {
                Self { room: Room::Baseline, part: BaselinePart::Policies, $field }
            }
        }

        impl View for $console {
            const TEMPLATE: &'static str = concat!("console/", $template);
            const HAS_FORM: bool = $form;
        }

        impl View for $admin {
            const TEMPLATE: &'static str = concat!("admin/", $template);
            const HAS_FORM: bool = $form;
        }
    )*};
}

views! {
    /// All policies.
    ConsolePoliciesView AdminPoliciesView { policies: Vec<PolicyRow> } "policies.html" false,
    /// One of them.
    ConsolePolicyView AdminPolicyView { desk: PolicyDesk } "policy.html" true,
    /// Before it is published, or as it was.
    ConsolePolicyPreviewView AdminPolicyPreviewView { preview: PolicyPreview } "policy_preview.html" true,
}

/// `/account/policies`: what somebody has to accept, and what they accepted.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPoliciesView {
    pub agency: String,
    pub due: Vec<DuePolicyPart>,
    pub accepted: Vec<AcceptedRow>,
    /// What they read is not what holds any more.
    pub changed: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct DuePolicyPart {
    pub policy: String,
    pub title: String,
    pub edition: String,
    pub since: DateTime<Utc>,
    pub html: String,
    pub changes: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct AcceptedRow {
    /// Who; empty where it is oneself.
    pub name: String,
    pub title: String,
    pub edition: String,
    pub href: String,
    pub at: DateTime<Utc>,
}

/// `/admin/policies/accepted`: who accepted what, and who has not yet.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptancesView {
    pub agency: String,
    pub waiting: Vec<WaitingPerson>,
    pub accepted: Vec<AcceptedRow>,
    pub newer: Option<String>,
    pub older: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct WaitingPerson {
    pub name: String,
    pub email: String,
    /// Names with their editions.
    pub policies: Vec<String>,
}

impl View for OwnPoliciesView {
    const TEMPLATE: &'static str = "account/policies.html";
    const HAS_FORM: bool = true;
}

impl View for AcceptancesView {
    const TEMPLATE: &'static str = "admin/policies_accepted.html";
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::view::policy::sample_time;

    fn text(text: &str) -> String {
        text.to_owned()
    }

    fn rows() -> Vec<PolicyRow> {
        let row = PolicyRow {
            title: text("House rules"),
            href: text("/admin/policies/rules"),
            edition: text("1.2"),
            since: Some(sample_time()),
            coming: true,
            demands: true,
        };
        let nothing =
            PolicyRow { edition: String::new(), since: None, coming: false, demands: false, ..row.clone() };
        vec![row, nothing]
    }

    fn desks() -> Vec<PolicyDesk> {
        let form = PolicyForm {
            en: text("</textarea><b>Ann"),
            nl: text("x"),
            agency: text("\"><b>Ann"),
            law: text("nl"),
            demands: true,
            ..PolicyForm::default()
        };
        let full = PolicyDesk {
            title: text("House rules"),
            base: text("/admin/policies/rules"),
            own: true,
            baseline_html: Some(text("<p>Be kind.</p>")),
            has_draft: true,
            defaults: PolicyForm { agency: text("Education"), ..PolicyForm::default() },
            form,
            laws: Law::ALL.to_vec(),
            problem: None,
            versions: VersionRow::samples(),
        };
        let empty = PolicyDesk {
            own: false,
            baseline_html: None,
            has_draft: false,
            form: PolicyForm::default(),
            versions: Vec::new(),
            ..full.clone()
        };
        let own_empty = PolicyDesk { own: true, ..empty.clone() };
        let errors = [
            PublishError::Missing(vec![]),
            PublishError::Blank,
            PublishError::TooLong,
            PublishError::ReasonTooLong,
            PublishError::Reasonless,
            PublishError::Over(chrono::NaiveDate::MIN),
            PublishError::TooFar(chrono::NaiveDate::MAX),
            PublishError::Contact(text("<b>Ann")),
            PublishError::Channel(text("<b>Ann")),
            PublishError::AgencyTooLong,
            PublishError::Law(text("xx")),
            PublishError::Same,
            PublishError::Changed,
        ];
        let unknown = PolicyProblem { key: "unknown", what: text("<b>Ann") };
        let problems = errors.iter().filter_map(PolicyProblem::of).chain([unknown, PolicyProblem::date("x")]);
        let problems = problems.map(|problem| PolicyDesk { problem: Some(problem), ..full.clone() });
        [full.clone(), empty, own_empty].into_iter().chain(problems.collect::<Vec<_>>()).collect()
    }

    fn previews() -> Vec<PolicyPreview> {
        let wording = PolicyWording {
            code: "en",
            name: "English",
            html: text("<p>Be kind.</p>"),
            lines: ChangedLine::samples(),
            changed: true,
        };
        let full = PolicyPreview {
            title: text("House rules"),
            base: text("/admin/policies/rules"),
            version: None,
            draft: text("7"),
            wordings: vec![
                wording.clone(),
                PolicyWording {
                    code: "nl",
                    name: "Nederlands",
                    changed: false,
                    lines: Vec::new(),
                    ..wording
                },
            ],
            missing: vec!["law"],
            demands: true,
            problem: Some(PolicyProblem { key: "changed", what: String::new() }),
            reason: text("\"><b>Ann"),
            effective_on: text("2026-01-31"),
        };
        let plain = PolicyPreview { missing: Vec::new(), problem: None, demands: false, ..full.clone() };
        let old = PolicyPreview { version: Some(text("3")), draft: String::new(), ..plain.clone() };
        vec![full, plain, old]
    }

    macro_rules! samples {
        ($($console:ident $admin:ident { $field:ident } $from:expr),* $(,)?) => {$(
            impl $console {
                pub(crate) fn samples() -> Vec<Self> {
                    $from.into_iter().map(Self::new).collect()
                }
            }
            impl $admin {
                pub(crate) fn samples() -> Vec<Self> {
                    $from.into_iter().map(|$field| Self { agency: "<b>Ann".to_owned(), $field }).collect()
                }
            }
        )*};
    }
    samples! {
        ConsolePoliciesView AdminPoliciesView { policies } [rows()],
        ConsolePolicyView AdminPolicyView { desk } desks(),
        ConsolePolicyPreviewView AdminPolicyPreviewView { preview } previews(),
    }

    fn accepted() -> AcceptedRow {
        AcceptedRow {
            name: text("<b>Ann"),
            title: text("House rules"),
            edition: text("1.2"),
            href: text("/about/rules/1.2"),
            at: sample_time(),
        }
    }

    impl OwnPoliciesView {
        pub(crate) fn samples() -> Vec<Self> {
            let due = |policy: &str| DuePolicyPart {
                policy: text(policy),
                title: text(policy),
                edition: text("1.2"),
                since: sample_time(),
                html: text("<p>Be kind.</p>"),
                changes: text("/about/rules/1.2/changes"),
            };
            let full = Self {
                agency: text("<b>Ann"),
                due: vec![due("rules"), due("social-media")],
                accepted: vec![accepted()],
                changed: true,
            };
            vec![Self { due: Vec::new(), accepted: Vec::new(), changed: false, ..full.clone() }, full]
        }
    }

    impl AcceptancesView {
        pub(crate) fn samples() -> Vec<Self> {
            let person = WaitingPerson {
                name: text("<b>Ann"),
                email: text("ann@moe.example"),
                policies: vec![text("House rules 1.2"), text("Privacy 1.0")],
            };
            let full = Self {
                agency: text("<b>Ann"),
                waiting: vec![person],
                accepted: vec![accepted()],
                newer: Some(text("/admin/policies/accepted?page=1")),
                older: Some(text("/admin/policies/accepted?page=3")),
            };
            vec![
                Self { waiting: Vec::new(), accepted: Vec::new(), newer: None, older: None, ..full.clone() },
                full,
            ]
        }
    }
}

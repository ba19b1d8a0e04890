//! The policy pack: what an agency and the lead agency publish about how they act, version by version.
//!
//! Invariant: what is published never changes. What holds on a day follows from the versions alone:
//! the lead agency's text comes first, and a tenant adds to it and can neither change nor drop it.

mod accept;
mod compare;
mod compose;
mod draft;
mod history;
mod markdown;
mod publish;
mod rules;
mod template;
mod variables;

pub use accept::{AcceptError, Waiting, accept, accepted, due, due_in, waiting};
pub use compare::{Line, Part, PartKind, compare};
pub use compose::{Document, Home, at, changes, compose, extended, home, in_force, preview};
pub use draft::{Desk, adopt, desk, discard, draft, revise};
pub use history::{Entry, heads, history};
pub use publish::{
    Publication, PublishError, adopt_baseline, baseline_changes, of_template, publish, publish_baseline,
    save, save_baseline,
};
pub(crate) use rules::rules_in;
pub use template::template;
pub use variables::{Unknown, Variable, missing, unknown};

use belfry_model::PolicyKind;
use fluent_bundle::FluentArgs;

use crate::{Result, texts};

/// The languages that a policy is written in; the first is for whoever reads neither.
pub const LANGUAGES: [&str; 2] = ["en", "nl"];

/// Longer texts nobody reads.
pub const LONGEST_TEXT: usize = 50_000;
pub const LONGEST_REASON: usize = 500;

/// What a policy is called.
pub fn title(policy: PolicyKind, language: &str) -> Result<String> {
    texts::text(language, &format!("policy-title-{policy}"), &FluentArgs::new())
}

/// Which of [`LANGUAGES`] a tag (BCP 47) means.
pub fn language(tag: &str) -> &'static str {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.into_iter().find(|code| code.eq_ignore_ascii_case(primary)).unwrap_or("en")
}

//! What the forms about policies hold, on the console and on a department's pages.

use belfry_edge::Language;
use belfry_edge::view::{PolicyForm, PolicyProblem, PolicyWording, changed_lines};
use belfry_model::PolicyKind;
use belfry_storage::PolicyText;
use belfry_tenancy::policies::{Line, Publication};
use serde::Deserialize;

/// What a draft begins with.
#[derive(Debug, Deserialize)]
pub(crate) struct Begin {
    /// `template`, or what there is.
    #[serde(default)]
    pub from: String,
}

#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Typed {
    en: String,
    nl: String,
    agency: String,
    contact: String,
    channel: String,
    law: String,
    demands: Option<String>,
}

impl Typed {
    pub fn text(self) -> PolicyText {
        PolicyText {
            text_en: self.en,
            text_nl: self.nl,
            agency: self.agency,
            contact: self.contact,
            channel: self.channel,
            law: self.law,
            demands: self.demands.is_some(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Publishing {
    /// The draft that was looked at.
    draft: String,
    pub reason: String,
    pub effective_on: String,
}

impl Publishing {
    /// Of the draft as it is now.
    pub fn publication(&self, policy: PolicyKind, text: PolicyText) -> Result<Publication, PolicyProblem> {
        let effective_on = match self.effective_on.trim() {
            "" => None,
            day => Some(day.parse().map_err(|_| PolicyProblem::date(day))?),
        };
        // What is no number is no draft of ours.
        Ok(Publication { policy, text, effective_on, draft: Some(self.draft.parse().unwrap_or(0)) })
    }
}

pub(crate) fn form_of(text: PolicyText) -> PolicyForm {
    PolicyForm {
        en: text.text_en,
        nl: text.text_nl,
        agency: text.agency,
        contact: text.contact,
        channel: text.channel,
        law: text.law,
        demands: text.demands,
    }
}

pub(crate) fn wording(language: Language, html: String, lines: Vec<Line>) -> PolicyWording {
    PolicyWording {
        code: language.code(),
        name: language.own_name(),
        html,
        changed: lines.iter().any(Line::is_changed),
        lines: changed_lines(lines),
    }
}

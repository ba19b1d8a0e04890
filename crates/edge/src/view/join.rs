//! `/join` on the shared domain: a body asks for a namespace, and follows its request.

use belfry_model::{BodyType, ProofState, RequestState};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::render::View;

/// As it was sent, whatever it is worth: nothing that somebody typed is lost.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TypedRequest {
    pub name: String,
    pub email: String,
    pub body_name: String,
    pub body_type: String,
    pub purpose: String,
    pub slug: String,
    pub domain: String,
    pub contact: String,
}

/// What is wrong with which field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct JoinProblem {
    /// The name of the field; empty where it is none.
    pub field: &'static str,
    /// `join-problem-…`
    pub key: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct JoinView {
    pub shared_domain: String,
    pub typed: TypedRequest,
    pub types: &'static [BodyType],
    pub text_length: usize,
    pub problem: Option<JoinProblem>,
}

/// The request is there; its code is on its way by mail.
#[derive(Debug, Clone, Serialize)]
pub struct JoinSentView {
    pub number: String,
    pub email: String,
}

/// Where number and code are typed.
#[derive(Debug, Clone, Serialize)]
pub struct JoinStatusView {
    pub number: String,
    pub problem: Option<JoinProblem>,
}

/// One request, for whoever has its number and code. Both go back with every form of the page, so
/// that no address ever holds them.
#[derive(Debug, Clone, Serialize)]
pub struct JoinRequestView {
    pub number: String,
    pub code: String,
    pub state: RequestState,
    pub body_name: String,
    pub address: String,
    pub reason: String,
    pub created_at: DateTime<Utc>,
    pub proof: ProofPart,
    pub messages: Vec<MessageRow>,
    /// What was typed as an answer.
    pub answer: String,
    pub text_length: usize,
    pub problem: Option<JoinProblem>,
}

/// How the proof of a domain stands.
#[derive(Debug, Clone, Serialize)]
pub struct ProofPart {
    pub domain: String,
    pub token: String,
    pub state: ProofState,
    pub looking: bool,
    pub checked_at: Option<DateTime<Utc>>,
    /// What the last look found amiss; empty if nothing.
    pub problem: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct MessageRow {
    pub at: DateTime<Utc>,
    pub from_lead: bool,
    pub text: String,
}

impl View for JoinView {
    const TEMPLATE: &'static str = "join/form.html";
    const HAS_FORM: bool = true;
}

impl View for JoinSentView {
    const TEMPLATE: &'static str = "join/sent.html";
}

impl View for JoinStatusView {
    const TEMPLATE: &'static str = "join/status.html";
    const HAS_FORM: bool = true;
}

impl View for JoinRequestView {
    const TEMPLATE: &'static str = "join/request.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
impl JoinView {
    pub(crate) fn samples() -> Vec<Self> {
        let empty = Self {
            shared_domain: "social.example".to_owned(),
            typed: TypedRequest::default(),
            types: BodyType::ALL,
            text_length: 4000,
            problem: None,
        };
        let typed = TypedRequest { body_name: "\"><b>Ann".to_owned(), ..TypedRequest::default() };
        let wrong = |field, key| Self {
            problem: Some(JoinProblem { field, key }),
            typed: typed.clone(),
            ..empty.clone()
        };
        let mut all: Vec<Self> = [
            ("name", "name"),
            ("email", "email"),
            ("body_name", "body-name"),
            ("body_type", "body-type"),
            ("purpose", "purpose"),
            ("slug", "slug"),
            ("slug", "slug-taken"),
            ("domain", "domain"),
            ("contact", "contact"),
            ("", "full"),
            ("", "too-many"),
        ]
        .into_iter()
        .map(|(field, key)| wrong(field, key))
        .collect();
        all.push(empty);
        all
    }
}

#[cfg(test)]
impl JoinSentView {
    pub(crate) fn samples() -> Vec<Self> {
        vec![Self { number: "R-K7QX-2M9A".to_owned(), email: "ann@moe.example".to_owned() }]
    }
}

#[cfg(test)]
impl JoinStatusView {
    pub(crate) fn samples() -> Vec<Self> {
        let of = |problem| Self { number: "R-K7QX-2M9A".to_owned(), problem };
        let wrong = JoinProblem { field: "code", key: "wrong" };
        vec![of(None), of(Some(wrong)), of(Some(JoinProblem { field: "", key: "too-many" }))]
    }
}

#[cfg(test)]
impl JoinRequestView {
    pub(crate) fn samples() -> Vec<Self> {
        let of = |state: &RequestState, proof: &ProofPart| Self {
            number: "R-K7QX-2M9A".to_owned(),
            code: "K7QX".to_owned(),
            state: *state,
            body_name: "Ministry of Education".to_owned(),
            address: "moe.social.example".to_owned(),
            reason: if *state == RequestState::Refused { "No public body".to_owned() } else { String::new() },
            created_at: samples::at(),
            proof: proof.clone(),
            messages: if *state == RequestState::Waiting { Vec::new() } else { samples::messages() },
            answer: String::new(),
            text_length: 4000,
            problem: (*state == RequestState::Asked)
                .then_some(JoinProblem { field: "answer", key: "answer" }),
        };
        let proofs = samples::proofs();
        RequestState::ALL.iter().flat_map(|state| proofs.iter().map(move |proof| of(state, proof))).collect()
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    pub(crate) fn at() -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time")
    }

    pub(crate) fn messages() -> Vec<MessageRow> {
        let row = |from_lead, text: &str| MessageRow { at: at(), from_lead, text: text.to_owned() };
        vec![row(true, "Who answers\nat night?"), row(false, "<b>Ann</b>")]
    }

    pub(crate) fn proofs() -> Vec<ProofPart> {
        let proof = |state, problem: &str, looking| ProofPart {
            domain: "moe.example".to_owned(),
            token: "belfry-abc".to_owned(),
            state,
            looking,
            checked_at: (!problem.is_empty()).then(at),
            problem: problem.to_owned(),
        };
        vec![
            proof(ProofState::Unproven, "", false),
            proof(ProofState::Unproven, "", true),
            proof(ProofState::Unproven, "absent", false),
            proof(ProofState::Unproven, "other", false),
            proof(ProofState::Lapsed, "unreachable", false),
            proof(ProofState::Proven, "", false),
        ]
    }
}

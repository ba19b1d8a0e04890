//! `/console/requests`: what bodies asked for, and the agreements that they were admitted by.

use belfry_model::{BodyType, Phase, RequestState};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::join::{MessageRow, ProofPart};
use super::{QuotaForm, Room, Tab, TenantRow};
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct RequestsView {
    pub room: Room,
    /// Which are shown; `None` is all.
    pub state: Option<RequestState>,
    pub counts: Vec<RequestCount>,
    pub requests: Vec<RequestRow>,
    pub newer: Option<String>,
    pub older: Option<String>,
    /// Where bodies ask.
    pub join: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct RequestCount {
    pub state: RequestState,
    pub requests: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct RequestRow {
    pub number: String,
    pub body_name: String,
    pub body_type: BodyType,
    pub slug: String,
    pub state: RequestState,
    pub created_at: DateTime<Utc>,
}

/// One request, and what the lead agency may do with it.
#[derive(Debug, Clone, Serialize)]
pub struct RequestView {
    pub room: Room,
    pub request: RequestRow,
    pub address: String,
    pub name: String,
    pub email: String,
    pub purpose: String,
    pub contact: String,
    pub reason: String,
    pub proof: ProofPart,
    pub messages: Vec<MessageRow>,
    pub agreement: Option<AgreementPart>,
    /// For what is still to be decided.
    pub typed: TypedDecision,
    pub phases: &'static [Phase],
    pub quota: QuotaForm,
    pub text_length: usize,
    /// `request-problem-…`
    pub problem: Option<&'static str>,
}

/// As it was sent, whatever it is worth.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TypedDecision {
    pub question: String,
    pub reason: String,
    pub phase: String,
    pub owner_email: String,
    pub agreement: String,
    pub signatory: String,
    pub signed_on: String,
    pub review_on: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct AgreementPart {
    pub text: String,
    pub signatory: String,
    pub signed_on: NaiveDate,
    pub review_on: NaiveDate,
    /// The day of review has come.
    pub due: bool,
}

/// `/console/agencies/{slug}/agreement`
#[derive(Debug, Clone, Serialize)]
pub struct AgreementView {
    pub room: Room,
    pub tab: Tab,
    pub tenant: TenantRow,
    /// The request that it came by; `None` for an agency that was made by hand.
    pub number: Option<String>,
    pub agreement: Option<AgreementPart>,
    pub proof: Option<ProofPart>,
}

impl View for RequestsView {
    const TEMPLATE: &'static str = "console/requests.html";
}

impl View for RequestView {
    const TEMPLATE: &'static str = "console/request.html";
    const HAS_FORM: bool = true;
}

impl View for AgreementView {
    const TEMPLATE: &'static str = "console/agreement.html";
}

#[cfg(test)]
use super::join::samples;

#[cfg(test)]
fn row(state: RequestState) -> RequestRow {
    RequestRow {
        number: "R-K7QX-2M9A".to_owned(),
        body_name: "Ministry of <Education>".to_owned(),
        body_type: BodyType::Ministry,
        slug: "moe".to_owned(),
        state,
        created_at: samples::at(),
    }
}

#[cfg(test)]
fn agreement() -> AgreementPart {
    let day = samples::at().date_naive();
    let text = "Agreement\n\n1. …".to_owned();
    AgreementPart { text, signatory: "Ann".to_owned(), signed_on: day, review_on: day, due: true }
}

#[cfg(test)]
impl RequestsView {
    pub(crate) fn samples() -> Vec<Self> {
        let full = Self {
            room: Room::Requests,
            state: Some(RequestState::Waiting),
            counts: RequestState::ALL.iter().map(|&state| RequestCount { state, requests: 2 }).collect(),
            requests: RequestState::ALL.iter().map(|&state| row(state)).collect(),
            newer: Some("/console/requests?page=1".to_owned()),
            older: Some("/console/requests?page=3".to_owned()),
            join: "https://social.example/join".to_owned(),
        };
        let none = Self { requests: Vec::new(), newer: None, older: None, ..full.clone() };
        vec![Self { state: None, ..none.clone() }, none, full]
    }
}

#[cfg(test)]
impl RequestView {
    pub(crate) fn samples() -> Vec<Self> {
        let of = |(state, proof): (&RequestState, ProofPart)| Self {
            room: Room::Requests,
            request: row(*state),
            address: "moe.social.example".to_owned(),
            name: "Ann".to_owned(),
            email: "ann@moe.example".to_owned(),
            purpose: "To be\nheard".to_owned(),
            contact: "+31 70 000".to_owned(),
            reason: if *state == RequestState::Refused { "No".to_owned() } else { String::new() },
            proof,
            messages: if *state == RequestState::Waiting { Vec::new() } else { samples::messages() },
            agreement: (*state == RequestState::Approved).then(agreement),
            typed: TypedDecision::default(),
            phases: Phase::ALL,
            quota: QuotaForm::sample(Some(false), false),
            text_length: 4000,
            problem: None,
        };
        let mut all: Vec<Self> = RequestState::ALL.iter().zip(samples::proofs()).map(of).collect();
        let open = of((&RequestState::Waiting, samples::proofs().remove(0)));
        for problem in [
            "question",
            "reason",
            "phase",
            "email",
            "agreement",
            "signatory",
            "date",
            "review",
            "taken",
            "provision",
            "quota",
        ] {
            all.push(Self { problem: Some(problem), ..open.clone() });
        }
        all
    }
}

#[cfg(test)]
impl AgreementView {
    pub(crate) fn samples() -> Vec<Self> {
        let none = Self {
            room: Room::Agencies,
            tab: Tab::Agreement,
            tenant: TenantRow::samples().remove(0),
            number: None,
            agreement: None,
            proof: None,
        };
        let with = |proof| Self {
            number: Some("R-K7QX-2M9A".to_owned()),
            agreement: Some(agreement()),
            proof: Some(proof),
            ..none.clone()
        };
        samples::proofs().into_iter().map(with).chain([none.clone()]).collect()
    }
}

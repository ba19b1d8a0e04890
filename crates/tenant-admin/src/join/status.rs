//! `/join/status`: number and code are typed, and the request is shown.

pub(super) mod answer;
pub(super) mod check;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use belfry_edge::view::{JoinProblem, JoinRequestView, JoinStatusView, MessageRow, ProofPart};
use belfry_edge::{CheckedForm, Page, client_address};
use belfry_model::Secret;
use belfry_tenancy::admission::{self, Key, OpenError, Seen};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Form {
    #[serde(default)]
    number: String,
    code: Secret,
    #[serde(default)]
    answer: String,
}

impl Form {
    fn key(&self) -> Key {
        Key { number: self.number.clone(), code: self.code.clone() }
    }
}

pub(super) async fn get(page: Page) -> HttpResponse {
    page.respond(&JoinStatusView { number: String::new(), problem: None })
}

pub(super) async fn post(request: HttpRequest, checked: CheckedForm<Form>) -> HttpResponse {
    let CheckedForm { form, page } = checked;
    let settings = &page.platform.settings.admission;
    let opened =
        admission::open(&page.platform.tenancy, settings, &form.key(), client_address(&request)).await;
    respond(&page, &form, opened)
}

/// The request, or the form again.
fn respond(page: &Page, form: &Form, opened: Result<Seen, OpenError>) -> HttpResponse {
    let again = |status, key| {
        let number = form.number.chars().take(40).collect();
        page.respond_with(
            status,
            &JoinStatusView { number, problem: Some(JoinProblem { field: "code", key }) },
        )
    };
    match opened {
        Ok(seen) => page.respond(&view(page, form, seen, None)),
        Err(OpenError::Wrong) => again(StatusCode::UNPROCESSABLE_ENTITY, "wrong"),
        Err(OpenError::TooMany) => again(StatusCode::TOO_MANY_REQUESTS, "too-many"),
        Err(OpenError::Answer) => again(StatusCode::UNPROCESSABLE_ENTITY, "answer"),
        Err(OpenError::Internal(error)) => page.broken(&error),
    }
}

fn view(page: &Page, form: &Form, seen: Seen, problem: Option<JoinProblem>) -> JoinRequestView {
    let address = format!("{}.{}", seen.slug, page.platform.names().shared_domain);
    let message = |message: admission::SeenMessage| MessageRow {
        at: message.at,
        from_lead: message.from_lead,
        text: message.text,
    };
    JoinRequestView {
        number: seen.number,
        code: form.code.expose().to_owned(),
        state: seen.state,
        body_name: seen.body_name,
        address,
        reason: seen.reason,
        created_at: seen.created_at,
        proof: ProofPart {
            domain: seen.domain,
            token: seen.token.expose().to_owned(),
            state: seen.proof,
            looking: seen.looking,
            checked_at: seen.checked_at,
            problem: seen.problem,
        },
        messages: seen.messages.into_iter().map(message).collect(),
        answer: if problem.is_some() { form.answer.clone() } else { String::new() },
        text_length: page.platform.settings.admission.text_length,
        problem,
    }
}

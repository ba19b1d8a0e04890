//! `/console/requests`: what bodies asked for, by state, a page at a time.

pub(super) mod approve;
pub(super) mod ask;
pub(super) mod check;
pub(super) mod complete;
pub(super) mod refuse;
pub(super) mod show;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{RequestCount, RequestRow, RequestsView, Room, TypedDecision};
use belfry_model::RequestState;
use belfry_storage::row;
use belfry_tenancy::admission::{self, Case, DecideError};
use belfry_tenancy::provision::ProvisionError;
use serde::Deserialize;

use crate::lead::Lead;
use crate::quota_form::TypedQuota;

const PER_PAGE: u64 = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: String,
}

/// What was typed into the forms of a request.
#[derive(Debug, Default)]
struct Typed {
    decision: TypedDecision,
    quota: Option<TypedQuota>,
}

impl From<TypedDecision> for Typed {
    fn from(decision: TypedDecision) -> Self {
        Self { decision, quota: None }
    }
}

pub(super) async fn get(lead: Lead, query: web::Query<Query>) -> HttpResponse {
    match list(&lead, &query).await {
        Ok(view) => lead.respond(&view),
        Err(error) => lead.broken(&error),
    }
}

async fn list(lead: &Lead, query: &Query) -> belfry_tenancy::Result<RequestsView> {
    let state: Option<RequestState> = query.state.parse().ok();
    // No further than a hundred thousand: a number of somebody's own is no reason to look for long.
    let page: u64 = query.page.parse().unwrap_or(1).clamp(1, 2000);
    let mut found = admission::cases(lead.admin(), state, page, PER_PAGE + 1).await?;
    let more = u64::try_from(found.len()).is_ok_and(|found| found > PER_PAGE);
    found.truncate(50);
    let counts = admission::counts(lead.admin()).await?;
    let link = |page: u64| {
        let state = state.map(|state| format!("&state={state}")).unwrap_or_default();
        format!("/console/requests?page={page}{state}")
    };
    let names = lead.platform.names();
    Ok(RequestsView {
        room: Room::Requests,
        state,
        counts: counts.into_iter().map(|(state, requests)| RequestCount { state, requests }).collect(),
        requests: found.iter().filter_map(row_of).collect(),
        newer: (page > 1).then(|| link(page - 1)),
        older: more.then(|| link(page + 1)),
        join: format!("{}://{}/join", names.scheme, names.shared_domain),
    })
}

/// `None` for a row that this version can't read.
fn row_of(request: &row::Request) -> Option<RequestRow> {
    Some(RequestRow {
        number: request.number.clone(),
        body_name: request.body_name.clone(),
        body_type: request.body_type.parse().ok()?,
        slug: request.slug.clone(),
        state: request.state.parse().ok()?,
        created_at: request.created_at,
    })
}

/// The request that a path names.
async fn case(lead: &Lead, number: &str) -> belfry_tenancy::Result<Option<Case>> {
    admission::find(lead.tenancy(), lead.admin(), number).await
}

fn path(case: &Case) -> String {
    format!("/console/requests/{}", case.request.number)
}

/// After a form: the request as it is then, or the form again with what was typed.
async fn answer(
    lead: &Lead,
    case: &Case,
    decided: Result<(), DecideError>,
    typed: Typed,
    text: &'static str,
) -> HttpResponse {
    let problem = match decided {
        // Decided by another meanwhile, it shows how.
        Ok(()) | Err(DecideError::Decided | DecideError::NothingToComplete) => {
            return lead.redirect(&path(case));
        }
        Err(DecideError::Text(_)) => text,
        Err(DecideError::Signatory) => "signatory",
        Err(DecideError::Review) => "review",
        Err(DecideError::Quota(_)) => "quota",
        Err(DecideError::Provision(ProvisionError::Taken(_) | ProvisionError::Gone(_))) => "taken",
        Err(DecideError::Provision(ProvisionError::Internal(error)) | DecideError::Internal(error)) => {
            return lead.broken(&error);
        }
        Err(DecideError::Provision(_)) => "provision",
    };
    again(lead, case, typed, problem).await
}

async fn again(lead: &Lead, case: &Case, typed: Typed, problem: &'static str) -> HttpResponse {
    match show::view(lead, case, typed, Some(problem)).await {
        Ok(view) => lead.respond_with(StatusCode::UNPROCESSABLE_ENTITY, &view),
        Err(error) => lead.broken(&error),
    }
}

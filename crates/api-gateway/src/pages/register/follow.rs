//! `/register/follow?account=…`: following an account from wherever the visitor has one.
//!
//! Invariant: what a visitor types is used once and kept nowhere, and leads to their own server's
//! host or nowhere.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use belfry_activitypub::document::webfinger::Acct;
use belfry_edge::view::{ErrorKind, FollowProblem, FollowView};
use belfry_edge::{CheckedForm, Page};
use belfry_federation::interact::InteractError;
use serde::Deserialize;

use super::listing::card;
use super::too_often;
use super::whose::whose;
use crate::Gateway;

#[derive(Debug, Default, Deserialize)]
pub(in crate::pages) struct Query {
    #[serde(default)]
    account: String,
}

#[derive(Debug, Deserialize)]
pub(in crate::pages) struct Form {
    account: String,
    #[serde(default)]
    handle: String,
}

pub(in crate::pages) async fn get(page: Page, query: web::Query<Query>) -> HttpResponse {
    match view(&page, &query.account).await {
        Ok(view) => page.respond(&view),
        Err(answer) => answer,
    }
}

pub(in crate::pages) async fn post(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    checked: CheckedForm<Form>,
) -> HttpResponse {
    let CheckedForm { form, page } = checked;
    let view = match view(&page, &form.account).await {
        Ok(view) => view,
        Err(answer) => return answer,
    };
    let typed: String = form.handle.trim().chars().take(330).collect();
    let again = |status, problem| {
        page.respond_with(
            status,
            &FollowView { typed: typed.clone(), problem: Some(problem), ..view.clone() },
        )
    };
    let Some(visitor) = Acct::parse(&typed) else {
        return again(StatusCode::UNPROCESSABLE_ENTITY, FollowProblem::Malformed);
    };
    // Each try asks another server: nobody should send us about.
    let most = gateway.platform.settings.http.follows_per_five_minutes;
    if too_often(&page.platform, &request, "follow", most).await {
        return again(StatusCode::TOO_MANY_REQUESTS, FollowProblem::TooOften);
    }
    let problem =
        match gateway.federation.interact_address(&visitor, view.handle.trim_start_matches('@')).await {
            Ok(address) => return page.redirect(address.as_str()),
            Err(InteractError::Ours) => FollowProblem::Ours,
            Err(InteractError::UnknownAccount { .. }) => FollowProblem::UnknownAccount,
            Err(InteractError::Unreachable { .. }) => FollowProblem::Unreachable,
            Err(InteractError::NoTemplate { .. }) => FollowProblem::NoPage,
        };
    again(StatusCode::UNPROCESSABLE_ENTITY, problem)
}

async fn view(page: &Page, account: &str) -> Result<FollowView, HttpResponse> {
    let acct = Acct::parse(account).ok_or_else(|| page.error(ErrorKind::NotFound))?;
    let (tenant, account) = match whose(&page.platform, &acct).await {
        // What isn't announced isn't said to exist.
        Ok(Some(found)) if found.0.is_listed() => found,
        Ok(_) => return Err(page.error(ErrorKind::NotFound)),
        Err(error) => return Err(page.broken(&error)),
    };
    let card = card(page.platform.names(), &tenant, account);
    let handle = card.official_handle.clone().unwrap_or_else(|| card.handle.clone());
    Ok(FollowView { handle, agency: tenant.name.clone(), account: card, typed: String::new(), problem: None })
}

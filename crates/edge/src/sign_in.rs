//! Signing in and out by page: at an agency's host, and at the lead agency's console.

use std::net::IpAddr;

use actix_web::HttpResponse;
use actix_web::cookie::time::Duration;
use actix_web::http::StatusCode;
use belfry_model::{Role, Secret, TenantScope};
use belfry_tenancy::session::{self as sessions, Place};
use belfry_tenancy::sign_in::{CodeError, SignInError, Step, with_code, with_password};
use belfry_tenancy::staff::Staff;
use serde::Deserialize;

use crate::cookie::Purpose;
use crate::view::{SecondStepView, SignInProblem, SignInView};
use crate::{Page, session};

/// Whose people sign in here.
#[derive(Debug, Clone, Copy)]
pub struct Door {
    pub scope: TenantScope,
    /// Only these are let in; to anybody else the answer is that of a wrong password.
    pub only: Option<Role>,
}

/// `?return_to=…` of the sign-in page.
#[derive(Debug, Default, Deserialize)]
pub struct SignInQuery {
    #[serde(default)]
    pub return_to: String,
}

#[derive(Debug, Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    pub email: String,
    pub password: Secret,
    #[serde(default)]
    pub return_to: String,
}

/// The second step's form.
#[derive(Debug, Deserialize)]
pub struct CodeForm {
    pub code: Secret,
    #[serde(default)]
    pub return_to: String,
}

/// The empty form.
pub fn show(page: &Page, door: Door, query: &SignInQuery) -> HttpResponse {
    page.respond(&view(page, door, "", &query.return_to, None))
}

/// Starts a session and goes where the person wanted to be.
pub async fn submit(page: &Page, door: Door, form: &SignInForm, address: IpAddr) -> HttpResponse {
    let tenancy = &page.platform.tenancy;
    let again = |status, problem| {
        page.respond_with(status, &view(page, door, &form.email, &form.return_to, Some(problem)))
    };
    let step = match with_password(tenancy, door.scope, &form.email, &form.password, address).await {
        Ok(step) if door.only.is_none_or(|role| step.staff().role == role) => step,
        Ok(_) | Err(SignInError::Wrong) => {
            return again(StatusCode::UNPROCESSABLE_ENTITY, SignInProblem::Wrong);
        }
        Err(SignInError::TooMany { .. }) => {
            return again(StatusCode::TOO_MANY_REQUESTS, SignInProblem::TooMany);
        }
        Err(SignInError::Internal(error)) => return page.broken(&error),
    };
    match step {
        Step::In(staff) => signed_in(page, door, &staff, &form.return_to, address).await,
        Step::Second { pending, .. } => {
            let minutes = i64::from(tenancy.settings.second_step_minutes);
            let age = Some(Duration::minutes(minutes));
            let cookie = Purpose::Pending.set(pending.expose().to_owned(), page.platform.is_secure(), age);
            page.redirect_with(&second_step(page, &form.return_to), [cookie])
        }
    }
}

/// The form of the second step; without a first, the way to it.
pub fn show_second(page: &Page, query: &SignInQuery) -> HttpResponse {
    match page.pending {
        Some(_) => page.respond(&second_view(page, &query.return_to, None)),
        None => page.redirect(page.sign_in_path()),
    }
}

/// Takes the code of the second step.
pub async fn submit_second(page: &Page, door: Door, form: &CodeForm, address: IpAddr) -> HttpResponse {
    let tenancy = &page.platform.tenancy;
    let again =
        |status, problem| page.respond_with(status, &second_view(page, &form.return_to, Some(problem)));
    let Some(pending) = &page.pending else { return page.redirect(page.sign_in_path()) };
    match with_code(tenancy, door.scope, pending, &form.code, address).await {
        Ok(staff) if door.only.is_none_or(|role| staff.role == role) => {
            signed_in(page, door, &staff, &form.return_to, address).await
        }
        Ok(_) | Err(CodeError::Expired) => {
            let secure = page.platform.is_secure();
            page.redirect_with(page.sign_in_path(), [Purpose::Pending.clear(secure)])
        }
        Err(CodeError::Wrong) => again(StatusCode::UNPROCESSABLE_ENTITY, SignInProblem::Wrong),
        Err(CodeError::TooMany { .. }) => again(StatusCode::TOO_MANY_REQUESTS, SignInProblem::TooMany),
        Err(CodeError::Internal(error)) => page.broken(&error),
    }
}

async fn signed_in(page: &Page, door: Door, staff: &Staff, return_to: &str, address: IpAddr) -> HttpResponse {
    let place = Place { address: Some(address), agent: page.agent() };
    match sessions::start(&page.platform.tenancy, door.scope, staff.id, place).await {
        Ok(token) => {
            let target = local_path(return_to).unwrap_or(page.overview_path());
            let pending = page.pending.as_ref().map(|_| Purpose::Pending.clear(page.platform.is_secure()));
            page.redirect_with(target, pending.into_iter().chain([session::cookie(&page.platform, &token)]))
        }
        Err(error) => page.broken(&error),
    }
}

fn second_step(page: &Page, return_to: &str) -> String {
    let query = serde_urlencoded::to_string([("return_to", local_path(return_to).unwrap_or_default())]);
    format!("{}?{}", page.second_step_path(), query.unwrap_or_default())
}

fn second_view(page: &Page, return_to: &str, problem: Option<SignInProblem>) -> SecondStepView {
    SecondStepView {
        action: page.second_step_path().to_owned(),
        from_the_start: page.sign_in_path().to_owned(),
        return_to: local_path(return_to).unwrap_or_default().to_owned(),
        problem,
    }
}

/// Ends the session and goes to the host's front page.
pub async fn sign_out(page: &Page, address: IpAddr) -> HttpResponse {
    if let Some(signed_in) = page.signed_in.as_ref().or(page.enrolling.as_ref()) {
        let (tenancy, token) = (&page.platform.tenancy, signed_in.token.expose());
        let ended = sessions::end(tenancy, signed_in.scope, token, Some(address)).await;
        if let Err(error) = ended {
            return page.broken(&error);
        }
    }
    page.redirect_with("/", [session::ended(&page.platform)])
}

fn view(page: &Page, door: Door, email: &str, return_to: &str, problem: Option<SignInProblem>) -> SignInView {
    SignInView {
        action: page.sign_in_path().to_owned(),
        email: email.chars().take(254).collect(),
        return_to: local_path(return_to).unwrap_or_default().to_owned(),
        problem,
        for_console: door.only.is_some(),
    }
}

/// A path on this host, and nothing that a browser could read as another one's.
pub fn local_path(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('/')?;
    let foreign = rest.starts_with(['/', '\\']) || text.contains(|c: char| c.is_control() || c == '\\');
    (!foreign).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn signing_in_never_leads_to_another_host() {
        assert_eq!(local_path("/oauth/authorize?a=b"), Some("/oauth/authorize?a=b"));
        for text in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil", "evil", "/a\r\nb"]
        {
            assert_eq!(local_path(text), None, "{text:?}");
        }
    }
}

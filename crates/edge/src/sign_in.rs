//! Signing in and out by page: at an agency's host, and at the lead agency's console.

use std::net::IpAddr;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_model::{Role, Secret, TenantScope};
use belfry_tenancy::session as sessions;
use belfry_tenancy::sign_in::{SignInError, with_password};
use serde::Deserialize;

use crate::view::{SignInProblem, SignInView};
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
    let staff = match with_password(tenancy, door.scope, &form.email, &form.password, address).await {
        Ok(staff) if door.only.is_none_or(|role| staff.role == role) => staff,
        Ok(_) | Err(SignInError::Wrong) => {
            return again(StatusCode::UNPROCESSABLE_ENTITY, SignInProblem::Wrong);
        }
        Err(SignInError::TooMany { .. }) => {
            return again(StatusCode::TOO_MANY_REQUESTS, SignInProblem::TooMany);
        }
        Err(SignInError::Internal(error)) => return page.broken(&error),
    };
    match sessions::start(tenancy, door.scope, staff.id, Some(address)).await {
        Ok(token) => {
            let target = local_path(&form.return_to).unwrap_or(page.overview_path());
            page.redirect_with(target, session::cookie(&page.platform, &token))
        }
        Err(error) => page.broken(&error),
    }
}

/// Ends the session and goes to the host's front page.
pub async fn sign_out(page: &Page, address: IpAddr) -> HttpResponse {
    if let Some(signed_in) = &page.signed_in {
        let (tenancy, token) = (&page.platform.tenancy, signed_in.token.expose());
        let ended = sessions::end(tenancy, signed_in.scope, token, Some(address)).await;
        if let Err(error) = ended {
            return page.broken(&error);
        }
    }
    page.redirect_with("/", session::ended(&page.platform))
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
fn local_path(text: &str) -> Option<&str> {
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

//! The cookies that pages set.
//!
//! Invariant: over https only `__Host-` cookies are set and read. Sibling hosts are the same
//! site, and one of them may plant a cookie for the whole shared domain: the prefix makes the
//! browser refuse it. Over http (development) browsers refuse the prefix, so it is left out.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The token of a signed-in person.
    Session,
    /// What the first step of signing in gave to somebody who has a second.
    Pending,
    /// The secret that form tokens are made from.
    Csrf,
    /// A language that was chosen on a page.
    Language,
}

impl Purpose {
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-belfry-session",
            (Self::Session, false) => "belfry-session",
            (Self::Pending, true) => "__Host-belfry-sign-in",
            (Self::Pending, false) => "belfry-sign-in",
            (Self::Csrf, true) => "__Host-belfry-csrf",
            (Self::Csrf, false) => "belfry-csrf",
            (Self::Language, true) => "__Host-belfry-language",
            (Self::Language, false) => "belfry-language",
        }
    }

    /// `secure` is whether the platform runs on https.
    pub(crate) fn read(self, request: &HttpRequest, secure: bool) -> Option<String> {
        let cookie = request.cookie(self.name(secure))?;
        // Longer than any of ours: somebody is playing.
        Some(cookie.value().to_owned()).filter(|value| !value.is_empty() && value.len() <= 256)
    }

    /// Without an age it ends with the browser's session.
    pub(crate) fn set(self, value: String, secure: bool, age: Option<Duration>) -> Cookie<'static> {
        let mut cookie = Cookie::build(self.name(secure), value)
            .path("/")
            .http_only(true)
            // Lax and not Strict: an app's sign-in comes from elsewhere and must find the session.
            .same_site(SameSite::Lax)
            .secure(secure)
            .finish();
        cookie.set_max_age(age);
        cookie
    }

    pub(crate) fn clear(self, secure: bool) -> Cookie<'static> {
        self.set(String::new(), secure, Some(Duration::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn over_https_a_cookie_without_the_prefix_is_not_read() {
        let planted =
            TestRequest::default().cookie(Cookie::new("belfry-session", "planted")).to_http_request();
        assert_eq!(Purpose::Session.read(&planted, true), None);
        assert_eq!(Purpose::Session.read(&planted, false).as_deref(), Some("planted"));
    }

    #[test]
    fn a_cookie_is_bound_to_its_host_and_hidden_from_scripts() {
        let cookie = Purpose::Session.set("x".to_owned(), true, None).to_string();
        assert_eq!(cookie, "__Host-belfry-session=x; HttpOnly; SameSite=Lax; Secure; Path=/");
    }
}

//! Headers that every answer carries, whatever handler made it.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use actix_web::middleware::Next;

/// For what is not a page: nothing in it may load, run or be framed. Pages bring their own.
const NOT_A_PAGE: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// What a page may do: our own stylesheet, and pictures of ours. No inline style, nothing from
/// elsewhere, and no script at all, but on the pages that have one of ours: a file of this host,
/// which asks this host only.
pub(crate) fn page_policy(media_origin: &str, form_may_leave: bool, runs_script: bool) -> String {
    let form_action = if form_may_leave { "" } else { "; form-action 'self'" };
    let script = if runs_script { " script-src 'self'; connect-src 'self';" } else { "" };
    format!(
        "default-src 'none';{script} style-src 'self'; img-src 'self' {media_origin}; base-uri 'none'; \
         frame-ancestors 'none'{form_action}"
    )
}

/// Middleware for `actix_web::middleware::from_fn`: sets what the handler has not.
pub async fn headers<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let defaults: [(HeaderName, &'static str); 4] = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        // Not `no-referrer`: with that browsers send `Origin: null` with our own forms.
        (REFERRER_POLICY, "same-origin"),
        (CONTENT_SECURITY_POLICY, NOT_A_PAGE),
    ];
    for (name, value) in defaults {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpResponse, test, web};

    use super::*;

    #[actix_web::test]
    async fn every_answer_is_guarded_and_a_page_keeps_its_own_policy() {
        let own = async || HttpResponse::Ok().insert_header((CONTENT_SECURITY_POLICY, "x")).finish();
        let app = App::new().wrap(from_fn(headers)).route("/", web::get().to(own));
        let app = test::init_service(app).await;
        let page = test::call_service(&app, test::TestRequest::get().uri("/").to_request()).await;
        assert_eq!(page.headers().get(CONTENT_SECURITY_POLICY).unwrap(), "x");
        let missing = test::call_service(&app, test::TestRequest::get().uri("/none").to_request()).await;
        assert_eq!(missing.headers().get(CONTENT_SECURITY_POLICY).unwrap(), NOT_A_PAGE);
        assert_eq!(missing.headers().get(X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
    }

    #[::core::prelude::v1::test]
    fn a_page_runs_no_script_but_one_of_ours_and_only_consent_may_lead_elsewhere() {
        let policy = page_policy("https://media.social.example", false, false);
        assert!(!policy.contains("script-src") && !policy.contains("unsafe"), "{policy}");
        assert!(policy.contains("form-action 'self'"));
        assert!(!page_policy("https://media.social.example", true, false).contains("form-action"));
        let with_script = page_policy("https://media.social.example", false, true);
        assert!(
            with_script.contains("script-src 'self';") && !with_script.contains("unsafe"),
            "{with_script}"
        );
    }
}

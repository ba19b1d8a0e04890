//! What people try who mean ill, at the console's doors and the lead agency's API.
//!
//! Forms from elsewhere are tried in `console`, cells of spreadsheets in `audit` and `usage`,
//! letters' headers and the guessing of short names in `admission`.

use actix_web::http::Method;
use belfry_model::Role;
use belfry_tenant_admin::console::routes;
use serde_json::{Value, json};

use crate::edge::{Browser, Edge, PASSWORD, SESSION, SHARED};

async fn sign_in(browser: &mut Browser<'_>, return_to: &str) -> Option<String> {
    browser.get("/console/sign_in").await;
    let fields = [("email", "lead@work.example"), ("password", PASSWORD), ("return_to", return_to)];
    browser.post("/console/sign_in", &fields).await.location().map(str::to_owned)
}

fn session(browser: &Browser<'_>) -> String {
    browser.cookies.iter().find(|(name, _)| name == SESSION).unwrap().1.clone()
}

#[actix_web::test]
async fn a_session_that_was_planted_is_not_the_one_that_signs_in() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.person(&moe, Role::Lead).await;
    let mut attacker = edge.browser(SHARED);
    assert_eq!(sign_in(&mut attacker, "").await.as_deref(), Some("/console"));
    // Both a made-up one and one that is somebody's.
    for planted in ["planted-by-somebody".to_owned(), session(&attacker)] {
        let mut browser = edge.browser(SHARED);
        browser.get("/console/sign_in").await;
        let before = browser.token.clone();
        browser.cookies.push((SESSION.to_owned(), planted.clone()));
        sign_in(&mut browser, "").await;
        if session(&browser) == planted {
            // Signed in already, the form was not shown: signing out ends it for both.
            browser.get("/console").await;
            browser.post("/console/sign_out", &[]).await;
            sign_in(&mut browser, "").await;
            let mut left = edge.browser(SHARED);
            left.cookies.push((SESSION.to_owned(), planted.clone()));
            assert_eq!(left.get("/console").await.status, 303, "the planted one is over");
        }
        assert_ne!(session(&browser), planted);
        browser.token = before;
        let stale = browser.post("/console/sign_out", &[]).await;
        assert_eq!(stale.status, 403, "a token from before signing in is worth nothing after");
    }
}

#[actix_web::test]
async fn no_page_of_the_console_may_be_framed_or_run_what_is_not_ours() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let outside = ["/join", "/join/status", "/console/sign_in"].map(str::to_owned);
    let table = routes::table().into_iter().filter(|endpoint| endpoint.method == Method::GET);
    let pages = table.map(|endpoint| {
        endpoint.path.replace("{slug}", "moe").replace("{id}", "1").replace("{number}", "R-0000-0000")
    });
    for path in pages.chain(outside) {
        let answer = browser.get(&path).await;
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
}

#[actix_web::test]
async fn signing_in_leads_to_the_console_and_nowhere_else() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.person(&moe, Role::Lead).await;
    for to in [
        "https://evil.example/console",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/console\r\nset-cookie: a=b",
        "/%0d%0aset-cookie:%20a=b",
        "javascript:alert(1)",
        "/\t/evil.example",
        "console.evil.example",
    ] {
        let mut browser = edge.browser(SHARED);
        let leads = sign_in(&mut browser, to).await.unwrap();
        let is_ours =
            leads.starts_with('/') && !leads.starts_with("//") && !leads.contains(['\\', '\r', '\n', '\t']);
        assert!(is_ours, "{to:?} leads to {leads:?}");
        assert!(browser.cookies.iter().all(|(name, _)| name != "a"), "{to:?}");
    }
}

#[actix_web::test]
async fn only_the_host_header_says_which_host_is_asked() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    for host in [
        "evil.example",
        "social.example.evil.example",
        "social.example@evil.example",
        "evil.example:social.example",
        "social.example/",
        "social.example, evil.example",
        "xsocial.example",
        "",
    ] {
        let mut browser = edge.browser(host).with_session(&session);
        for path in ["/console", "/join", "/admin", "/api/belfry/v1/tenants"] {
            let answer = browser.get(path).await;
            assert!(matches!(answer.status, 400 | 404), "{host:?} {path}: {}", answer.status);
            assert!(!answer.html.contains("Ministry"), "{host:?} {path}");
        }
    }
    // What a proxy may add is never believed, in addresses that are mailed least of all.
    let mut lead = edge.browser(SHARED).with_session(&session);
    lead.headers = vec![("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example")];
    for path in ["/console", "/console/requests", "/join"] {
        let answer = lead.get(path).await;
        assert!(answer.status == 200 && !answer.html.contains("evil.example"), "{path}: {}", answer.html);
    }
    let mut astray = edge.browser("evil.example").with_session(&session);
    astray.headers = vec![("x-forwarded-host", SHARED)];
    assert_eq!(astray.get("/console").await.status, 404);
}

#[actix_web::test]
async fn names_in_paths_and_queries_make_no_header_and_no_markup() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let sly = "x%0d%0aset-cookie:%20a=b%0d%0a%3Cscript%3Ealert(1)%3C/script%3E";
    for path in [
        format!("/console/agencies/{sly}"),
        format!("/console/agencies?q={sly}&state={sly}&phase={sly}&page={sly}"),
        format!("/console/requests?state={sly}&page={sly}"),
        format!("/console/requests/{sly}"),
        format!("/console/audit?q={sly}&action={sly}"),
        format!("/console/usage?q={sly}&month={sly}&sort={sly}"),
        format!("/console/usage.csv?month={sly}"),
        format!("/console/baseline?q={sly}&domain={sly}"),
        format!("/console/sign_in?return_to={sly}"),
    ] {
        let answer = browser.get(&path).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
        assert!(!answer.html.contains("<script>alert"), "{path}: {}", answer.html);
        assert!(browser.cookies.iter().all(|(name, _)| name != "a"), "{path}");
        let file = answer.header("content-disposition").unwrap_or_default();
        assert!(!file.contains("script"), "{path}: {file}");
    }
}

#[actix_web::test]
async fn fields_that_a_form_does_not_have_change_nothing() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    browser.get("/console/agencies/new").await;
    let fields = [
        ("name", "Ministry of Water"),
        ("slug", "water"),
        ("owner_email", "owner@water.example"),
        ("phase", "invited"),
        ("body_type", "ministry"),
        ("language", "en"),
        ("lead", "true"),
        ("is_lead", "true"),
        ("urgent", "true"),
        ("state", "suspended"),
        ("id", "0"),
        ("tenant_id", "0"),
        ("request", "1"),
    ];
    let made = browser.post("/console/agencies", &fields).await;
    assert_eq!(made.status, 201, "{}", made.html);
    let token = crate::api::token(&edge, &moe, "govern").await;
    let body = json!({
        "slug": "canals", "name": "Canals", "owner_email": "owner@canals.example",
        "lead": true, "urgent": true, "state": "suspended", "id": "0", "request": 1,
    });
    let path = "/api/belfry/v1/tenants";
    let made = browser.call(Some(&token), Method::POST, path, &body).await;
    assert!(matches!(made.status, 201 | 400), "{}", made.html);
    for slug in ["water", "canals"] {
        let slug = slug.parse().unwrap();
        let Some(tenant) = edge.platform.directory().by_slug(&slug) else { continue };
        assert!(tenant.is_live() && !tenant.is_lead && !tenant.urgent && tenant.id.0 > 1, "{tenant:?}");
    }
    assert!(edge.platform.directory().lead().is_some_and(|lead| lead.id == moe.id));
}

#[actix_web::test]
async fn an_agency_that_is_not_there_looks_like_one_that_one_may_not_see() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.tenant("fin").await;
    edge.person(&moe, Role::Lead).await;
    // To a stranger: pages, methods, and the words of the refusal.
    let mut stranger = edge.browser(SHARED);
    for pattern in
        ["/console/agencies/{slug}", "/console/agencies/{slug}/usage", "/api/belfry/v1/tenants/{slug}"]
    {
        let mut answers = Vec::new();
        for slug in ["fin", "nobody"] {
            let answer = stranger.get(&pattern.replace("{slug}", slug)).await;
            let location = answer.location().map(|to| to.replace(slug, ""));
            answers.push((answer.status, answer.html.replace(slug, ""), location));
        }
        assert_eq!(answers[0], answers[1], "{pattern}");
    }
    // And who has an account here isn't told by signing in.
    let mut refusals = Vec::new();
    for email in ["lead@work.example", "nobody@work.example"] {
        let mut browser = edge.browser(SHARED);
        browser.get("/console/sign_in").await;
        let answer = browser.post("/console/sign_in", &[("email", email), ("password", "guessed it")]).await;
        refusals.push((answer.status, answer.html.replace(email, "").replace(&browser.token, "")));
    }
    assert_eq!(refusals[0], refusals[1]);
    let (foreign, none) = (json!({ "tenant": "fin" }), Value::Null);
    for body in [foreign, none] {
        let answer = stranger.call(None, Method::POST, "/api/belfry/v1/tenants", &body).await;
        assert_eq!(answer.status, 401, "who may not call is not told what a call looks like");
    }
}

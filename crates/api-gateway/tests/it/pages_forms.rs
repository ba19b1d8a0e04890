//! Signing in and out, and forms that nobody else can send.

use actix_web::http::Method;
use actix_web::test::TestRequest;

use crate::edge::{Answer, Edge, Home, PASSWORD};

/// A browser at one agency: the cookies that it was given, and the last form's token.
struct Browser<'a> {
    edge: &'a Edge,
    home: &'a Home,
    cookies: Vec<(String, String)>,
    token: String,
}

impl<'a> Browser<'a> {
    fn new(edge: &'a Edge, home: &'a Home) -> Self {
        Self { edge, home, cookies: Vec::new(), token: String::new() }
    }

    async fn send(&mut self, request: TestRequest) -> Answer {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = self.edge.send(request.insert_header(("cookie", jar.join("; ")))).await;
        for cookie in answer.all("set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            let value = rest.split(';').next().unwrap();
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let html = String::from_utf8_lossy(&answer.body).into_owned();
        if let Some(part) = html.split("name=\"csrf_token\" value=\"").nth(1) {
            part.split('"').next().unwrap().clone_into(&mut self.token);
        }
        answer
    }

    async fn get(&mut self, path: &str) -> Answer {
        let request = self.home.request(Method::GET, path);
        self.send(request).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = format!("https://{}", self.home.tenant.host);
        self.post_from(&origin, path, fields).await
    }

    async fn post_from(&mut self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut fields = fields.to_vec();
        let token = self.token.clone();
        fields.push(("csrf_token", &token));
        let request =
            self.home.request(Method::POST, path).insert_header(("origin", origin)).set_form(&fields);
        self.send(request).await
    }

    async fn sign_in(&mut self) -> Answer {
        self.get("/auth/sign_in").await;
        let email = format!("owner@{}.example", self.home.tenant.slug);
        self.post("/auth/sign_in", &[("email", &email), ("password", PASSWORD), ("return_to", "/@moe")]).await
    }

    fn has(&self, cookie: &str) -> bool {
        self.cookies.iter().any(|(name, _)| name == cookie)
    }
}

const SESSION: &str = "__Host-belfry-session";

#[actix_web::test]
async fn somebody_signs_in_and_out() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let mut browser = Browser::new(&edge, &moe);
    let answer = browser.sign_in().await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/@moe")));
    let cookie = answer.all("set-cookie").find(|cookie| cookie.starts_with(SESSION)).unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Lax; Secure; Path=/"), "{cookie}");
    let page = browser.get("/@moe").await;
    assert!(String::from_utf8_lossy(&page.body).contains("Sign out"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(browser.post("/auth/sign_out", &[]).await.status, 303);
    assert!(!browser.has(SESSION));
}

#[actix_web::test]
async fn a_wrong_password_keeps_what_was_typed_but_not_the_password() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let mut browser = Browser::new(&edge, &moe);
    browser.get("/auth/sign_in").await;
    for (email, password) in [("owner@moe.example", "not the password"), ("nobody@moe.example", PASSWORD)] {
        let answer = browser.post("/auth/sign_in", &[("email", email), ("password", password)]).await;
        let html = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status, 422);
        assert!(
            html.contains(email) && html.contains("role=\"alert\"") && !html.contains(password),
            "{html}"
        );
        assert!(!browser.has(SESSION));
    }
}

#[actix_web::test]
async fn a_form_from_elsewhere_or_without_its_token_is_refused() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let mut browser = Browser::new(&edge, &moe);
    let fields = [("email", "owner@moe.example"), ("password", PASSWORD)];
    browser.get("/auth/sign_in").await;
    for origin in [
        "https://fin.social.example",
        "https://social.example",
        "http://moe.social.example",
        "https://moe.social.example:444",
        "https://moe.social.example.evil.example",
        "null",
        "",
    ] {
        let answer = browser.post_from(origin, "/auth/sign_in", &fields).await;
        assert_eq!(answer.status, 403, "{origin}");
    }
    let good = browser.token.clone();
    for token in ["", "x", &good[1..]] {
        token.clone_into(&mut browser.token);
        assert_eq!(browser.post("/auth/sign_in", &fields).await.status, 403, "{token}");
    }
    good.clone_into(&mut browser.token);
    let mut without_cookie = Browser { cookies: Vec::new(), ..Browser::new(&edge, &moe) };
    good.clone_into(&mut without_cookie.token);
    assert_eq!(without_cookie.post("/auth/sign_in", &fields).await.status, 403);
    assert_eq!(browser.post("/auth/sign_in", &fields).await.status, 303, "the same form, rightly sent");
}

#[actix_web::test]
async fn a_token_from_before_signing_in_is_worth_nothing_after() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let mut browser = Browser::new(&edge, &moe);
    browser.sign_in().await;
    assert_eq!(browser.post("/auth/sign_out", &[]).await.status, 403);
    browser.get("/").await;
    assert_eq!(browser.post("/auth/sign_out", &[]).await.status, 303);
}

#[actix_web::test]
async fn a_session_of_another_agency_is_no_session() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    let mut at_moe = Browser::new(&edge, &moe);
    at_moe.sign_in().await;
    let mut at_fin = Browser { cookies: at_moe.cookies.clone(), ..Browser::new(&edge, &fin) };
    let page = at_fin.get("/").await;
    assert!(!String::from_utf8_lossy(&page.body).contains("Sign out"));
}

#[actix_web::test]
async fn signing_in_leads_to_a_path_of_this_host_only() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    for target in ["//evil.example", "https://evil.example/", "/\\evil.example"] {
        let mut browser = Browser::new(&edge, &moe);
        browser.get("/auth/sign_in").await;
        let fields = [("email", "owner@moe.example"), ("password", PASSWORD), ("return_to", target)];
        let answer = browser.post("/auth/sign_in", &fields).await;
        assert_eq!(answer.header("location"), Some("/admin"), "{target}");
    }
}

//! What clients see around every answer: cross-origin headers, limits, links, slashes.

use actix_web::http::Method;
use serde_json::json;

use crate::edge::Edge;

#[actix_web::test]
async fn a_browser_elsewhere_may_ask_and_read_the_headers() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let preflight = moe
        .request(Method::OPTIONS, "/api/v1/statuses")
        .insert_header(("origin", "https://elk.example"))
        .insert_header(("access-control-request-method", "POST"))
        .insert_header(("access-control-request-headers", "authorization,idempotency-key"));
    let answer = edge.send(preflight).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-allow-headers"), Some("authorization,idempotency-key"));
    assert!(answer.header("access-control-allow-methods").unwrap().contains("DELETE"));
    // Errors too, or a browser's client could not tell what went wrong.
    let refused = edge.send(moe.request(Method::GET, "/api/v1/timelines/home")).await;
    assert_eq!(refused.header("access-control-allow-origin"), Some("*"));
    assert!(refused.header("access-control-expose-headers").unwrap().contains("X-RateLimit-Remaining"));
}

#[actix_web::test]
async fn consent_is_for_no_other_origin() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let answer = edge.send(moe.request(Method::GET, "/oauth/authorize")).await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[actix_web::test]
async fn limits_are_told_and_a_client_that_passes_them_waits_for_the_next_window() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let path = "/api/v1/preferences";
    let first = edge.get(&moe, &moe.me, path).await;
    assert_eq!(first.header("x-ratelimit-limit"), Some("200"));
    assert_eq!(first.header("x-ratelimit-remaining"), Some("199"));
    let reset = first.header("x-ratelimit-reset").unwrap();
    assert!(chrono::DateTime::parse_from_rfc3339(reset).is_ok(), "{reset}");
    for _ in 0..199 {
        edge.get(&moe, &moe.me, path).await.ok();
    }
    let refused = edge.get(&moe, &moe.me, path).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
    assert!(refused.header("retry-after").is_some());
    edge.get(&moe, &moe.other, path).await.ok();
    edge.clock.advance(chrono::TimeDelta::minutes(5));
    edge.get(&moe, &moe.me, path).await.ok();
}

#[actix_web::test]
async fn a_timeline_is_read_page_by_page_in_both_directions() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.insert(0, edge.status(&moe, &moe.me, &format!("number {number}")).await);
    }
    let mut path = "/api/v1/timelines/home?limit=2".to_owned();
    let mut read = Vec::new();
    let mut newer = String::new();
    loop {
        let answer = edge.get(&moe, &moe.me, &path).await;
        let page = answer.ok();
        let Some(link) = answer.header("link") else { break };
        read.extend(page.as_array().unwrap().iter().map(|status| status["id"].as_str().unwrap().to_owned()));
        (path, newer) = (address(link, "next"), address(link, "prev"));
    }
    assert_eq!(read, ids);
    let page = edge.get(&moe, &moe.me, &newer).await.ok();
    let newer: Vec<_> =
        page.as_array().unwrap().iter().map(|status| status["id"].as_str().unwrap()).collect();
    assert_eq!(newer, ids[2..4], "the page just above the last");
}

/// The path of a link, which is absolute.
fn address(link: &str, relation: &str) -> String {
    let part = link.split(", ").find(|part| part.ends_with(&format!("rel=\"{relation}\""))).unwrap();
    let url = part.split_once('<').unwrap().1.split_once('>').unwrap().0;
    url.strip_prefix("https://moe.social.example").expect("an absolute address").to_owned()
}

#[actix_web::test]
async fn a_trailing_slash_and_every_form_of_parameters_work() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.send(moe.request(Method::GET, "/api/v1/instance/")).await.ok();
    let (form, multipart) = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x");
    let bodies = [
        (form, "status=hello&sensitive=1&visibility=unlisted".to_owned()),
        ("application/json", json!({ "status": "hello", "sensitive": true, "visibility": "unlisted" }).to_string()),
        (
            multipart,
            "--x\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\nhello\r\n--x\r\nContent-Disposition: \
             form-data; name=\"sensitive\"\r\n\r\nTrue\r\n--x\r\nContent-Disposition: form-data; \
             name=\"visibility\"\r\n\r\nunlisted\r\n--x--\r\n"
                .to_owned(),
        ),
    ];
    for (content_type, body) in bodies {
        let request = moe
            .request(Method::POST, "/api/v1/statuses/")
            .insert_header(moe.me.bearer())
            .insert_header(("content-type", content_type))
            .set_payload(body);
        let status = edge.send(request).await.ok();
        assert_eq!(
            (&status["sensitive"], &status["visibility"]),
            (&json!(true), &json!("unlisted")),
            "{content_type}"
        );
    }
    let in_query = "/api/v1/statuses?status=hello&sensitive=true&visibility=unlisted";
    let request = moe.request(Method::POST, in_query).insert_header(moe.me.bearer());
    assert_eq!(edge.send(request).await.ok()["visibility"], "unlisted");
}

//! Uploads: taken, described, and served without cookies from a host of their own.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use crate::edge::Edge;

#[actix_web::test]
async fn an_upload_is_served_from_the_media_host_and_can_run_nothing() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let id = edge.upload(&moe, &moe.me).await;
    let media = edge.get(&moe, &moe.me, &format!("/api/v1/media/{id}")).await.ok();
    assert!(media["blurhash"].is_string());
    let url = media["url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix("https://media.social.example").expect("on the media host").to_owned();
    let answer =
        edge.send(TestRequest::get().uri(&path).insert_header(("host", "media.social.example"))).await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").unwrap().starts_with("image/"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert!(answer.header("content-security-policy").unwrap().contains("sandbox"));
    assert!(answer.header("cache-control").unwrap().contains("immutable"));
    assert_eq!(answer.header("set-cookie"), None);
    // Another host has no such address.
    assert_eq!(edge.send(moe.request(Method::GET, &path)).await.status, 404);
}

#[actix_web::test]
async fn the_media_host_has_its_own_pictures_and_nothing_else() {
    let edge = Edge::new().await;
    let at = |path: &str| TestRequest::get().uri(path).insert_header(("host", "media.social.example"));
    assert_eq!(edge.send(at("/missing/avatar.png")).await.header("content-type"), Some("image/png"));
    for path in ["/", "/api/v1/instance", "/../secret", "/1/nothing.png"] {
        assert_eq!(edge.send(at(path)).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn a_description_and_a_focus_are_changed_and_only_by_the_uploader() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let id = edge.upload(&moe, &moe.me).await;
    let path = format!("/api/v1/media/{id}");
    let body = json!({ "description": "A bell in a tower", "focus": "0.5,-0.25" });
    let change = |person: &crate::edge::Person| {
        moe.request(Method::PUT, &path).insert_header(person.bearer()).set_json(&body)
    };
    let media = edge.send(change(&moe.me)).await.ok();
    assert_eq!(media["description"], "A bell in a tower");
    assert_eq!(media["meta"]["focus"], json!({ "x": 0.5, "y": -0.25 }));
    assert_eq!(edge.send(change(&moe.other)).await.status, 404);
}

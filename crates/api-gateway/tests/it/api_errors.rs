//! Bad input: each a clear status and `{"error": …}`, never a cause.

use actix_web::http::Method;
use belfry_model::ActorId;
use serde_json::json;

use crate::edge::{Edge, multipart};

#[actix_web::test]
async fn bodies_that_cannot_be_read_are_refused_by_kind() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let cases: [(&str, Vec<u8>, u16); 6] = [
        ("application/json", b"{\"status\": ".to_vec(), 400),
        ("application/json", b"\xff\xfe".to_vec(), 400),
        ("multipart/form-data", b"no boundary".to_vec(), 400),
        ("text/plain", b"hello".to_vec(), 415),
        ("application/json", vec![b' '; 20_001], 413),
        ("application/json", br#"{"visibility": "everybody", "status": "x"}"#.to_vec(), 422),
    ];
    for (content_type, body, expected) in cases {
        let what = format!("{content_type}: {}", String::from_utf8_lossy(&body[..body.len().min(40)]));
        let request = moe
            .request(Method::POST, "/api/v1/statuses")
            .insert_header(moe.me.bearer())
            .insert_header(("content-type", content_type))
            .set_payload(body);
        let answer = edge.send(request).await;
        assert_eq!(answer.status, expected, "{what}");
        assert!(answer.json()["error"].is_string(), "{what}");
    }
}

#[actix_web::test]
async fn a_file_that_is_no_image_or_too_large_is_refused() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let enormous = vec![0; 17 * 1024 * 1024];
    for (file, expected) in [(&b"<svg onload=alert(1)>"[..], 422), (&enormous, 413)] {
        let (content_type, body) = multipart(&[], file);
        let request = moe
            .request(Method::POST, "/api/v2/media")
            .insert_header(moe.me.bearer())
            .insert_header(("content-type", content_type))
            .set_payload(body);
        assert_eq!(edge.send(request).await.status, expected);
    }
}

#[actix_web::test]
async fn a_token_that_may_less_is_told_so_and_no_token_is_asked_for_one() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let reader = edge.person(&moe.tenant, ActorId(moe.me.id.0), "read:statuses").await;
    let body = json!({ "status": "no" });
    let answer = edge.post(&moe, &reader, "/api/v1/statuses", body).await;
    assert_eq!(answer.status, 403);
    assert_eq!(answer.json()["error"], "This action is outside the authorized scopes");
    let answer = edge.send(moe.request(Method::GET, "/api/v1/timelines/home")).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("The access token is invalid")));
    assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer"));
}

#[actix_web::test]
async fn unknown_paths_and_ids_that_are_none_are_not_found_in_json() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    for path in
        ["/api/v1/nothing", "/api/v2/notifications", "/api", "/api/v1/statuses/abc", "/api/v1/statuses/1"]
    {
        let answer = edge.get(&moe, &moe.me, path).await;
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (404, Some("Record not found")),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn what_is_not_offered_is_refused_rather_than_left_out() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    for part in
        [json!({ "poll": { "options": ["a", "b"] } }), json!({ "scheduled_at": "2030-01-01T00:00:00Z" })]
    {
        let mut body = json!({ "status": "when?" });
        body.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        let answer = edge.post(&moe, &moe.me, "/api/v1/statuses", body).await;
        assert_eq!(answer.status, 422, "{part}");
    }
}

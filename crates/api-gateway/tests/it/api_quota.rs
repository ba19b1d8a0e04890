//! An agency's plan, as its clients meet it: a clear word, and nothing written.

use actix_web::http::Method;
use belfry_model::{Quota, Usage};
use belfry_storage::Actor;
use serde_json::json;

use crate::edge::{Answer, Edge, Home, PICTURE, multipart};

async fn plan(edge: &Edge, home: &Home, quota: Quota) {
    edge.admin.quota_set(home.tenant.id, Some(quota), Actor::COMMAND).await.unwrap();
}

async fn usage(edge: &Edge, home: &Home) -> Usage {
    let tx = edge.tenancy().app.tenant(home.tenant.scope()).await.unwrap();
    tx.usage_fetch(edge.tenancy().clock.now().date_naive()).await.unwrap().0
}

async fn post(edge: &Edge, home: &Home, body: serde_json::Value) -> Answer {
    edge.post(home, &home.me, "/api/v1/statuses", body).await
}

#[actix_web::test]
async fn the_post_after_the_days_last_is_refused_with_when_posting_opens_again() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    plan(&edge, &moe, Quota { posts_per_day: Some(2), ..Quota::default() }).await;
    let first = edge.status(&moe, &moe.me, "one").await;
    edge.send(
        moe.request(Method::DELETE, &format!("/api/v1/statuses/{first}")).insert_header(moe.me.bearer()),
    )
    .await
    .ok();
    let second = edge.status(&moe, &moe.me, "two, and the first stays counted").await;
    for refused in [
        post(&edge, &moe, json!({ "status": "three" })).await,
        edge.post(&moe, &moe.me, &format!("/api/v1/statuses/{second}/reblog"), json!({})).await,
    ] {
        assert_eq!(refused.status, 429);
        let words = refused.json()["error"].as_str().unwrap().to_owned();
        for part in ["2 times a day", "lead agency", "opens again at 00:00 UTC"] {
            assert!(words.contains(part), "{words}");
        }
        // It is noon.
        assert_eq!(refused.header("retry-after"), Some("43200"));
    }
    assert_eq!(usage(&edge, &moe).await.posts, 2, "what was refused is not counted");
    let mine = edge.get(&moe, &moe.me, "/api/v1/timelines/home").await.ok();
    assert_eq!(mine.as_array().unwrap().len(), 1, "what was refused was not written");
    edge.status(&fin, &fin.me, "a neighbour has a plan of its own").await;
}

#[actix_web::test]
async fn an_urgent_post_goes_whatever_is_used_up_and_counts() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.permit_urgent(&moe).await;
    plan(&edge, &moe, Quota { posts_per_day: Some(0), deliveries_per_day: Some(0), ..Quota::default() })
        .await;
    assert_eq!(post(&edge, &moe, json!({ "status": "no" })).await.status, 429);
    let urgent = json!({ "status": "Boil your water", "belfry_priority": "urgent" });
    post(&edge, &moe, urgent).await.ok();
    assert_eq!(usage(&edge, &moe).await.posts, 1);
}

#[actix_web::test]
async fn once_the_days_deliveries_are_used_up_a_post_can_be_changed_and_deleted_and_none_is_added() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    plan(&edge, &moe, Quota { deliveries_per_day: Some(100), ..Quota::default() }).await;
    let id = edge.status(&moe, &moe.me, "before").await;
    let day = edge.tenancy().clock.now().date_naive();
    let tenant = moe.tenant.id;
    edge.engine(&format!("INSERT INTO registry.usage_delivery VALUES ({tenant}, '{day}', 100)")).await;
    let refused = post(&edge, &moe, json!({ "status": "after" })).await;
    assert_eq!(refused.status, 429);
    assert!(refused.json()["error"].as_str().unwrap().contains("100 deliveries"), "{:?}", refused.body);
    let path = format!("/api/v1/statuses/{id}");
    let edit = moe.request(Method::PUT, &path).insert_header(moe.me.bearer());
    edge.send(edit.set_json(json!({ "status": "corrected" }))).await.ok();
    edge.send(moe.request(Method::DELETE, &path).insert_header(moe.me.bearer())).await.ok();
}

#[actix_web::test]
async fn an_upload_beyond_the_room_is_refused_with_the_limit_and_leaves_nothing() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.upload(&moe, &moe.me).await;
    let before = usage(&edge, &moe).await;
    assert!(before.media_bytes > 0);
    // As much as there is, and a byte: the file is made and finds no room, then no file is made.
    for limit in [before.media_bytes + 1, before.media_bytes] {
        plan(&edge, &moe, Quota { media_bytes: Some(limit), ..Quota::default() }).await;
        let (kind, body) = multipart(&[], PICTURE);
        let upload = moe.request(Method::POST, "/api/v2/media").insert_header(moe.me.bearer());
        let refused = edge.send(upload.insert_header(("content-type", kind)).set_payload(body)).await;
        assert_eq!(refused.status, 422, "{:?}", refused.body);
        let words = refused.json()["error"].as_str().unwrap().to_owned();
        assert!(words.contains("of media") && words.contains("lead agency"), "{words}");
        assert_eq!(usage(&edge, &moe).await, before);
    }
}

//! Posts: writing, editing, deleting, boosting, and who may read them.

use actix_web::http::Method;
use belfry_model::{Permission, Role};
use serde_json::{Value, json};

use crate::edge::{Edge, Home, Person};

async fn put(edge: &Edge, home: &Home, person: &Person, path: &str, body: Value) -> Value {
    edge.send(home.request(Method::PUT, path).insert_header(person.bearer()).set_json(body)).await.ok()
}

#[actix_web::test]
async fn a_post_has_every_field_and_mastodons_html() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let media = edge.upload(&moe, &moe.me).await;
    let body = json!({ "status": "Ask @press about #Schools", "media_ids": [media], "spoiler_text": "news" });
    let status = edge.post(&moe, &moe.me, "/api/v1/statuses", body).await.ok();
    for field in [
        "content",
        "spoiler_text",
        "visibility",
        "sensitive",
        "media_attachments",
        "mentions",
        "tags",
        "emojis",
        "replies_count",
        "reblogs_count",
        "favourites_count",
        "quotes_count",
        "uri",
        "quote_approval",
        "filtered",
    ] {
        assert!(!status[field].is_null(), "`{field}` is missing");
    }
    for field in ["edited_at", "reblog", "card", "poll", "in_reply_to_id"] {
        assert!(status.get(field).is_some_and(Value::is_null), "`{field}` is not null");
    }
    assert!(status["content"].as_str().unwrap().contains("class=\"h-card\""), "{}", status["content"]);
    assert_eq!(status["mentions"][0]["acct"], "press");
    assert_eq!(status["tags"][0]["name"], "schools");
    assert_eq!(status["media_attachments"][0]["description"], "A bell");
    assert_eq!(status["media_attachments"][0]["type"], "image");
    assert_eq!(status["sensitive"], true);
}

#[actix_web::test]
async fn ten_requests_at_once_with_one_key_make_one_post() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let requests = (0..10).map(|_| {
        let request = moe
            .request(Method::POST, "/api/v1/statuses")
            .insert_header(moe.me.bearer())
            .insert_header(("idempotency-key", "once"))
            .set_json(json!({ "status": "once" }));
        edge.send(request)
    });
    let answers = futures::future::join_all(requests).await;
    let mut ids: Vec<_> = answers.iter().map(|answer| answer.ok()["id"].to_string()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1);
    let path = format!("/api/v1/accounts/{}/statuses", moe.me.id);
    assert_eq!(edge.get(&moe, &moe.me, &path).await.ok().as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn an_edit_keeps_its_history_and_no_change_is_no_edit() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let id = edge.status(&moe, &moe.me, "frist").await;
    let path = format!("/api/v1/statuses/{id}");
    let same = put(&edge, &moe, &moe.me, &path, json!({ "status": "frist" })).await;
    assert_eq!(same["edited_at"], Value::Null);
    edge.clock.advance(chrono::TimeDelta::minutes(1));
    let edited = put(&edge, &moe, &moe.me, &path, json!({ "status": "first" })).await;
    assert_eq!(edited["edited_at"], "2026-01-31T12:01:00.000Z");
    let history = edge.get(&moe, &moe.me, &format!("{path}/history")).await.ok();
    let contents: Vec<_> = history.as_array().unwrap().iter().map(|version| &version["content"]).collect();
    assert_eq!(contents, ["<p>frist</p>", "<p>first</p>"]);
    assert_eq!(edge.get(&moe, &moe.me, &format!("{path}/source")).await.ok()["text"], "first");
}

#[actix_web::test]
async fn a_deleted_post_gives_its_text_back_once_and_is_gone() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let id = edge.status(&moe, &moe.me, "oops").await;
    let path = format!("/api/v1/statuses/{id}");
    let delete = || moe.request(Method::DELETE, &path).insert_header(moe.me.bearer());
    assert_eq!(edge.send(delete()).await.ok()["text"], "oops");
    assert_eq!(edge.send(delete()).await.status, 404);
    assert_eq!(edge.get(&moe, &moe.me, &path).await.status, 404);
}

#[actix_web::test]
async fn nobody_else_changes_a_post_and_only_those_meant_read_it() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let body = json!({ "status": "only us", "visibility": "direct" });
    let id = edge.post(&moe, &moe.me, "/api/v1/statuses", body).await.ok()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/statuses/{id}");
    assert_eq!(edge.get(&moe, &moe.other, &path).await.status, 404);
    assert_eq!(edge.send(moe.request(Method::GET, &path)).await.status, 404);
    edge.get(&moe, &moe.me, &path).await.ok();
    let public = edge.status(&moe, &moe.me, "for all").await;
    let path = format!("/api/v1/statuses/{public}");
    edge.send(moe.request(Method::GET, &path)).await.ok();
    let foreign = moe.request(Method::DELETE, &path).insert_header(moe.other.bearer());
    assert_eq!(edge.send(foreign).await.status, 404);
}

#[actix_web::test]
async fn a_reply_a_favourite_and_a_boost_show_in_the_thread_and_as_notifications() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let id = edge.status(&moe, &moe.me, "question").await;
    let reply = json!({ "status": "@moe answer", "in_reply_to_id": id });
    edge.post(&moe, &moe.other, "/api/v1/statuses", reply).await.ok();
    let path = format!("/api/v1/statuses/{id}");
    assert_eq!(
        edge.post(&moe, &moe.other, &format!("{path}/favourite"), json!({})).await.ok()["favourited"],
        true
    );
    let boost = edge.post(&moe, &moe.other, &format!("{path}/reblog"), json!({})).await.ok();
    assert_eq!(boost["reblog"]["id"], id);
    let context = edge.get(&moe, &moe.me, &format!("{path}/context")).await.ok();
    assert_eq!(context["descendants"][0]["in_reply_to_id"], id);
    let status = edge.get(&moe, &moe.me, &path).await.ok();
    let counts = ["replies_count", "favourites_count", "reblogs_count"].map(|field| status[field].as_u64());
    assert_eq!(counts, [Some(1); 3]);
    for who in ["favourited_by", "reblogged_by"] {
        assert_eq!(edge.get(&moe, &moe.me, &format!("{path}/{who}")).await.ok()[0]["acct"], "press");
    }
    let notifications = edge.get(&moe, &moe.me, "/api/v1/notifications").await.ok();
    let mut kinds: Vec<_> =
        notifications.as_array().unwrap().iter().map(|one| one["type"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["favourite", "mention", "reblog"]);
}

#[actix_web::test]
async fn public_posts_are_found_by_tag_and_by_words() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let id = edge.status(&moe, &moe.me, "New rules for #Schools this autumn").await;
    for path in ["/api/v1/timelines/public?local=true", "/api/v1/timelines/tag/schools"] {
        assert_eq!(edge.send(moe.request(Method::GET, path)).await.ok()[0]["id"], id, "{path}");
    }
    let found = edge.get(&moe, &moe.me, "/api/v2/search?q=autumn").await.ok();
    assert_eq!(found["statuses"][0]["id"], id);
    let found = edge.get(&moe, &moe.me, "/api/v2/search?q=%23schools&type=hashtags").await.ok();
    assert_eq!(found["hashtags"][0]["name"], "schools");
    let found = edge.get(&moe, &moe.me, "/api/v2/search?q=press&type=accounts").await.ok();
    assert_eq!(found["accounts"][0]["acct"], "press");
}

#[actix_web::test]
async fn only_people_who_may_post_do_through_any_client() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let first = edge.post(&moe, &moe.me, "/api/v1/statuses", json!({ "status": "Hello" })).await.ok();
    let boost = format!("/api/v1/statuses/{}/reblog", first["id"].as_str().unwrap());
    for &role in Role::ALL {
        let person = edge.staff(&moe, role).await;
        let expected = if role.permissions().has(Permission::Post) { 200 } else { 403 };
        let answer = edge.post(&moe, &person, "/api/v1/statuses", json!({ "status": "As well" })).await;
        assert_eq!(answer.status, expected, "{role}");
        assert_eq!(edge.post(&moe, &person, &boost, json!({})).await.status, expected, "{role}");
        if expected == 403 {
            let error = answer.json()["error"].as_str().unwrap().to_owned();
            assert!(error.contains("look after its staff"), "{error}");
        }
    }
}

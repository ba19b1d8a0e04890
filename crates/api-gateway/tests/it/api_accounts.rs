//! Accounts: reading, changing one's own, following.

use actix_web::http::Method;
use serde_json::json;

use crate::edge::{Edge, PICTURE};

#[actix_web::test]
async fn an_account_is_complete_and_dates_are_as_clients_parse_them() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let account = edge.get(&moe, &moe.me, "/api/v1/accounts/lookup?acct=@moe@moe.social.example").await.ok();
    for field in [
        "id",
        "username",
        "acct",
        "display_name",
        "note",
        "url",
        "avatar",
        "header",
        "created_at",
        "locked",
        "bot",
        "fields",
        "emojis",
        "followers_count",
        "following_count",
        "statuses_count",
        "group",
    ] {
        assert!(!account[field].is_null(), "`{field}` is missing");
    }
    assert_eq!((&account["acct"], &account["username"]), (&json!("moe"), &json!("moe")));
    let created = account["created_at"].as_str().unwrap();
    assert!(created.ends_with("T00:00:00.000Z"), "{created}");
    assert!(account["avatar"].as_str().unwrap().starts_with("https://media.social.example/"));
}

#[actix_web::test]
async fn a_profile_is_changed_with_fields_in_rails_spelling_and_a_picture() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let mut body = Vec::new();
    for (name, value) in [
        ("display_name", "Ministry"),
        ("note", "Hello #schools"),
        ("locked", "true"),
        ("fields_attributes[0][name]", "Site"),
        ("fields_attributes[0][value]", "https://moe.example"),
    ] {
        let part = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(
        b"--x\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a.png\"\r\n\r\n",
    );
    body.extend_from_slice(PICTURE);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = moe
        .request(Method::PATCH, "/api/v1/accounts/update_credentials")
        .insert_header(moe.me.bearer())
        .insert_header(("content-type", "multipart/form-data; boundary=x"))
        .set_payload(body);
    let account = edge.send(request).await.ok();
    assert_eq!((&account["display_name"], &account["locked"]), (&json!("Ministry"), &json!(true)));
    assert_eq!(account["source"]["note"], "Hello #schools");
    assert!(account["note"].as_str().unwrap().contains("class=\"mention hashtag\""), "{}", account["note"]);
    assert_eq!(account["fields"][0]["name"], "Site");
    assert!(!account["avatar"].as_str().unwrap().contains("missing"), "{}", account["avatar"]);
}

#[actix_web::test]
async fn following_shows_on_both_sides_and_every_field_of_the_relationship_is_there() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let path = format!("/api/v1/accounts/{}/follow", moe.other.id);
    let relationship = edge.post(&moe, &moe.me, &path, json!({})).await.ok();
    assert_eq!(relationship["following"], true);
    for field in [
        "id",
        "showing_reblogs",
        "notifying",
        "followed_by",
        "blocking",
        "blocked_by",
        "muting",
        "muting_notifications",
        "requested",
        "requested_by",
        "domain_blocking",
        "endorsed",
        "note",
    ] {
        assert!(!relationship[field].is_null(), "`{field}` is missing");
    }
    let followers =
        edge.get(&moe, &moe.me, &format!("/api/v1/accounts/{}/followers", moe.other.id)).await.ok();
    assert_eq!(followers[0]["id"], moe.me.id.to_string());
    let following = edge.get(&moe, &moe.me, &format!("/api/v1/accounts/{}/following", moe.me.id)).await.ok();
    assert_eq!(following[0]["id"], moe.other.id.to_string());
    let notifications = edge.get(&moe, &moe.other, "/api/v1/notifications?types[]=follow").await.ok();
    assert_eq!(notifications[0]["type"], "follow");
    let path = format!("/api/v1/accounts/relationships?id[]={}&id[]=1", moe.other.id);
    let relationships = edge.get(&moe, &moe.me, &path).await.ok();
    assert_eq!(relationships.as_array().unwrap().len(), 1);
    let unfollow = format!("/api/v1/accounts/{}/unfollow", moe.other.id);
    assert_eq!(edge.post(&moe, &moe.me, &unfollow, json!({})).await.ok()["following"], false);
}

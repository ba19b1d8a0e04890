//! What a tenant tells about itself, with every field that clients crash without.

use actix_web::http::Method;
use serde_json::Value;

use crate::edge::Edge;

/// The value at `a.b.c`, which must be there and not `null`.
fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, name| {
        let found = &value[name];
        assert!(!found.is_null(), "`{path}` is missing in {value}");
        found
    })
}

#[actix_web::test]
async fn version_2_has_all_that_clients_read() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let instance = edge.send(moe.request(Method::GET, "/api/v2/instance")).await.ok();
    for path in [
        "registrations.enabled",
        "registrations.url",
        "thumbnail.url",
        "contact.email",
        "contact.account.id",
        "configuration.statuses.max_characters",
        "configuration.statuses.max_media_attachments",
        "configuration.statuses.characters_reserved_per_url",
        "configuration.polls.max_options",
        "configuration.polls.max_characters_per_option",
        "configuration.polls.min_expiration",
        "configuration.polls.max_expiration",
        "configuration.media_attachments.supported_mime_types",
        "configuration.vapid.public_key",
        "usage.users.active_month",
        "rules",
        "languages",
    ] {
        at(&instance, path);
    }
    assert_eq!(at(&instance, "domain"), "moe.social.example");
    assert_eq!(at(&instance, "api_versions.mastodon"), 7);
    assert_eq!(at(&instance, "configuration.urls.streaming"), "wss://moe.social.example");
    assert!(at(&instance, "version").as_str().unwrap().starts_with("4.5.0 (compatible; Belfry "));
    assert!(at(&instance, "rules").as_array().is_some_and(|rules| !rules.is_empty()));
}

#[actix_web::test]
async fn version_1_has_all_that_older_clients_read() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.status(&moe, &moe.me, "counted").await;
    let instance = edge.send(moe.request(Method::GET, "/api/v1/instance")).await.ok();
    for path in
        ["title", "description", "email", "version", "urls.streaming_api", "thumbnail", "contact_account.id"]
    {
        at(&instance, path);
    }
    assert_eq!(at(&instance, "uri"), "moe.social.example");
    assert_eq!(
        (at(&instance, "stats.user_count"), at(&instance, "stats.status_count")),
        (&2.into(), &1.into())
    );
}

#[actix_web::test]
async fn the_metadata_says_where_everything_is() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let metadata = edge.send(moe.request(Method::GET, "/.well-known/oauth-authorization-server")).await.ok();
    assert_eq!(metadata["app_registration_endpoint"], "https://moe.social.example/api/v1/apps");
    assert_eq!(metadata["code_challenge_methods_supported"][0], "S256");
    let grants = metadata["grant_types_supported"].as_array().unwrap();
    assert!(!grants.iter().any(|grant| grant == "password"));
}

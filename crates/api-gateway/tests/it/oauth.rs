//! Apps, consent, codes and tokens, each worth something at one host only.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::edge::{Answer, Edge, Home};

async fn register(edge: &Edge, home: &Home, redirect: Value) -> Value {
    let body = json!({
        "client_name": "test", "redirect_uris": redirect, "scopes": "read write follow push",
        "website": "https://app.example",
    });
    edge.send(home.request(Method::POST, "/api/v1/apps").set_json(body)).await.ok()
}

async fn token(edge: &Edge, home: &Home, body: Value) -> Answer {
    edge.send(home.request(Method::POST, "/oauth/token").set_json(body)).await
}

#[actix_web::test]
async fn an_app_registers_with_redirects_as_an_array_or_as_lines() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    for redirect in [json!("app://x\nhttps://app.example/y"), json!(["app://x", "https://app.example/y"])] {
        let app = register(&edge, &moe, redirect).await;
        assert_eq!(app["redirect_uris"], json!(["app://x", "https://app.example/y"]));
        for field in ["id", "name", "client_id", "client_secret", "redirect_uri", "scopes", "vapid_key"] {
            assert!(!app[field].is_null(), "`{field}` is missing");
        }
    }
    for redirect in ["javascript:alert(1)", "data:text/html,x", ""] {
        let body = json!({ "client_name": "bad", "redirect_uris": redirect });
        assert_eq!(edge.send(moe.request(Method::POST, "/api/v1/apps").set_json(body)).await.status, 422);
    }
}

#[actix_web::test]
async fn an_apps_own_token_is_for_the_app_alone() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let app = register(&edge, &moe, json!("app://x")).await;
    let credentials = json!({
        "grant_type": "client_credentials", "client_id": app["client_id"], "client_secret": app["client_secret"],
        "scope": "read",
    });
    let issued = token(&edge, &moe, credentials.clone()).await.ok();
    assert_eq!((&issued["token_type"], &issued["scope"]), (&json!("Bearer"), &json!("read")));
    let bearer = ("authorization", format!("Bearer {}", issued["access_token"].as_str().unwrap()));
    let request = moe.request(Method::GET, "/api/v1/apps/verify_credentials").insert_header(bearer.clone());
    let told = edge.send(request).await.ok();
    assert_eq!((&told["name"], told.get("client_secret")), (&json!("test"), None));
    let request = moe.request(Method::GET, "/api/v1/timelines/home").insert_header(bearer);
    assert_eq!(edge.send(request).await.status, 422);

    let fin = edge.tenant("fin").await;
    assert_eq!(token(&edge, &fin, credentials).await.json()["error"], "invalid_client");
}

#[actix_web::test]
async fn grants_that_are_not_offered_are_named_as_such() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let app = register(&edge, &moe, json!("app://x")).await;
    for grant in ["password", "refresh_token"] {
        let body = json!({
            "grant_type": grant, "client_id": app["client_id"], "client_secret": app["client_secret"],
            "username": "owner@moe.example", "password": "x", "refresh_token": "x",
        });
        let answer = token(&edge, &moe, body).await;
        assert_eq!((answer.status, &answer.json()["error"]), (400, &json!("unsupported_grant_type")));
    }
    let answer = token(&edge, &moe, json!({ "grant_type": "authorization_code", "code": "x" })).await;
    assert_eq!((answer.status, &answer.json()["error"]), (401, &json!("invalid_client")));
}

#[actix_web::test]
async fn an_unknown_app_or_redirect_gets_a_page_and_never_a_redirect() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    let app = register(&edge, &moe, json!("https://app.example/back")).await;
    let id = app["client_id"].as_str().unwrap();
    let path = |id: &str, redirect: &str| {
        format!("/oauth/authorize?client_id={id}&redirect_uri={redirect}&response_type=code&scope=read")
    };
    let cases = [
        (&moe, path("unknown", "https://app.example/back")),
        (&moe, path(id, "https://evil.example/back")),
        (&fin, path(id, "https://app.example/back")),
    ];
    for (home, path) in cases {
        let answer = edge.send(home.request(Method::GET, &path)).await;
        assert_eq!((answer.status, answer.header("location")), (400, None), "{path}");
    }
    let wrong_type = path(id, "https://app.example/back").replace("=code", "=token") + "&state=s";
    let answer = edge.send(moe.request(Method::GET, &wrong_type)).await;
    let location = answer.header("location").unwrap();
    assert_eq!(location, "https://app.example/back?error=unsupported_response_type&state=s");
    let answer = edge.send(moe.request(Method::GET, &path(id, "https://app.example/back"))).await;
    assert!(answer.header("location").unwrap().starts_with("/auth/sign_in?return_to="));
}

//! A suspended agency's host: plain to people, patient with servers, and open again at once.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use crate::edge::{Answer, Edge, Home, PASSWORD};

async fn asked_as(edge: &Edge, home: &Home, path: &str, accept: &str) -> Answer {
    edge.send(home.request(Method::GET, path).insert_header(("accept", accept))).await
}

#[actix_web::test]
async fn people_apps_and_servers_are_told_to_come_back() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let fin = edge.tenant("fin").await;
    edge.official(&fin, "fin").await;
    let post = edge.status(&fin, &fin.me, "Budget day").await;
    edge.suspend(&fin).await;

    for path in ["/", "/@fin", &format!("/@fin/{post}"), "/nowhere"] {
        let page = asked_as(&edge, &fin, path, "text/html").await;
        let html = String::from_utf8(page.body.to_vec()).unwrap();
        assert_eq!((page.status, page.header("retry-after")), (503, Some("3600")), "{path}");
        assert!(html.contains("Closed for now") && !html.contains("Budget day"), "{html}");
    }
    let documents = ["/users/fin", "/users/fin/outbox", "/actor", "/nodeinfo/2.1", "/@fin.rss"];
    for path in documents.into_iter().chain([
        "/.well-known/webfinger?resource=acct:fin@fin.social.example",
        "/.well-known/host-meta",
        "/api/v1/instance",
        "/api/v1/timelines/home",
        "/oauth/authorize",
    ]) {
        let answer = asked_as(&edge, &fin, path, "application/activity+json").await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("3600")), "{path}");
        assert!(answer.json()["error"].as_str().unwrap().contains("closed for now"), "{path}");
    }
    let inbox = fin.request(Method::POST, "/users/fin/inbox").set_payload("{}");
    assert_eq!(edge.send(inbox).await.status, 503);
    let told = edge.post(&fin, &fin.me, "/api/v1/statuses", json!({ "status": "Hello" })).await;
    assert_eq!(told.status, 503);
    // The official handle is answered by the shared domain, which isn't closed.
    let path = "/.well-known/webfinger?resource=acct:fin@social.example";
    let official = edge.send(TestRequest::get().uri(path).insert_header(("host", "social.example"))).await;
    assert_eq!((official.status, official.header("retry-after")), (503, Some("3600")));

    edge.resume(&fin).await;
    assert_eq!(asked_as(&edge, &fin, "/@fin", "text/html").await.status, 200);
    assert_eq!(asked_as(&edge, &fin, "/users/fin", "application/activity+json").await.status, 200);
    edge.status(&fin, &fin.me, "Open again").await;
}

#[actix_web::test]
async fn its_people_still_sign_in_and_nobody_elses_host_is_closed() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let fin = edge.tenant("fin").await;
    edge.suspend(&fin).await;
    assert_eq!(asked_as(&edge, &moe, "/@moe", "text/html").await.status, 200);
    let form = edge.send(fin.request(Method::GET, "/auth/sign_in?return_to=/admin")).await;
    assert_eq!(form.status, 200);
    let secret = form.all("set-cookie").find(|cookie| cookie.contains("csrf")).unwrap();
    let cookie = secret.split(';').next().unwrap().to_owned();
    let html = String::from_utf8(form.body.to_vec()).unwrap();
    let token = html.split("name=\"csrf_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [
        ("csrf_token", token),
        ("email", "owner@fin.example"),
        ("password", PASSWORD),
        ("return_to", "/admin"),
    ];
    let sent = fin
        .request(Method::POST, "/auth/sign_in")
        .insert_header(("origin", "https://fin.social.example"))
        .insert_header(("cookie", cookie))
        .set_form(fields);
    let answer = edge.send(sent).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/admin")));
}

//! What other servers read of us.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::edge::{Answer, Edge, Home};

const ACTIVITY: (&str, &str) = ("accept", "application/activity+json");

async fn document(edge: &Edge, home: &Home, path: &str) -> Answer {
    edge.send(home.request(Method::GET, path).insert_header(ACTIVITY)).await
}

async fn webfinger(edge: &Edge, host: &str, resource: &str) -> Answer {
    let path = format!("/.well-known/webfinger?resource={resource}");
    edge.send(TestRequest::get().uri(&path).insert_header(("host", host))).await
}

#[actix_web::test]
async fn a_handle_leads_to_its_actor_and_only_at_its_own_host() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    edge.tenant("fin").await;
    let found = webfinger(&edge, "moe.social.example", "acct:press@moe.social.example").await;
    assert_eq!(found.header("content-type"), Some("application/jrd+json"));
    let jrd = found.ok();
    assert_eq!(jrd["subject"], "acct:press@moe.social.example");
    let link = jrd["links"].as_array().unwrap().iter().find(|link| link["rel"] == "self").unwrap();
    assert_eq!(link["href"], "https://moe.social.example/users/press");
    assert_eq!(link["type"], "application/activity+json");
    for resource in ["https://moe.social.example/users/press", "https://moe.social.example/@press"] {
        assert_eq!(webfinger(&edge, "moe.social.example", resource).await.ok(), jrd);
    }
    for (host, resource, status) in [
        ("fin.social.example", "acct:press@moe.social.example", 404),
        ("social.example", "acct:press@social.example", 404),
        ("moe.social.example", "acct:nobody@moe.social.example", 404),
        ("moe.social.example", "nonsense", 400),
        ("moe.social.example", "", 400),
        ("else.social.example", "acct:press@else.social.example", 404),
    ] {
        assert_eq!(webfinger(&edge, host, resource).await.status, status, "{host} {resource}");
    }
}

#[actix_web::test]
async fn an_official_handle_is_canonical_at_both_hosts() {
    let edge = Edge::new().await;
    let home = edge.tenant("moe").await;
    edge.official(&home, "moe").await;
    for (host, resource) in [
        ("social.example", "acct:moe@social.example"),
        ("moe.social.example", "acct:moe@social.example"),
        ("moe.social.example", "acct:moe@moe.social.example"),
    ] {
        let jrd = webfinger(&edge, host, resource).await.ok();
        assert_eq!(jrd["subject"], "acct:moe@social.example", "{host} {resource}");
        assert_eq!(jrd["links"][1]["href"], "https://moe.social.example/users/moe");
    }
    let actor = document(&edge, &home, "/users/moe").await.ok();
    assert_eq!(
        (&actor["preferredUsername"], &actor["webfinger"]),
        (&json!("moe"), &json!("moe@social.example"))
    );
}

#[actix_web::test]
async fn the_instance_actor_is_found_and_served_without_a_signature() {
    let edge = Edge::new().await;
    let home = edge.tenant("moe").await;
    let host = "moe.social.example";
    let jrd = webfinger(&edge, host, "acct:moe.social.example@moe.social.example").await.ok();
    assert_eq!(jrd["links"][1]["href"], "https://moe.social.example/actor");
    let actor = document(&edge, &home, "/actor").await.ok();
    assert_eq!(actor["type"], "Application");
    assert_eq!(actor["publicKey"]["owner"], actor["id"]);
}

#[actix_web::test]
async fn an_actor_is_a_document_for_servers_and_a_page_for_people() {
    let edge = Edge::new().await;
    let home = edge.tenant("moe").await;
    let answer = document(&edge, &home, "/users/press").await;
    assert_eq!(answer.header("content-type"), Some("application/activity+json"));
    assert!(answer.header("vary").is_some_and(|vary| vary.contains("Accept")));
    let actor = answer.ok();
    assert_eq!(actor["id"], "https://moe.social.example/users/press");
    assert_eq!(actor["inbox"], "https://moe.social.example/users/press/inbox");
    assert_eq!(actor["endpoints"]["sharedInbox"], "https://social.example/inbox");
    assert!(actor["publicKey"]["publicKeyPem"].as_str().unwrap().contains("BEGIN PUBLIC KEY"));
    let browser = home.request(Method::GET, "/users/press").insert_header(("accept", "text/html,*/*;q=0.8"));
    let page = edge.send(browser).await;
    assert_eq!((page.status, page.header("location")), (302, Some("https://moe.social.example/@press")));
    assert_eq!(document(&edge, &home, "/users/nobody").await.status, 404);
}

#[actix_web::test]
async fn only_open_posts_are_served_and_deleted_ones_are_gone() {
    let edge = Edge::new().await;
    let home = edge.tenant("moe").await;
    let other = edge.tenant("fin").await;
    let open = edge.status(&home, &home.me, "Open").await;
    let path = format!("/users/moe/statuses/{open}");
    let note = document(&edge, &home, &path).await.ok();
    assert_eq!(note["type"], "Note");
    assert_eq!(note["id"], format!("https://moe.social.example{path}"));
    assert_eq!(note["to"], json!(["https://www.w3.org/ns/activitystreams#Public"]));
    let create = document(&edge, &home, &format!("{path}/activity")).await.ok();
    assert_eq!((&create["type"], &create["object"]["id"]), (&json!("Create"), &note["id"]));

    for visibility in ["private", "direct"] {
        let body = json!({ "status": "Quietly", "visibility": visibility });
        let closed = edge.post(&home, &home.me, "/api/v1/statuses", body).await.ok();
        let id = closed["id"].as_str().unwrap();
        assert_eq!(document(&edge, &home, &format!("/users/moe/statuses/{id}")).await.status, 404);
    }
    // Another tenant's host knows nothing of it, nor does another account's address.
    assert_eq!(document(&edge, &other, &path).await.status, 404);
    let elsewhere = format!("/users/fin/statuses/{open}");
    assert_eq!(document(&edge, &other, &elsewhere).await.status, 404);
    assert_eq!(document(&edge, &home, &format!("/users/press/statuses/{open}")).await.status, 404);

    let delete = home.request(Method::DELETE, &format!("/api/v1/statuses/{open}"));
    edge.send(delete.insert_header(home.me.bearer())).await.ok();
    let gone = document(&edge, &home, &path).await;
    assert_eq!(gone.status, 410);
    assert_eq!(gone.json()["type"], "Tombstone");
    assert!(gone.json().get("content").is_none());
}

#[actix_web::test]
async fn collections_name_their_pages_and_pages_their_next() {
    let edge = Edge::new().await;
    let home = edge.tenant("moe").await;
    for number in 0..21 {
        edge.status(&home, &home.me, &format!("Bell {number}")).await;
    }
    let outbox = document(&edge, &home, "/users/moe/outbox").await.ok();
    assert_eq!((&outbox["type"], &outbox["totalItems"]), (&json!("OrderedCollection"), &json!(21)));
    let path = |address: &Value| {
        address.as_str().unwrap().trim_start_matches("https://moe.social.example").to_owned()
    };
    let first = document(&edge, &home, &path(&outbox["first"])).await.ok();
    assert_eq!(first["orderedItems"].as_array().unwrap().len(), 20);
    assert_eq!(first["orderedItems"][0]["type"], "Create");
    let second = document(&edge, &home, &path(&first["next"])).await.ok();
    assert_eq!(second["orderedItems"].as_array().unwrap().len(), 1);
    assert!(second.get("next").is_none());
    for part in ["followers", "following", "collections/featured"] {
        let collection = document(&edge, &home, &format!("/users/moe/{part}")).await.ok();
        assert_eq!(collection["totalItems"], 0, "{part}");
    }
    assert_eq!(document(&edge, &home, "/users/moe/outbox?page=true&max_id=x").await.status, 400);
}

#[actix_web::test]
async fn software_and_host_describe_themselves() {
    let edge = Edge::new().await;
    let home = edge.tenant("moe").await;
    let links = edge.send(home.request(Method::GET, "/.well-known/nodeinfo")).await.ok();
    assert_eq!(links["links"][1]["href"], "https://moe.social.example/nodeinfo/2.1");
    for version in ["2.0", "2.1"] {
        let info = edge.send(home.request(Method::GET, &format!("/nodeinfo/{version}"))).await.ok();
        assert_eq!((&info["version"], &info["software"]["name"]), (&json!(version), &json!("belfry")));
        assert_eq!(info["usage"]["users"]["total"], 2);
    }
    let xml = edge.send(home.request(Method::GET, "/.well-known/host-meta")).await;
    assert_eq!(xml.header("content-type"), Some("application/xrd+xml; charset=utf-8"));
    let json = edge.send(home.request(Method::GET, "/.well-known/host-meta.json")).await.ok();
    assert_eq!(
        json["links"][0]["template"],
        "https://moe.social.example/.well-known/webfinger?resource={uri}"
    );
}

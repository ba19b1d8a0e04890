//! How far a post has come, as its author's client sees it.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::edge::{Edge, Home, Person};

async fn delivery(edge: &Edge, home: &Home, person: &Person, id: &str) -> Value {
    edge.get(home, person, &format!("/api/belfry/v1/statuses/{id}/delivery")).await.ok()
}

/// As after a fan-out to ten servers: six have it, two wait, one refused, one is gone.
pub async fn deliver(edge: &Edge, home: &Home, post: &str) {
    let tenant = home.tenant.id;
    let of = format!("activity_id = (SELECT max(id) FROM activity WHERE status_id = {post})");
    edge.engine(&format!(
        "UPDATE machinery.outbox SET published = 10, settled = 10, taken = 6, refused = 1, gone = 1,
             finished_at = '2026-01-31T12:00:01Z' WHERE {of};
         INSERT INTO machinery.parked_delivery
             (tenant_id, activity_id, inbox, host, lane, attempts, reason, first_at, due_at, with_host)
         SELECT tenant_id, activity_id, 'https://' || host || '/inbox', host, lane, 2, reason,
             '2026-01-31T12:00Z', due_at::timestamptz, with_host
         FROM machinery.outbox, (VALUES ('slow.example', 'answered 503', '2026-01-31T13:00Z', false),
             ('down.example', 'its host is down', '2026-02-07T12:00Z', true)) v (host, reason, due_at, with_host)
         WHERE tenant_id = {tenant} AND {of};
         INSERT INTO machinery.dead_letter (tenant_id, activity_id, inbox, host, lane, attempts, reason, died_at)
         SELECT tenant_id, activity_id, 'https://no.example/inbox', 'no.example', lane, 1,
             'refused: answered 403', '2026-01-31T12:00Z'
         FROM machinery.outbox WHERE tenant_id = {tenant} AND {of}"
    ))
    .await;
}

#[actix_web::test]
async fn an_author_sees_every_server_once_and_who_does_not_have_it() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let post = edge.status(&moe, &moe.me, "Schools open").await;
    let begun = delivery(&edge, &moe, &moe.me, &post).await;
    assert_eq!((&begun["servers"], &begun["complete"]), (&json!(0), &json!(false)));
    deliver(&edge, &moe, &post).await;
    let seen = delivery(&edge, &moe, &moe.me, &post).await;
    assert_eq!(seen["status_id"], post);
    let counts = ["servers", "taken", "waiting", "under_way", "refused", "gone", "withdrawn"];
    assert_eq!(counts.map(|field| seen[field].as_u64().unwrap()), [10, 6, 2, 0, 1, 1, 0]);
    assert_eq!(seen["complete"], false);
    assert_eq!(seen["activities"][0]["kind"], "Create");
    assert_eq!(seen["activities"][0]["finished_at"], "2026-01-31T12:00:01.000Z");
    assert_eq!(seen["hosts_left_off"], 0);
    assert_eq!(
        seen["hosts"][0],
        json!({
            "host": "slow.example", "inbox": "https://slow.example/inbox", "state": "waiting",
            "reason": "answered 503", "attempts": 2, "waits_for_host": false,
            "next_attempt_at": "2026-01-31T13:00:00.000Z", "died_at": null,
        })
    );
    assert_eq!(
        (&seen["hosts"][1]["waits_for_host"], &seen["hosts"][2]["state"]),
        (&json!(true), &json!("refused"))
    );
}

#[actix_web::test]
async fn an_edit_is_counted_anew_and_a_boost_for_itself() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let post = edge.status(&moe, &moe.me, "Schools open").await;
    deliver(&edge, &moe, &post).await;
    let path = format!("/api/v1/statuses/{post}");
    let edit = moe.request(Method::PUT, &path).insert_header(moe.me.bearer());
    edge.send(edit.set_json(json!({ "status": "Schools open on Monday" }))).await.ok();
    let seen = delivery(&edge, &moe, &moe.me, &post).await;
    assert_eq!((&seen["servers"], &seen["hosts"]), (&json!(0), &json!([])));
    let kinds: Vec<_> = seen["activities"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["Create", "Update"]);
    assert_eq!(seen["activities"][0]["taken"], 6);
    let boost = edge.post(&moe, &moe.other, &format!("{path}/reblog"), json!({})).await.ok();
    let seen = delivery(&edge, &moe, &moe.other, boost["id"].as_str().unwrap()).await;
    assert_eq!(seen["activities"][0]["kind"], "Announce");
}

#[actix_web::test]
async fn nobody_but_the_author_sees_it() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    let post = edge.status(&moe, &moe.me, "Schools open").await;
    let path = format!("/api/belfry/v1/statuses/{post}/delivery");
    assert_eq!(edge.get(&moe, &moe.other, &path).await.status, 404, "another account of the agency");
    assert_eq!(edge.get(&fin, &fin.me, &path).await.status, 404, "a neighbour at home");
    assert_eq!(edge.get(&moe, &fin.me, &path).await.status, 401, "a neighbour here");
    assert_eq!(edge.send(moe.request(Method::GET, &path)).await.status, 401, "nobody");
    let writer = edge.person(&moe.tenant, moe.me.id, "write").await;
    assert_eq!(edge.get(&moe, &writer, &path).await.status, 403, "a token that may not read");
    edge.send(
        moe.request(Method::DELETE, &format!("/api/v1/statuses/{post}")).insert_header(moe.me.bearer()),
    )
    .await
    .ok();
    assert_eq!(edge.get(&moe, &moe.me, &path).await.status, 404, "deleted");
}

#[actix_web::test]
async fn a_forgotten_way_has_ended() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let post = edge.status(&moe, &moe.me, "Schools open").await;
    edge.engine("DELETE FROM machinery.outbox").await;
    let seen = delivery(&edge, &moe, &moe.me, &post).await;
    assert_eq!(
        (&seen["activities"], &seen["servers"], &seen["complete"]),
        (&json!([]), &json!(0), &json!(true))
    );
}

/// The properties that a schema requires, and what each is, through `allOf` and `$ref`.
fn required<'a>(document: &'a Value, schema: &'a Value, found: &mut Vec<(&'a str, &'a Value)>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return required(document, &document["components"]["schemas"][name], found);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        required(document, part, found);
    }
    let properties = schema["properties"].as_object();
    for name in schema["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap()) {
        found.push((name, &properties.unwrap()[name]));
    }
}

/// An object has every property that its schema requires and no other; so have those inside it.
fn conforms(document: &Value, schema: &Value, value: &Value) {
    let mut expected = Vec::new();
    required(document, schema, &mut expected);
    let object = value.as_object().unwrap();
    for (name, schema) in &expected {
        let inner = object.get(*name).unwrap_or_else(|| panic!("`{name}` is missing in {value}"));
        for item in inner.as_array().into_iter().flatten() {
            conforms(document, &schema["items"], item);
        }
    }
    for name in object.keys() {
        assert!(expected.iter().any(|(known, _)| known == name), "`{name}` is not in the document");
    }
}

#[actix_web::test]
async fn an_answer_has_what_the_document_promises() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let post = edge.status(&moe, &moe.me, "Schools open").await;
    deliver(&edge, &moe, &post).await;
    let document = edge.send(moe.request(Method::GET, "/api/belfry/v1/openapi.json")).await.ok();
    let operation = &document["paths"]["/api/belfry/v1/statuses/{id}/delivery"]["get"];
    let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    let answer = delivery(&edge, &moe, &moe.me, &post).await;
    assert_eq!(answer["hosts"].as_array().unwrap().len(), 3);
    conforms(&document, schema, &answer);
    let missing = edge.get(&moe, &moe.me, "/api/belfry/v1/statuses/1/delivery").await;
    conforms(
        &document,
        &operation["responses"]["404"]["content"]["application/json"]["schema"],
        &missing.json(),
    );
}

#[test]
fn every_endpoint_of_ours_is_in_the_document() {
    let document = serde_json::to_value(belfry_api_gateway::openapi()).unwrap();
    for endpoint in belfry_api_gateway::api::routes::table() {
        if endpoint.path.starts_with("/api/belfry/") && !endpoint.path.ends_with("/openapi.json") {
            let method = endpoint.method.as_str().to_lowercase();
            assert!(document["paths"][endpoint.path][method].is_object(), "{} is missing", endpoint.path);
        }
    }
}

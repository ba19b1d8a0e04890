//! Urgent posts: for agencies that may, by people who may, so many an hour.

use actix_web::http::Method;
use belfry_model::{Lane, Role, StatusId};
use serde_json::json;

use crate::edge::{Answer, Edge, Home, Person};

async fn send(edge: &Edge, home: &Home, person: &Person, priority: &str) -> Answer {
    let body = json!({ "status": "Boil your water", "belfry_priority": priority });
    edge.post(home, person, "/api/v1/statuses", body).await
}

/// The lanes of the activities that tell of a post, the oldest first.
async fn lanes(edge: &Edge, home: &Home, answer: &Answer) -> Vec<Lane> {
    let id: StatusId = answer.json()["id"].as_str().unwrap().parse().unwrap();
    let tx = edge.tenancy().app.tenant(home.tenant.scope()).await.unwrap();
    tx.ledger_of_status(id).await.unwrap().into_iter().map(|one| one.lane).collect()
}

#[actix_web::test]
async fn a_post_leaves_in_the_lane_that_it_asks_for() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.permit_urgent(&moe).await;
    for (priority, lane) in
        [("urgent", Lane::Urgent), ("normal", Lane::Normal), ("bulk", Lane::Bulk), ("", Lane::Normal)]
    {
        let answer = send(&edge, &moe, &moe.me, priority).await;
        assert_eq!(answer.status, 200, "{priority}: {:?}", answer.body);
        assert_eq!(lanes(&edge, &moe, &answer).await, [lane], "{priority}");
    }
    let unknown = send(&edge, &moe, &moe.me, "now!").await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.json()["error"].as_str().unwrap().contains("urgent, normal, bulk"), "{:?}", unknown.body);
}

#[actix_web::test]
async fn what_follows_an_urgent_post_is_urgent_too() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.permit_urgent(&moe).await;
    for (priority, lane) in [("urgent", Lane::Urgent), ("bulk", Lane::Normal)] {
        let post = send(&edge, &moe, &moe.me, priority).await;
        let path = format!("/api/v1/statuses/{}", post.json()["id"].as_str().unwrap());
        let edit = moe.request(Method::PUT, &path).insert_header(moe.me.bearer());
        edge.send(edit.set_json(json!({ "status": "Boil your water for a minute" }))).await.ok();
        edge.send(moe.request(Method::DELETE, &path).insert_header(moe.me.bearer())).await.ok();
        assert_eq!(lanes(&edge, &moe, &post).await.get(1..), Some(&[lane, lane][..]), "{priority}");
    }
}

#[actix_web::test]
async fn an_agency_that_may_not_is_told_so_and_its_neighbours_permission_is_not_its_own() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    edge.permit_urgent(&fin).await;
    let refused = send(&edge, &moe, &moe.me, "urgent").await;
    assert_eq!(refused.status, 403);
    assert!(refused.json()["error"].as_str().unwrap().contains("lead agency"), "{:?}", refused.body);
    assert_eq!(send(&edge, &fin, &fin.me, "urgent").await.status, 200);
    assert_eq!(send(&edge, &moe, &fin.me, "urgent").await.status, 401, "a neighbour's token");
    assert!(
        edge.get(&moe, &moe.me, &format!("/api/v1/accounts/{}/statuses", moe.me.id))
            .await
            .ok()
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[actix_web::test]
async fn an_author_may_not_and_an_editor_may() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.permit_urgent(&moe).await;
    for (role, status) in
        [(Role::Author, 403), (Role::Editor, 200), (Role::Admin, 200), (Role::Owner, 200), (Role::Lead, 200)]
    {
        let person = edge.staff(&moe, role).await;
        assert_eq!(send(&edge, &moe, &person, "urgent").await.status, status, "{role}");
        assert_eq!(send(&edge, &moe, &person, "normal").await.status, 200, "{role}");
    }
}

#[actix_web::test]
async fn more_than_the_hours_number_wait_and_are_told_for_how_long() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    edge.permit_urgent(&moe).await;
    edge.permit_urgent(&fin).await;
    // All at once, so that counting without a lock would let too many through.
    let posts = futures::future::join_all((0..12).map(|_| send(&edge, &moe, &moe.me, "urgent"))).await;
    assert_eq!(posts.iter().filter(|answer| answer.status == 200).count(), 10);
    let refused = posts.iter().find(|answer| answer.status != 200).unwrap();
    assert_eq!(refused.status, 429);
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((3000..=3600).contains(&seconds), "{seconds}");
    assert_eq!(send(&edge, &moe, &moe.me, "normal").await.status, 200);
    assert_eq!(send(&edge, &fin, &fin.me, "urgent").await.status, 200, "a neighbour has a number of its own");
    // Corrections go out all the same, with everything else.
    let post = posts.iter().find(|answer| answer.status == 200).unwrap();
    let path = format!("/api/v1/statuses/{}", post.json()["id"].as_str().unwrap());
    let edit = moe.request(Method::PUT, &path).insert_header(moe.me.bearer());
    edge.send(edit.set_json(json!({ "status": "All clear" }))).await.ok();
    assert_eq!(lanes(&edge, &moe, post).await, [Lane::Urgent, Lane::Normal]);
}

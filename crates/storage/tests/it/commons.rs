//! The commons: written once, seen through relations, and what a tenant keeps of remote posts.

use belfry_model::{ActorId, COMMONS, Ref, StatusId, TenantId, TenantScope, Visibility};
use belfry_storage::{AppDb, PoolOptions, RemoteActor, RemoteMedia, RemoteStatus, WorkerDb, Written, row};
use belfry_test_support::{MockClock, TestDatabase};
use chrono::{DateTime, Utc};

fn now() -> DateTime<Utc> {
    belfry_model::Clock::now(&MockClock::default())
}

fn scope(tenant: i64) -> TenantScope {
    TenantScope::of(TenantId(tenant)).unwrap()
}

fn alice() -> RemoteActor {
    RemoteActor {
        uri: "https://remote.example/users/alice".into(),
        username: "alice".into(),
        domain: "remote.example".into(),
        url: None,
        actor_type: "Person".into(),
        inbox_url: "https://remote.example/users/alice/inbox".into(),
        shared_inbox_url: Some("https://remote.example/inbox".into()),
        outbox_url: None,
        followers_url: None,
        following_url: None,
        featured_url: None,
        display_name: "Alice".into(),
        note_html: String::new(),
        fields: serde_json::json!([]),
        avatar_remote_url: None,
        header_remote_url: None,
        locked: false,
        bot: false,
        discoverable: true,
        public_key_id: Some("https://remote.example/users/alice#main-key".into()),
        public_key_pem: Some("pem".into()),
        created_at: now(),
        fetched_at: now(),
    }
}

fn post(author: Ref<ActorId>, number: u32) -> RemoteStatus {
    RemoteStatus {
        uri: format!("https://remote.example/notes/{number}"),
        url: None,
        actor: author,
        visibility: Visibility::Public,
        content_html: "<p>Hello</p>".into(),
        spoiler_text: String::new(),
        sensitive: false,
        language: Some("en".into()),
        in_reply_to_uri: None,
        in_reply_to: None,
        reblog_of: None,
        conversation_uri: None,
        created_at: now(),
        edited_at: None,
        mentions: Vec::new(),
        tags: vec!["bells".into()],
        media: vec![RemoteMedia {
            media_type: "image/png".into(),
            remote_url: "https://remote.example/1.png".into(),
            description: Some("A bell".into()),
            blurhash: None,
            meta: serde_json::json!({}),
        }],
    }
}

struct World {
    database: TestDatabase,
    app: AppDb,
    alice: Ref<ActorId>,
}

async fn world() -> World {
    let database = TestDatabase::new().await;
    let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
    let tx = app.commons().await.unwrap();
    let alice = Ref::new(COMMONS, ActorId(tx.actor_upsert(alice()).await.unwrap().id));
    tx.commit().await.unwrap();
    World { database, app, alice }
}

async fn store(world: &World, post: RemoteStatus) -> row::Status {
    let tx = world.app.commons().await.unwrap();
    let stored = tx.status_upsert(post).await.unwrap().status().unwrap().clone();
    tx.commit().await.unwrap();
    stored
}

#[tokio::test]
async fn a_commons_post_is_seen_only_through_a_relation() {
    let world = world().await;
    let stored = store(&world, post(world.alice, 1)).await;
    let id = StatusId(stored.id);

    let tx = world.app.tenant(scope(1001)).await.unwrap();
    assert_eq!(tx.status_fetch(id).await.unwrap(), None);
    tx.commons_relate(&[stored.id, world.alice.id.0]).await.unwrap();
    tx.commons_relate(&[stored.id]).await.unwrap();
    assert_eq!(tx.status_fetch(id).await.unwrap().unwrap().uri, stored.uri);
    assert_eq!(tx.media_of_statuses(&[id]).await.unwrap().len(), 1);
    tx.commit().await.unwrap();

    let other = world.app.tenant(scope(2002)).await.unwrap();
    assert_eq!(other.status_fetch(id).await.unwrap(), None);
}

#[tokio::test]
async fn a_second_copy_changes_nothing_and_an_edit_keeps_the_original() {
    let world = world().await;
    let stored = store(&world, post(world.alice, 1)).await;

    let tx = world.app.commons().await.unwrap();
    assert!(matches!(tx.status_upsert(post(world.alice, 1)).await.unwrap(), Written::Known(_)));
    let mut edit = post(world.alice, 1);
    edit.content_html = "<p>Hello again</p>".into();
    edit.edited_at = Some(now());
    let Written::Edited(edited) = tx.status_upsert(edit).await.unwrap() else { panic!("not an edit") };
    tx.commit().await.unwrap();
    assert_eq!(edited.id, stored.id);

    let tx = world.app.tenant(scope(1001)).await.unwrap();
    tx.commons_relate(&[stored.id]).await.unwrap();
    let history = tx.status_edit_list(StatusId(stored.id)).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].content_html, "<p>Hello</p>");
}

#[tokio::test]
async fn a_deleted_post_is_erased_and_does_not_come_back() {
    let world = world().await;
    let stored = store(&world, post(world.alice, 1)).await;

    let tx = world.app.commons().await.unwrap();
    let stranger = Ref::new(COMMONS, ActorId(world.alice.id.0 + 1));
    assert_eq!(tx.status_erase(&stored.uri, stranger, now()).await.unwrap(), None);
    assert_eq!(tx.status_erase(&stored.uri, world.alice, now()).await.unwrap(), Some(StatusId(stored.id)));
    let tombstone = tx.status_by_uri(&stored.uri).await.unwrap().unwrap();
    assert_eq!(tombstone.content_html, "");
    assert!(tombstone.deleted_at.is_some());
    assert!(matches!(tx.status_upsert(post(world.alice, 1)).await.unwrap(), Written::Deleted));
}

#[tokio::test]
async fn an_answer_that_came_first_finds_its_parent_later() {
    let world = world().await;
    let mut answer = post(world.alice, 2);
    answer.in_reply_to_uri = Some(post(world.alice, 1).uri);
    let answer = store(&world, answer).await;
    assert_eq!(answer.in_reply_to_id, None);
    let parent = store(&world, post(world.alice, 1)).await;

    let tx = world.app.commons().await.unwrap();
    let answer = tx.status_by_uri(&answer.uri).await.unwrap().unwrap();
    assert_eq!(answer.in_reply_to_id, Some(parent.id));
    let mut around = tx.status_surroundings(StatusId(answer.id), 5).await.unwrap();
    around.sort_unstable();
    let mut expected = vec![world.alice.id.0, parent.id, answer.id];
    expected.sort_unstable();
    assert_eq!(around, expected);
}

#[tokio::test]
async fn an_activity_is_received_once_a_tenant() {
    let world = world().await;
    let tx = world.app.tenant(scope(1001)).await.unwrap();
    assert!(tx.received_mark("https://remote.example/a/1").await.unwrap());
    assert!(!tx.received_mark("https://remote.example/a/1").await.unwrap());
    tx.commit().await.unwrap();
    let other = world.app.tenant(scope(2002)).await.unwrap();
    assert!(!other.received_check("https://remote.example/a/1").await.unwrap());
    assert!(other.received_mark("https://remote.example/a/1").await.unwrap());
}

#[tokio::test]
async fn only_the_worker_reads_across_tenants_who_is_concerned() {
    let world = world().await;
    let worker = WorkerDb::connect(&world.database.worker_url(), PoolOptions::default()).await.unwrap();
    for tenant in [2002, 1001] {
        let tx = world.app.tenant(scope(tenant)).await.unwrap();
        tx.interest_insert(world.alice.id).await.unwrap();
        tx.interest_insert(world.alice.id).await.unwrap();
        tx.holding_insert(world.alice.id).await.unwrap();
        tx.holding_insert(world.alice.id).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(worker.interest_tenants(world.alice.id).await.unwrap(), vec![TenantId(1001), TenantId(2002)]);

    let tx = world.app.tenant(scope(1001)).await.unwrap();
    tx.interest_delete(world.alice.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(worker.interest_tenants(world.alice.id).await.unwrap(), vec![TenantId(2002)]);
    assert_eq!(worker.holding_tenants(world.alice.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_handle_belongs_to_the_actor_that_had_it_last() {
    let world = world().await;
    let tx = world.app.commons().await.unwrap();
    let mut replaced = alice();
    replaced.uri = "https://remote.example/users/alice-anew".into();
    replaced.public_key_id = None;
    let anew = tx.actor_upsert(replaced).await.unwrap();
    let found = tx.actor_by_handle("ALICE", "remote.example").await.unwrap().unwrap();
    assert_eq!(found.id, anew.id);
    assert!(tx.actor_by_uri(&alice().uri).await.unwrap().unwrap().deleted_at.is_some());
}

#[tokio::test]
async fn a_deleted_actors_key_verifies_nothing() {
    let world = world().await;
    let key = alice().public_key_id.unwrap();
    let tx = world.app.commons().await.unwrap();
    assert!(tx.actor_by_key(&key).await.unwrap().is_some());
    assert_eq!(tx.actor_tombstone(&alice().uri, now()).await.unwrap(), Some(world.alice.id));
    assert!(tx.actor_by_key(&key).await.unwrap().is_none());
}

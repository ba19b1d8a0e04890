//! The audience of an activity: distinct inboxes, one slice at a time.

use belfry_model::{ActivityId, ActorId, COMMONS, Ref, TenantId, TenantScope};
use belfry_storage::{
    AppDb, NewActivity, NewFollow, NewLocalActor, PoolOptions, RemoteActor, TenantTx, WorkerDb,
};
use belfry_test_support::{MockClock, TestDatabase};

fn remote(number: u32, host: &str, shared: bool) -> RemoteActor {
    let at = belfry_model::Clock::now(&MockClock::default());
    RemoteActor {
        uri: format!("https://{host}/users/{number}"),
        username: format!("user{number}"),
        domain: host.into(),
        url: None,
        actor_type: "Person".into(),
        inbox_url: format!("https://{host}/users/{number}/inbox"),
        shared_inbox_url: shared.then(|| format!("https://{host}/inbox")),
        outbox_url: None,
        followers_url: None,
        following_url: None,
        featured_url: None,
        display_name: String::new(),
        note_html: String::new(),
        fields: serde_json::json!([]),
        avatar_remote_url: None,
        header_remote_url: None,
        locked: false,
        bot: false,
        discoverable: true,
        public_key_id: None,
        public_key_pem: None,
        created_at: at,
        fetched_at: at,
    }
}

async fn local(tx: &TenantTx) -> ActorId {
    let new = NewLocalActor {
        kind: "team",
        username: "press",
        domain: "moe.example",
        uri: "https://moe.example/users/press",
        url: None,
        actor_type: "Person",
        inbox_url: "https://moe.example/users/press/inbox",
        shared_inbox_url: "https://example/inbox",
        outbox_url: None,
        followers_url: None,
        following_url: None,
        featured_url: None,
        display_name: "Press",
        public_key_id: "https://moe.example/users/press#main-key",
        public_key_pem: "pem",
    };
    ActorId(tx.actor_local_insert(&new).await.unwrap().unwrap().id)
}

async fn activity(tx: &TenantTx, actor: ActorId, id: i64, to_followers: bool, recipients: serde_json::Value) {
    tx.activity_insert(NewActivity {
        id: ActivityId(id),
        uri: format!("https://moe.example/a/{id}"),
        kind: "Create",
        actor,
        status: None,
        object: None,
        to_followers,
        recipients,
        created_at: belfry_model::Clock::now(&MockClock::default()),
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn an_audience_is_walked_in_slices_without_repeats_or_gaps() {
    let database = TestDatabase::new().await;
    let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
    let commons = app.commons().await.unwrap();
    let mut followers = Vec::new();
    for number in 0..6 {
        // Two of a server with a shared inbox; capitals and punctuation must not upset the order.
        let host = ["b.example", "b.example", "Z.example", "a-c.example", "a.example", "ab.example"]
            [usize::try_from(number).unwrap()];
        followers.push(ActorId(commons.actor_upsert(remote(number, host, number < 2)).await.unwrap().id));
    }
    commons.commit().await.unwrap();

    let tx = app.tenant(TenantScope::of(TenantId(1001)).unwrap()).await.unwrap();
    let press = local(&tx).await;
    let us = tx.tenant();
    for (number, follower) in followers.iter().enumerate() {
        tx.commons_relate(&[follower.0]).await.unwrap();
        tx.follow_insert(NewFollow {
            uri: format!("https://x.example/f/{number}"),
            follower: Ref::new(COMMONS, *follower),
            followee: Ref::new(us, press),
            // The last one still waits for an answer.
            accepted: number != 5,
            reblogs: true,
            notify: false,
            created_at: belfry_model::Clock::now(&MockClock::default()),
        })
        .await
        .unwrap();
    }
    let named = serde_json::json!([
        {"uri": "https://c.example/u", "inbox": "https://c.example/inbox"},
        {"uri": "https://b.example/u", "inbox": "https://b.example/inbox"},
    ]);
    activity(&tx, press, 1, true, named.clone()).await;
    activity(&tx, press, 2, false, named).await;

    let mut cursor = String::new();
    let mut walked = Vec::new();
    loop {
        let slice = tx.audience_slice(ActivityId(1), &cursor, 2).await.unwrap();
        walked.extend(slice.inboxes);
        let Some(next) = slice.cursor else { break };
        cursor = next;
    }
    assert!(!walked.is_sorted(), "one host would get all its deliveries at once");
    walked.sort_unstable();
    assert_eq!(
        walked,
        [
            "https://Z.example/users/2/inbox",
            "https://a-c.example/users/3/inbox",
            "https://a.example/users/4/inbox",
            "https://b.example/inbox",
            "https://c.example/inbox",
        ]
    );
    let mut named_only = tx.audience_slice(ActivityId(2), "", 10).await.unwrap().inboxes;
    named_only.sort_unstable();
    assert_eq!(named_only, ["https://b.example/inbox", "https://c.example/inbox"]);
}

#[tokio::test]
async fn a_follower_whose_inbox_has_moved_is_delivered_to_at_the_new_one() {
    let database = TestDatabase::new().await;
    let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
    let worker = WorkerDb::connect(&database.worker_url(), PoolOptions::default()).await.unwrap();
    let commons = app.commons().await.unwrap();
    let follower = ActorId(commons.actor_upsert(remote(1, "old.example", false)).await.unwrap().id);
    commons.commit().await.unwrap();
    let us = TenantScope::of(TenantId(1001)).unwrap();
    let tx = app.tenant(us).await.unwrap();
    let press = local(&tx).await;
    tx.commons_relate(&[follower.0]).await.unwrap();
    tx.holding_insert(follower).await.unwrap();
    tx.follow_insert(NewFollow {
        uri: "https://old.example/f/1".into(),
        follower: Ref::new(COMMONS, follower),
        followee: Ref::new(us.tenant(), press),
        accepted: true,
        reblogs: true,
        notify: false,
        created_at: belfry_model::Clock::now(&MockClock::default()),
    })
    .await
    .unwrap();
    activity(&tx, press, 1, true, serde_json::json!([])).await;
    tx.commit().await.unwrap();
    assert_eq!(worker.moved_inbox_list(10).await.unwrap(), []);

    let moved = RemoteActor {
        shared_inbox_url: Some("https://new.example/inbox".into()),
        ..remote(1, "old.example", false)
    };
    let commons = app.commons().await.unwrap();
    commons.actor_upsert(moved.clone()).await.unwrap();
    commons.commit().await.unwrap();
    let noted = worker.moved_inbox_list(10).await.unwrap();
    assert_eq!(noted.iter().map(|(actor, _)| *actor).collect::<Vec<_>>(), [follower]);
    assert_eq!(worker.holding_tenants(follower).await.unwrap(), [us.tenant()]);

    let tx = app.tenant(us).await.unwrap();
    tx.follow_inbox_refresh(follower).await.unwrap();
    let slice = tx.audience_slice(ActivityId(1), "", 10).await.unwrap();
    assert_eq!((slice.inboxes, slice.cursor), (vec!["https://new.example/inbox".to_owned()], None));
    tx.commit().await.unwrap();
    worker.moved_inbox_done(noted[0].0, noted[0].1).await.unwrap();
    assert_eq!(worker.moved_inbox_list(10).await.unwrap(), []);

    let commons = app.commons().await.unwrap();
    commons.actor_upsert(moved).await.unwrap();
    commons.commit().await.unwrap();
    assert_eq!(worker.moved_inbox_list(10).await.unwrap(), [], "nothing has moved");
}

/// However large the audience, a slice reads no more than itself.
#[tokio::test]
async fn a_slice_in_the_middle_of_a_large_audience_is_a_range_of_an_index() {
    let database = TestDatabase::new().await;
    database
        .run_as_superuser(
            "INSERT INTO actor (tenant_id, id, kind, username, domain, uri, actor_type, inbox_url)
             SELECT CASE WHEN n = 0 THEN 1001 ELSE 0 END, n + 1, CASE WHEN n = 0 THEN 'team' ELSE 'remote' END,
                 'u' || n, 'h' || n, 'https://h' || n || '/u', 'Person', 'https://h' || n || '/inbox'
             FROM generate_series(0, 20000) n;
             INSERT INTO commons_relation (tenant_id, ref_id) SELECT 1001, n + 1 FROM generate_series(1, 20000) n;
             INSERT INTO follow (tenant_id, uri, follower_tenant, follower_id, followee_tenant, followee_id, state)
             SELECT 1001, 'f' || n, 0, n + 1, 1001, 1, 'accepted' FROM generate_series(1, 20000) n;
             INSERT INTO activity (tenant_id, id, uri, kind, actor_id, to_followers)
             VALUES (1001, 1, 'a', 'Create', 1, true);
             ANALYZE;",
        )
        .await;
    let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
    let tx = app.tenant(TenantScope::of(TenantId(1001)).unwrap()).await.unwrap();
    let plan = tx.audience_explain(ActivityId(1), "7f", 200).await.unwrap();
    assert!(plan.contains("follow_audience"), "{plan}");
    let most = plan
        .lines()
        .filter_map(|line| line.split("actual rows=").nth(1)?.split(' ').next()?.parse::<f64>().ok());
    assert!(most.fold(0.0, f64::max) <= 201.0, "it reads more than the slice: {plan}");
    assert_eq!(tx.audience_slice(ActivityId(1), "7f", 200).await.unwrap().inboxes.len(), 200);
}

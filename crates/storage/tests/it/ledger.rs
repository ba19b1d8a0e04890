//! The ledger as the tenant reads it: its own posts, every server once.

use belfry_storage::{AdminDb, PoolOptions, TroubleState};
use chrono::TimeDelta;

use crate::deliveries::{Deliveries, FIN, MOE, status};

#[tokio::test]
async fn a_post_knows_its_activities_and_who_does_not_have_it() {
    let all = Deliveries::new().await;
    let create = all.post(MOE, 1, "Create", 10).await;
    let update = all.post(MOE, 1, "Update", 12).await;
    all.park(MOE, update, &["a.example", "b.example"]).await;
    all.bury(MOE, update, &["c.example"]).await;
    let tx = all.tenant(MOE).await;
    let ledgers = tx.ledger_of_status(status(1)).await.unwrap();
    let kinds: Vec<_> = ledgers.iter().map(|one| (one.activity, one.kind.as_str())).collect();
    assert_eq!(kinds, [(create, "Create"), (update, "Update")]);
    let [first, second] = [ledgers[0].ledger, ledgers[1].ledger];
    assert_eq!((first.taken, first.waiting(), first.refused, first.is_complete()), (10, 0, 0, true));
    assert_eq!((second.taken, second.waiting(), second.refused, second.is_complete()), (9, 2, 1, false));

    let troubles = tx.ledger_troubles(update, 10).await.unwrap();
    let hosts: Vec<_> = troubles.iter().map(|trouble| trouble.host.as_str()).collect();
    assert_eq!(hosts, ["a.example", "b.example", "c.example"]);
    let due_at = all.now + TimeDelta::hours(1);
    assert_eq!(troubles[0].state, TroubleState::Waiting { due_at, with_host: false });
    assert_eq!(troubles[2].state, TroubleState::Refused { died_at: all.now });
    assert_eq!((troubles[2].inbox.as_str(), troubles[2].attempts), ("https://c.example/inbox", 1));
    assert_eq!(tx.ledger_troubles(update, 1).await.unwrap().len(), 2, "one that waits, one that refused");
}

#[tokio::test]
async fn a_neighbours_deliveries_are_not_there() {
    let all = Deliveries::new().await;
    let activity = all.post(MOE, 1, "Create", 3).await;
    all.park(MOE, activity, &["a.example"]).await;
    all.bury(MOE, activity, &["b.example"]).await;
    let tx = all.tenant(FIN).await;
    assert_eq!(tx.ledger_of_status(status(1)).await.unwrap(), []);
    assert_eq!(tx.ledger_of_activity(activity).await.unwrap(), None);
    assert_eq!(tx.ledger_troubles(activity, 10).await.unwrap(), []);
    assert_eq!(tx.ledger_recent(TimeDelta::days(7), 10).await.unwrap(), []);
    assert_eq!(tx.ledger_recent_sums(TimeDelta::days(7)).await.unwrap(), (0, 0));
    assert_eq!(tx.outbox_lane_of_status(status(1)).await.unwrap(), None);
    assert!(all.tenant(MOE).await.outbox_lane_of_status(status(1)).await.unwrap().is_some());
}

#[tokio::test]
async fn what_has_not_arrived_lately_is_listed_by_its_newest_version() {
    let all = Deliveries::new().await;
    all.post(MOE, 1, "Create", 3).await;
    let edited = all.post(MOE, 2, "Create", 3).await;
    all.park(MOE, edited, &["a.example"]).await;
    // The edit has arrived everywhere: that what it replaces waits somewhere matters to nobody.
    all.post(MOE, 2, "Update", 3).await;
    let refused = all.post(MOE, 3, "Create", 3).await;
    all.bury(MOE, refused, &["b.example"]).await;
    let old = all.post(MOE, 4, "Create", 3).await;
    all.park(MOE, old, &["a.example"]).await;
    all.sql(&format!(
        "UPDATE machinery.outbox SET created_at = now() - interval '8 days' WHERE activity_id = {old}"
    ))
    .await;
    let walking = all.post(MOE, 5, "Announce", 3).await;
    all.sql(&format!("UPDATE machinery.outbox SET finished_at = NULL WHERE activity_id = {walking}")).await;
    let tx = all.tenant(MOE).await;
    let recent = tx.ledger_recent(TimeDelta::days(7), 10).await.unwrap();
    let listed: Vec<_> = recent.iter().map(|one| one.activity).collect();
    assert_eq!(listed, [walking, refused]);
    assert_eq!(tx.ledger_recent(TimeDelta::days(7), 1).await.unwrap().len(), 1);
    assert_eq!(tx.ledger_recent_sums(TimeDelta::days(7)).await.unwrap(), (0, 1));
    assert_eq!(tx.ledger_recent_sums(TimeDelta::days(9)).await.unwrap(), (1, 1));
}

#[tokio::test]
async fn urgent_posts_are_counted_by_the_hour_and_by_the_tenant() {
    let all = Deliveries::new().await;
    for (tenant, post) in [(MOE, 1), (MOE, 2), (FIN, 3)] {
        all.post(tenant, post, "Create", 1).await;
    }
    all.sql("UPDATE machinery.outbox SET lane = 'urgent'").await;
    let tx = all.tenant(MOE).await;
    assert_eq!(tx.urgent_wait(3).await.unwrap(), None);
    let wait = tx.urgent_wait(2).await.unwrap().unwrap();
    assert!(wait > TimeDelta::minutes(59) && wait <= TimeDelta::hours(1), "{wait}");
    assert!(tx.urgent_wait(0).await.unwrap().is_some(), "none is none");
    tx.commit().await.unwrap();
    all.sql("UPDATE machinery.outbox SET created_at = now() - interval '61 minutes' WHERE activity_id = (SELECT min(activity_id) FROM machinery.outbox)").await;
    assert_eq!(all.tenant(MOE).await.urgent_wait(2).await.unwrap(), None);
}

#[tokio::test]
async fn the_permission_for_urgent_posts_is_one_tenants_and_recorded_once() {
    let all = Deliveries::new().await;
    for (tenant, slug) in [(MOE, "moe"), (FIN, "fin")] {
        all.sql(&format!(
            "INSERT INTO registry.tenant (id, slug, host, name, phase, state, owner_email)
             VALUES ({tenant}, '{slug}', '{slug}.social.example', '{slug}', 'pilot', 'live', '')"
        ))
        .await;
    }
    let admin = AdminDb::connect(&all.admin_url(), PoolOptions::default()).await.unwrap();
    assert!(admin.tenant_urgent_set(MOE, true, belfry_storage::Actor::COMMAND).await.unwrap());
    assert!(
        !admin.tenant_urgent_set(MOE, true, belfry_storage::Actor::COMMAND).await.unwrap(),
        "it was so already"
    );
    assert!(all.tenant(MOE).await.urgent_permitted().await.unwrap());
    assert!(!all.tenant(FIN).await.urgent_permitted().await.unwrap());
    let acts = admin.governance_list(10).await.unwrap();
    assert_eq!(acts.len(), 1);
    assert_eq!((acts[0].action.as_str(), acts[0].about_tenant), ("tenant.urgent", Some(MOE.0)));
}

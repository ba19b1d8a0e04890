//! What an operator does to deliveries, and that the ledger stays exact.

use belfry_storage::{DeliveryFilter, DeliveryState, HELD, held_for_good};
use chrono::TimeDelta;

use crate::deliveries::{Deliveries, FIN, MOE, at_host, of_tenant};

const ALL: u32 = 1000;

#[tokio::test]
async fn what_is_stuck_is_listed_by_tenant_host_activity_and_state() {
    let all = Deliveries::new().await;
    let (ours, theirs) = (all.post(MOE, 1, "Create", 9).await, all.post(FIN, 2, "Create", 9).await);
    all.park(MOE, ours, &["a.example", "b.example"]).await;
    all.bury(MOE, ours, &["c.example"]).await;
    all.park(FIN, theirs, &["a.example"]).await;
    let list = async |filter: DeliveryFilter, state| {
        let list = all.worker.delivery_list(&filter, state, ALL).await.unwrap();
        list.into_iter().map(|one| (one.tenant, one.host)).collect::<Vec<_>>()
    };
    let named = |tenant, host: &str| (tenant, host.to_owned());
    let [a, b, c] = ["a.example", "b.example", "c.example"].map(|host| named(MOE, host));
    assert_eq!(list(of_tenant(MOE), None).await, [a.clone(), b.clone(), c.clone()]);
    assert_eq!(list(of_tenant(MOE), Some(DeliveryState::Waiting)).await, [a.clone(), b]);
    assert_eq!(list(of_tenant(MOE), Some(DeliveryState::Refused)).await, [c]);
    assert_eq!(list(at_host("a.example"), None).await, [a, named(FIN, "a.example")]);
    let theirs = DeliveryFilter { activity: Some(theirs), ..DeliveryFilter::default() };
    assert_eq!(list(theirs, None).await, [named(FIN, "a.example")]);
    assert_eq!(all.worker.delivery_count(&DeliveryFilter::default()).await.unwrap(), (3, 1));
    assert_eq!(all.worker.delivery_list(&DeliveryFilter::default(), None, 2).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_held_stays_until_it_is_released_and_is_not_given_up_for_its_age() {
    let all = Deliveries::new().await;
    let activity = all.post(MOE, 1, "Create", 9).await;
    all.park(MOE, activity, &["a.example", "b.example"]).await;
    let filter = of_tenant(MOE);
    assert_eq!(all.worker.delivery_hold(&filter, None, 1).await.unwrap(), 1, "bounded");
    assert_eq!(all.worker.delivery_hold(&filter, None, ALL).await.unwrap(), 1);
    assert_eq!(all.worker.delivery_hold(&filter, None, ALL).await.unwrap(), 0, "all of it is held");
    let held = all.worker.delivery_list(&filter, None, ALL).await.unwrap();
    assert!(held.iter().all(|one| one.reason == HELD && one.at == held_for_good()), "{held:?}");
    let much_later = all.now + TimeDelta::days(300);
    assert_eq!(all.worker.parked_expire(much_later, much_later).await.unwrap(), 0);

    assert_eq!(all.worker.delivery_release(&filter, much_later, ALL).await.unwrap(), 2);
    assert_eq!(all.worker.delivery_release(&filter, much_later, ALL).await.unwrap(), 0, "all of it is due");
    let released = all.worker.delivery_list(&filter, None, ALL).await.unwrap();
    assert!(released.iter().all(|one| one.at == much_later && one.reason != HELD), "{released:?}");
    assert_eq!(all.worker.parked_expire(much_later, much_later).await.unwrap(), 0, "its time begins anew");
    assert_eq!(all.counted(MOE, activity).await, (2, 0));
}

#[tokio::test]
async fn held_until_a_time_it_is_due_then_even_if_its_host_comes_back_before() {
    let all = Deliveries::new().await;
    let activity = all.post(MOE, 1, "Create", 9).await;
    all.park(MOE, activity, &["a.example"]).await;
    all.down("a.example", "down").await;
    all.sql("UPDATE machinery.parked_delivery SET with_host = true").await;
    let until = all.now + TimeDelta::hours(2);
    all.worker.delivery_hold(&of_tenant(MOE), Some(until), ALL).await.unwrap();
    assert_eq!(all.worker.host_reset("a.example", all.now, 10).await.unwrap().released, 0);
    let held = all.worker.delivery_list(&of_tenant(MOE), None, ALL).await.unwrap();
    assert_eq!((held[0].at, held[0].with_host), (until, false));
}

#[tokio::test]
async fn dropping_and_replaying_move_rows_and_counters_together() {
    let all = Deliveries::new().await;
    let (one, two) = (all.post(MOE, 1, "Create", 9).await, all.post(MOE, 2, "Create", 9).await);
    all.park(MOE, one, &["a.example", "b.example"]).await;
    all.park(MOE, two, &["a.example"]).await;
    all.bury(MOE, two, &["c.example"]).await;
    assert_eq!(all.worker.delivery_drop(&at_host("a.example"), all.now, ALL).await.unwrap(), 2);
    assert_eq!((all.counted(MOE, one).await, all.counted(MOE, two).await), ((1, 1), (0, 2)));
    let dead = all.worker.delivery_list(&of_tenant(MOE), Some(DeliveryState::Refused), ALL).await.unwrap();
    assert!(dead.iter().any(|one| one.reason == "dropped by the operator: answered 503"), "{dead:?}");

    assert_eq!(all.worker.delivery_replay(&of_tenant(MOE), all.now, 2).await.unwrap(), 2, "bounded");
    assert_eq!(all.worker.delivery_replay(&of_tenant(MOE), all.now, ALL).await.unwrap(), 1);
    assert_eq!((all.counted(MOE, one).await, all.counted(MOE, two).await), ((2, 0), (2, 0)));
    let back = all.worker.delivery_list(&at_host("c.example"), None, ALL).await.unwrap();
    assert_eq!((back[0].attempts, back[0].at, back[0].state), (0, all.now, DeliveryState::Waiting));
    assert_eq!(all.worker.delivery_replay(&of_tenant(MOE), all.now, ALL).await.unwrap(), 0);
}

#[tokio::test]
async fn an_act_for_one_tenant_leaves_its_neighbour_alone() {
    let all = Deliveries::new().await;
    let theirs = all.post(FIN, 2, "Create", 9).await;
    all.park(FIN, theirs, &["a.example"]).await;
    all.bury(FIN, theirs, &["b.example"]).await;
    let ours = of_tenant(MOE);
    assert_eq!(all.worker.delivery_hold(&ours, None, ALL).await.unwrap(), 0);
    assert_eq!(all.worker.delivery_release(&ours, all.now, ALL).await.unwrap(), 0);
    assert_eq!(all.worker.delivery_drop(&ours, all.now, ALL).await.unwrap(), 0);
    assert_eq!(all.worker.delivery_replay(&ours, all.now, ALL).await.unwrap(), 0);
    assert_eq!(all.counted(FIN, theirs).await, (1, 1));
}

#[tokio::test]
async fn two_operators_who_drop_at_once_count_each_delivery_once() {
    let all = Deliveries::new().await;
    let activity = all.post(MOE, 1, "Create", 30).await;
    let hosts: Vec<String> = (0..20).map(|number| format!("h{number}.example")).collect();
    all.park(MOE, activity, &hosts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let filter = of_tenant(MOE);
    let (first, second) = tokio::join!(
        all.worker.delivery_drop(&filter, all.now, ALL),
        all.worker.delivery_drop(&filter, all.now, ALL)
    );
    assert_eq!(first.unwrap() + second.unwrap(), 20);
    assert_eq!(all.counted(MOE, activity).await, (0, 20));
}

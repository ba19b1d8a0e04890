//! Hosts as an operator sees them, and setting one free.

use belfry_storage::{DeliveryState, HELD};
use chrono::TimeDelta;

use crate::deliveries::{Deliveries, FIN, MOE, at_host};

#[tokio::test]
async fn hosts_that_are_not_up_are_listed_with_what_waits_and_ended_there() {
    let all = Deliveries::new().await;
    let activity = all.post(MOE, 1, "Create", 9).await;
    all.park(MOE, activity, &["down.example", "up.example"]).await;
    all.bury(MOE, activity, &["gone.example"]).await;
    all.down("down.example", "down").await;
    all.down("gone.example", "gone").await;
    let list = all.worker.host_list(None, 10).await.unwrap();
    let seen: Vec<_> = list.iter().map(|one| (one.host.as_str(), one.parked, one.dead)).collect();
    assert_eq!(seen, [("down.example", 1, 0), ("gone.example", 0, 1)]);
    let gone = all.worker.host_list(Some("gone"), 10).await.unwrap();
    assert_eq!(gone.iter().map(|one| one.host.as_str()).collect::<Vec<_>>(), ["gone.example"]);
    let up = all.worker.host_report("up.example").await.unwrap();
    assert_eq!((up.trouble, up.parked, up.dead), (None, 1, 0));
    let down = all.worker.host_report("down.example").await.unwrap();
    assert_eq!(down.trouble.unwrap().reason, "took too long");
}

#[tokio::test]
async fn a_reset_makes_what_waits_for_every_tenant_due_at_a_pace_and_keeps_what_is_held() {
    let all = Deliveries::new().await;
    let (ours, theirs) = (all.post(MOE, 1, "Create", 9).await, all.post(FIN, 2, "Create", 9).await);
    all.park(MOE, ours, &["a.example", "b.example"]).await;
    all.park(FIN, theirs, &["a.example"]).await;
    let held = all.post(MOE, 3, "Create", 9).await;
    all.park(MOE, held, &["a.example"]).await;
    all.sql(&format!("UPDATE machinery.parked_delivery SET reason = '{HELD}' WHERE activity_id = {held}"))
        .await;
    all.down("a.example", "down").await;
    let reset = all.worker.host_reset("a.example", all.now, 1).await.unwrap();
    assert_eq!((reset.was_known, reset.released), (true, 2));
    let waiting =
        all.worker.delivery_list(&at_host("a.example"), Some(DeliveryState::Waiting), 10).await.unwrap();
    let due: Vec<_> = waiting.iter().map(|one| (one.at - all.now).num_seconds()).collect();
    assert_eq!(due, [1, 2, 3600]);
    assert!(all.worker.host_list(None, 10).await.unwrap().is_empty());
    let elsewhere = all.worker.delivery_list(&at_host("b.example"), None, 10).await.unwrap();
    assert_eq!(elsewhere[0].at, all.now + TimeDelta::hours(1));
    assert_eq!((all.counted(MOE, ours).await, all.counted(FIN, theirs).await), ((2, 0), (1, 0)));
    let again = all.worker.host_reset("nobody.example", all.now, 1).await.unwrap();
    assert_eq!((again.was_known, again.released), (false, 0));
}

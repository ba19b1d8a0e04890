//! Hosts that are down or gone, and what waits for them.

use belfry_model::DeliverTo;
use belfry_storage::End;
use chrono::TimeDelta;

use crate::machinery::{Machinery, TENANT};

const HOST: &str = "remote.example";

async fn down(waiting: usize) -> Machinery {
    let machinery = Machinery::new().await;
    machinery.published(waiting).await;
    machinery.worker.host_state_down(HOST, "timed out", machinery.now, TimeDelta::minutes(1)).await.unwrap();
    for number in 0..waiting {
        let inbox = format!("https://remote.example/{number}/inbox");
        let end = End::Later {
            to: DeliverTo::first(&inbox),
            reason: "its host is down".into(),
            due_at: machinery.now + TimeDelta::days(7),
            with_host: true,
        };
        machinery.record(Some(i64::try_from(number).unwrap()), vec![(&inbox, end)]).await;
    }
    machinery
}

async fn probes(machinery: &Machinery) -> Vec<String> {
    machinery.worker.host_state_probes(machinery.now, 10, TimeDelta::hours(6)).await.unwrap()
}

#[tokio::test]
async fn one_probe_at_growing_intervals_and_for_nothing_none() {
    let mut machinery = down(2).await;
    assert!(probes(&machinery).await.is_empty(), "not yet");
    for minutes in [1, 2, 4, 8] {
        machinery.now += TimeDelta::minutes(minutes);
        assert_eq!(probes(&machinery).await, [HOST]);
        assert!(probes(&machinery).await.is_empty(), "one is enough");
    }
    let again = machinery.now + TimeDelta::minutes(5);
    let probe = machinery.worker.parked_take_probes(&[HOST.into()], again).await.unwrap();
    assert_eq!((probe.len(), probe[0].with_host, probe[0].due_at), (1, false, again));
    machinery
        .worker
        .host_state_down("idle.example", "x", machinery.now, TimeDelta::minutes(1))
        .await
        .unwrap();
    machinery.now += TimeDelta::minutes(2);
    assert!(probes(&machinery).await.is_empty(), "nothing waits for it");
}

#[tokio::test]
async fn what_waits_for_a_host_is_released_at_a_pace_when_it_is_back() {
    let machinery = down(4).await;
    assert!(machinery.take().await.is_empty());
    let back = machinery.worker.host_state_up(HOST, machinery.now, 2).await.unwrap();
    assert_eq!(back, Some(4));
    let mut due: Vec<_> = machinery
        .worker
        .parked_list(TENANT, 10)
        .await
        .unwrap()
        .into_iter()
        .map(|parked| (parked.due_at - machinery.now).num_milliseconds())
        .collect();
    due.sort_unstable();
    assert_eq!(due, [500, 1000, 1500, 2000]);
    assert_eq!(machinery.worker.host_state_up(HOST, machinery.now, 2).await.unwrap(), None);
    assert!(machinery.worker.host_state_list(&[HOST.into()]).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_waits_for_a_host_that_is_gone_is_counted_and_kept_no_longer() {
    let mut machinery = down(3).await;
    machinery.now += TimeDelta::days(8);
    let before = machinery.now - TimeDelta::days(7);
    assert_eq!(machinery.worker.host_state_gone(before, machinery.now).await.unwrap(), 1);
    assert_eq!(machinery.worker.host_state_gone(before, machinery.now).await.unwrap(), 0);
    assert_eq!(machinery.ledger().await.gone, 3);
    assert_eq!(machinery.worker.parked_count().await.unwrap(), 0);
    let state = machinery.worker.host_state_list(&[HOST.into(), "up.example".into()]).await.unwrap();
    assert_eq!((state.len(), state[0].state.as_str()), (1, "gone"));
    assert_eq!(machinery.worker.host_state_up(HOST, machinery.now, 2).await.unwrap(), Some(0));
}

#[tokio::test]
async fn a_host_that_goes_down_twice_keeps_its_first_state() {
    let machinery = down(1).await;
    let later = machinery.now + TimeDelta::hours(1);
    machinery.worker.host_state_down(HOST, "another", later, TimeDelta::minutes(1)).await.unwrap();
    let state = machinery.worker.host_state_list(&[HOST.into()]).await.unwrap();
    assert_eq!((state[0].since, state[0].reason.as_str()), (machinery.now, "timed out"));
    assert_eq!(machinery.worker.host_state_count_down().await.unwrap(), 1);
    assert_eq!(machinery.worker.host_state_forget(later).await.unwrap(), 0, "only gone ones are forgotten");
}

#[tokio::test]
async fn what_was_parked_with_a_host_in_the_moment_of_its_return_is_released_all_the_same() {
    let machinery = down(2).await;
    assert_eq!(machinery.worker.host_state_stray(machinery.now, 2).await.unwrap(), 0);
    machinery.database.run_as_superuser("DELETE FROM machinery.host_state").await;
    assert_eq!(machinery.worker.host_state_stray(machinery.now, 2).await.unwrap(), 2);
    let parked = machinery.worker.parked_list(TENANT, 10).await.unwrap();
    assert!(
        parked
            .iter()
            .all(|parked| !parked.with_host && parked.due_at <= machinery.now + TimeDelta::seconds(1))
    );
    assert_eq!(machinery.worker.host_state_stray(machinery.now, 2).await.unwrap(), 0);
}

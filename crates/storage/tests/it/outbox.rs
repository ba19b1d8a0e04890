//! Whose turn it is, and that no slice is skipped.

use belfry_model::Lane;
use belfry_storage::{Held, Slice, Turn};
use chrono::TimeDelta;

use crate::machinery::Machinery;

#[tokio::test]
async fn tenants_take_turns_however_much_one_of_them_posts() {
    let machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 0), (1, 12, 0), (1, 13, 0), (2, 21, 0)]).await;
    let mut served = Vec::new();
    while let Some(claim) = machinery.claim().await {
        served.push(claim.activity.0);
        assert!(machinery.advance(&claim, None, 1).await);
    }
    assert_eq!(served, [11, 21, 12, 13]);
    assert!(machinery.worker.outbox_backlog().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_tenant_has_one_turn_at_a_time() {
    let machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 0), (1, 12, 0)]).await;
    let first = machinery.claim().await.unwrap();
    assert_eq!(machinery.claim().await, None);
    machinery.worker.outbox_release(&first, true).await.unwrap();
    let again = machinery.claim().await.unwrap();
    assert_eq!((again.activity, again.again), (first.activity, false));
}

#[tokio::test]
async fn a_lost_claim_moves_no_cursor_and_its_heir_knows_that_something_may_be_published() {
    let mut machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 0)]).await;
    let slow = machinery.claim().await.unwrap();
    // The claim runs out and another worker goes on.
    machinery.now += TimeDelta::minutes(2);
    let heir = machinery.claim().await.unwrap();
    assert_eq!((heir.cursor.as_str(), heir.again), ("", true));
    assert!(machinery.advance(&heir, Some("https://b/inbox"), 2).await);
    assert!(!machinery.advance(&slow, Some("https://a/inbox"), 1).await);
    assert!(!machinery.advance(&slow, None, 1).await);
    let next = machinery.claim().await.unwrap();
    assert_eq!((next.cursor.as_str(), next.again), ("https://b/inbox", false));
    machinery.worker.outbox_release(&next, false).await.unwrap();
    assert!(machinery.claim().await.unwrap().again, "its publishing failed half-way");
}

#[tokio::test]
async fn a_claim_from_before_the_clock_was_set_back_holds_nothing_up() {
    let mut machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 0)]).await;
    machinery.claim().await.unwrap();
    machinery.now -= TimeDelta::hours(3);
    assert!(machinery.claim().await.is_some());
}

#[tokio::test]
async fn of_one_thread_the_next_waits_until_nothing_of_the_earlier_is_under_way() {
    let machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 7), (1, 12, 7), (1, 13, 8)]).await;
    let first = machinery.claim().await.unwrap();
    assert!(machinery.advance(&first, None, 2).await);
    let other = machinery.claim().await.unwrap();
    assert_eq!(other.activity.0, 13, "another thread does not wait");
    assert!(machinery.advance(&other, None, 0).await);
    assert_eq!(machinery.claim().await, None);
    machinery
        .database
        .run_as_superuser("UPDATE machinery.outbox SET settled = 2, taken = 2 WHERE activity_id = 11")
        .await;
    let second = machinery.claim().await.unwrap();
    assert!(second.follows && second.activity.0 == 12);
}

#[tokio::test]
async fn a_thread_does_not_wait_for_ever_for_outcomes_that_were_lost() {
    let mut machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 7), (1, 12, 7)]).await;
    let first = machinery.claim().await.unwrap();
    assert!(machinery.advance(&first, None, 2).await);
    assert_eq!(machinery.claim().await, None);
    machinery.now += TimeDelta::minutes(16);
    assert!(machinery.claim().await.is_some());
}

#[tokio::test]
async fn newcomers_get_a_turn_also_while_the_lane_is_full() {
    let machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 0), (1, 12, 0)]).await;
    let full = Turn { newcomers_only: true, ..machinery.turn() };
    let first = machinery.worker.outbox_claim(full).await.unwrap().unwrap();
    assert!(first.newcomer);
    assert!(machinery.advance(&first, None, 200).await);
    assert_eq!(machinery.worker.outbox_claim(full).await.unwrap(), None, "it has just sent a lot");
    machinery.outbox(&[(2, 21, 0)]).await;
    let newcomer = machinery.worker.outbox_claim(full).await.unwrap().unwrap();
    assert_eq!((newcomer.tenant.0, newcomer.newcomer), (2, true));
    let usual = machinery.claim().await.unwrap();
    assert_eq!((usual.tenant.0, usual.newcomer), (1, false));
}

#[tokio::test]
async fn a_tenant_over_its_deliveries_a_minute_waits_and_holds_up_nobody() {
    let mut machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 0), (1, 12, 0), (2, 21, 0)]).await;
    let claim = machinery.claim().await.unwrap();
    let paid_until = Some(machinery.now + TimeDelta::seconds(20));
    let slice = Slice {
        cursor: None,
        inboxes: 200,
        held: &[],
        gone: 0,
        barred: 0,
        paid_until,
        spends: TimeDelta::zero(),
    };
    assert!(machinery.worker.outbox_advance(&claim, slice, machinery.now).await.unwrap());
    let other = machinery.claim().await.unwrap();
    assert_eq!(other.tenant.0, 2);
    assert!(machinery.advance(&other, None, 1).await);
    assert_eq!(machinery.claim().await, None);
    machinery.now += TimeDelta::seconds(21);
    assert_eq!(machinery.claim().await.unwrap().activity.0, 12);
}

#[tokio::test]
async fn what_is_held_or_gone_is_counted_with_the_slice() {
    let machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 0)]).await;
    let claim = machinery.claim().await.unwrap();
    let held = [Held {
        inbox: "https://down.example/inbox".into(),
        host: "down.example".into(),
        reason: "its host is down".into(),
        due_at: machinery.now + TimeDelta::days(7),
        with_host: true,
    }];
    let slice = Slice {
        cursor: None,
        inboxes: 5,
        held: &held,
        gone: 2,
        barred: 0,
        paid_until: None,
        spends: TimeDelta::zero(),
    };
    assert!(machinery.worker.outbox_advance(&claim, slice, machinery.now).await.unwrap());
    let ledger = machinery.ledger().await;
    assert_eq!((ledger.published, ledger.settled, ledger.gone), (5, 3, 2));
    let parked = machinery.worker.parked_list(claim.tenant, 10).await.unwrap();
    assert_eq!((parked.len(), parked[0].to.attempts, parked[0].with_host), (1, 0, true));
    assert!(parked[0].host == "down.example" && parked[0].first_at == machinery.now);
}

#[tokio::test]
async fn a_later_one_of_a_thread_waits_at_the_inboxes_where_an_earlier_one_is_parked() {
    let machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 7), (1, 12, 7)]).await;
    let claim = machinery.claim().await.unwrap();
    let due_at = machinery.now + TimeDelta::minutes(5);
    let held = [Held {
        inbox: "https://a/inbox".into(),
        host: "a".into(),
        reason: "answered 500".into(),
        due_at,
        with_host: false,
    }];
    let slice = Slice {
        cursor: None,
        inboxes: 1,
        held: &held,
        gone: 0,
        barred: 0,
        paid_until: None,
        spends: TimeDelta::zero(),
    };
    assert!(machinery.worker.outbox_advance(&claim, slice, machinery.now).await.unwrap());
    let second = machinery.claim().await.unwrap();
    let inboxes = ["https://a/inbox".to_owned(), "https://b/inbox".to_owned()];
    let behind = machinery.worker.outbox_held_behind(&second, &inboxes).await.unwrap();
    assert_eq!(behind, [("https://a/inbox".to_owned(), due_at, false)]);
}

#[tokio::test]
async fn a_row_that_a_worker_is_counting_in_is_not_taken_for_nothing() {
    let machinery = Machinery::new().await;
    assert!(!machinery.worker.outbox_waits(Lane::Normal, machinery.now).await.unwrap());
    machinery.outbox(&[(1, 11, 0)]).await;
    let pool = sqlx::PgPool::connect(machinery.database.superuser_url().expose()).await.unwrap();
    let mut counting = pool.begin().await.unwrap();
    sqlx::query("UPDATE machinery.outbox SET taken = taken + 1").execute(&mut *counting).await.unwrap();
    assert_eq!(machinery.claim().await, None, "its row is locked");
    assert!(machinery.worker.outbox_waits(Lane::Normal, machinery.now).await.unwrap());
    counting.rollback().await.unwrap();
    assert!(machinery.claim().await.is_some());
    assert!(!machinery.worker.outbox_waits(Lane::Normal, machinery.now).await.unwrap(), "it is claimed");
}

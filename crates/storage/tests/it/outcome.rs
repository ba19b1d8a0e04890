//! What became of attempts is counted once, whatever is repeated.

use belfry_model::{DeliverTo, Lane};
use belfry_storage::{End, batch_key};
use chrono::TimeDelta;

use crate::machinery::{ACTIVITY, Machinery, TENANT};

fn later(machinery: &Machinery, inbox: &str, attempts: u32) -> End {
    End::Later {
        to: DeliverTo { attempts, ..DeliverTo::first(inbox) },
        reason: "answered 500".into(),
        due_at: machinery.now + TimeDelta::minutes(1),
        with_host: false,
    }
}

fn never() -> End {
    End::Never { attempts: 1, reason: "refused: answered 403".into() }
}

#[tokio::test]
async fn a_batch_that_is_handed_out_twice_counts_once() {
    let machinery = Machinery::new().await;
    machinery.published(4).await;
    for _ in 0..2 {
        let ends = vec![
            ("https://a/inbox", End::Taken),
            ("https://b/inbox", later(&machinery, "https://b/inbox", 1)),
            ("https://c/inbox", never()),
            ("https://d/inbox", End::Gone),
        ];
        machinery.record(Some(5), ends).await;
    }
    let ledger = machinery.ledger().await;
    assert_eq!((ledger.published, ledger.settled), (4, 4));
    assert_eq!((ledger.taken, ledger.refused, ledger.gone, ledger.withdrawn), (1, 1, 1, 0));
    assert_eq!(machinery.worker.parked_count().await.unwrap(), 1);
    assert_eq!(machinery.worker.dead_letter_count().await.unwrap(), 1);
    assert!(machinery.worker.batch_is_settled(TENANT, ACTIVITY, 5).await.unwrap());
    assert!(!machinery.worker.batch_is_settled(TENANT, ACTIVITY, 6).await.unwrap());
}

#[tokio::test]
async fn a_batch_is_known_by_its_inboxes() {
    let inboxes = |list: &[&str]| list.iter().map(|inbox| DeliverTo::first(*inbox)).collect::<Vec<_>>();
    let key = batch_key(&inboxes(&["https://a/inbox", "https://b/inbox"]));
    assert_eq!(key, batch_key(&inboxes(&["https://a/inbox", "https://b/inbox"])));
    assert_ne!(key, batch_key(&inboxes(&["https://a/inbox"])));
    assert_ne!(key, batch_key(&inboxes(&["https://a/inboxhttps://b/inbox"])));
    assert_eq!(key, -1_940_520_622_577_106_034, "stored by workers of other releases");
}

#[tokio::test]
async fn a_parked_delivery_ends_with_its_row_and_counts_once() {
    let machinery = Machinery::new().await;
    machinery.published(3).await;
    let inboxes = ["https://a/inbox", "https://b/inbox", "https://c/inbox"];
    let ends = inboxes.map(|inbox| (inbox, later(&machinery, inbox, 1))).to_vec();
    machinery.record(Some(5), ends).await;
    for _ in 0..2 {
        let ends = vec![
            ("https://a/inbox", End::Taken),
            ("https://b/inbox", never()),
            ("https://c/inbox", later(&machinery, "https://c/inbox", 2)),
        ];
        machinery.record(None, ends).await;
    }
    let ledger = machinery.ledger().await;
    assert_eq!((ledger.settled, ledger.taken, ledger.refused), (3, 1, 1));
    let parked = machinery.worker.parked_list(TENANT, 10).await.unwrap();
    assert_eq!((parked.len(), parked[0].to.attempts), (1, 2));
    let dead = machinery.worker.dead_letter_list(TENANT, 10).await.unwrap();
    assert_eq!((dead.len(), dead[0].reason.as_str()), (1, "refused: answered 403"));
}

#[tokio::test]
async fn what_is_withdrawn_while_it_is_parked_leaves_no_dead_letter() {
    let machinery = Machinery::new().await;
    machinery.published(1).await;
    machinery.record(Some(5), vec![("https://a/inbox", later(&machinery, "https://a/inbox", 1))]).await;
    machinery.record(None, vec![("https://a/inbox", End::Withdrawn)]).await;
    let ledger = machinery.ledger().await;
    assert_eq!((ledger.settled, ledger.withdrawn), (1, 1));
    assert_eq!(machinery.worker.dead_letter_count().await.unwrap(), 0);
    assert_eq!(machinery.worker.parked_count().await.unwrap(), 0);
}

#[tokio::test]
async fn what_is_released_stays_until_its_outcome_is_recorded() {
    let mut machinery = Machinery::new().await;
    machinery.published(1).await;
    machinery.record(Some(5), vec![("https://a/inbox", later(&machinery, "https://a/inbox", 1))]).await;
    assert_eq!(machinery.take().await, []);
    machinery.now += TimeDelta::minutes(1);
    let taken = machinery.take().await;
    assert_eq!(taken.len(), 1);
    assert!(taken[0].to.failing_since_ms.is_some());
    assert_eq!(machinery.take().await, [], "it is in somebody's hands");
    machinery.now += TimeDelta::minutes(5);
    assert_eq!(machinery.take().await.len(), 1, "nobody has heard of it again");
    machinery.record(None, vec![("https://a/inbox", End::Taken)]).await;
    let inboxes = [DeliverTo::first("https://a/inbox")];
    let present = machinery.worker.parked_present(TENANT, ACTIVITY, &inboxes).await.unwrap();
    assert_eq!(present, Vec::<String>::new());
}

#[tokio::test]
async fn at_one_inbox_what_is_earlier_of_a_thread_is_released_first() {
    let mut machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 7), (1, 12, 7)]).await;
    let park = |activity: i64, inbox: &str| {
        format!(
            "INSERT INTO machinery.parked_delivery (tenant_id, activity_id, inbox, host, lane, attempts, reason, first_at, due_at)
             VALUES (1, {activity}, '{inbox}', 'a', 'normal', 1, '500', '{0}', '{0}')",
            machinery.now.to_rfc3339()
        )
    };
    for row in [park(11, "https://a/inbox"), park(12, "https://a/inbox"), park(12, "https://b/inbox")] {
        machinery.database.run_as_superuser(&row).await;
    }
    let taken: Vec<_> =
        machinery.take().await.into_iter().map(|row| (row.activity.0, row.to.inbox)).collect();
    assert!(
        taken.contains(&(11, "https://a/inbox".into())) && taken.contains(&(12, "https://b/inbox".into()))
    );
    assert_eq!(taken.len(), 2, "the second of the thread waits where the first waits: {taken:?}");
    machinery.record(None, vec![("https://a/inbox", End::Taken)]).await;
    machinery.now += TimeDelta::minutes(1);
    assert_eq!(machinery.take().await[0].activity.0, 12);
    assert!(
        machinery.worker.parked_take(Lane::Urgent, machinery.now, machinery.now, 9).await.unwrap().is_empty()
    );
}

#[tokio::test]
async fn what_has_failed_for_too_long_becomes_a_dead_letter_and_is_forgotten_later() {
    let machinery = Machinery::new().await;
    machinery.published(1).await;
    machinery.record(Some(5), vec![("https://a/inbox", later(&machinery, "https://a/inbox", 9))]).await;
    let (worker, now) = (&machinery.worker, machinery.now);
    assert_eq!(worker.parked_expire(now, now).await.unwrap(), 0);
    let late = now + TimeDelta::days(8);
    assert_eq!(worker.parked_expire(late - TimeDelta::days(7), late).await.unwrap(), 1);
    let dead = worker.dead_letter_list(TENANT, 10).await.unwrap();
    assert_eq!((dead[0].reason.as_str(), dead[0].attempts), ("given up: answered 500", 9));
    assert_eq!(machinery.ledger().await.refused, 1);
    assert!(worker.dead_letter_list(belfry_model::TenantId(2), 10).await.unwrap().is_empty());
    assert_eq!(worker.dead_letter_delete_old(late + TimeDelta::seconds(1)).await.unwrap(), 1);
}

//! The books of a post: what its ledger says, held against the tables and against the sink.
//!
//! Invariant: activities in = distinct activities taken + what is counted as refused, gone,
//! withdrawn or waiting. A test of a fault ends with this.

use belfry_model::{ActivityId, StatusId};
use belfry_social::Poster;
use belfry_storage::{ActivityLedger, Ledger, Parked};
use belfry_test_support::until;

use super::Stage;

impl Stage {
    /// The ledger of the `Create` of a post, read as its author reads it.
    pub async fn ledger(&self, post: StatusId) -> Ledger {
        self.ledger_of(&self.poster, post, "Create").await.ledger
    }

    pub async fn ledger_of(&self, poster: &Poster, post: StatusId, kind: &str) -> ActivityLedger {
        let ledgers = self.ledgers_seen_by(poster, post).await;
        ledgers.into_iter().find(|ledger| ledger.kind == kind).unwrap()
    }

    /// What was taken on for a tenant so far today.
    pub async fn deliveries_of(&self, poster: &Poster) -> u64 {
        let tx = self.app.tenant(poster.scope).await.unwrap();
        tx.usage_fetch(self.clock.now().date_naive()).await.unwrap().0.deliveries
    }

    pub async fn ledgers_seen_by(&self, poster: &Poster, post: StatusId) -> Vec<ActivityLedger> {
        let tx = self.app.tenant(poster.scope).await.unwrap();
        let ledgers = tx.ledger_of_status(post).await.unwrap();
        tx.commit().await.unwrap();
        ledgers
    }

    /// Waits until nothing will change any more by itself, and then holds the books against each
    /// other: so many inboxes in all, and so many of them have it.
    pub async fn complete(&self, post: StatusId, inboxes: usize, taken: usize) -> Ledger {
        until("the ledger is complete", async || self.ledger(post).await.is_complete()).await;
        self.adds_up(post, inboxes, taken).await
    }

    /// Waits until each inbox has an outcome, be it for now.
    pub async fn settled(&self, post: StatusId) {
        until("each inbox has an outcome", async || {
            let ledger = self.ledger(post).await;
            ledger.walked && ledger.under_way() == 0
        })
        .await;
    }

    /// Each inbox is counted in one place, and there is a row of what is not taken.
    pub async fn adds_up(&self, post: StatusId, inboxes: usize, taken: usize) -> Ledger {
        self.adds_up_of(&self.poster, post, inboxes, taken).await
    }

    pub async fn adds_up_of(&self, poster: &Poster, post: StatusId, inboxes: usize, taken: usize) -> Ledger {
        let ActivityLedger { activity, ledger, .. } = self.ledger_of(poster, post, "Create").await;
        let counted = |count: u64| usize::try_from(count).unwrap();
        assert!(ledger.walked, "{ledger:?}");
        assert_eq!((counted(ledger.published), counted(ledger.settled)), (inboxes, inboxes), "{ledger:?}");
        assert_eq!(counted(ledger.taken), taken, "{ledger:?}");
        assert_eq!(counted(ledger.waiting()), self.parked_of(poster, activity).await.len(), "{ledger:?}");
        assert_eq!(counted(ledger.refused), self.dead_of(poster, activity).await.len(), "{ledger:?}");
        let places = ledger.taken + ledger.refused + ledger.gone + ledger.withdrawn + ledger.waiting();
        assert_eq!(places, ledger.published, "{ledger:?}");
        ledger
    }

    /// What waits of a post.
    pub async fn parked(&self, post: StatusId) -> Vec<Parked> {
        let activity = self.ledger_of(&self.poster, post, "Create").await.activity;
        self.parked_of(&self.poster, activity).await
    }

    async fn parked_of(&self, poster: &Poster, activity: ActivityId) -> Vec<Parked> {
        let parked = self.machinery.parked_list(poster.scope.tenant(), 10_000).await.unwrap();
        parked.into_iter().filter(|parked| parked.activity == activity).collect()
    }

    async fn dead_of(&self, poster: &Poster, activity: ActivityId) -> Vec<String> {
        let dead = self.machinery.dead_letter_list(poster.scope.tenant(), 10_000).await.unwrap();
        dead.into_iter().filter(|dead| dead.activity_id == activity.0).map(|dead| dead.reason).collect()
    }
}

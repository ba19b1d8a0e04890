//! One inbox: sign, POST, and say what became of it.

use std::sync::Arc;
use std::time::Duration;

use belfry_federation::Outcome;

use crate::deliver::Deliver;
use crate::deliver::batch::Batch;
use crate::deliver::desk::{Place, Work};

pub(super) async fn run(deliver: Arc<Deliver>, work: Work, mut place: Place) {
    let Work { batch, index } = work;
    let (Some(to), Some(rendered)) = (batch.to(index), batch.rendered.clone()) else { return };
    // Since it was queued, more may be known of its host.
    if let Some(end) = deliver.held(&batch, index, place.host()) {
        drop(place);
        return deliver.know(batch.end(index, end)).await;
    }
    let outcome = match deliver.parts.federation.sign(&rendered, &to.inbox, batch.sync(index)).await {
        Ok(signed) => {
            place.signed();
            let sending = deliver.parts.federation.send(&rendered, signed);
            tokio::pin!(sending);
            let patience = Duration::from_millis(deliver.parts.settings.delivery.patience_milliseconds);
            match tokio::time::timeout(patience, &mut sending).await {
                Ok(outcome) => outcome,
                Err(_) if place.go_overdue() => {
                    deliver.let_go(&batch, index, place.host()).await;
                    let outcome = sending.await;
                    deliver.catch_up(place.host(), &outcome).await;
                    outcome
                }
                Err(_) => sending.await,
            }
        }
        Err(outcome) => outcome,
    };
    deliver.judge_host(place.host(), &outcome).await;
    drop(place);
    let end = deliver.verdict(&batch, index, outcome);
    deliver.know(batch.end(index, end)).await;
}

impl Deliver {
    /// The rest of its message no longer waits for this request. It goes on; until it has ended,
    /// a parked row stands for it, so that a crash makes it once more rather than never.
    async fn let_go(&self, batch: &Batch, index: usize, host: &str) {
        if self.parts.hosts.overdue(host) {
            for waiting in self.desk.drain(host) {
                let Work { batch, index } = &waiting.what;
                match self.held(batch, *index, host) {
                    Some(end) => self.know(batch.end(*index, end)).await,
                    // Answered in this very moment: it gets its turn.
                    None => self.desk.push([waiting]),
                }
            }
        }
        if let Some(end) = self.unanswered(batch, index) {
            self.know(batch.end(index, end)).await;
        }
    }

    async fn catch_up(&self, host: &str, outcome: &Outcome) {
        let answered = !matches!(outcome, Outcome::Later { host_failed: true, .. });
        if let Err(error) = self.parts.hosts.overdue_ended(host, answered).await {
            tracing::debug!(error = &error as &dyn std::error::Error, host, "what it was slow for waits on");
        }
    }

    /// A host's state can't be kept for lack of the database: the next outcome will tell it.
    async fn judge_host(&self, host: &str, outcome: &Outcome) {
        let hosts = &self.parts.hosts;
        let kept = match outcome {
            Outcome::Later { host_failed: true, reason, .. } => hosts.failed(host, reason).await,
            // It answered, whatever it answered.
            Outcome::Later { .. }
            | Outcome::Taken
            | Outcome::Gone { .. }
            | Outcome::Refused { .. }
            | Outcome::Missing => hosts.answered(host).await,
        };
        if let Err(error) = kept {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                host,
                "the state of a host can't be kept"
            );
        }
    }
}

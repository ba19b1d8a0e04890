//! Outcomes into Postgres, in bulk. Until they are there, the batch is not acknowledged.

use std::time::Duration;

use belfry_model::DeliverV1;
use belfry_storage::{Died, Parked};

use crate::Result;
use crate::deliver::Deliver;
use crate::deliver::attempt::{Verdict, host_of};

/// A batch that is given back is sent again to those who took it already. So the database is
/// given some time to come back first.
const TRIES: u32 = 6;
const FIRST_PAUSE: Duration = Duration::from_millis(250);

impl Deliver {
    pub(super) async fn record(&self, job: &DeliverV1, verdicts: Vec<Verdict>) -> Result<()> {
        let (mut taken, mut parked, mut died) = (0, Vec::new(), Vec::new());
        for verdict in verdicts {
            match verdict {
                Verdict::Taken => taken += 1,
                Verdict::Later(later) => parked.push(later),
                Verdict::Never(never) => died.push(never),
            }
        }
        tracing::debug!(taken, later = parked.len(), never = died.len(), "attempted");
        for letter in &died {
            tracing::info!(tenant = %job.tenant, host = letter.host, reason = letter.reason, "a delivery ends unsent");
        }
        self.write(&parked, &died).await
    }

    /// Every inbox of a batch whose activity can't be made into a document.
    pub(super) async fn bury(&self, job: &DeliverV1, reason: &str) -> Result<()> {
        let died: Vec<_> = job
            .inboxes
            .iter()
            .map(|to| Died {
                tenant: job.tenant,
                activity: job.activity,
                lane: job.lane,
                inbox: to.inbox.clone(),
                host: host_of(&to.inbox),
                attempts: to.attempts,
                reason: format!("not sent: {reason}"),
            })
            .collect();
        self.write(&[], &died).await
    }

    async fn write(&self, parked: &[Parked], died: &[Died]) -> Result<()> {
        let mut pause = FIRST_PAUSE;
        for _ in 1..TRIES {
            match self.write_once(parked, died).await {
                Ok(()) => return Ok(()),
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "outcomes can't be recorded yet"
                    );
                }
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        self.write_once(parked, died).await
    }

    async fn write_once(&self, parked: &[Parked], died: &[Died]) -> Result<()> {
        let machinery = &self.parts.machinery;
        machinery.parked_insert(parked).await?;
        Ok(machinery.dead_letter_insert(died, self.parts.clock.now()).await?)
    }
}

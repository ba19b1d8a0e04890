//! Taking jobs: as many at once as there are places, woken by notification, by a job's time
//! to be tried again, or by an expired lease.

use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::delivery::Held as AnyHeld;
use crate::embedded::held::{Held, Leases, interval};
use crate::embedded::wake::Waker;
use crate::{Delivery, QueueName, envelope};

/// A job's retry time and an expired lease are announced by nobody.
const LOOK: Duration = Duration::from_millis(500);

pub(crate) struct Intake {
    pub(crate) pool: PgPool,
    pub(crate) waker: Arc<Waker>,
    pub(crate) name: QueueName,
    pub(crate) lease: Duration,
    pub(crate) max_redeliveries: u32,
}

type Row = (i64, i32, String);

impl Intake {
    pub(crate) async fn run(
        self,
        prefetch: u16,
        deliveries: mpsc::Sender<Delivery>,
        stop: CancellationToken,
    ) {
        let places = Arc::new(Semaphore::new(usize::from(prefetch)));
        let leases = Leases::start(self.pool.clone(), self.lease);
        let mut rings = self.waker.subscribe();
        loop {
            let free = tokio::select! {
                () = stop.cancelled() => return,
                free = free_places(&places) => free,
            };
            // Seen before looking: a ring during the look is not lost.
            rings.borrow_and_update();
            let Some(free) = free else { return };
            // Not cancelled in the middle: a job that is leased is a job that is handed on.
            match self.claim(free.num_permits()).await {
                Ok(rows) if rows.is_empty() => {
                    drop(free);
                    if pause(&mut rings, &stop).await.is_none() {
                        return;
                    }
                }
                Ok(rows) => self.hand_on(rows, free, &leases, &deliveries).await,
                Err(error) => {
                    tracing::warn!(%error, queue = %self.name, "the embedded queue can't be read");
                    drop(free);
                    if pause(&mut rings, &stop).await.is_none() {
                        return;
                    }
                }
            }
        }
    }

    async fn claim(&self, limit: usize) -> Result<Vec<Row>, sqlx::Error> {
        let mut rows: Vec<Row> = sqlx::query_as(
            "UPDATE machinery.job SET deliveries = deliveries + 1, leased_until = clock_timestamp() + $3
             WHERE id IN (
                 SELECT id FROM machinery.job
                 WHERE queue = $1 AND (leased_until IS NULL OR leased_until < clock_timestamp())
                 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)
             RETURNING id, deliveries, payload::text",
        )
        .bind(self.name.as_str())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .bind(interval(self.lease))
        .fetch_all(&self.pool)
        .await?;
        // RETURNING keeps no order.
        rows.sort_unstable_by_key(|(id, ..)| *id);
        Ok(rows)
    }

    async fn hand_on(
        &self,
        rows: Vec<Row>,
        mut free: OwnedSemaphorePermit,
        leases: &Arc<Leases>,
        deliveries: &mpsc::Sender<Delivery>,
    ) {
        for (id, fence, body) in rows {
            let Some(place) = free.split(1) else { return };
            leases.add(id, fence);
            let held = Held { id, fence, leases: Arc::clone(leases), _place: place };
            let redeliveries = u32::try_from(fence - 1).unwrap_or(0);
            match envelope::open(body.as_bytes(), redeliveries, self.max_redeliveries) {
                Ok(opened) => {
                    let delivery = Delivery {
                        id: opened.id,
                        payload: opened.payload,
                        redeliveries,
                        held: AnyHeld::Embedded(held),
                    };
                    // The channel has as many places as the prefetch: this never waits. It
                    // fails when the consumer was dropped; the lease then runs out.
                    if deliveries.send(delivery).await.is_err() {
                        return;
                    }
                }
                Err(poison) => {
                    tracing::error!(queue = %self.name, job = id, reason = %poison, "a job is set aside");
                    if let Err(error) = held.park().await {
                        tracing::error!(%error, job = id, "a job could not be set aside and comes back");
                    }
                }
            }
        }
    }
}

/// All places that are free, at least one. `None` never happens: the semaphore is not closed.
async fn free_places(places: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    let mut free = Arc::clone(places).acquire_owned().await.ok()?;
    while let Ok(more) = Arc::clone(places).try_acquire_owned() {
        free.merge(more);
    }
    Some(free)
}

/// Until there may be something to take. `None` when the consumer stops.
async fn pause(rings: &mut watch::Receiver<u64>, stop: &CancellationToken) -> Option<()> {
    tokio::select! {
        () = stop.cancelled() => None,
        _ = rings.changed() => Some(()),
        () = tokio::time::sleep(LOOK) => Some(()),
    }
}

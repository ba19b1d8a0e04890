//! Leased jobs: their three ends, and the renewal that keeps them while they are worked on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::types::PgInterval;
use tokio::sync::OwnedSemaphorePermit;

use crate::{Error, QueueName, Result};

/// A lease, and the place in the prefetch that it takes.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) id: i64,
    pub(crate) fence: i32,
    pub(crate) leases: Arc<Leases>,
    pub(crate) _place: OwnedSemaphorePermit,
}

impl Held {
    /// Without the fence: whoever did the work may say so, even after the lease ran out.
    pub(crate) async fn ack(self) -> Result<()> {
        sqlx::query("DELETE FROM machinery.job WHERE id = $1")
            .bind(self.id)
            .execute(&self.leases.pool)
            .await
            .map(drop)
            .map_err(Error::Database)
    }

    pub(crate) async fn retry(self, after: Duration) -> Result<()> {
        // Cleared rather than set to now, so that a job that was only given back keeps its turn.
        let done = sqlx::query(
            "UPDATE machinery.job
             SET leased_until = CASE WHEN $3 = interval '0' THEN NULL ELSE clock_timestamp() + $3 END
             WHERE id = $1 AND deliveries = $2",
        )
        .bind(self.id)
        .bind(self.fence)
        .bind(interval(after))
        .execute(&self.leases.pool)
        .await
        .map_err(Error::Database)?;
        ours(done.rows_affected())?;
        if after.is_zero() {
            self.leases.ring().await;
        }
        Ok(())
    }

    pub(crate) async fn park(self) -> Result<()> {
        let done = sqlx::query(
            "UPDATE machinery.job SET queue = $3, leased_until = NULL WHERE id = $1 AND deliveries = $2",
        )
        .bind(self.id)
        .bind(self.fence)
        .bind(QueueName::Parking.as_str())
        .execute(&self.leases.pool)
        .await
        .map_err(Error::Database)?;
        ours(done.rows_affected())
    }
}

/// However a job ends, it is renewed no longer.
impl Drop for Held {
    fn drop(&mut self) {
        self.leases.lock().remove(&self.id);
    }
}

fn ours(rows: u64) -> Result<()> {
    if rows == 0 { Err(Error::LeaseLost) } else { Ok(()) }
}

/// What one consumer holds.
#[derive(Debug)]
pub(crate) struct Leases {
    pub(crate) pool: PgPool,
    fences: Mutex<HashMap<i64, i32>>,
}

impl Leases {
    /// Renewal goes on for as long as the consumer or one of its jobs lives.
    pub(crate) fn start(pool: PgPool, lease: Duration) -> Arc<Self> {
        let leases = Arc::new(Self { pool, fences: Mutex::default() });
        tokio::spawn(renew(Arc::downgrade(&leases), lease));
        leases
    }

    pub(crate) fn add(&self, id: i64, fence: i32) {
        self.lock().insert(id, fence);
    }

    /// Tells waiting consumers that a job was given back; they would also look by themselves.
    async fn ring(&self) {
        if let Err(error) = sqlx::query("SELECT pg_notify('belfry_job', '')").execute(&self.pool).await {
            tracing::debug!(%error, "a job that was given back could not be announced");
        }
    }

    /// No code panics while it holds the lock, so what a poisoned one guards is whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<i64, i32>> {
        self.fences.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn renew(leases: Weak<Leases>, lease: Duration) {
    let mut beat = tokio::time::interval((lease / 3).max(Duration::from_millis(10)));
    loop {
        beat.tick().await;
        let Some(leases) = leases.upgrade() else { return };
        let (ids, fences): (Vec<_>, Vec<_>) = leases.lock().iter().map(|(id, fence)| (*id, *fence)).unzip();
        if ids.is_empty() {
            continue;
        }
        let renewed = sqlx::query(
            "UPDATE machinery.job SET leased_until = clock_timestamp() + $3
             FROM unnest($1::bigint[], $2::int[]) AS held (id, fence)
             WHERE job.id = held.id AND job.deliveries = held.fence",
        )
        .bind(&ids)
        .bind(&fences)
        .bind(interval(lease))
        .execute(&leases.pool)
        .await;
        if let Err(error) = renewed {
            tracing::warn!(%error, held = ids.len(), "leases of the embedded queue could not be renewed");
        }
    }
}

pub(crate) fn interval(duration: Duration) -> PgInterval {
    let microseconds = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
    PgInterval { months: 0, days: 0, microseconds }
}

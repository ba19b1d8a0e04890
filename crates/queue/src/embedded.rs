//! The queue in Postgres, for platforms without a broker: `machinery.job`.
//!
//! Invariant: a job is leased, not taken out. Leases run by the database's clock, which all
//! consumers share. `deliveries` rises with each lease and is the fence: whoever's number is
//! no longer the row's has lost the job and may not change it.

mod consume;
mod held;
mod wake;

use std::sync::Arc;
use std::time::Duration;

use belfry_model::Secret;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use crate::embedded::wake::Waker;
use crate::envelope::Envelope;
use crate::{Consumer, Error, QueueName, QueueOptions, Result};

pub(crate) use crate::embedded::held::Held;

#[derive(Debug, Clone)]
pub(crate) struct EmbeddedQueue {
    pool: PgPool,
    waker: Arc<Waker>,
    lease: Duration,
}

impl EmbeddedQueue {
    pub(crate) async fn connect(database: &Secret, options: &QueueOptions) -> Result<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(options.max_connections)
            .acquire_timeout(options.publish_timeout)
            .connect(database.expose())
            .await
            .map_err(Error::Database)?;
        Ok(Self { pool, waker: Arc::new(Waker::new(database.clone())), lease: options.lease })
    }

    /// One statement, so all or none of them; without RETURNING, since the gateway's role may
    /// write jobs and not read them.
    pub(crate) async fn publish(&self, name: QueueName, envelopes: &[Envelope<'_>]) -> Result<()> {
        let texts = envelopes.iter().map(Envelope::text).collect::<Result<Vec<_>>>()?;
        sqlx::query(
            "INSERT INTO machinery.job (queue, payload) SELECT $1, text::jsonb FROM unnest($2::text[]) text",
        )
        .bind(name.as_str())
        .bind(&texts)
        .execute(&self.pool)
        .await
        .map_err(Error::Database)?;
        Ok(())
    }

    pub(crate) fn consume(&self, name: QueueName, prefetch: u16, max_redeliveries: u32) -> Consumer {
        let intake = consume::Intake {
            pool: self.pool.clone(),
            waker: Arc::clone(&self.waker),
            name,
            lease: self.lease,
            max_redeliveries,
        };
        Consumer::start(prefetch, |deliveries, stop| intake.run(prefetch, deliveries, stop))
    }

    pub(crate) async fn depth(&self, name: QueueName) -> Result<u64> {
        let (count,): (i64,) = sqlx::query_as(
            "SELECT count(*) FROM machinery.job
             WHERE queue = $1 AND (leased_until IS NULL OR leased_until < clock_timestamp())",
        )
        .bind(name.as_str())
        .fetch_one(&self.pool)
        .await
        .map_err(Error::Database)?;
        Ok(count.unsigned_abs())
    }

    pub(crate) async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.pool).await.map(drop).map_err(Error::Database)
    }
}

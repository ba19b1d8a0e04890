//! One part's platform: a database with followers, a gateway, workers.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::Bench;
use crate::figures::Cpu;
use crate::platform::accounts::Account;
use crate::platform::{Gateway, Posted, Worker};
use crate::seed::Seed;
use crate::sink::protocol::Count;
use crate::usage;

/// So often the sinks are asked whether all has arrived.
const LOOK: Duration = Duration::from_millis(25);
/// After the last answer the platform still records it, and tidies up.
const SETTLING: Duration = Duration::from_millis(800);
/// Nothing is waited for longer than this and a second for each [`SLOWEST`] deliveries.
const PATIENCE: Duration = Duration::from_mins(1);
const SLOWEST: u32 = 100;

pub struct Stage<'a> {
    pub bench: &'a mut Bench,
    database: String,
    gateway: Gateway,
    workers: Vec<Worker>,
}

impl<'a> Stage<'a> {
    /// With these followers, and no worker yet.
    pub async fn open(bench: &'a mut Bench, name: &str, seeds: Vec<Seed>) -> Result<Self> {
        let database = bench.site.copy(name).await?;
        for seed in seeds {
            bench.site.sql(&database, &seed.script()).await?;
        }
        let gateway = Gateway::start(&bench.site, &database).await?;
        Ok(Self { bench, database, gateway, workers: Vec::new() })
    }

    /// Starts or stops workers until there are so many.
    pub async fn have_workers(&mut self, count: usize) -> Result<()> {
        while self.workers.len() > count {
            if let Some(worker) = self.workers.pop() {
                worker.stop().await?;
            }
        }
        while self.workers.len() < count {
            let number = self.workers.len() + 1;
            self.workers.push(Worker::start(&self.bench.site, &self.database, number).await?);
        }
        Ok(())
    }

    /// A worker that remembers nothing.
    pub async fn fresh_worker(&mut self) -> Result<()> {
        self.have_workers(0).await?;
        self.have_workers(1).await
    }

    pub async fn post(&mut self, account: &Account) -> Result<Posted> {
        self.gateway.post(account).await
    }

    /// Waits until so many distinct inboxes have taken a post.
    pub async fn arrived(&mut self, posted: &Posted, inboxes: u32, what: &str) -> Result<Count> {
        let limit = PATIENCE + Duration::from_secs((inboxes / SLOWEST).into());
        let began = Instant::now();
        self.bench.expected += u64::from(inboxes);
        loop {
            let count = self.bench.sinks.count(&posted.activity).await?;
            if count.taken >= inboxes {
                return Ok(count);
            }
            for worker in &mut self.workers {
                worker.expect_alive()?;
            }
            if began.elapsed() > limit {
                self.bench.lost += inboxes - count.taken;
                let logs: String = self.workers.iter().map(Worker::last_words).collect();
                bail!(
                    "waited {} s for {inboxes} inboxes to take {what}, and {} did{logs}",
                    limit.as_secs(),
                    count.taken
                );
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Posts and waits, for what happens only once to have happened.
    pub async fn warm_up(&mut self, account: &Account, inboxes: u32) -> Result<Count> {
        let posted = self.post(account).await?;
        let count = self.arrived(&posted, inboxes, "a post to warm up").await?;
        self.settle().await;
        Ok(count)
    }

    pub async fn settle(&self) {
        tokio::time::sleep(SETTLING).await;
    }

    /// What has been used up to now, by everybody.
    pub fn cpu(&self) -> Result<Cpu> {
        let services = &self.bench.site.services;
        let workers = self.workers.iter().map(Worker::cpu_seconds);
        Ok(Cpu {
            worker: workers.sum::<Result<f64>>()?,
            gateway: self.gateway.cpu_seconds()?,
            postgres: usage::tree_seconds(services.postgres_pid)?,
            rabbitmq: usage::tree_seconds(services.rabbitmq_pid)?,
            redis: usage::tree_seconds(services.redis_pid)?,
            sink: self.bench.sinks.cpu_seconds()?,
        })
    }

    /// Of the one worker there is.
    pub fn worker_high_water_mb(&self) -> Result<f64> {
        match self.workers.as_slice() {
            [worker] => worker.high_water_mb(),
            others => bail!("the memory of one worker was asked for, and there are {}", others.len()),
        }
    }

    /// What is still to be done is left undone: nobody will look at this platform again.
    pub async fn end(self) -> Result<()> {
        for worker in self.workers {
            worker.kill().await?;
        }
        self.gateway.kill().await
    }
}

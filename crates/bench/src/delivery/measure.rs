//! What posts to one audience cost: the measurement that most figures come from.

use anyhow::Result;

use super::stage::Stage;
use crate::clock::seconds_between;
use crate::figures::{Cost, Cpu};
use crate::platform::accounts::Account;
use crate::statistics::{median, percentile, rounded};

impl Stage<'_> {
    /// Posts so many times to an audience of so many inboxes, one post after the other's last
    /// answer, between two samples of what a signature costs.
    pub async fn cost(&mut self, account: &Account, inboxes: u32, posts: u32) -> Result<Cost> {
        let signature_before = self.bench.unit.sample().await?;
        let cpu_before = self.cpu()?;
        let (mut seconds, mut sending, mut body_bytes) = (0.0, 0.0, 0);
        let mut activities = Vec::new();
        for _ in 0..posts {
            let posted = self.post(account).await?;
            let count = self.arrived(&posted, inboxes, &format!("a post to {inboxes}")).await?;
            seconds += seconds_between(posted.committed_us, count.last_answered_us);
            sending += seconds_between(count.first_arrived_us, count.last_answered_us);
            body_bytes = count.body_bytes;
            activities.push(posted);
        }
        self.settle().await;
        let cpu = difference(self.cpu()?, cpu_before);
        let signature_after = self.bench.unit.sample().await?;

        let mut latencies = Vec::new();
        for posted in activities {
            let arrivals = self.bench.sinks.arrivals(&posted.activity).await?;
            latencies.extend(
                arrivals.iter().map(|arrival| seconds_between(posted.committed_us, arrival.arrived_us)),
            );
        }
        let deliveries = inboxes * posts;
        let signature = f64::midpoint(signature_before, signature_after);
        let r = |seconds: f64| rounded(seconds / f64::from(deliveries) / signature);
        Ok(Cost {
            inboxes,
            posts,
            deliveries,
            body_bytes,
            seconds: rounded(seconds),
            per_second: rounded(f64::from(deliveries) / sending),
            cpu_seconds: cpu,
            worker_cpu_ms_per_delivery: rounded(cpu.worker * 1000.0 / f64::from(deliveries)),
            signature_ms_before: rounded(signature_before * 1000.0),
            signature_ms_after: rounded(signature_after * 1000.0),
            r_worker: r(cpu.worker),
            r_all: r(cpu.worker + cpu.postgres + cpu.rabbitmq),
            latency_median_seconds: median(&latencies).map(rounded),
            latency_p95_seconds: percentile(&latencies, 95).map(rounded),
        })
    }
}

fn difference(after: Cpu, before: Cpu) -> Cpu {
    Cpu {
        worker: rounded(after.worker - before.worker),
        gateway: rounded(after.gateway - before.gateway),
        postgres: rounded(after.postgres - before.postgres),
        rabbitmq: rounded(after.rabbitmq - before.rabbitmq),
        redis: rounded(after.redis - before.redis),
        sink: rounded(after.sink - before.sink),
    }
}

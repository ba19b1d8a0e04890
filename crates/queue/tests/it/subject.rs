//! The queues that the contract is tested on: each test has its own.

use std::time::Duration;

use belfry_model::{ActivityId, DeliverV1, Lane, Secret, TenantId};
use belfry_queue::{Payload, Queue, QueueName, QueueOptions};
use belfry_test_support::{TestDatabase, service};

pub const NORMAL: QueueName = QueueName::Deliver(Lane::Normal);

/// A queue seen from both ends: the gateway's, which may only publish, and the worker's.
pub struct Subject {
    pub name: &'static str,
    pub gateway: Queue,
    pub worker: Queue,
    backend: Backend,
}

enum Backend {
    Embedded(TestDatabase),
    Rabbit { url: String, prefix: String },
}

impl Subject {
    pub async fn both(options: QueueOptions) -> [Self; 2] {
        [Self::embedded(options.clone()).await, Self::rabbit(options).await]
    }

    pub async fn embedded(options: QueueOptions) -> Self {
        let database = TestDatabase::new().await;
        let url = Secret::new("embedded");
        let gateway = Queue::connect(&url, &database.app_url(), options.clone()).await.unwrap();
        let worker = Queue::connect(&url, &database.worker_url(), options).await.unwrap();
        Self { name: "embedded", gateway, worker, backend: Backend::Embedded(database) }
    }

    pub async fn rabbit(options: QueueOptions) -> Self {
        let url = service("BELFRY_TEST_AMQP");
        let prefix = format!("test-{:016x}", rand::random::<u64>());
        let options = QueueOptions { prefix: prefix.clone(), ..options };
        let address = Secret::new(url.clone());
        let unused = Secret::new("");
        let gateway = Queue::connect(&address, &unused, options.clone()).await.unwrap();
        let worker = Queue::connect(&address, &unused, options).await.unwrap();
        Self { name: "rabbit", gateway, worker, backend: Backend::Rabbit { url, prefix } }
    }

    /// Another worker process.
    pub async fn second_worker(&self, options: QueueOptions) -> Queue {
        match &self.backend {
            Backend::Embedded(database) => {
                Queue::connect(&Secret::new("embedded"), &database.worker_url(), options).await.unwrap()
            }
            Backend::Rabbit { url, prefix } => {
                let options = QueueOptions { prefix: prefix.clone(), ..options };
                Queue::connect(&Secret::new(url.clone()), &Secret::new(""), options).await.unwrap()
            }
        }
    }

    /// Puts a body into a queue that this release would never write.
    pub async fn inject(&self, name: QueueName, body: &str) {
        match &self.backend {
            Backend::Embedded(database) => {
                let pool = sqlx::PgPool::connect(database.superuser_url().expose()).await.unwrap();
                sqlx::query("INSERT INTO machinery.job (queue, payload) VALUES ($1, $2::jsonb)")
                    .bind(name.as_str())
                    .bind(body)
                    .execute(&pool)
                    .await
                    .unwrap();
                pool.close().await;
            }
            Backend::Rabbit { url, prefix } => {
                let channel = channel(url).await;
                let queue = format!("{prefix}.{name}");
                let options = lapin::options::BasicPublishOptions::default();
                let properties = lapin::BasicProperties::default();
                let confirm = channel
                    .basic_publish("".into(), queue.into(), options, body.as_bytes(), properties)
                    .await
                    .unwrap();
                confirm.await.unwrap();
            }
        }
    }

    /// Leaves nothing behind on a broker that other tests use.
    pub async fn end(self) {
        if let Backend::Rabbit { url, prefix } = &self.backend {
            let channel = channel(url).await;
            for name in QueueName::ALL {
                let queue = format!("{prefix}.{name}");
                channel
                    .queue_delete(queue.into(), lapin::options::QueueDeleteOptions::default())
                    .await
                    .unwrap();
            }
        }
    }
}

async fn channel(url: &str) -> lapin::Channel {
    let properties = lapin::ConnectionProperties::default();
    let connection = lapin::Connection::connect(url, properties).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    channel.confirm_select(lapin::options::ConfirmSelectOptions::default()).await.unwrap();
    // The process is about to end anyway; closing it here would close the channel.
    std::mem::forget(connection);
    channel
}

/// Fails soon and hands out soon again, so that nobody has to wait.
pub fn quick() -> QueueOptions {
    QueueOptions { lease: Duration::from_millis(600), max_redeliveries: 2, ..QueueOptions::default() }
}

/// A job that the test knows by its number.
pub fn job(number: i64) -> Payload {
    let inboxes = ["https://a.example/inbox"];
    Payload::Deliver(DeliverV1::first(TenantId(7), ActivityId(number), Lane::Normal, inboxes))
}

pub fn number(payload: &Payload) -> i64 {
    match payload {
        Payload::Deliver(deliver) => deliver.activity.0,
        Payload::Inbound(_) => panic!("no such job was published"),
    }
}

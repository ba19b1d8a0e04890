//! What a stage stands on, and the settings of its processes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use belfry_model::{Clock, SystemClock};
use belfry_test_support::{FakeRemote, TestDatabase, service};

/// Inboxes that one worker holds at once, at most; small, so that a kill finds most of the
/// audience still waiting.
pub const PREFETCH: usize = 40;
/// Inboxes that one turn of the fan-out publishes.
pub const SLICE: usize = 30;

pub struct Setting {
    /// Lines of the section `[queue]`.
    queue: String,
    cache: String,
    pub server: Option<String>,
    pub clock: Arc<dyn Clock>,
    delivery: BTreeMap<&'static str, u64>,
    timeout_seconds: u64,
    /// Asked about the domains of bodies.
    dns: Option<SocketAddr>,
}

impl Setting {
    /// Queue and cache in the process and the database.
    pub fn embedded() -> Self {
        Self::over("url = 'embedded'".to_owned())
    }

    /// The RabbitMQ that all tests share.
    pub fn rabbit() -> Self {
        Self::rabbit_at(&service("BELFRY_TEST_AMQP"))
    }

    /// A prefix of its own keeps this test's queues from the others'.
    pub fn rabbit_at(url: &str) -> Self {
        Self::over(format!(
            "url = '{url}'\nprefix = 'test-{:016x}'\npublish_timeout_seconds = 3",
            rand::random::<u64>()
        ))
    }

    fn over(queue: String) -> Self {
        let delivery = [
            ("slice", SLICE as u64),
            ("batch", 5),
            ("look_seconds", 1),
            ("claim_seconds", 2),
            ("per_host_concurrency", 4),
            ("shutdown_grace_seconds", 20),
        ];
        Self {
            queue,
            cache: "embedded".to_owned(),
            server: None,
            clock: SystemClock::shared(),
            delivery: delivery.into(),
            timeout_seconds: 2,
            dns: None,
        }
    }

    pub fn clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// A PostgreSQL of the test's own.
    pub fn server(self, url: &str) -> Self {
        Self { server: Some(url.to_owned()), ..self }
    }

    /// A Redis of the test's own.
    pub fn cache(self, url: &str) -> Self {
        Self { cache: url.to_owned(), ..self }
    }

    /// One of the settings in `[delivery]`.
    pub fn delivery(mut self, key: &'static str, value: u64) -> Self {
        self.delivery.insert(key, value);
        self
    }

    /// How long a request to another server may take.
    pub fn timeout(self, timeout_seconds: u64) -> Self {
        Self { timeout_seconds, ..self }
    }

    /// The DNS server that is asked about the domains of bodies.
    pub fn dns(self, server: SocketAddr) -> Self {
        Self { dns: Some(server), ..self }
    }

    pub(super) fn text(&self, database: &TestDatabase, home: &FakeRemote, key_file: &str) -> String {
        let port = home.host().rsplit(':').next().unwrap();
        let mut text = String::new();
        write!(
            text,
            "[platform]\nshared_domain = 'social.localhost'\nscheme = 'http'\nport = {port}\n\
             [database]\nurl = '{}'\nworker_url = '{}'\nadmin_url = '{}'\n\
             [keys]\nplatform_key_file = '{key_file}'\npool_size = 0\n\
             [cache]\nurl = '{}'\n\
             [federation]\nallowed_private_networks = ['127.0.0.1/32']\ntimeout_seconds = {}\n\
             [queue]\nprefetch = {PREFETCH}\nlease_seconds = 2\n{}\n[delivery]\n",
            database.app_url().expose(),
            database.worker_url().expose(),
            database.admin_url().expose(),
            self.cache,
            self.timeout_seconds,
            self.queue,
        )
        .unwrap();
        for (key, value) in &self.delivery {
            writeln!(text, "{key} = {value}").unwrap();
        }
        if let Some(server) = self.dns {
            writeln!(text, "[admission]\ndns_server = '{server}'\nproof_days = 90").unwrap();
        }
        text
    }
}

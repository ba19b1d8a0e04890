//! Where the services that tests run on are, and services of a test's own that it may kill.
//! `cargo xtask test` starts those that all share and names each in a variable:
//! `BELFRY_TEST_POSTGRES`, `BELFRY_TEST_REDIS`, `BELFRY_TEST_AMQP`.

use std::process::{Command, Stdio};

use serde_json::Value;

const XTASK: &str = "BELFRY_TEST_XTASK";

/// The address of a service.
///
/// # Panics
/// Without it: run the tests through `cargo xtask test`.
#[expect(clippy::disallowed_methods, reason = "the test runner passes the services' addresses this way")]
pub fn service(variable: &str) -> String {
    std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run the tests with `cargo xtask test`"))
}

/// A service of the test's own: `postgres`, `redis` or `rabbitmq`. It ends with this value, and
/// with the test's process at the latest.
#[derive(Debug)]
pub struct PrivateService {
    part: &'static str,
    instance: String,
    url: String,
}

impl PrivateService {
    /// # Panics
    /// When it does not start.
    pub async fn start(part: &'static str) -> Self {
        let instance = format!("own-{:016x}", rand::random::<u64>());
        let pid = std::process::id().to_string();
        let words = ["up", "--instance", &instance, "--only", part, "--while-pid", &pid, "--json"];
        let said = services(&words).await;
        let said: Value = serde_json::from_str(&said).expect("what runs, as JSON");
        let url = said.get(part).and_then(|part| part.get("url")).and_then(Value::as_str);
        let url = url.expect("the service has an address").to_owned();
        Self { part, instance, url }
    }

    /// For PostgreSQL the superuser's, without a database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// In an orderly way; its data stay.
    pub async fn stop(&self) {
        self.tell("stop").await;
    }

    /// As a power cut would; its data stay, where it keeps any.
    pub async fn kill(&self) {
        self.tell("kill").await;
    }

    /// Once more, at its address of before.
    pub async fn start_again(&self) {
        self.tell("start").await;
    }

    async fn tell(&self, verb: &str) {
        services(&[verb, "--instance", &self.instance, self.part]).await;
    }
}

impl Drop for PrivateService {
    /// Best effort: it ends with the process otherwise.
    fn drop(&mut self) {
        drop(command(&["down", "--instance", &self.instance]).output());
    }
}

/// What it prints. On a thread where waiting holds up nobody: it takes seconds.
async fn services(words: &[&str]) -> String {
    let mut command = command(words);
    let words = words.join(" ");
    let done = tokio::task::spawn_blocking(move || command.output()).await;
    let done = done.expect("no panic").expect("the program that starts services runs");
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "`services {words}` failed: {complaint}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(service(XTASK));
    command.arg("services").args(words).stdin(Stdio::null());
    command
}

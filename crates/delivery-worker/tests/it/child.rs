//! A worker in a process of its own, which can be killed as nothing in our own process can.
//!
//! The process is this test binary once more, told by its environment to be a worker.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use belfry_delivery_worker::Duty;
use belfry_model::SystemClock;
use belfry_settings::Settings;
use tokio_util::sync::CancellationToken;

use crate::stage::worker;

const SETTINGS: &str = "BELFRY_TEST_WORKER_SETTINGS";
const DUTIES: &str = "BELFRY_TEST_WORKER_DUTIES";

/// Killed at the latest with this value.
pub struct WorkerProcess(Child);

impl WorkerProcess {
    /// With all duties.
    pub fn start(settings_file: &Path) -> Self {
        Self::with_duties(settings_file, &Duty::ALL)
    }

    pub fn with_duties(settings_file: &Path, duties: &[Duty]) -> Self {
        let words: Vec<&str> = duties.iter().map(|duty| duty.as_str()).collect();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child::this_process_is_a_worker_when_it_is_told_to_be", "--nocapture"])
            .env(SETTINGS, settings_file)
            .env(DUTIES, words.join(","))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }

    /// `kill -9`: it gets to do nothing more.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "the parent test passes the settings' file this way")]
async fn this_process_is_a_worker_when_it_is_told_to_be() {
    let Ok(file) = std::env::var(SETTINGS) else { return };
    let duties: Vec<Duty> =
        std::env::var(DUTIES).unwrap().split(',').map(|word| word.parse().unwrap()).collect();
    let settings = Settings::from_toml(&std::fs::read_to_string(file).unwrap()).unwrap();
    let worker = worker(settings, SystemClock::shared()).await;
    worker.run(&duties, CancellationToken::new()).await.unwrap();
}

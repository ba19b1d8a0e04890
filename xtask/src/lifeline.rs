//! What happens when somebody stops this program: the services are taken down, then it ends.

use anyhow::{Context, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::progress;
use crate::services::Instance;

/// Holds a running instance: takes it down when dropped, at ctrl-C, and, through its watcher,
/// when this process is killed.
pub struct Lifeline {
    instance: Instance,
}

impl Lifeline {
    pub fn hold(instance: Instance) -> Result<Self> {
        instance.tie_to(std::process::id())?;
        let at_signal = instance.clone();
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("listening for ctrl-C")?;
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                progress::line("Stopping …");
                if let Err(error) = at_signal.down() {
                    progress::line(&format!("error: {error:#}"));
                }
                // As a shell reports a process that a signal ended.
                std::process::exit(128 + signal);
            }
        });
        Ok(Self { instance })
    }

    pub fn instance(&self) -> &Instance {
        &self.instance
    }
}

impl Drop for Lifeline {
    fn drop(&mut self) {
        if let Err(error) = self.instance.down() {
            progress::line(&format!("error: {error:#}"));
        }
    }
}

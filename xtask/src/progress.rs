//! What is going on, on the standard error: a line when a step ends, and meanwhile the time.
//!
//! On a terminal one live line shows what runs and for how long. Elsewhere a step that takes
//! long says so every quarter of a minute, so that a log never looks stuck.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const FRAMES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const REMINDER: Duration = Duration::from_secs(15);

/// Waits. The one place where this program blocks a thread on purpose.
#[expect(clippy::disallowed_methods, reason = "there is no event loop here whose work could be held up")]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// One line for the person who looks on.
pub fn line(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let clear = if stderr.is_terminal() { "\r\x1b[K" } else { "" };
    // Nobody is left to tell when the standard error is closed.
    drop(writeln!(stderr, "{clear}{text}"));
}

/// Steps that may run side by side.
#[derive(Clone, Default)]
pub struct Progress {
    running: Arc<Mutex<Vec<(u64, String, Instant)>>>,
}

impl Progress {
    pub fn new() -> Self {
        let progress = Self::default();
        let weak = Arc::downgrade(&progress.running);
        let terminal = std::io::stderr().is_terminal();
        std::thread::spawn(move || {
            let mut frame = 0_usize;
            let mut reminded = Instant::now();
            while let Some(running) = weak.upgrade() {
                let text = describe(&running.lock().unwrap_or_else(PoisonError::into_inner));
                if terminal && !text.is_empty() {
                    let spinner = FRAMES.get(frame % FRAMES.len()).unwrap_or(&"");
                    drop(write!(std::io::stderr(), "\r\x1b[K{spinner} {text}"));
                } else if !text.is_empty() && reminded.elapsed() > REMINDER {
                    line(&format!("… {text}"));
                    reminded = Instant::now();
                }
                drop(running);
                frame += 1;
                pause(Duration::from_millis(120));
            }
        });
        progress
    }

    /// Ends with [`Step::done`]; dropped without it, the step has failed.
    pub fn step(&self, what: &str) -> Step {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let number = running.last().map_or(0, |(last, ..)| last + 1);
        let started = Instant::now();
        running.push((number, what.to_owned(), started));
        Step { progress: self.clone(), number, what: what.to_owned(), started, done: false }
    }
}

fn describe(running: &[(u64, String, Instant)]) -> String {
    running
        .iter()
        .map(|(_, what, since)| format!("{what} {} s", since.elapsed().as_secs()))
        .collect::<Vec<_>>()
        .join(", ")
}

pub struct Step {
    progress: Progress,
    number: u64,
    what: String,
    started: Instant,
    done: bool,
}

impl Step {
    /// `result` is what came of it, in a few words.
    pub fn done(mut self, result: &str) {
        self.done = true;
        self.leave();
        let seconds = self.started.elapsed().as_secs_f32();
        line(&format!(
            "✓ {}{}{result} ({seconds:.1} s)",
            self.what,
            if result.is_empty() { "" } else { ": " }
        ));
    }

    fn leave(&self) {
        let mut running = self.progress.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|(number, ..)| *number != self.number);
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if !self.done {
            self.leave();
            line(&format!("✗ {} failed after {} s", self.what, self.started.elapsed().as_secs()));
        }
    }
}

//! Threads that sign, one a processor: computing a signature takes longer than anything else
//! here, and on an async thread it would hold up everybody's input and output.
//!
//! Invariant: whoever asks first is served first. While there is work no thread sleeps, so that
//! handing a signature over costs little beside making it.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// Its threads end with it.
pub(super) struct Signers(Arc<Queue>);

#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    ready: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    closed: bool,
}

impl Signers {
    pub(super) fn start() -> std::io::Result<Self> {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        let queue = Arc::new(Queue::default());
        for number in 0..threads {
            let queue = Arc::clone(&queue);
            std::thread::Builder::new().name(format!("sign-{number}")).spawn(move || {
                while let Some(job) = queue.next() {
                    job();
                }
            })?;
        }
        Ok(Self(queue))
    }

    /// `None` if the work panicked.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.0.push(Box::new(move || {
            // One that panics must not take its thread along.
            let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            if let Ok(made) = made {
                // Nobody waits any more when the attempt was given up.
                drop(answer.send(made));
            }
        }));
        answered.await.ok()
    }
}

impl Queue {
    fn push(&self, job: Job) {
        self.state().jobs.push_back(job);
        self.ready.notify_one();
    }

    fn next(&self) -> Option<Job> {
        let mut state = self.state();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state = self.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// No code panics while it holds the lock, so what a poisoned one guards is whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Signers {
    fn drop(&mut self) {
        self.0.state().closed = true;
        self.0.ready.notify_all();
    }
}

impl fmt::Debug for Signers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signers")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_panics_takes_no_thread_along() {
        let signers = Signers::start().unwrap();
        for _ in 0..100 {
            assert_eq!(signers.run(|| -> u8 { panic!("as meant") }).await, None);
        }
        assert_eq!(signers.run(|| 7).await, Some(7));
    }

    #[tokio::test]
    async fn many_are_served_at_once() {
        let signers = Arc::new(Signers::start().unwrap());
        let asked = (0..500_u32).map(|number| {
            let signers = Arc::clone(&signers);
            async move { signers.run(move || number * 2).await }
        });
        let answers = futures::future::join_all(asked).await;
        assert!(answers.into_iter().zip(0..).all(|(answer, number)| answer == Some(number * 2)));
    }
}

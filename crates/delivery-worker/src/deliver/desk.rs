//! The desk: hands out deliveries to be attempted, as many at once as the bounds allow.
//!
//! Invariant: what is handed out and not signed yet is little more than the processors can sign,
//! so that whose turn it is is decided when there is somebody to do it, and not long before.
//! All bounds are per process.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use belfry_settings::DeliverySettings;

use crate::deliver::batch::Batch;
use crate::deliver::schedule::{Schedule, Waiting};
use crate::deliver::{Deliver, attempt};

/// An inbox of a message.
#[derive(Debug)]
pub(super) struct Work {
    pub batch: Arc<Batch>,
    pub index: usize,
}

pub(super) struct Desk {
    state: Mutex<State>,
    /// Not signed yet.
    most_unsigned: usize,
    concurrency: usize,
    /// Of the concurrency, for the urgent lane alone.
    reserve: usize,
    most_overdue: usize,
}

struct State {
    schedule: Schedule<Work>,
    unsigned: usize,
    under_way: usize,
    overdue: usize,
}

/// One attempt's place at the desk; given back when dropped, and whoever waits gets it.
pub(super) struct Place {
    deliver: Arc<Deliver>,
    host: Arc<str>,
    unsigned: bool,
    overdue: bool,
}

impl Desk {
    pub(super) fn new(settings: &DeliverySettings) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        let concurrency = settings.concurrency.max(1);
        Self {
            state: Mutex::new(State {
                schedule: Schedule::new(settings.per_host_concurrency),
                unsigned: 0,
                under_way: 0,
                overdue: 0,
            }),
            // Enough that a thread that signs never runs dry and falls asleep in between.
            most_unsigned: processors * 4,
            concurrency,
            reserve: concurrency / 4,
            most_overdue: settings.overdue,
        }
    }

    pub(super) fn push(&self, waiting: impl IntoIterator<Item = Waiting<Work>>) {
        let mut state = self.state();
        waiting.into_iter().for_each(|waiting| state.schedule.push(waiting));
    }

    /// Takes out what waits for a host.
    pub(super) fn drain(&self, host: &str) -> Vec<Waiting<Work>> {
        self.state().schedule.drain(host)
    }

    fn next(&self) -> Option<Waiting<Work>> {
        let mut state = self.state();
        if state.unsigned >= self.most_unsigned || state.under_way >= self.concurrency {
            return None;
        }
        let urgent_only = state.under_way >= (self.concurrency - self.reserve).max(1);
        let next = state.schedule.next(urgent_only)?;
        state.unsigned += 1;
        state.under_way += 1;
        Some(next)
    }

    /// No code panics while it holds the lock, so what a poisoned one guards is whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deliver {
    /// Starts what may be started now.
    pub(super) fn pump(self: &Arc<Self>) {
        while let Some(waiting) = self.desk.next() {
            let place =
                Place { deliver: Arc::clone(self), host: waiting.host, unsigned: true, overdue: false };
            self.tasks.spawn(attempt::run(Arc::clone(self), waiting.what, place));
        }
    }
}

impl Place {
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// The next one may be signed.
    pub(super) fn signed(&mut self) {
        if std::mem::take(&mut self.unsigned) {
            self.deliver.desk.state().unsigned -= 1;
            self.deliver.pump();
        }
    }

    /// Makes room for another, since this one takes long. `false` if there are too many such.
    pub(super) fn go_overdue(&mut self) -> bool {
        {
            let mut state = self.deliver.desk.state();
            if state.overdue >= self.deliver.desk.most_overdue {
                return false;
            }
            state.overdue += 1;
            state.under_way -= 1;
        }
        self.overdue = true;
        self.deliver.pump();
        true
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        {
            let mut state = self.deliver.desk.state();
            if self.unsigned {
                state.unsigned -= 1;
            }
            if self.overdue {
                state.overdue -= 1;
            } else {
                state.under_way -= 1;
            }
            state.schedule.done(&self.host);
        }
        self.deliver.pump();
    }
}

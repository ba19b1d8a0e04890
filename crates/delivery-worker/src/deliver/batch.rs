//! A message under way: one activity to a batch of inboxes, until each has an outcome.
//!
//! Invariant: it is handed on to be recorded once, when its last inbox has an outcome, even if
//! only for now. What is known of an inbox after that is recorded by itself.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use belfry_federation::Rendered;
use belfry_model::{DeliverTo, DeliverV1};
use belfry_queue::Delivery;
use belfry_storage::{End, Ended, Outcomes, batch_key};

#[derive(Debug)]
pub(super) struct Batch {
    pub job: DeliverV1,
    /// `None` where nothing is to be sent.
    pub rendered: Option<Arc<Rendered>>,
    /// In the order of the inboxes.
    pub hosts: Vec<Arc<str>>,
    /// What each host is told of the followers there (FEP-8fcf), in the same order.
    syncs: Vec<Option<String>>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    ends: Vec<Option<End>>,
    left: usize,
    /// Taken out when all is known.
    delivery: Option<Delivery>,
}

/// What is to be recorded now.
#[derive(Debug)]
pub(super) struct Known {
    pub outcomes: Outcomes,
    /// Acknowledged after that.
    pub delivery: Option<Delivery>,
}

impl Batch {
    pub(super) fn new(
        job: DeliverV1,
        rendered: Option<Arc<Rendered>>,
        hosts: Vec<Arc<str>>,
        delivery: Delivery,
    ) -> Self {
        let ends = vec![None; job.inboxes.len()];
        let left = ends.len();
        let syncs = Vec::new();
        Self {
            job,
            rendered,
            hosts,
            syncs,
            state: Mutex::new(State { ends, left, delivery: Some(delivery) }),
        }
    }

    pub(super) fn with_syncs(self, syncs: Vec<Option<String>>) -> Self {
        Self { syncs, ..self }
    }

    pub(super) fn sync(&self, index: usize) -> Option<String> {
        self.syncs.get(index).cloned().flatten()
    }

    pub(super) fn to(&self, index: usize) -> Option<&DeliverTo> {
        self.job.inboxes.get(index)
    }

    /// An inbox's outcome, or a better one. Answers what can be recorded by it.
    pub(super) fn end(&self, index: usize, end: End) -> Option<Known> {
        let mut guard = self.state();
        let state = &mut *guard;
        let slot = state.ends.get_mut(index)?;
        if slot.is_none() {
            *slot = Some(end);
            state.left = state.left.saturating_sub(1);
            return (state.left == 0).then(|| self.all(state));
        }
        if state.delivery.is_some() {
            // Not recorded yet: this is what will be.
            *slot = Some(end);
            return None;
        }
        drop(guard);
        let ends = self.ended(index, end).into_iter().collect();
        Some(Known { outcomes: self.outcomes(None, ends), delivery: None })
    }

    fn all(&self, state: &mut State) -> Known {
        let ends = std::mem::take(&mut state.ends);
        // Left in place, so that a later word on one of them finds that it is no longer awaited.
        state.ends = vec![Some(End::Withdrawn); ends.len()];
        let ends = ends.into_iter().enumerate().filter_map(|(index, end)| self.ended(index, end?)).collect();
        let batch = (!self.job.parked).then(|| batch_key(&self.job.inboxes));
        Known { outcomes: self.outcomes(batch, ends), delivery: state.delivery.take() }
    }

    fn ended(&self, index: usize, end: End) -> Option<Ended> {
        let inbox = self.to(index)?.inbox.clone();
        let host = self.hosts.get(index)?.to_string();
        Some(Ended { inbox, host, end })
    }

    fn outcomes(&self, batch: Option<i64>, ends: Vec<Ended>) -> Outcomes {
        let DeliverV1 { tenant, activity, lane, .. } = self.job;
        Outcomes { tenant, activity, lane, batch, ends }
    }

    /// No code panics while it holds the lock, so what a poisoned one guards is whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

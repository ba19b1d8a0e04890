//! Back-pressure: how much more the queues take before it is to be asked again.
//!
//! Invariant: a queue that was found short of its mark gets at most the mark more before it is
//! looked at once more; so newcomers to a lane wait behind little, however much is to be sent.

use std::collections::HashMap;

use belfry_queue::{Queue, QueueName};

use crate::Result;

#[derive(Debug)]
pub(super) struct Room {
    mark: u64,
    left: HashMap<QueueName, u64>,
}

impl Room {
    pub(super) fn new(mark: u64) -> Self {
        Self { mark: mark.max(1), left: HashMap::new() }
    }

    pub(super) async fn has(&mut self, queue: &Queue, name: QueueName) -> Result<bool> {
        if self.left.get(&name).is_some_and(|left| *left > 0) {
            return Ok(true);
        }
        let left = self.mark.saturating_sub(queue.depth(name).await?);
        self.left.insert(name, left);
        Ok(left > 0)
    }

    pub(super) fn used(&mut self, name: QueueName, messages: usize) {
        let messages = u64::try_from(messages).unwrap_or(u64::MAX);
        if let Some(left) = self.left.get_mut(&name) {
            *left = left.saturating_sub(messages);
        }
    }
}

//! How many requests may be under way: in all, and to one host. Both bounds are per process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use belfry_model::Lane;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub(super) struct Slots {
    everybody: Arc<Semaphore>,
    /// Only urgent deliveries may use these, so that bulk in flight never holds them up.
    urgent: Arc<Semaphore>,
    hosts: Arc<Hosts>,
}

struct Hosts {
    each: usize,
    /// Only hosts that somebody uses or waits for.
    slots: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// One request's place. Given back when dropped.
pub(super) struct Slot {
    _shared: Option<OwnedSemaphorePermit>,
    _host: HostSlot,
}

struct HostSlot {
    host: String,
    slots: Option<Arc<Semaphore>>,
    permit: Option<OwnedSemaphorePermit>,
    hosts: Arc<Hosts>,
}

impl Slots {
    pub(super) fn new(concurrency: usize, per_host: usize) -> Self {
        let urgent = concurrency / 4;
        let everybody = (concurrency - urgent).max(1);
        let hosts = Arc::new(Hosts { each: per_host.max(1), slots: Mutex::default() });
        Self {
            everybody: Arc::new(Semaphore::new(everybody)),
            urgent: Arc::new(Semaphore::new(urgent)),
            hosts,
        }
    }

    /// First the host's, then one of all: who waits for a slow host holds up nobody else.
    pub(super) async fn take(&self, host: &str, lane: Lane) -> Slot {
        let host = Hosts::take(&self.hosts, host).await;
        let everybody = Arc::clone(&self.everybody).acquire_owned();
        // The semaphores are never closed, so there is always a permit in the end.
        let shared = match lane {
            Lane::Urgent => tokio::select! {
                biased;
                permit = Arc::clone(&self.urgent).acquire_owned() => permit.ok(),
                permit = everybody => permit.ok(),
            },
            Lane::Normal | Lane::Bulk => everybody.await.ok(),
        };
        Slot { _shared: shared, _host: host }
    }
}

impl Hosts {
    async fn take(hosts: &Arc<Self>, host: &str) -> HostSlot {
        let slots = {
            let mut known = hosts.lock();
            Arc::clone(known.entry(host.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(hosts.each))))
        };
        // Made before waiting, so that a wait that is given up tidies up as well.
        let mut slot = HostSlot {
            host: host.to_owned(),
            slots: Some(Arc::clone(&slots)),
            permit: None,
            hosts: Arc::clone(hosts),
        };
        slot.permit = slots.acquire_owned().await.ok();
        slot
    }

    /// No code panics while it holds the lock, so what a poisoned one guards is whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Semaphore>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for HostSlot {
    fn drop(&mut self) {
        let mut known = self.hosts.lock();
        self.permit = None;
        self.slots = None;
        // Only the map still holds it: nobody uses it or waits for it.
        if known.get(&self.host).is_some_and(|slots| Arc::strong_count(slots) == 1) {
            known.remove(&self.host);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn one_host_cannot_take_every_slot() {
        let slots = Slots::new(8, 2);
        let first = slots.take("slow", Lane::Normal).await;
        let _second = slots.take("slow", Lane::Normal).await;
        assert!(slots.take("slow", Lane::Normal).now_or_never().is_none());
        assert!(slots.take("quick", Lane::Normal).now_or_never().is_some());
        drop(first);
        assert!(slots.take("slow", Lane::Normal).now_or_never().is_some());
    }

    #[tokio::test]
    async fn urgent_deliveries_have_slots_of_their_own() {
        let slots = Slots::new(4, 100);
        let _bulk = [
            slots.take("a", Lane::Bulk).await,
            slots.take("b", Lane::Bulk).await,
            slots.take("c", Lane::Bulk).await,
        ];
        assert!(slots.take("d", Lane::Bulk).now_or_never().is_none());
        assert!(slots.take("d", Lane::Urgent).now_or_never().is_some());
    }

    #[tokio::test]
    async fn hosts_that_nobody_uses_are_forgotten() {
        let slots = Slots::new(8, 1);
        let slot = slots.take("a", Lane::Normal).await;
        assert!(slots.take("a", Lane::Normal).now_or_never().is_none());
        assert_eq!(slots.hosts.lock().len(), 1);
        drop(slot);
        assert!(slots.hosts.lock().is_empty());
    }
}

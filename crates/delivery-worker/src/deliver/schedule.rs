//! Whose delivery is next: fair between tenants, one delivery at a time, and never more to one
//! host than it may have.
//!
//! Invariant: tenants of a lane take turns, whatever number of deliveries each has here; what
//! waits for a slow host holds up nobody else. It holds what the queue has handed out and no
//! more, so it is bounded by the prefetch.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use belfry_model::{Lane, TenantId};

/// `urgent` goes first most of the time, and leaves the others a share.
const ROTATION: [Lane; 7] =
    [Lane::Urgent, Lane::Urgent, Lane::Normal, Lane::Urgent, Lane::Urgent, Lane::Normal, Lane::Bulk];

/// One delivery that waits for its turn.
#[derive(Debug)]
pub(super) struct Waiting<T> {
    pub lane: Lane,
    pub tenant: TenantId,
    pub host: Arc<str>,
    pub what: T,
}

#[derive(Debug)]
pub(super) struct Schedule<T> {
    per_host: usize,
    turn: usize,
    lanes: HashMap<Lane, Tenants<T>>,
    /// Only hosts that have something under way.
    hosts: HashMap<Arc<str>, Busy<T>>,
}

#[derive(Debug)]
struct Tenants<T> {
    turns: VecDeque<TenantId>,
    waiting: HashMap<TenantId, VecDeque<Waiting<T>>>,
}

#[derive(Debug)]
struct Busy<T> {
    under_way: usize,
    waiting: VecDeque<Waiting<T>>,
}

impl<T> Schedule<T> {
    pub(super) fn new(per_host: usize) -> Self {
        let lanes = Lane::ALL.iter().map(|lane| (*lane, Tenants::default())).collect();
        Self { per_host: per_host.max(1), turn: 0, lanes, hosts: HashMap::new() }
    }

    pub(super) fn push(&mut self, waiting: Waiting<T>) {
        if let Some(lane) = self.lanes.get_mut(&waiting.lane) {
            lane.push_back(waiting);
        }
    }

    /// The next delivery; its host counts it as under way until [`Self::done`]. Of the urgent
    /// lane alone, where only its reserve is left.
    pub(super) fn next(&mut self, urgent_only: bool) -> Option<Waiting<T>> {
        let first = ROTATION.get(self.turn % ROTATION.len()).copied().unwrap_or(Lane::Normal);
        self.turn = self.turn.wrapping_add(1);
        let others = Lane::ALL.iter().copied().filter(|lane| *lane != first);
        std::iter::once(first)
            .chain(others)
            .filter(|lane| !urgent_only || *lane == Lane::Urgent)
            .find_map(|lane| self.next_of(lane))
    }

    fn next_of(&mut self, lane: Lane) -> Option<Waiting<T>> {
        let tenants = self.lanes.get_mut(&lane)?;
        while let Some(waiting) = tenants.pop() {
            let Some(busy) = self.hosts.get_mut(&waiting.host) else {
                let busy = Busy { under_way: 1, waiting: VecDeque::new() };
                self.hosts.insert(Arc::clone(&waiting.host), busy);
                return Some(waiting);
            };
            if busy.under_way < self.per_host {
                busy.under_way += 1;
                return Some(waiting);
            }
            busy.waiting.push_back(waiting);
        }
        None
    }

    /// A request to the host has ended: what waited for it has the next turn of its tenant.
    pub(super) fn done(&mut self, host: &str) {
        let Some(busy) = self.hosts.get_mut(host) else { return };
        busy.under_way = busy.under_way.saturating_sub(1);
        let next = busy.waiting.pop_front();
        if busy.under_way == 0 && busy.waiting.is_empty() {
            self.hosts.remove(host);
        }
        if let Some(waiting) = next
            && let Some(lane) = self.lanes.get_mut(&waiting.lane)
        {
            lane.push_front(waiting);
        }
    }

    /// Takes out what waits for a host that takes no more for now.
    pub(super) fn drain(&mut self, host: &str) -> Vec<Waiting<T>> {
        self.hosts.get_mut(host).map(|busy| busy.waiting.drain(..).collect()).unwrap_or_default()
    }
}

impl<T> Default for Tenants<T> {
    fn default() -> Self {
        Self { turns: VecDeque::new(), waiting: HashMap::new() }
    }
}

impl<T> Tenants<T> {
    fn push_back(&mut self, waiting: Waiting<T>) {
        self.queue(waiting.tenant).push_back(waiting);
    }

    fn push_front(&mut self, waiting: Waiting<T>) {
        self.queue(waiting.tenant).push_front(waiting);
    }

    fn queue(&mut self, tenant: TenantId) -> &mut VecDeque<Waiting<T>> {
        self.waiting.entry(tenant).or_insert_with(|| {
            self.turns.push_back(tenant);
            VecDeque::new()
        })
    }

    /// One of the tenant whose turn it is; the next turn is the next tenant's.
    fn pop(&mut self) -> Option<Waiting<T>> {
        let tenant = self.turns.pop_front()?;
        let queue = self.waiting.get_mut(&tenant)?;
        let next = queue.pop_front();
        if queue.is_empty() {
            self.waiting.remove(&tenant);
        } else {
            self.turns.push_back(tenant);
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(lane: Lane, tenant: i64, host: &str, what: u32) -> Waiting<u32> {
        Waiting { lane, tenant: TenantId(tenant), host: host.into(), what }
    }

    fn order(schedule: &mut Schedule<u32>) -> Vec<u32> {
        std::iter::from_fn(|| schedule.next(false)).map(|waiting| waiting.what).collect()
    }

    #[test]
    fn tenants_take_turns_however_much_one_of_them_sends() {
        let mut schedule = Schedule::new(100);
        for what in 0..5 {
            schedule.push(waiting(Lane::Normal, 1, "a", what));
        }
        schedule.push(waiting(Lane::Normal, 2, "a", 20));
        schedule.push(waiting(Lane::Normal, 2, "a", 21));
        assert_eq!(order(&mut schedule), [0, 20, 1, 21, 2, 3, 4]);
    }

    #[test]
    fn one_host_cannot_hold_up_the_others() {
        let mut schedule = Schedule::new(2);
        for what in 0..5 {
            schedule.push(waiting(Lane::Normal, 1, "slow", what));
        }
        schedule.push(waiting(Lane::Normal, 1, "quick", 9));
        assert_eq!(order(&mut schedule), [0, 1, 9]);
        schedule.done("slow");
        assert_eq!(order(&mut schedule), [2]);
        assert_eq!(schedule.drain("slow").iter().map(|waiting| waiting.what).collect::<Vec<_>>(), [3, 4]);
        schedule.done("slow");
        schedule.done("slow");
        schedule.done("quick");
        assert!(schedule.hosts.is_empty(), "hosts that nobody uses are forgotten");
    }

    #[test]
    fn urgent_goes_first_and_leaves_the_rest_a_share() {
        let mut schedule = Schedule::new(1000);
        for what in 0..100 {
            schedule.push(waiting(Lane::Urgent, 1, "a", what));
            schedule.push(waiting(Lane::Bulk, 1, "a", 1000 + what));
            schedule.push(waiting(Lane::Normal, 1, "a", 100 + what));
        }
        let first: Vec<_> =
            (0..70).filter_map(|_| schedule.next(false)).map(|waiting| waiting.lane).collect();
        let share = |lane| first.iter().filter(|found| **found == lane).count();
        assert_eq!((share(Lane::Urgent), share(Lane::Normal), share(Lane::Bulk)), (40, 20, 10));
    }

    #[test]
    fn the_reserve_is_for_urgent_deliveries_alone() {
        let mut schedule = Schedule::new(10);
        schedule.push(waiting(Lane::Normal, 1, "a", 1));
        assert!(schedule.next(true).is_none());
        schedule.push(waiting(Lane::Urgent, 1, "a", 2));
        assert_eq!(schedule.next(true).map(|waiting| waiting.what), Some(2));
    }
}

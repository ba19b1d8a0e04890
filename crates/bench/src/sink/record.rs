//! Which activity reached which inbox, and when.

use std::collections::HashMap;

use super::protocol::{Arrival, Count, Totals};
use super::request::Inbox;

/// Of one inbox and one activity.
#[derive(Debug)]
struct Taking {
    arrived_us: u64,
    answered: bool,
    /// It was left without an answer: that it comes again is right and no duplicate.
    hung: bool,
}

#[derive(Debug, Default)]
struct Activity {
    inboxes: HashMap<Inbox, Taking>,
    requests: u64,
    bytes: u64,
    count: Count,
}

#[derive(Debug, Default)]
pub struct Record {
    activities: HashMap<String, Activity>,
    totals: Totals,
}

impl Record {
    pub fn arrived(&mut self, activity: &str, inbox: Inbox, bytes: usize, hung: bool, now_us: u64) {
        self.totals.requests += 1;
        if !self.activities.contains_key(activity) {
            self.activities.insert(activity.to_owned(), Activity::default());
        }
        let Some(known) = self.activities.get_mut(activity) else { return };
        known.requests += 1;
        known.bytes += u64::try_from(bytes).unwrap_or(0);
        if known.count.first_arrived_us == 0 {
            known.count.first_arrived_us = now_us;
        }
        let taking = Taking { arrived_us: now_us, answered: false, hung };
        match known.inboxes.get_mut(&inbox) {
            None => drop(known.inboxes.insert(inbox, taking)),
            Some(before) if before.hung => *before = taking,
            Some(_) => {
                known.count.duplicates += 1;
                self.totals.duplicates += 1;
            }
        }
    }

    pub fn answered(&mut self, activity: &str, inbox: Inbox, now_us: u64) {
        let Some(known) = self.activities.get_mut(activity) else { return };
        let Some(taking) = known.inboxes.get_mut(&inbox) else { return };
        if !taking.answered {
            taking.answered = true;
            known.count.taken += 1;
            known.count.last_answered_us = now_us;
        }
    }

    pub fn strange(&mut self) {
        self.totals.strange += 1;
    }

    pub fn count(&self, activity: &str) -> Count {
        let Some(known) = self.activities.get(activity) else { return Count::default() };
        Count { body_bytes: known.bytes.checked_div(known.requests).unwrap_or(0), ..known.count }
    }

    pub fn arrivals(&self, activity: &str) -> Vec<Arrival> {
        let inboxes = self.activities.get(activity).into_iter().flat_map(|known| &known.inboxes);
        inboxes
            .map(|(inbox, taking)| Arrival {
                host: inbox.host,
                arrived_us: taking.arrived_us,
                answered: taking.answered,
            })
            .collect()
    }

    pub fn totals(&self) -> Totals {
        self.totals
    }
}

#[cfg(test)]
mod tests {
    use super::{Inbox, Record};

    const INBOX: Inbox = Inbox { host: 3, user: 7 };

    #[test]
    fn a_second_request_to_an_inbox_is_a_duplicate_and_counts_once() {
        let mut record = Record::default();
        record.arrived("a", INBOX, 10, false, 5);
        record.answered("a", INBOX, 6);
        record.arrived("a", INBOX, 30, false, 7);
        record.answered("a", INBOX, 8);
        let count = record.count("a");
        assert_eq!((count.taken, count.duplicates, count.body_bytes), (1, 1, 20));
        assert_eq!((count.first_arrived_us, count.last_answered_us), (5, 6));
    }

    #[test]
    fn what_was_left_hanging_may_come_again() {
        let mut record = Record::default();
        record.arrived("a", INBOX, 10, true, 5);
        assert_eq!(record.count("a").taken, 0);
        record.arrived("a", INBOX, 10, false, 7);
        record.answered("a", INBOX, 8);
        assert_eq!((record.count("a").taken, record.totals().duplicates), (1, 0));
    }

    #[test]
    fn what_never_came_has_no_count() {
        assert_eq!(Record::default().count("a").taken, 0);
    }
}

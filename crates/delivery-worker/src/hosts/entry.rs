//! One host, as this process has met it.

use chrono::{DateTime, TimeDelta, Utc};

use super::Advice;

/// Failures further apart than this are not in a row.
const IN_A_ROW: TimeDelta = TimeDelta::minutes(10);

#[derive(Debug)]
pub(super) struct Entry {
    /// As Postgres has it: `Try`, `Down` or `Gone`.
    standing: Advice,
    pub(super) known_at: Option<DateTime<Utc>>,
    failures: u32,
    failing_since: Option<DateTime<Utc>>,
    /// Requests that are under way and should have been answered by now.
    overdue: u32,
    /// Something has been parked because of that.
    slow: bool,
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            standing: Advice::Try,
            known_at: None,
            failures: 0,
            failing_since: None,
            overdue: 0,
            slow: false,
        }
    }
}

impl Entry {
    pub(super) fn is_older(&self, now: DateTime<Utc>, than: TimeDelta) -> bool {
        // A clock that was set back makes everything old rather than fresh for ever.
        self.known_at.is_none_or(|at| (now - at).abs() > than)
    }

    pub(super) fn looked_up(&mut self, standing: Advice, now: DateTime<Utc>) {
        self.standing = standing;
        self.known_at = Some(now);
    }

    /// A host of which all requests that it may have under way hang takes no further ones.
    pub(super) fn advice(&self, per_host: u32) -> Advice {
        match self.standing {
            Advice::Try if self.overdue >= per_host => Advice::Slow,
            standing => standing,
        }
    }

    pub(super) fn overdue(&mut self, per_host: u32) -> Advice {
        self.overdue += 1;
        let advice = self.advice(per_host);
        self.slow |= advice == Advice::Slow;
        advice
    }

    /// Whether what was parked for its slowness may go on.
    pub(super) fn overdue_ended(&mut self, answered: bool) -> bool {
        self.overdue = self.overdue.saturating_sub(1);
        answered && std::mem::take(&mut self.slow)
    }

    /// Whether it counted as away.
    pub(super) fn answered(&mut self) -> bool {
        self.failures = 0;
        self.failing_since = None;
        matches!(self.standing, Advice::Down | Advice::Gone)
    }

    /// Whether it goes down by this.
    pub(super) fn failed(&mut self, now: DateTime<Utc>, limit: u32) -> bool {
        match self.failing_since {
            Some(since) if now - since <= IN_A_ROW => self.failures += 1,
            _ => {
                self.failing_since = Some(now);
                self.failures = 1;
            }
        }
        let falls = self.standing == Advice::Try && self.failures >= limit;
        if falls {
            self.looked_up(Advice::Down, now);
        }
        falls
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn a_host_is_down_after_five_failures_and_says_so_once() {
        let mut entry = Entry::default();
        let falls: Vec<bool> = (0..7).map(|_| entry.failed(AT, 5)).collect();
        assert_eq!(falls, [false, false, false, false, true, false, false]);
        assert_eq!(entry.advice(8), Advice::Down);
        assert!(entry.answered(), "it was away");
    }

    #[test]
    fn an_answer_in_between_starts_the_count_anew() {
        let mut entry = Entry::default();
        for _ in 0..3 {
            assert!((0..4).all(|_| !entry.failed(AT, 5)));
            assert!(!entry.answered());
        }
    }

    #[test]
    fn failures_that_are_far_apart_are_not_in_a_row() {
        let mut entry = Entry::default();
        for times in 0..20 {
            assert!(!entry.failed(AT + TimeDelta::minutes(11 * times), 2));
        }
    }

    #[test]
    fn a_host_is_slow_while_all_of_its_requests_hang_and_goes_on_with_the_first_answer() {
        let mut entry = Entry::default();
        assert_eq!(entry.overdue(2), Advice::Try);
        assert!(!entry.overdue_ended(true), "nothing was parked");
        assert_eq!([entry.overdue(2), entry.overdue(2)], [Advice::Try, Advice::Slow]);
        assert!(!entry.overdue_ended(false), "that one timed out");
        assert_eq!(entry.advice(2), Advice::Try);
        assert!(entry.overdue_ended(true));
        entry.looked_up(Advice::Gone, AT);
        assert_eq!(entry.advice(2), Advice::Gone);
    }

    #[test]
    fn what_was_looked_up_grows_old_also_when_the_clock_is_set_back() {
        let mut entry = Entry::default();
        assert!(entry.is_older(AT, TimeDelta::seconds(30)));
        entry.looked_up(Advice::Try, AT);
        assert!(!entry.is_older(AT + TimeDelta::seconds(30), TimeDelta::seconds(30)));
        assert!(entry.is_older(AT + TimeDelta::seconds(31), TimeDelta::seconds(30)));
        assert!(entry.is_older(AT - TimeDelta::hours(1), TimeDelta::seconds(30)));
    }
}

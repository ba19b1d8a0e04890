//! When a delivery is tried again: 1 min, 5 min, 15 min, 1 h, 3 h, 6 h, 12 h, then daily, each
//! ±20 % so that what failed together does not come back together.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const MINUTES: [i64; 7] = [1, 5, 15, 60, 180, 360, 720];
const DAILY: i64 = 24 * 60;
/// The longest pause that a server may ask for.
const LONGEST_RETRY_AFTER: TimeDelta = TimeDelta::days(1);

/// Randomness that a test can seed.
pub struct Jitter(Mutex<StdRng>);

impl Jitter {
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// The time ±20 %.
    fn around(&self, time: TimeDelta) -> TimeDelta {
        let mut rng = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fifth = time.num_milliseconds() / 5;
        time + TimeDelta::milliseconds(rng.random_range(-fifth..=fifth))
    }

    /// How long a delivery waits that has been tried `attempts` times. `retry_after` is what
    /// the server asked for: never earlier than that, unless it asked for more than a day.
    pub(crate) fn delivery(&self, attempts: u32, retry_after: Option<TimeDelta>) -> TimeDelta {
        let step = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        let minutes = MINUTES.get(step).copied().unwrap_or(DAILY);
        let wanted = retry_after.unwrap_or_default().clamp(TimeDelta::zero(), LONGEST_RETRY_AFTER);
        self.around(TimeDelta::minutes(minutes)).max(wanted)
    }

    /// How long a job waits that one of our own parts failed: 1 s, 2 s, 4 s … up to a minute.
    pub(crate) fn job(&self, redeliveries: u32) -> Duration {
        let seconds = 1_i64 << redeliveries.min(6);
        self.around(TimeDelta::seconds(seconds.min(60))).to_std().unwrap_or(Duration::from_secs(1))
    }
}

impl fmt::Debug for Jitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Jitter")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_from_a_minute_to_a_day_give_or_take_a_fifth() {
        let jitter = Jitter::seeded(7);
        for (attempts, minutes) in [(1, 1), (2, 5), (3, 15), (4, 60), (7, 720), (8, 1440), (30, 1440)] {
            let bounds = TimeDelta::seconds(minutes * 48)..=TimeDelta::seconds(minutes * 72);
            let delay = jitter.delivery(attempts, None);
            assert!(bounds.contains(&delay), "{attempts}: {delay}");
        }
    }

    #[test]
    fn what_fails_together_does_not_come_back_together() {
        let jitter = Jitter::seeded(7);
        let delays: std::collections::BTreeSet<_> = (0..20).map(|_| jitter.delivery(4, None)).collect();
        assert!(delays.len() > 15);
    }

    #[test]
    fn a_server_is_given_the_time_it_asks_for_up_to_a_day() {
        let jitter = Jitter::seeded(7);
        assert_eq!(jitter.delivery(1, Some(TimeDelta::hours(2))), TimeDelta::hours(2));
        assert_eq!(jitter.delivery(1, Some(TimeDelta::days(900))), TimeDelta::days(1));
        assert!(jitter.delivery(3, Some(TimeDelta::seconds(1))) >= TimeDelta::minutes(12));
        assert!(jitter.delivery(1, Some(TimeDelta::seconds(-5))) >= TimeDelta::seconds(48));
    }

    #[test]
    fn jobs_that_our_own_parts_fail_come_back_soon_and_then_less_often() {
        let jitter = Jitter::seeded(7);
        assert!(jitter.job(0) <= Duration::from_millis(1200));
        assert!(jitter.job(30) >= Duration::from_secs(48));
        assert!(jitter.job(30) <= Duration::from_secs(72));
    }
}

//! Waiting for what other processes do: on a condition and within a bound, never for a time.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Generous, because a test machine may be busy; a condition that holds ends the wait at once.
const BOUND: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(10);

/// Looks again and again until the condition holds.
///
/// # Panics
/// With `what` when it still doesn't after half a minute.
pub async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    eventually_within(BOUND, what, &mut holds).await;
}

/// As [`eventually`], where something is known to take longer.
///
/// # Panics
/// With `what` when the condition still doesn't hold after `bound`.
pub async fn eventually_within(bound: Duration, what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + bound;
    while !holds().await {
        assert!(Instant::now() < deadline, "waited {bound:?} in vain: {what}");
        sleep(PAUSE).await;
    }
}

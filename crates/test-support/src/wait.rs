//! Waiting for what happens elsewhere: in a worker, behind a queue, at the other end of HTTP.
//!
//! Such an effect can only be looked for. `eventually` looks again and again up to a bound and
//! then fails with what it saw last; it repeats the *looking*, never the action under test, so
//! it can't hide that something has to be tried twice.

use std::fmt::Debug;
use std::time::Duration;

use tokio::time::Instant;

/// Generous, because machines are busy; whoever sees what they wait for waits no longer.
const BOUND: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(20);

/// Looks until `look` sees something. `what` completes the sentence "waited in vain for …".
///
/// # Panics
/// When the bound is over.
pub async fn eventually<T, F, Fut>(what: &str, mut look: F) -> T
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Option<T>>,
{
    let until = Instant::now() + BOUND;
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(Instant::now() < until, "waited in vain for {what}");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Looks until `look` sees `expected`; says what it saw last when it never does.
///
/// # Panics
/// When the bound is over.
pub async fn eventually_eq<T, F, Fut>(what: &str, expected: T, mut look: F)
where
    T: PartialEq + Debug,
    F: FnMut() -> Fut,
    Fut: Future<Output = T>,
{
    let until = Instant::now() + BOUND;
    loop {
        let seen = look().await;
        if seen == expected {
            return;
        }
        assert!(Instant::now() < until, "waited in vain for {what} to be {expected:?}: it is {seen:?}");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Looks until the condition holds. `what` completes the sentence "waited in vain until …".
///
/// # Panics
/// When the bound is over.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let bound = Instant::now() + BOUND;
    while !holds().await {
        assert!(Instant::now() < bound, "waited in vain until {what}");
        tokio::time::sleep(PAUSE).await;
    }
}

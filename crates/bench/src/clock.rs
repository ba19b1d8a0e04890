//! The clocks that measurements are taken with.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Microseconds on the machine's one monotonic clock: comparable between processes.
pub fn now_us() -> u64 {
    u64::try_from(read(ClockId::Monotonic).as_micros()).unwrap_or(u64::MAX)
}

/// CPU seconds of the calling thread, exact to far less than a microsecond.
pub fn thread_cpu() -> f64 {
    read(ClockId::ThreadCPUTime).as_secs_f64()
}

/// CPU seconds of this process, all threads.
pub fn process_cpu() -> f64 {
    read(ClockId::ProcessCPUTime).as_secs_f64()
}

/// From one moment of [`now_us`] to a later one.
pub fn seconds_between(from_us: u64, to_us: u64) -> f64 {
    Duration::from_micros(to_us.saturating_sub(from_us)).as_secs_f64()
}

fn read(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    // Neither of these clocks is ever negative.
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

//! A time to come, as an operator types it: a moment, or how long from now.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};

/// `2026-12-01T08:00:00Z`, or `90m`, `2h`, `3d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Until(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    At(DateTime<Utc>),
    In(TimeDelta),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither a time such as 2026-12-01T08:00:00Z nor a duration such as 90m, 2h or 3d")]
pub struct NoTime(String);

impl Until {
    pub fn after(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self.0 {
            Kind::At(at) => at,
            Kind::In(time) => now + time,
        }
    }
}

impl FromStr for Until {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self(Kind::At(at.to_utc())));
        }
        duration(text).map(|time| Self(Kind::In(time))).ok_or_else(|| NoTime(text.to_owned()))
    }
}

/// Up to a hundred years: beyond, nobody means a time.
fn duration(text: &str) -> Option<TimeDelta> {
    const LONGEST_DAYS: i64 = 36_500;
    let unit = text.chars().next_back()?;
    let number: i64 = text.strip_suffix(unit)?.parse().ok().filter(|number| *number > 0)?;
    let time = match unit {
        's' => TimeDelta::try_seconds(number),
        'm' => TimeDelta::try_minutes(number),
        'h' => TimeDelta::try_hours(number),
        'd' => TimeDelta::try_days(number),
        'w' => TimeDelta::try_weeks(number),
        _ => None,
    };
    time.filter(|time| time.num_days() <= LONGEST_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> Result<String, NoTime> {
        let now = DateTime::from_timestamp_millis(1_769_860_800_000).unwrap();
        text.parse::<Until>().map(|until| until.after(now).to_rfc3339())
    }

    #[test]
    fn a_time_is_a_moment_or_counted_from_now() {
        assert_eq!(after("2h").unwrap(), "2026-01-31T14:00:00+00:00");
        assert_eq!(after("90m").unwrap(), "2026-01-31T13:30:00+00:00");
        assert_eq!(after("3d").unwrap(), "2026-02-03T12:00:00+00:00");
        assert_eq!(after("2026-02-01T10:00:00+01:00").unwrap(), "2026-02-01T09:00:00+00:00");
    }

    #[test]
    fn what_is_no_time_to_come_is_refused() {
        for text in
            ["", "h", "2", "0h", "-2h", "2x", "tomorrow", "99999999999w", "9223372036854775807d", "2µ"]
        {
            assert!(after(text).is_err(), "{text}");
        }
    }
}

//! Times exactly as Mastodon writes them: clients parse nothing else.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// `2026-01-31T12:00:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-01-31T12:00:00.000Z")]
pub struct Timestamp(pub DateTime<Utc>);

/// `2026-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Date(pub NaiveDate);

impl Timestamp {
    /// The day alone: an account tells no more about when it was made.
    pub fn midnight_of(at: DateTime<Utc>) -> Self {
        Self(at.date_naive().and_time(NaiveTime::MIN).and_utc())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.format("%Y-%m-%dT%H:%M:%S%.3fZ"))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at)
    }
}

impl From<DateTime<Utc>> for Date {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.date_naive())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_milliseconds_and_a_z_even_when_they_are_zero() {
        let at = DateTime::from_timestamp_millis(1_769_860_800_000).unwrap();
        assert_eq!(serde_json::to_value(Timestamp(at)).unwrap(), "2026-01-31T12:00:00.000Z");
        assert_eq!(serde_json::to_value(Timestamp::midnight_of(at)).unwrap(), "2026-01-31T00:00:00.000Z");
        assert_eq!(serde_json::to_value(Date::from(at)).unwrap(), "2026-01-31");
    }
}

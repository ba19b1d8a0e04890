//! A month of the calendar, as charges are made by it. Written `2026-11`.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use serde::{Serialize, Serializer};

/// By its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(NaiveDate);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no month: write it as 2026-11")]
pub struct NoMonth(String);

impl Month {
    /// The one that `at` lies in, in UTC.
    pub fn of(at: DateTime<Utc>) -> Self {
        let day = at.date_naive();
        Self(day.with_day(1).unwrap_or(day))
    }

    pub fn first(self) -> NaiveDate {
        self.0
    }

    pub fn last(self) -> NaiveDate {
        self.end().pred_opt().unwrap_or(NaiveDate::MAX)
    }

    /// The first day that is no more of it.
    pub fn end(self) -> NaiveDate {
        self.0.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX)
    }

    /// So many months earlier.
    #[must_use]
    pub fn back(self, months: u32) -> Self {
        Self(self.0.checked_sub_months(Months::new(months)).unwrap_or(self.0))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let no = || NoMonth(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(no)?;
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(no());
        }
        let day = year.parse().ok().zip(month.parse().ok());
        let day = day.and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1));
        day.map(Self).ok_or_else(no)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_days() {
        let february: Month = "2028-02".parse().unwrap();
        assert_eq!(february.first().to_string(), "2028-02-01");
        assert_eq!(february.last().to_string(), "2028-02-29");
        assert_eq!(february.end().to_string(), "2028-03-01");
        assert_eq!(february.back(2).to_string(), "2027-12");
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in ["", "2026", "2026-13", "2026-00", "26-11", "2026-1", "2026-11-01", "=2026-11", "+026-11"]
        {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}

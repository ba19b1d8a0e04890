//! What a tenant uses, and how much of it its plan allows.
//!
//! Days are UTC days: one day for everybody on the platform, whatever clock hangs on the wall.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::tenant::text_enum;

text_enum! {
    /// One thing that is counted.
    Measure {
        /// Accounts that the tenant speaks through.
        Accounts = "accounts",
        /// People who may sign in.
        Staff = "staff",
        /// Stored uploads with their previews, in bytes.
        MediaBytes = "media_bytes",
        /// Posts and boosts of a day; a deleted one stays counted.
        Posts = "posts",
        /// Inboxes that were taken on for delivery on a day, each once however often it is tried.
        Deliveries = "deliveries",
    }
}

/// How much a tenant may use. `None` is without limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// At least one: without an account nobody could begin.
    pub accounts: Option<u64>,
    /// At least one.
    pub staff: Option<u64>,
    pub media_bytes: Option<u64>,
    pub posts_per_day: Option<u64>,
    pub deliveries_per_day: Option<u64>,
}

impl Quota {
    pub fn of(&self, measure: Measure) -> Option<u64> {
        match measure {
            Measure::Accounts => self.accounts,
            Measure::Staff => self.staff,
            Measure::MediaBytes => self.media_bytes,
            Measure::Posts => self.posts_per_day,
            Measure::Deliveries => self.deliveries_per_day,
        }
    }

    pub fn set(&mut self, measure: Measure, limit: Option<u64>) {
        match measure {
            Measure::Accounts => self.accounts = limit,
            Measure::Staff => self.staff = limit,
            Measure::MediaBytes => self.media_bytes = limit,
            Measure::Posts => self.posts_per_day = limit,
            Measure::Deliveries => self.deliveries_per_day = limit,
        }
    }

    /// What a plan may say, by the measure that is out of it.
    pub fn check(&self) -> Result<(), UnfitQuota> {
        for &measure in Measure::ALL {
            let least = match measure {
                Measure::Accounts | Measure::Staff => 1,
                Measure::MediaBytes | Measure::Posts | Measure::Deliveries => 0,
            };
            if self.of(measure).is_some_and(|limit| limit < least || i64::try_from(limit).is_err()) {
                return Err(UnfitQuota { measure, least });
            }
        }
        Ok(())
    }
}

/// A plan that no tenant could live with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{measure}` must be a whole number of at least {least}, or nothing for no limit")]
pub struct UnfitQuota {
    pub measure: Measure,
    pub least: u64,
}

/// What a tenant has, and what it did on a day or in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Usage {
    pub accounts: u64,
    pub staff: u64,
    pub media_bytes: u64,
    pub posts: u64,
    pub deliveries: u64,
}

impl Usage {
    pub fn of(&self, measure: Measure) -> u64 {
        match measure {
            Measure::Accounts => self.accounts,
            Measure::Staff => self.staff,
            Measure::MediaBytes => self.media_bytes,
            Measure::Posts => self.posts,
            Measure::Deliveries => self.deliveries,
        }
    }
}

/// There is no room for one more. The words are for the tenant's people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub struct UsedUp {
    pub measure: Measure,
    pub limit: u64,
}

impl fmt::Display for UsedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { measure, limit } = self;
        match measure {
            Measure::Accounts => write!(f, "This agency's limit on accounts is {limit}, and it is reached."),
            Measure::Staff => {
                write!(f, "This agency's limit on people is {limit}; with open invitations it is reached.")
            }
            Measure::MediaBytes => {
                write!(f, "This agency may store {} of media, and this would be more.", Bytes(*limit))
            }
            Measure::Posts => write!(f, "This agency may post {limit} times a day, and has done so today."),
            Measure::Deliveries => {
                write!(f, "This agency may send {limit} deliveries a day, and they are used up for today.")
            }
        }?;
        write!(f, " Its lead agency can give it more.")
    }
}

/// A number of bytes as people say it: `1.5 GB`, in powers of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes(pub u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 4] =
            [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
        let Some((unit, name)) = UNITS.into_iter().find(|(unit, _)| self.0 >= *unit) else {
            return write!(f, "{} bytes", self.0);
        };
        match (self.0 / unit, self.0 % unit * 10 / unit) {
            (whole, 0) => write!(f, "{whole} {name}"),
            (whole, tenth) => write!(f, "{whole}.{tenth} {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_said_as_people_say_them() {
        for (bytes, said) in [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1_000, "1 kB"),
            (1_550_000_000, "1.5 GB"),
            (u64::MAX, "18446744 TB"),
        ] {
            assert!(Bytes(bytes).to_string().starts_with(said), "{}", Bytes(bytes));
        }
    }

    #[test]
    fn a_plan_leaves_room_to_begin() {
        assert_eq!(Quota::default().check(), Ok(()));
        let nobody = Quota { staff: Some(0), ..Quota::default() };
        assert_eq!(nobody.check(), Err(UnfitQuota { measure: Measure::Staff, least: 1 }));
        let silent = Quota { posts_per_day: Some(0), media_bytes: Some(0), ..Quota::default() };
        assert_eq!(silent.check(), Ok(()));
        let endless = Quota { media_bytes: Some(u64::MAX), ..Quota::default() };
        assert!(endless.check().is_err(), "the database could not hold it");
    }

    #[test]
    fn what_is_used_up_says_the_limit_and_whom_to_ask() {
        let said = UsedUp { measure: Measure::MediaBytes, limit: 5_000_000 }.to_string();
        assert!(said.contains("5 MB") && said.contains("lead agency"), "{said}");
    }
}

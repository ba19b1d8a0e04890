//! Ids: 64-bit, `milliseconds << 16 | tail`, made by one database function.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What every id can do: be made from and turned into the number the database holds.
pub trait Id: Copy {
    fn new(raw: i64) -> Self;
    fn raw(self) -> i64;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl Id for $name {
            fn new(raw: i64) -> Self {
                Self(raw)
            }
            fn raw(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        /// Ids reach us as decimal strings; anything else is not an id of ours.
        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A tenant; 0 is the commons.
    TenantId,
    /// An actor, local or remote: a client's "account".
    ActorId,
    /// A post or a boost.
    StatusId,
    /// An activity that a local actor sends.
    ActivityId,
    /// A person who signs in to one tenant.
    StaffId,
    /// An uploaded or remote attachment.
    MediaId,
}

/// The tenant id of public remote data that is stored once for all tenants.
pub const COMMONS: TenantId = TenantId(0);

/// A reference to a row that is either the tenant's own or the commons'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ref<T> {
    pub tenant: TenantId,
    pub id: T,
}

impl<T: Id> Ref<T> {
    pub fn new(tenant: TenantId, id: T) -> Self {
        Self { tenant, id }
    }

    pub fn is_commons(&self) -> bool {
        self.tenant == COMMONS
    }
}

/// The smallest id that something made at `at` can have: for bounds by time.
pub fn id_floor(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis() << 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_decimal_string_and_nothing_else() {
        assert_eq!("42".parse::<StatusId>(), Ok(StatusId(42)));
        assert!("42a".parse::<StatusId>().is_err());
        assert!("".parse::<StatusId>().is_err());
    }
}

//! The duties of a worker process (`--roles`): all in one by default, apart where it must scale.

use std::fmt;
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duty {
    /// Turns outbox rows into deliveries.
    Fanout,
    /// Signs and POSTs.
    Deliver,
    /// Applies what has arrived.
    Inbound,
    /// Releases what was parked, fills the key pool, forgets what is old.
    Scheduler,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of: fanout, deliver, inbound, scheduler")]
pub struct UnknownDuty(pub String);

impl Duty {
    pub const ALL: [Self; 4] = [Self::Fanout, Self::Deliver, Self::Inbound, Self::Scheduler];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fanout => "fanout",
            Self::Deliver => "deliver",
            Self::Inbound => "inbound",
            Self::Scheduler => "scheduler",
        }
    }
}

impl fmt::Display for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Duty {
    type Err = UnknownDuty;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|duty| duty.as_str() == word).ok_or_else(|| UnknownDuty(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duties_are_known_by_their_words() {
        for duty in Duty::ALL {
            assert_eq!(duty.as_str().parse(), Ok(duty));
        }
        let error = "cook".parse::<Duty>().unwrap_err();
        assert_eq!(error.to_string(), "`cook` is not one of: fanout, deliver, inbound, scheduler");
    }
}

//! What the sinks are told and asked: a line of JSON each way.

use serde::{Deserialize, Serialize};

/// What the sinks print when they are up.
#[derive(Debug, Serialize, Deserialize)]
pub struct Listening {
    pub port: u16,
    pub control: u16,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// All hosts behave like this from now on, without exception.
    Everywhere { behaviour: Behaviour },
    /// These hosts behave like this, whatever the others do.
    At { hosts: Vec<u32>, behaviour: Behaviour },
    /// Whoever was left hanging loses the connection.
    Release,
    /// What came of an activity: [`Count`].
    Count { activity: String },
    /// Each inbox that an activity reached: `Vec<Arrival>`.
    Arrivals { activity: String },
    /// Everything since the start: [`Totals`].
    Totals,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    AtOnce,
    /// Answers after so many milliseconds.
    After(u64),
    /// Takes the request and says nothing until the sender gives up.
    Hang,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Distinct inboxes that have taken it: it arrived there and was answered.
    pub taken: u32,
    /// Requests beyond the first to an inbox that was not left hanging.
    pub duplicates: u32,
    /// Mean size of a body.
    pub body_bytes: u64,
    /// In microseconds of [`crate::clock::now_us`]; 0 when nothing came.
    pub first_arrived_us: u64,
    pub last_answered_us: u64,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Arrival {
    pub host: u32,
    pub arrived_us: u64,
    /// Whether it was answered at all.
    pub answered: bool,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Totals {
    pub requests: u64,
    pub duplicates: u64,
    /// Requests that were no delivery.
    pub strange: u64,
}

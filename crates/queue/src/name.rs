//! The queues there are: one a lane, since quorum queues know no priority.

use std::fmt;

use belfry_model::Lane;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueueName {
    /// Deliveries of one lane.
    Deliver(Lane),
    /// The first slice of a tenant that has had no turn for a while: it waits behind nobody's
    /// backlog.
    DeliverFirst,
    /// Activities that have arrived.
    Inbound,
    /// Jobs that were set aside; nobody consumes it by itself.
    Parking,
}

impl QueueName {
    pub const ALL: [Self; 6] = [
        Self::Deliver(Lane::Urgent),
        Self::Deliver(Lane::Normal),
        Self::Deliver(Lane::Bulk),
        Self::DeliverFirst,
        Self::Inbound,
        Self::Parking,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deliver(Lane::Urgent) => "deliver.urgent",
            Self::Deliver(Lane::Normal) => "deliver.normal",
            Self::Deliver(Lane::Bulk) => "deliver.bulk",
            Self::DeliverFirst => "deliver.first",
            Self::Inbound => "inbound",
            Self::Parking => "parking",
        }
    }
}

impl fmt::Display for QueueName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

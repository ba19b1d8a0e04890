//! Words of admission: where a request stands, and what is known of a body's domain.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::tenant::text_enum;

text_enum! {
    /// Where a request for a namespace stands.
    RequestState {
        /// For the lead agency.
        Waiting = "waiting",
        /// For the applicant, who was asked something.
        Asked = "asked",
        Refused = "refused",
        /// Decided, and not complete: the next run completes it.
        Approving = "approving",
        Approved = "approved",
    }
}

text_enum! {
    /// Whether a body has shown that a domain is its own.
    ProofState {
        Unproven = "unproven",
        Proven = "proven",
        /// It was, and the last look found it no more. Nothing is switched off by that.
        Lapsed = "lapsed",
    }
}

impl RequestState {
    /// Still to be decided.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Asked)
    }
}

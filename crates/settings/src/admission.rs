//! `[admission]`: how bodies ask for a namespace.

use std::net::SocketAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AdmissionSettings {
    /// Most requests of one e-mail address that are still to be decided.
    pub open_per_address: u32,
    /// Most requests of everybody together that are still to be decided.
    pub open_in_all: u32,
    /// Requests that one network address may send in a quarter of an hour.
    pub requests_per_fifteen_minutes: u64,
    /// Times that one network address may open a request with its code in a quarter of an hour.
    pub openings_per_fifteen_minutes: u64,
    /// Most characters of a purpose, a question, an answer or a reason.
    pub text_length: usize,
    /// Most characters of an agreement.
    pub agreement_length: usize,
    /// Days after which the proof that a body controls its domain is looked at again.
    pub proof_days: u32,
    /// Seconds for one look at a domain.
    pub proof_timeout_seconds: u64,
    /// `address:port` of the DNS server to ask; that of this machine where it isn't set.
    #[schemars(with = "Option<String>")]
    pub dns_server: Option<SocketAddr>,
}

impl Default for AdmissionSettings {
    fn default() -> Self {
        Self {
            open_per_address: 3,
            open_in_all: 500,
            requests_per_fifteen_minutes: 5,
            openings_per_fifteen_minutes: 40,
            text_length: 4000,
            agreement_length: 40_000,
            proof_days: 90,
            proof_timeout_seconds: 10,
            dns_server: None,
        }
    }
}

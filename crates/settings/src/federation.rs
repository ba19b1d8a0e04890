//! `[federation]`: how we meet other servers.

use std::path::PathBuf;

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FederationSettings {
    /// Networks that outgoing requests may reach although they are private, such as `10.1.0.0/16`.
    #[schemars(with = "Vec<String>")]
    pub allowed_private_networks: Vec<IpNet>,
    /// Further certificate authorities to trust, as PEM.
    pub extra_ca_file: Option<PathBuf>,
    /// Largest activity that an inbox takes, in bytes.
    pub max_body_bytes: usize,
    /// Largest document that is fetched, in bytes.
    pub max_document_bytes: usize,
    /// Seconds to connect to another server.
    pub connect_timeout_seconds: u64,
    /// Seconds for a whole request to another server.
    pub timeout_seconds: u64,
    /// Seconds that an unused connection to another server is kept open for the next request.
    pub idle_seconds: u64,
    /// Redirects that a fetch follows, each checked anew.
    pub max_redirects: u8,
    /// Posts of a thread that are fetched upwards from one that arrives.
    pub max_thread_depth: u8,
    /// Seconds that a signature's date may differ from our clock.
    pub signature_window_seconds: u64,
    /// Seconds for which a key that could not be fetched or did not fit is not asked for again.
    pub key_failure_seconds: u64,
    /// Days for which the ids of received activities are kept, to know a repetition.
    pub received_days: u32,
}

impl Default for FederationSettings {
    fn default() -> Self {
        Self {
            allowed_private_networks: Vec::new(),
            extra_ca_file: None,
            max_body_bytes: 1024 * 1024,
            max_document_bytes: 1024 * 1024,
            connect_timeout_seconds: 5,
            timeout_seconds: 10,
            idle_seconds: 60,
            max_redirects: 3,
            max_thread_depth: 10,
            signature_window_seconds: 3600,
            key_failure_seconds: 600,
            received_days: 30,
        }
    }
}

//! `[http]`, `[admin]` and `[metrics]`: where the edges listen.

use std::net::SocketAddr;

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HttpSettings {
    /// Address and port that the gateway (and `belfry all`) listens on.
    pub bind: SocketAddr,
    /// Networks of reverse proxies whose `X-Forwarded-For` is believed.
    #[schemars(with = "Vec<String>")]
    pub trusted_proxies: Vec<IpNet>,
    /// Largest request body in bytes, uploads (`media.max_bytes`) and inboxes (`federation.max_body_bytes`) apart.
    pub max_body_bytes: usize,
    /// Seconds that requests under way get to finish at shutdown.
    pub shutdown_grace_seconds: u64,
    /// How often an address may ask in five minutes where to follow an account from: each asks another server.
    pub follows_per_five_minutes: u64,
    /// How often an address may ask in five minutes whether an account is real: each answer compares many names.
    pub checks_per_five_minutes: u64,
    /// Threads that serve requests; 0 is one for each core.
    pub threads: usize,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            trusted_proxies: Vec::new(),
            max_body_bytes: 1024 * 1024,
            shutdown_grace_seconds: 20,
            follows_per_five_minutes: 30,
            checks_per_five_minutes: 120,
            threads: 0,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AdminSettings {
    /// Address and port of `belfry admin`; in `belfry all` it shares the gateway's socket.
    pub bind: SocketAddr,
}

impl Default for AdminSettings {
    fn default() -> Self {
        Self { bind: SocketAddr::from(([127, 0, 0, 1], 8081)) }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MetricsSettings {
    /// Serve `/metrics` and the health of a worker at all.
    pub enabled: bool,
    /// Address and port of `/metrics`, apart from the public ones; port 0 takes a free one.
    pub bind: SocketAddr,
}

impl Default for MetricsSettings {
    fn default() -> Self {
        Self { enabled: true, bind: SocketAddr::from(([127, 0, 0, 1], 9464)) }
    }
}

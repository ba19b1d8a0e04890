//! `[platform]`: the shared domain and how its addresses look.

use belfry_model::{Host, PlatformNames};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlatformSettings {
    /// The domain that all agencies share, without scheme or port, such as `social.example`.
    #[schemars(with = "String")]
    pub shared_domain: Host,
    /// `https`, or `http` for development only: other servers refuse to federate over http.
    #[serde(default)]
    pub scheme: Scheme,
    /// The port in public addresses, where it is not the scheme's default.
    #[serde(default)]
    pub port: Option<u16>,
    /// Seconds after which the table of tenants is read again even if no change was announced.
    #[serde(default = "registry_ttl_seconds")]
    pub registry_ttl_seconds: u64,
    /// Days in which an agency that is to be deleted can still be kept.
    #[serde(default = "deletion_grace_days")]
    pub deletion_grace_days: u32,
}

fn deletion_grace_days() -> u32 {
    30
}

fn registry_ttl_seconds() -> u64 {
    60
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    #[default]
    Https,
    Http,
}

impl Scheme {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
        }
    }

    fn default_port(self) -> u16 {
        match self {
            Self::Https => 443,
            Self::Http => 80,
        }
    }
}

impl PlatformSettings {
    pub fn names(&self) -> PlatformNames {
        let port = self.port.filter(|port| *port != self.scheme.default_port());
        let shared_domain = match port {
            // The parts are valid each, so the whole is; the host alone would be a lesser truth, never a crash.
            Some(port) => format!("{}:{port}", self.shared_domain.name())
                .parse()
                .unwrap_or_else(|_| self.shared_domain.clone()),
            None => self.shared_domain.clone(),
        };
        PlatformNames { scheme: self.scheme.as_str().to_owned(), shared_domain }
    }

    /// Whether this is a developer's installation: http, unencrypted and unfederated.
    pub fn is_development(&self) -> bool {
        self.scheme == Scheme::Http
    }
}

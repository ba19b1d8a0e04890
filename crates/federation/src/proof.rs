//! Whether a body controls its domain: a token that we gave it stands in its DNS, or in a file there.
//!
//! Invariant: the file is fetched through the guarded client, so that a name that leads into our own
//! network is refused; neither way tells the asker what else was found.

use std::net::SocketAddr;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;

use crate::client::{FetchError, GuardedClient};

/// By what a domain was proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Dns,
    File,
}

/// Why it wasn't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Neither the DNS record nor the file is there.
    Absent,
    /// One of them is, with something else in it.
    Other,
    /// Neither DNS nor the server answered.
    Unreachable,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::File => "file",
        }
    }
}

impl Missing {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Other => "other",
            Self::Unreachable => "unreachable",
        }
    }
}

/// What stands at one of the two places.
enum Look {
    Token,
    SomethingElse,
    Nothing,
    NoAnswer,
}

/// Looks at domains. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Prover {
    client: GuardedClient,
    resolver: TokioResolver,
    timeout: Duration,
}

/// Why no domain can be looked at: a settings error.
#[derive(Debug, thiserror::Error)]
#[error("DNS can't be asked: name a server in `admission.dns_server`")]
pub struct NoDns(#[source] hickory_resolver::net::NetError);

impl Prover {
    /// `dns_server` instead of those that this machine uses.
    pub fn new(
        client: GuardedClient,
        dns_server: Option<SocketAddr>,
        timeout: Duration,
    ) -> Result<Self, NoDns> {
        let mut builder = match dns_server {
            None => TokioResolver::builder_tokio().map_err(NoDns)?,
            Some(at) => {
                let mut connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
                for connection in &mut connections {
                    connection.port = at.port();
                }
                let server = NameServerConfig::new(at.ip(), true, connections.to_vec());
                let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
        };
        let options = builder.options_mut();
        options.timeout = timeout;
        options.attempts = 1;
        // Whoever has just entered a record has it looked at again at once.
        options.cache_size = 0;
        Ok(Self { client, resolver: builder.build().map_err(NoDns)?, timeout })
    }

    /// Either place suffices.
    pub async fn prove(&self, domain: &str, token: &str) -> Result<Method, Missing> {
        let (dns, file) = tokio::join!(self.in_dns(domain, token), self.in_file(domain, token));
        match (dns, file) {
            (Look::Token, _) => Ok(Method::Dns),
            (_, Look::Token) => Ok(Method::File),
            (Look::SomethingElse, _) | (_, Look::SomethingElse) => Err(Missing::Other),
            (Look::NoAnswer, Look::NoAnswer) => Err(Missing::Unreachable),
            (Look::Nothing | Look::NoAnswer, Look::Nothing | Look::NoAnswer) => Err(Missing::Absent),
        }
    }

    async fn in_dns(&self, domain: &str, token: &str) -> Look {
        // With the root's dot, so that no search list of this machine is tried.
        let asked = self.resolver.txt_lookup(format!("_belfry.{domain}."));
        match tokio::time::timeout(self.timeout, asked).await {
            Ok(Ok(answer)) => {
                let mut found = false;
                for record in answer.answers() {
                    let hickory_resolver::proto::rr::RData::TXT(txt) = &record.data else { continue };
                    let text: Vec<u8> = txt.txt_data.iter().flat_map(|part| part.iter().copied()).collect();
                    if text.trim_ascii() == token.as_bytes() {
                        return Look::Token;
                    }
                    found = true;
                }
                if found { Look::SomethingElse } else { Look::Nothing }
            }
            Ok(Err(error)) if error.is_no_records_found() => Look::Nothing,
            Ok(Err(_)) | Err(_) => Look::NoAnswer,
        }
    }

    async fn in_file(&self, domain: &str, token: &str) -> Look {
        let scheme = self.client.scheme_for(domain);
        let url = format!("{scheme}://{domain}/.well-known/belfry-domain-proof");
        match tokio::time::timeout(self.timeout, self.client.get_text(&url)).await {
            Ok(Ok(fetched)) if fetched.body.trim_ascii() == token.as_bytes() => Look::Token,
            // A site that answers every path with a page of its own says nothing by that.
            Ok(Ok(fetched)) if fetched.body.len() > 200 => Look::Nothing,
            Ok(Ok(_)) => Look::SomethingElse,
            Ok(Err(FetchError::Status { .. })) => Look::Nothing,
            Ok(Err(_)) | Err(_) => Look::NoAnswer,
        }
    }
}

//! A host name as we compare and store it: ASCII, lower case, with a port where it is not the default.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;

/// `moe.social.example`, or `moe.social.localhost:8080` where the port is not the scheme's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Host(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a host name: expected something like `moe.social.example`, without a scheme or path")]
pub struct InvalidHost(pub String);

impl Host {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without the port.
    pub fn name(&self) -> &str {
        match self.0.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => &self.0,
        }
    }

    /// The host (and non-default port) of an address.
    pub fn of_url(url: &Url) -> Option<Self> {
        let name = url.host_str()?.to_ascii_lowercase();
        Some(Self(match url.port() {
            Some(port) => format!("{name}:{port}"),
            None => name,
        }))
    }

    /// `label.<this host>`, keeping the port.
    #[must_use]
    pub fn child(&self, label: &str) -> Self {
        Self(format!("{label}.{}", self.0))
    }
}

impl FromStr for Host {
    type Err = InvalidHost;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidHost(text.to_owned());
        if text.is_empty() || text.contains(['/', '@', '?', '#', '\\', ' ']) {
            return Err(invalid());
        }
        // A made-up scheme keeps the URL parser from dropping a port it thinks default.
        let url = Url::parse(&format!("belfry://{text}")).map_err(|_| invalid())?;
        let name = url.host_str().filter(|name| !name.is_empty()).ok_or_else(invalid)?;
        let ascii = if name.starts_with('[') {
            name.to_owned()
        } else {
            let decoded = percent_decode(name).ok_or_else(invalid)?;
            idna::domain_to_ascii_strict(&decoded).map_err(|_| invalid())?
        };
        Ok(Self(match url.port() {
            Some(port) => format!("{ascii}:{port}"),
            None => ascii,
        }))
    }
}

/// The URL parser percent-encodes non-ASCII hosts of schemes it does not know.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Host {
    type Error = InvalidHost;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Host> for String {
    fn from(host: Host) -> Self {
        host.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_kept_in_ascii_and_lower_case() {
        assert_eq!("MOE.Social.Example".parse::<Host>().unwrap().as_str(), "moe.social.example");
        assert_eq!("bücher.example".parse::<Host>().unwrap().as_str(), "xn--bcher-kva.example");
        assert_eq!("moe.social.localhost:8080".parse::<Host>().unwrap().name(), "moe.social.localhost");
    }

    #[test]
    fn what_is_not_a_host_is_refused() {
        for text in ["", "https://moe.example", "moe.example/x", "a b", "user@moe.example"] {
            assert!(text.parse::<Host>().is_err(), "{text:?} was taken for a host");
        }
    }
}

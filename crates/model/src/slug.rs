//! The name of a tenant's namespace: the first label of its host.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Username;

/// Labels that the platform needs for itself or that would mislead.
pub const RESERVED: &[&str] = &[
    "www",
    "media",
    "console",
    "admin",
    "api",
    "inbox",
    "actor",
    "users",
    "auth",
    "oauth",
    "mail",
    "smtp",
    "imap",
    "ns",
    "ns1",
    "ns2",
    "mx",
    "ftp",
    "ssh",
    "status",
    "health",
    "metrics",
    "assets",
    "static",
    "cdn",
    "files",
    "help",
    "support",
    "abuse",
    "postmaster",
    "hostmaster",
    "webmaster",
    "root",
    "security",
    "localhost",
    "autoconfig",
    "autodiscover",
    "wpad",
    "nodeinfo",
    "register",
    "relay",
    "internal",
    // Pages of the console stand beside agencies' there.
    "new",
    "import",
];

/// A DNS label of 2 to 30 characters: `a-z`, `0-9` and inner hyphens, not reserved. The
/// organisation account is named after it, hence no longer than a handle may be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSlug {
    #[error(
        "`{0}` can't be a namespace: use 2 to 30 letters a-z, digits and hyphens, beginning with a letter \
         and not ending with a hyphen"
    )]
    Malformed(String),
    #[error("`{0}` is reserved for the platform; choose another name")]
    Reserved(String),
}

impl Slug {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let well_formed = (2..=30).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            // `xn--` and its like would let a look-alike in under an ASCII disguise.
            && text.get(2..4) != Some("--");
        if !well_formed {
            return Err(InvalidSlug::Malformed(text.to_owned()));
        }
        if RESERVED.contains(&text) || text.parse::<Username>().is_err() {
            return Err(InvalidSlug::Reserved(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_agency_names_are_taken() {
        for text in ["moe", "min-fin", "g20", "a1"] {
            assert!(text.parse::<Slug>().is_ok(), "{text}");
        }
    }

    #[test]
    fn malformed_slugs_are_refused_with_what_to_do() {
        for text in ["", "a", "MOE", "-moe", "moe-", "1moe", "mo e", "moe.x", "xn--moe", "m\u{f6}e"] {
            assert!(matches!(text.parse::<Slug>(), Err(InvalidSlug::Malformed(_))), "{text:?}");
        }
    }

    #[test]
    fn reserved_slugs_are_refused_as_reserved() {
        for text in ["www", "console", "admin", "api", "media", "inbox"] {
            assert!(matches!(text.parse::<Slug>(), Err(InvalidSlug::Reserved(_))), "{text}");
        }
    }
}

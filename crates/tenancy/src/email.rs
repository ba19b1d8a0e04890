//! An e-mail address as somebody typed it: well-formed, not yet proven.

use std::fmt;
use std::str::FromStr;

use belfry_model::Host;
use serde::{Deserialize, Serialize};

/// Local part as typed, domain in ASCII and lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an e-mail address: expected something like `name@agency.example`")]
pub struct InvalidEmail(String);

impl EmailAddress {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let invalid = || InvalidEmail(text.to_owned());
        // RFC 5321 §4.5.3.1: 64 octets before the `@`, 254 in all.
        let (local, domain) = text.rsplit_once('@').ok_or_else(invalid)?;
        let local_ok = (1..=64).contains(&local.len())
            && !local.contains(|c: char| c.is_whitespace() || c.is_control() || "@<>()[]\\,;:\"".contains(c));
        if !local_ok || domain.contains(':') || text.len() > 254 {
            return Err(invalid());
        }
        let domain: Host = domain.parse().map_err(|_| invalid())?;
        Ok(Self(format!("{local}@{domain}")))
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmail;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(email: EmailAddress) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_taken() {
        for (text, kept) in [
            (" anna@moe.example ", "anna@moe.example"),
            ("Anna.B+x@MOE.Example", "Anna.B+x@moe.example"),
            ("a@localhost", "a@localhost"),
        ] {
            assert_eq!(text.parse::<EmailAddress>().unwrap().as_str(), kept);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in
            ["", "anna", "@moe.example", "anna@", "a b@moe.example", "anna@moe.example:25", "a\n@b.example"]
        {
            assert!(text.parse::<EmailAddress>().is_err(), "{text:?}");
        }
    }
}

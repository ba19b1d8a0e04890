//! The local part of an account's handle.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const RESERVED: &[&str] = &[
    "actor",
    "inbox",
    "outbox",
    "admin",
    "administrator",
    "api",
    "root",
    "postmaster",
    "abuse",
    "webmaster",
    "security",
    "support",
    "everyone",
    "here",
    "mod",
    "moderator",
    "help",
];

/// 1 to 30 characters `a-z 0-9 _ . -` that begin and end with a letter, digit or underscore:
/// what Mastodon takes for a local account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Username(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUsername {
    #[error("`{0}` can't be a handle: use 1 to 30 letters a-z, digits, `_`, or inner `.` and `-`")]
    Malformed(String),
    #[error("`{0}` is reserved; choose another handle")]
    Reserved(String),
}

impl Username {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Username {
    type Err = InvalidUsername;

    /// Upper case is folded: handles differ by more than case or not at all.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let folded = text.to_ascii_lowercase();
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let well_formed = (1..=30).contains(&folded.len())
            && folded.chars().all(|c| word(c) || c == '.' || c == '-')
            && folded.starts_with(word)
            && folded.ends_with(word);
        if !well_formed {
            return Err(InvalidUsername::Malformed(text.to_owned()));
        }
        if RESERVED.contains(&folded.as_str()) {
            return Err(InvalidUsername::Reserved(text.to_owned()));
        }
        Ok(Self(folded))
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Username {
    type Error = InvalidUsername;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Username> for String {
    fn from(username: Username) -> Self {
        username.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_folded_to_lower_case() {
        assert_eq!("Press_Office".parse::<Username>().unwrap().as_str(), "press_office");
    }

    #[test]
    fn handles_that_peers_would_refuse_are_refused() {
        for text in ["", ".moe", "moe.", "m oe", "moe@x", "m\u{e9}", &"a".repeat(31), "admin", "inbox"] {
            assert!(text.parse::<Username>().is_err(), "{text:?}");
        }
    }
}

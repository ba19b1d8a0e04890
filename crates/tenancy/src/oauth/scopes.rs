//! What a token may do: Mastodon's scopes, in which `read` covers `read:statuses`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Every scope of Mastodon 4.5, each after the one that covers it; the lead agency's own, and those of who
/// manages a tenant.
const KNOWN: &[&str] = &[
    "profile",
    "follow",
    "push",
    "read",
    "read:accounts",
    "read:blocks",
    "read:bookmarks",
    "read:favourites",
    "read:filters",
    "read:follows",
    "read:lists",
    "read:mutes",
    "read:notifications",
    "read:search",
    "read:statuses",
    "write",
    "write:accounts",
    "write:blocks",
    "write:bookmarks",
    "write:conversations",
    "write:favourites",
    "write:filters",
    "write:follows",
    "write:lists",
    "write:media",
    "write:mutes",
    "write:notifications",
    "write:reports",
    "write:statuses",
    "admin:read",
    "admin:read:accounts",
    "admin:read:canonical_email_blocks",
    "admin:read:domain_allows",
    "admin:read:domain_blocks",
    "admin:read:email_domain_blocks",
    "admin:read:ip_blocks",
    "admin:read:reports",
    "admin:write",
    "admin:write:accounts",
    "admin:write:canonical_email_blocks",
    "admin:write:domain_allows",
    "admin:write:domain_blocks",
    "admin:write:email_domain_blocks",
    "admin:write:ip_blocks",
    "admin:write:reports",
    "govern",
    "govern:read",
    "govern:write",
    "manage",
    "manage:read",
    "manage:write",
];

/// What the old scope `follow` stands for.
const FOLLOW: &[&str] =
    &["read:blocks", "write:blocks", "read:follows", "write:follows", "read:mutes", "write:mutes"];

/// A set of known scopes, written separated by spaces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Scopes(BTreeSet<&'static str>);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a scope; use `read`, `write`, `follow`, `push`, `profile` or parts such as `write:statuses`"
)]
pub struct UnknownScope(pub String);

impl Scopes {
    /// What a client gets that asks for nothing.
    pub fn read() -> Self {
        Self(BTreeSet::from(["read"]))
    }

    /// All that can be asked for, for the metadata document.
    pub fn known() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().copied()
    }

    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownScope> {
        words
            .into_iter()
            .map(|word| {
                KNOWN
                    .iter()
                    .find(|known| **known == word)
                    .copied()
                    .ok_or_else(|| UnknownScope(word.to_owned()))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether a request that needs `scope` may be made.
    pub fn covers(&self, scope: &str) -> bool {
        if self.0.contains(scope) {
            return true;
        }
        if FOLLOW.contains(&scope) && self.0.contains("follow") {
            return true;
        }
        // Whoever may read accounts may read who they are themselves.
        if scope == "profile" {
            return self.covers("read:accounts");
        }
        // `admin:read:accounts` is covered by `admin:read`, and that by nothing shorter.
        scope.rsplit_once(':').is_some_and(|(parent, _)| parent != "admin" && self.covers(parent))
    }

    /// Whether an app that registered with `registered` may ask for these.
    pub fn within(&self, registered: &Self) -> bool {
        self.0.iter().all(|scope| registered.covers(scope))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().copied()
    }

    pub(crate) fn to_column(&self) -> Vec<String> {
        self.iter().map(ToOwned::to_owned).collect()
    }

    /// A scope that an older release knew and this one doesn't opens nothing.
    pub(crate) fn of_column(words: &[String]) -> Self {
        Self(words.iter().filter_map(|word| KNOWN.iter().find(|known| *known == word).copied()).collect())
    }
}

impl FromStr for Scopes {
    type Err = UnknownScope;

    /// Separated by white space; clients also send commas and, escaped twice, plus signs.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_words(
            text.split(|c: char| c.is_whitespace() || c == ',' || c == '+').filter(|w| !w.is_empty()),
        )
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, scope) in self.iter().enumerate() {
            if position > 0 {
                f.write_str(" ")?;
            }
            f.write_str(scope)?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Scopes {
    type Error = UnknownScope;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(text: &str) -> Scopes {
        text.parse().unwrap()
    }

    #[test]
    fn a_scope_covers_its_parts_and_nothing_beside() {
        assert!(scopes("read").covers("read:statuses"));
        assert!(scopes("write:media").covers("write:media"));
        assert!(!scopes("read:statuses").covers("read"));
        assert!(!scopes("read").covers("write:statuses"));
        assert!(!scopes("write").covers("read:statuses"));
        assert!(!scopes("").covers("read"));
    }

    #[test]
    fn follow_stands_for_the_relationships() {
        assert!(scopes("follow").covers("write:follows"));
        assert!(scopes("follow").covers("read:blocks"));
        assert!(!scopes("follow").covers("read:statuses"));
    }

    #[test]
    fn who_reads_accounts_reads_their_own_profile() {
        assert!(scopes("profile").covers("profile"));
        assert!(scopes("read").covers("profile"));
        assert!(scopes("read:accounts").covers("profile"));
        assert!(!scopes("profile").covers("read:accounts"));
        assert!(!scopes("push").covers("profile"));
    }

    #[test]
    fn administration_is_covered_by_no_ordinary_scope() {
        assert!(scopes("admin:read").covers("admin:read:accounts"));
        assert!(!scopes("read write follow push").covers("admin:read:accounts"));
        assert!(!scopes("read").covers("admin:read"));
    }

    #[test]
    fn an_unknown_scope_is_refused_by_name() {
        assert_eq!("read everything".parse::<Scopes>(), Err(UnknownScope("everything".to_owned())));
    }

    #[test]
    fn scopes_are_read_in_every_form_that_clients_send() {
        for text in ["read write follow", "read+write+follow", "read,write,follow", " write  follow read "] {
            assert_eq!(scopes(text).to_string(), "follow read write", "{text:?}");
        }
    }

    #[test]
    fn an_app_asks_for_what_it_registered_or_less() {
        assert!(scopes("read:statuses write:media").within(&scopes("read write")));
        assert!(!scopes("read write").within(&scopes("read")));
    }
}

//! WebFinger's answer (RFC 7033): from a handle to an actor.

use serde::{Deserialize, Serialize};

pub const CONTENT_TYPE: &str = "application/jrd+json";
pub const PROFILE_PAGE: &str = "http://webfinger.net/rel/profile-page";
pub const SUBSCRIBE: &str = "http://ostatus.org/schema/1.0/subscribe";

/// A JSON resource descriptor, as sent and as received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jrd {
    /// `acct:user@host`: the canonical handle, which may differ from the one that was asked for.
    pub subject: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    pub rel: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

/// The two halves of `user@host`; the host may hold a port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Acct {
    pub user: String,
    pub host: String,
}

impl Jrd {
    /// For an account of ours. `handle` is `user@host`.
    pub fn new(handle: &str, actor: &str, profile_page: &str, authorize: &str) -> Self {
        let link = |rel: &str, kind: Option<&str>, href: Option<&str>, template: Option<String>| Link {
            rel: rel.to_owned(),
            kind: kind.map(str::to_owned),
            href: href.map(str::to_owned),
            template,
        };
        Self {
            subject: format!("acct:{handle}"),
            aliases: vec![profile_page.to_owned(), actor.to_owned()],
            links: vec![
                link(PROFILE_PAGE, Some("text/html"), Some(profile_page), None),
                link("self", Some(crate::CONTENT_TYPE), Some(actor), None),
                link(SUBSCRIBE, None, None, Some(format!("{authorize}?uri={{uri}}"))),
            ],
        }
    }

    /// Says where the proof is that this account is official.
    #[must_use]
    pub fn vouched_by(mut self, proof: &str) -> Self {
        self.links.push(Link {
            rel: "describedby".to_owned(),
            kind: Some("application/json".to_owned()),
            href: Some(proof.to_owned()),
            template: None,
        });
        self
    }

    /// The actor's id.
    pub fn actor(&self) -> Option<&str> {
        self.links
            .iter()
            .filter(|link| link.rel == "self" && link.kind.as_deref().is_some_and(crate::is_activity_type))
            .find_map(|link| link.href.as_deref())
    }

    /// The canonical handle.
    pub fn acct(&self) -> Option<Acct> {
        self.subject.strip_prefix("acct:").and_then(Acct::parse)
    }
}

impl Acct {
    /// Reads `user@host`, `@user@host` or `acct:user@host`; the host is folded to lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("acct:").unwrap_or(text);
        let (user, host) = text.strip_prefix('@').unwrap_or(text).rsplit_once('@')?;
        let sound = !user.is_empty()
            && user.len() <= 320
            && user.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '~' | '+'))
            && !host.is_empty()
            && host.len() <= 260
            && !host.contains(|c: char| c.is_whitespace() || c.is_control() || "/?#@\\%".contains(c));
        sound.then(|| Self { user: user.to_owned(), host: host.to_lowercase() })
    }
}

impl std::fmt::Display for Acct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.user, self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_answer_leads_to_the_actor() {
        let jrd = Jrd::new(
            "moe@social.example",
            "https://moe.social.example/users/moe",
            "https://moe.social.example/@moe",
            "https://moe.social.example/authorize_interaction",
        );
        assert_eq!(jrd.actor(), Some("https://moe.social.example/users/moe"));
        assert_eq!(jrd.acct().unwrap().to_string(), "moe@social.example");
        let text = serde_json::to_string(&jrd).unwrap();
        assert_eq!(serde_json::from_str::<Jrd>(&text).unwrap(), jrd);
    }

    #[test]
    fn handles_are_read_in_every_spelling_and_with_ports() {
        for text in ["moe@A.example", "@moe@a.example", "acct:moe@a.example"] {
            assert_eq!(Acct::parse(text).unwrap().to_string(), "moe@a.example", "{text}");
        }
        assert_eq!(Acct::parse("moe@moe.social.localhost:8080").unwrap().host, "moe.social.localhost:8080");
        for text in
            ["moe", "@moe", "moe@", "@@a.example", "m oe@a.example", "moe@a.example/x", "m/oe@a.example"]
        {
            assert!(Acct::parse(text).is_none(), "{text}");
        }
    }
}

//! ActivityPub as pure data and functions: what we send, how we read what others send, HTTP
//! signatures and digests, discovery documents.
//!
//! Invariant: no I/O, no async and no web framework. Whatever depends on the time takes it as
//! a parameter.

pub mod context;
pub mod date;
pub mod digest;
pub mod document;
pub mod incoming;
pub mod key;
pub mod signature;
pub mod synchronisation;
pub mod uri;

pub use document::audience::{Audience, PUBLIC, Reach};
pub use incoming::{Incoming, Kind, Malformed, Object, RemoteActor, RemoteKey, RemoteNote};
pub use key::{KeyPair, PublicKey, SigningKey};

/// What we send documents as: plainly, because Lemmy's library accepts only three exact strings.
pub const CONTENT_TYPE: &str = "application/activity+json";

/// What we ask for: both spellings that peers answer to.
pub const ACCEPT: &str =
    "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

/// Whether a Content-Type or an element of Accept names an ActivityPub document, in any spelling
/// of parameters. Plain `application/ld+json` needs the profile: other vocabularies use it too.
pub fn is_activity_type(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "application/activity+json" => true,
        "application/ld+json" => parts.any(|part| {
            part.split_once('=').is_some_and(|(name, value)| {
                name.trim().eq_ignore_ascii_case("profile")
                    && value
                        .trim()
                        .trim_matches('"')
                        .split_ascii_whitespace()
                        .any(|profile| profile.trim_end_matches('#') == context::ACTIVITYSTREAMS)
            })
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_activity_type;

    #[test]
    fn activity_documents_are_known_in_every_spelling() {
        for text in [
            "application/activity+json",
            "Application/Activity+JSON; charset=utf-8",
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
            "application/ld+json;profile=https://www.w3.org/ns/activitystreams",
            "application/ld+json; charset=utf-8; profile=\"https://www.w3.org/ns/activitystreams#\"",
        ] {
            assert!(is_activity_type(text), "{text}");
        }
        for text in ["text/html", "application/json", "application/ld+json", "application/activity+jsonx", ""]
        {
            assert!(!is_activity_type(text), "{text}");
        }
    }
}

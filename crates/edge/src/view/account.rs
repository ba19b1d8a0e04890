//! An account as pages show it: who speaks, on whose behalf, and whether it is vouched for.

use belfry_model::{AccountKind, PlatformNames};
use belfry_storage::row;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// An account in a list, above a post or on its profile.
#[derive(Debug, Clone, Serialize)]
pub struct AccountCard {
    pub name: String,
    /// The whole handle with a leading `@`, as people copy it.
    pub handle: String,
    /// The handle on the shared domain, where the lead agency gave one.
    pub official_handle: Option<String>,
    /// `None` for an account of another server.
    pub kind: Option<AccountKind>,
    /// Its page: ours, or on its own server.
    pub href: String,
    /// An address of ours. Pictures of other servers are not shown: a reader of a government
    /// page should not be reported to whoever answers it.
    pub avatar: Option<String>,
    /// Shown where there is no picture.
    pub initials: String,
}

impl AccountCard {
    /// Any account, local or remote, with the picture that it uploaded here.
    pub fn new(actor: &row::Actor, avatar: Option<&row::MediaAttachment>, names: &PlatformNames) -> Self {
        let name = match actor.display_name.trim() {
            "" => actor.username.clone(),
            name => name.to_owned(),
        };
        let official = actor.official_handle.as_ref();
        Self {
            initials: initials(&name),
            name,
            handle: format!("@{}@{}", actor.username, actor.domain),
            official_handle: official.map(|local| format!("@{local}@{}", names.shared_domain)),
            // A remote actor's kind is none of these words.
            kind: actor.kind.parse().ok(),
            href: actor.url.clone().unwrap_or_else(|| actor.uri.clone()),
            avatar: avatar.and_then(picture).map(|key| names.media_url(key)),
        }
    }
}

/// The key of what is shown of an upload: its preview, or itself.
pub fn picture(media: &row::MediaAttachment) -> Option<&str> {
    media.preview_key.as_deref().or(media.file_key.as_deref())
}

/// One line of a profile's own facts.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    pub name: String,
    /// Sanitised when it was stored.
    pub value_html: String,
    pub verified_at: Option<DateTime<Utc>>,
}

/// The first letters of two words, the short ones (of, de, the like) passed over where others are.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> =
        name.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let long = words.iter().filter(|word| word.chars().count() > 2);
    let two: Vec<&&str> =
        if long.clone().count() >= 2 { long.take(2).collect() } else { words.iter().take(2).collect() };
    two.into_iter()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
impl AccountCard {
    pub(crate) fn sample() -> Self {
        Self {
            name: "Ministry of Education".to_owned(),
            handle: "@moe@moe.social.example".to_owned(),
            official_handle: Some("@moe@social.example".to_owned()),
            kind: Some(AccountKind::Organisation),
            href: "/@moe".to_owned(),
            avatar: Some("https://media.social.example/1/a.png".to_owned()),
            initials: initials("Ministry of Education"),
        }
    }

    pub(crate) fn stranger() -> Self {
        Self {
            name: "<b>Ann</b>".to_owned(),
            handle: "@ann@elsewhere.example".to_owned(),
            official_handle: None,
            kind: None,
            href: "https://elsewhere.example/@ann".to_owned(),
            avatar: None,
            initials: "A".to_owned(),
        }
    }

    pub(crate) fn of_each_kind() -> Vec<Self> {
        AccountKind::ALL
            .iter()
            .map(|kind| Self { kind: Some(*kind), official_handle: None, ..Self::sample() })
            .chain([Self::sample(), Self::stranger()])
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_the_first_letters_of_two_words() {
        assert_eq!(initials("Ministry of Education"), "ME");
        assert_eq!(initials("Jan de Vries"), "JV");
        assert_eq!(initials("Water"), "W");
        assert_eq!(initials("(élan) vital force"), "ÉV");
        assert_eq!(initials("…"), "");
    }
}

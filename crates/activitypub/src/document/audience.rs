//! Who a note is addressed to: `to` and `cc` per visibility, and back.

use serde::Serialize;

/// The collection that stands for everybody.
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// The `to` and `cc` of a note and of the activity that carries it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Audience {
    pub to: Vec<String>,
    pub cc: Vec<String>,
}

/// How far an addressing reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    Public,
    /// Public, but not in public timelines.
    Unlisted,
    Followers,
    /// The people named and nobody else.
    Direct,
}

impl Audience {
    /// Public: to everybody, cc followers and mentions. Unlisted: to followers, cc everybody
    /// and mentions. Followers: to followers, cc mentions. Direct: to mentions.
    pub fn new(reach: Reach, followers: &str, mentioned: impl IntoIterator<Item = String>) -> Self {
        let mentioned: Vec<String> = mentioned.into_iter().collect();
        let with = |first: &str| std::iter::once(first.to_owned()).chain(mentioned.clone()).collect();
        match reach {
            Reach::Public => Self { to: vec![PUBLIC.to_owned()], cc: with(followers) },
            Reach::Unlisted => Self { to: vec![followers.to_owned()], cc: with(PUBLIC) },
            Reach::Followers => Self { to: vec![followers.to_owned()], cc: mentioned },
            Reach::Direct => Self { to: mentioned, cc: Vec::new() },
        }
    }

    /// What a peer's addressing means. `followers` is the author's followers collection.
    pub fn reach(to: &[String], cc: &[String], followers: Option<&str>) -> Reach {
        let public = |list: &[String]| list.iter().any(|uri| is_public(uri));
        let has_followers = |list: &[String]| list.iter().any(|uri| Some(uri.as_str()) == followers);
        if public(to) {
            Reach::Public
        } else if public(cc) {
            Reach::Unlisted
        } else if has_followers(to) || has_followers(cc) {
            Reach::Followers
        } else {
            Reach::Direct
        }
    }
}

/// The three spellings of the public collection are one (ActivityPub §5.6).
pub fn is_public(uri: &str) -> bool {
    matches!(uri, PUBLIC | "as:Public" | "Public")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLLOWERS: &str = "https://moe.example/users/moe/followers";
    const FRIEND: &str = "https://a.example/users/friend";

    #[test]
    fn each_visibility_is_addressed_as_peers_expect() {
        let of = |reach| Audience::new(reach, FOLLOWERS, [FRIEND.to_owned()]);
        let public = of(Reach::Public);
        assert_eq!((public.to, public.cc), (vec![PUBLIC.into()], vec![FOLLOWERS.into(), FRIEND.into()]));
        let unlisted = of(Reach::Unlisted);
        assert_eq!((unlisted.to, unlisted.cc), (vec![FOLLOWERS.into()], vec![PUBLIC.into(), FRIEND.into()]));
        let private = of(Reach::Followers);
        assert_eq!((private.to, private.cc), (vec![FOLLOWERS.into()], vec![FRIEND.into()]));
        let direct = of(Reach::Direct);
        assert_eq!((direct.to, direct.cc), (vec![FRIEND.into()], vec![]));
    }

    #[test]
    fn what_we_address_we_also_read() {
        for reach in [Reach::Public, Reach::Unlisted, Reach::Followers, Reach::Direct] {
            let audience = Audience::new(reach, FOLLOWERS, [FRIEND.to_owned()]);
            assert_eq!(Audience::reach(&audience.to, &audience.cc, Some(FOLLOWERS)), reach);
        }
        assert_eq!(Audience::reach(&["as:Public".into()], &[], None), Reach::Public);
        assert_eq!(Audience::reach(&[], &["Public".into()], None), Reach::Unlisted);
    }
}

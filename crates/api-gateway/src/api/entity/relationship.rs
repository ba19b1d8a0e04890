//! `Relationship`: every field of 4.5, because clients read them all.

use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the shape is Mastodon's")]
pub struct Relationship {
    pub id: String,
    pub following: bool,
    pub showing_reblogs: bool,
    pub notifying: bool,
    pub languages: Option<Vec<String>>,
    pub followed_by: bool,
    pub blocking: bool,
    pub blocked_by: bool,
    pub muting: bool,
    pub muting_notifications: bool,
    pub requested: bool,
    pub requested_by: bool,
    pub domain_blocking: bool,
    pub endorsed: bool,
    pub note: String,
}

impl Relationship {
    /// Blocks, mutes and notes can't be made here yet: there are none.
    pub fn new(found: &belfry_social::relationship::Relationship) -> Self {
        Self {
            id: found.id.to_string(),
            following: found.following,
            showing_reblogs: found.showing_reblogs,
            notifying: found.notifying,
            languages: None,
            followed_by: found.followed_by,
            blocking: false,
            blocked_by: false,
            muting: false,
            muting_notifications: false,
            requested: found.requested,
            requested_by: found.requested_by,
            domain_blocking: false,
            endorsed: false,
            note: String::new(),
        }
    }
}

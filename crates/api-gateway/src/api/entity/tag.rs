//! `Tag`: a hashtag that a search found.

use belfry_model::Origin;
use serde::Serialize;

use super::Nothing;
use super::status::tag_url;

#[derive(Debug, Clone, Serialize)]
pub struct Tag {
    pub id: String,
    pub name: String,
    pub url: String,
    pub history: Nothing,
    pub following: bool,
    pub featuring: bool,
}

impl Tag {
    pub fn new(name: &str, origin: &Origin) -> Self {
        Self {
            // Tags have no row of their own: the name is what identifies one.
            id: name.to_owned(),
            name: name.to_owned(),
            url: tag_url(name, origin),
            history: [],
            following: false,
            featuring: false,
        }
    }
}

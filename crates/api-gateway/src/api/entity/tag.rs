//! `Tag`: a hashtag that a search found.

use serde::Serialize;

use super::Nothing;

#[derive(Debug, Clone, Serialize)]
pub struct Tag {
    pub id: String,
    pub name: String,
    pub url: String,
    pub history: Nothing,
    pub following: bool,
    pub featuring: bool,
}

//! An agency's front page: who this is, who speaks for it, what it said last, its rules.

use serde::Serialize;

use super::{AccountCard, Post};
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct FrontView {
    pub name: String,
    pub host: String,
    pub description: String,
    pub contact_email: String,
    /// The shared domain vouches for this host: it is one of its own.
    pub is_official: bool,
    pub shared_domain: String,
    pub accounts: Vec<AccountCard>,
    pub posts: Vec<Post>,
    pub rules: Vec<Rule>,
    pub canonical: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    pub text: String,
    pub hint: String,
    pub language: String,
}

impl View for FrontView {
    const TEMPLATE: &'static str = "front.html";
}

#[cfg(test)]
impl FrontView {
    pub(crate) fn samples() -> Vec<Self> {
        let full = Self {
            name: "Ministry of Education".to_owned(),
            host: "moe.social.example".to_owned(),
            description: "Schools & more".to_owned(),
            contact_email: "web@moe.example".to_owned(),
            is_official: true,
            shared_domain: "social.example".to_owned(),
            accounts: AccountCard::of_each_kind(),
            posts: Post::samples(),
            rules: vec![
                Rule { text: "Be kind.".to_owned(), hint: "To all.".to_owned(), language: "en".to_owned() },
                Rule { text: "Be brief.".to_owned(), hint: String::new(), language: "en".to_owned() },
            ],
            canonical: "https://moe.social.example/".to_owned(),
        };
        let empty = Self {
            description: String::new(),
            contact_email: String::new(),
            is_official: false,
            accounts: Vec::new(),
            posts: Vec::new(),
            rules: Vec::new(),
            ..full.clone()
        };
        vec![full, empty]
    }
}

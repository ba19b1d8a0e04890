//! An account's page.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{AccountCard, Field, Paging, Post};
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct ProfileView {
    pub account: AccountCard,
    pub agency: String,
    /// Sanitised when it was stored.
    pub note_html: String,
    /// The note without markup, for previews elsewhere.
    pub summary: String,
    pub fields: Vec<Field>,
    pub header: Option<String>,
    pub since: DateTime<Utc>,
    pub posts_count: i64,
    pub followers_count: i64,
    pub following_count: i64,
    pub posts: Vec<Post>,
    pub paging: Paging,
    /// The actor document, for machines.
    pub actor_uri: String,
    pub feed: String,
    /// Of an official account: its proof on the shared domain, which links back here.
    pub register_entry: Option<String>,
    /// This page's address.
    pub canonical: String,
}

impl View for ProfileView {
    const TEMPLATE: &'static str = "profile.html";
}

#[cfg(test)]
impl ProfileView {
    pub(crate) fn samples() -> Vec<Self> {
        let posts = Post::samples();
        let full = Self {
            account: AccountCard::sample(),
            agency: "Ministry of Education".to_owned(),
            note_html: "<p>We answer on working days.</p>".to_owned(),
            summary: "We answer on working days.".to_owned(),
            fields: vec![
                Field {
                    name: "Site".to_owned(),
                    value_html: "<a href=\"#\">x</a>".to_owned(),
                    verified_at: posts[0].edited_at,
                },
                Field { name: "Site".to_owned(), value_html: "x".to_owned(), verified_at: Some(posts[0].at) },
            ],
            header: Some("https://media.social.example/1/h.png".to_owned()),
            since: posts[0].at,
            posts_count: 2,
            followers_count: 1,
            following_count: 0,
            posts,
            paging: Paging { newer: Some("?min_id=1".to_owned()), older: Some("?max_id=1".to_owned()) },
            actor_uri: "https://moe.social.example/users/moe".to_owned(),
            feed: "/@moe.rss".to_owned(),
            register_entry: Some("https://social.example/register/@moe".to_owned()),
            canonical: "https://moe.social.example/@moe".to_owned(),
        };
        let empty = Self {
            note_html: String::new(),
            summary: String::new(),
            fields: Vec::new(),
            header: None,
            posts: Vec::new(),
            paging: Paging::default(),
            ..full.clone()
        };
        let kinds = AccountCard::of_each_kind()
            .into_iter()
            .map(|account| Self { account, ..empty.clone() })
            .collect::<Vec<_>>();
        [vec![full, empty], kinds].concat()
    }
}

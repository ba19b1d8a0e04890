//! A post in its thread.

use serde::Serialize;

use super::Post;
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct ThreadView {
    pub post: Post,
    pub ancestors: Vec<Post>,
    pub replies: Vec<Post>,
    pub agency: String,
    /// The post without markup, for previews elsewhere.
    pub summary: String,
    pub image: Option<String>,
    pub image_description: String,
    /// The post's document, for machines.
    pub object_uri: String,
    pub canonical: String,
}

impl View for ThreadView {
    const TEMPLATE: &'static str = "thread.html";
}

#[cfg(test)]
impl ThreadView {
    pub(crate) fn samples() -> Vec<Self> {
        Post::samples()
            .into_iter()
            .map(|post| Self {
                ancestors: if post.is_focus { Post::samples() } else { Vec::new() },
                replies: if post.is_focus { Post::samples() } else { Vec::new() },
                image: post.attachments.first().map(|a| a.href.clone()),
                image_description: "A school".to_owned(),
                post,
                agency: "Ministry of Education".to_owned(),
                summary: "School \"starts\" on Monday.".to_owned(),
                object_uri: "https://moe.social.example/users/moe/statuses/1".to_owned(),
                canonical: "https://moe.social.example/@moe/1".to_owned(),
            })
            .collect()
    }
}

//! A post in its thread.

use serde::Serialize;

use super::{DeliveryPart, Post};
use crate::assets;
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
    /// How far it has come: for people of the agency alone.
    pub delivery: Option<DeliveryPart>,
    /// Where the script looks for it, on this host.
    pub delivery_json: String,
}

impl View for ThreadView {
    const TEMPLATE: &'static str = "thread.html";

    fn script(&self) -> Option<&'static str> {
        self.delivery.is_some().then(assets::delivery_script)
    }
}

#[cfg(test)]
impl ThreadView {
    pub(crate) fn samples() -> Vec<Self> {
        let deliveries = DeliveryPart::samples().into_iter().map(Some).chain([None]);
        Post::samples()
            .into_iter()
            .cycle()
            .zip(deliveries)
            .map(|(post, delivery)| Self {
                ancestors: if post.is_focus { Post::samples() } else { Vec::new() },
                replies: if post.is_focus { Post::samples() } else { Vec::new() },
                image: post.attachments.first().map(|a| a.href.clone()),
                image_description: "A school".to_owned(),
                post,
                agency: "Ministry of Education".to_owned(),
                summary: "School \"starts\" on Monday.".to_owned(),
                object_uri: "https://moe.social.example/users/moe/statuses/1".to_owned(),
                canonical: "https://moe.social.example/@moe/1".to_owned(),
                delivery,
                delivery_json: "/@moe/1/delivery.json".to_owned(),
            })
            .collect()
    }
}

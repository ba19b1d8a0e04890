//! `/admin/deliveries`: an agency's posts that have not arrived everywhere.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::delivery::Bar;
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct DeliveriesView {
    pub agency: String,
    /// The newest first.
    pub posts: Vec<DeliveredPost>,
    /// There are more than are shown.
    pub more: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct DeliveredPost {
    /// Its page; `None` for what has none, since not everybody may read it.
    pub href: Option<String>,
    /// The beginning of its text; empty for what not everybody may read, and for a boost.
    pub text: String,
    pub is_boost: bool,
    pub author: String,
    pub at: DateTime<Utc>,
    pub bar: Bar,
}

/// The tile on the overview: servers, over the last week.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct DeliveryTile {
    pub waiting: u64,
    pub refused: u64,
}

impl View for DeliveriesView {
    const TEMPLATE: &'static str = "admin/deliveries.html";
}

#[cfg(test)]
impl DeliveriesView {
    pub(crate) fn samples() -> Vec<Self> {
        let public = super::DeliveryPart::samples().into_iter().map(|part| DeliveredPost {
            href: Some("/@moe/1".to_owned()),
            text: "School <b>Ann</b> starts".to_owned(),
            is_boost: false,
            author: "@moe".to_owned(),
            at: DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time"),
            bar: part.bar,
        });
        let posts: Vec<_> = public
            .flat_map(|post| {
                let boost = DeliveredPost { is_boost: true, text: String::new(), href: None, ..post.clone() };
                let private = DeliveredPost { text: String::new(), href: None, ..post.clone() };
                [post, boost, private]
            })
            .collect();
        let agency = "Ministry of Education".to_owned();
        vec![
            Self { agency: agency.clone(), posts, more: true },
            Self { agency, posts: Vec::new(), more: false },
        ]
    }
}

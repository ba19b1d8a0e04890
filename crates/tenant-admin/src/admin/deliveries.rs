//! `GET /admin/deliveries`: what has not arrived everywhere, for all people of the agency.
//!
//! Invariant: a text is shown where anybody may read it; of the rest only that it is there.

use actix_web::HttpResponse;
use belfry_edge::view::{Bar, DeliveredPost, DeliveriesView};
use belfry_social::delivery::{self, Undelivered};

use crate::member::{Anybody, Member};

/// Posts on the page; one more tells whether there are others.
const POSTS: u32 = 50;
/// As much of a text as tells posts apart.
const TEXT: usize = 120;

pub(super) async fn get(member: Member<Anybody>) -> HttpResponse {
    match delivery::undelivered(member.platform.app(), member.scope(), POSTS + 1).await {
        Ok(mut posts) => {
            let shown = usize::try_from(POSTS).unwrap_or(usize::MAX);
            let more = posts.len() > shown;
            posts.truncate(shown);
            let posts = posts.into_iter().map(post).collect();
            member.respond(&DeliveriesView { agency: member.tenant.name.clone(), posts, more })
        }
        Err(error) => member.broken(&error),
    }
}

fn post(undelivered: Undelivered) -> DeliveredPost {
    let Undelivered { status, author, ledger } = undelivered;
    let is_boost = status.reblog_of_id.is_some();
    let is_open = matches!(status.visibility.as_str(), "public" | "unlisted");
    // A text under a warning is not for lists.
    let text = if status.spoiler_text.is_empty() { &status.text } else { &status.spoiler_text };
    DeliveredPost {
        href: status.url.filter(|_| is_open && !is_boost),
        text: if is_open && !is_boost { beginning(text) } else { String::new() },
        is_boost,
        author: format!("@{}", author.username),
        at: status.created_at,
        bar: Bar::new(&ledger),
    }
}

fn beginning(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(TEXT) {
        None => words,
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
    }
}

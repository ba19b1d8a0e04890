//! `GET /` on the shared domain: the public register of agencies and their accounts.

pub(super) mod check;
pub(super) mod entry;
pub(super) mod feed;
pub(super) mod follow;
pub(super) mod json;
mod listing;
mod lookalike;
mod whose;

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::view::RegisterView;
use belfry_edge::{Page, Platform, client_address};
use serde::Deserialize;

use listing::Search;

const PER_PAGE: usize = 24;
/// The accounts that a page shows of an agency; its own front page has them all.
const OF_EACH: u32 = 8;

/// A form sends what was not chosen as empty text, and what nobody could have chosen is as good.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    #[serde(default)]
    q: String,
    #[serde(default, rename = "type")]
    body_type: String,
    #[serde(default)]
    page: String,
}

const WINDOW: Duration = Duration::from_mins(5);

/// Whether an address has asked this more than `most` times in five minutes.
async fn too_often(platform: &Platform, request: &HttpRequest, what: &str, most: u64) -> bool {
    let key = format!("register:{what}:{}", client_address(request));
    match platform.tenancy.cache.count(&key, WINDOW).await {
        Ok(count) => count > most,
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "rate limits can't be counted");
            false
        }
    }
}

impl Query {
    fn search(&self) -> Search {
        Search { text: self.q.trim().chars().take(100).collect(), body_type: self.body_type.parse().ok() }
    }

    fn page(&self) -> usize {
        self.page.parse().unwrap_or(1).max(1)
    }
}

pub(super) async fn get(page: Page, query: web::Query<Query>) -> HttpResponse {
    let (search, number) = (query.search(), query.page());
    let found = match listing::find(&page.platform, &search, number, PER_PAGE, OF_EACH).await {
        Ok(found) => found,
        Err(error) => return page.broken(&error),
    };
    let names = page.platform.names();
    page.respond(&RegisterView {
        shared_domain: names.shared_domain.to_string(),
        agency_count: found.total,
        newer: (number > 1).then(|| href(&search, number - 1)),
        older: (number.saturating_mul(PER_PAGE) < found.total).then(|| href(&search, number + 1)),
        agencies: found.agencies,
        query: search.text,
        body_type: search.body_type,
        canonical: format!("{}://{}/", names.scheme, names.shared_domain),
    })
}

fn href(search: &Search, page: usize) -> String {
    let page = page.to_string();
    let kind = search.body_type.map_or("", |kind| kind.as_str());
    let fields = [("q", search.text.as_str()), ("type", kind), ("page", &page)];
    let set: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("/?{}", serde_urlencoded::to_string(set).unwrap_or_default())
}

//! `GET /register.json`: the register for machines, so that a client, a search engine or a
//! journalist's script can tell who speaks for an agency. Open to every origin.

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use actix_web::{HttpResponse, web};
use belfry_edge::Platform;
use belfry_edge::view::{AccountCard, Agency};
use belfry_model::BodyType;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Query, listing};

const PER_PAGE: usize = 100;
/// More than an agency has that a machine should read of here.
const OF_EACH: u32 = 100;

/// Fields are added, never renamed or removed.
#[derive(Debug, Serialize)]
struct Register {
    shared_domain: String,
    /// On all pages.
    total: usize,
    /// The page after this one.
    next: Option<String>,
    agencies: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    host: String,
    url: String,
    #[serde(rename = "type")]
    body_type: BodyType,
    description: String,
    logo: Option<String>,
    listed_at: Option<DateTime<Utc>>,
    lead: bool,
    accounts: Vec<Account>,
}

#[derive(Debug, Serialize)]
struct Account {
    name: String,
    /// `user@host`, as WebFinger knows it.
    acct: String,
    official: bool,
    /// `user@shared-domain`, where the lead agency gave one.
    official_acct: Option<String>,
    /// Where the proof of that is.
    proof: Option<String>,
    kind: Option<belfry_model::AccountKind>,
    url: String,
    avatar: Option<String>,
}

pub(in crate::pages) async fn get(platform: web::Data<Platform>, query: web::Query<Query>) -> HttpResponse {
    let (search, page) = (query.search(), query.page());
    match listing::find(&platform, &search, page, PER_PAGE, OF_EACH).await {
        Ok(found) => HttpResponse::Ok()
            .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((CACHE_CONTROL, "public, max-age=300"))
            .json(Register {
                shared_domain: platform.names().shared_domain.to_string(),
                total: found.total,
                next: (page.saturating_mul(PER_PAGE) < found.total)
                    .then(|| next(&platform, &search, page + 1)),
                agencies: found.agencies.into_iter().map(|agency| entry(&platform, agency)).collect(),
            }),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the register can't be read");
            HttpResponse::InternalServerError().finish()
        }
    }
}

fn next(platform: &Platform, search: &listing::Search, page: usize) -> String {
    let names = platform.names();
    let query = super::href(search, page);
    format!("{}://{}/register.json{}", names.scheme, names.shared_domain, query.trim_start_matches('/'))
}

fn entry(platform: &Platform, agency: Agency) -> Entry {
    Entry {
        name: agency.name,
        host: agency.host,
        url: agency.href,
        body_type: agency.body_type,
        description: agency.description,
        logo: agency.logo,
        listed_at: agency.listed_at,
        lead: agency.is_lead,
        accounts: agency.accounts.into_iter().map(|card| account(platform, card)).collect(),
    }
}

fn account(platform: &Platform, card: AccountCard) -> Account {
    let bare = |handle: &str| handle.trim_start_matches('@').to_owned();
    let official = card.official_handle.as_deref().map(bare);
    let local = official.as_deref().and_then(|acct| acct.split('@').next());
    Account {
        proof: local.map(|local| format!("{}.json", platform.names().register_entry(local))),
        official: official.is_some(),
        official_acct: official.clone(),
        acct: bare(&card.handle),
        name: card.name,
        kind: card.kind,
        url: card.href,
        avatar: card.avatar,
    }
}

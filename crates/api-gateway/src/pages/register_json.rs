//! `GET /register.json`: the register for machines, so that a client, a search engine or a
//! journalist's script can tell who speaks for an agency. Open to every origin.

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use actix_web::{HttpResponse, web};
use belfry_edge::Platform;
use belfry_edge::view::Agency;
use serde::Serialize;

use super::register::listed;

/// Fields are added, never renamed or removed.
#[derive(Debug, Serialize)]
struct Register {
    shared_domain: String,
    agencies: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    host: String,
    url: String,
    lead: bool,
    accounts: Vec<Account>,
}

#[derive(Debug, Serialize)]
struct Account {
    name: String,
    /// `user@host`, as WebFinger knows it.
    acct: String,
    /// `user@shared-domain`, where the lead agency gave one.
    official_acct: Option<String>,
    kind: Option<belfry_model::AccountKind>,
    url: String,
}

pub(super) async fn get(platform: web::Data<Platform>) -> HttpResponse {
    match listed(&platform).await {
        Ok(agencies) => HttpResponse::Ok()
            .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((CACHE_CONTROL, "public, max-age=300"))
            .json(Register {
                shared_domain: platform.names().shared_domain.to_string(),
                agencies: agencies.into_iter().map(entry).collect(),
            }),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the register can't be read");
            HttpResponse::InternalServerError().finish()
        }
    }
}

fn entry(agency: Agency) -> Entry {
    let bare = |handle: String| handle.trim_start_matches('@').to_owned();
    Entry {
        name: agency.name,
        host: agency.host,
        url: agency.href,
        lead: agency.is_lead,
        accounts: agency
            .accounts
            .into_iter()
            .map(|account| Account {
                name: account.name,
                acct: bare(account.handle),
                official_acct: account.official_handle.map(bare),
                kind: account.kind,
                url: account.href,
            })
            .collect(),
    }
}

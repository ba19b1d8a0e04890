//! `GET /register/@{handle}` and `/register/@{handle}.json`: the proof that an account is official.
//!
//! Invariant: the page here and the account's profile link to each other with `rel="me"`, and
//! WebFinger names the proof. A look-alike elsewhere can link here; nothing here links to it.

use std::sync::Arc;

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderValue};
use actix_web::{HttpResponse, web};
use belfry_edge::view::{EntryView, ErrorKind};
use belfry_edge::{Page, Platform};
use belfry_model::{AccountKind, BodyType, Tenant};
use belfry_storage::row;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::listing::card;
use super::whose::official;

/// Fields are added, never renamed or removed.
#[derive(Debug, Serialize)]
struct Proof {
    official: bool,
    /// `acct:name@shared-domain`, as WebFinger's subject.
    subject: String,
    /// The account's other handle, and its addresses.
    aliases: Vec<String>,
    /// The `ActivityPub` actor.
    actor: String,
    /// Links back to `register` with `rel="me"`.
    profile: String,
    /// This entry's page.
    register: String,
    name: String,
    kind: Option<AccountKind>,
    since: Option<DateTime<Utc>>,
    agency: ProofAgency,
    shared_domain: String,
}

#[derive(Debug, Serialize)]
struct ProofAgency {
    name: String,
    host: String,
    url: String,
    #[serde(rename = "type")]
    body_type: BodyType,
    lead: bool,
}

pub(in crate::pages) async fn get(page: Page, handle: web::Path<String>) -> HttpResponse {
    let (tenant, account) = match find(&page.platform, &handle).await {
        Ok(Some(found)) => found,
        Ok(None) => return page.error(ErrorKind::NotFound),
        Err(error) => return page.broken(&error),
    };
    let names = page.platform.names();
    let entry = names.register_entry(account.official_handle.as_deref().unwrap_or_default());
    page.respond(&EntryView {
        agency: tenant.name.clone(),
        agency_href: names.origin(&tenant).at("/"),
        body_type: tenant.body_type,
        shared_domain: names.shared_domain.to_string(),
        since: account.official_since,
        note: account.note.clone(),
        actor: names.origin(&tenant).actor(&account.username),
        proof: format!("{entry}.json"),
        canonical: entry,
        account: card(names, &tenant, account),
    })
}

pub(in crate::pages) async fn json(platform: web::Data<Platform>, handle: web::Path<String>) -> HttpResponse {
    let mut answer = match find(&platform, &handle).await {
        Ok(Some((tenant, account))) => HttpResponse::Ok().json(proof(&platform, &tenant, account)),
        Ok(None) => HttpResponse::NotFound().json(serde_json::json!({ "official": false })),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the register can't be read");
            HttpResponse::InternalServerError().finish()
        }
    };
    let headers = answer.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    answer
}

async fn find(
    platform: &Platform,
    handle: &str,
) -> belfry_storage::Result<Option<(Arc<Tenant>, row::PublicAccount)>> {
    match handle.parse() {
        Ok(name) => official(platform, &name).await,
        Err(_) => Ok(None),
    }
}

fn proof(platform: &Platform, tenant: &Tenant, account: row::PublicAccount) -> Proof {
    let names = platform.names();
    let origin = names.origin(tenant);
    let local = account.official_handle.unwrap_or_default();
    let (actor, profile) = (origin.actor(&account.username), origin.profile(&account.username));
    Proof {
        official: true,
        subject: format!("acct:{local}@{}", names.shared_domain),
        aliases: vec![format!("acct:{}@{}", account.username, tenant.host), profile.clone(), actor.clone()],
        actor,
        profile,
        register: names.register_entry(&local),
        name: account.display_name,
        kind: account.kind.parse().ok(),
        since: account.official_since,
        agency: ProofAgency {
            name: tenant.name.clone(),
            host: tenant.host.to_string(),
            url: origin.at("/"),
            body_type: tenant.body_type,
            lead: tenant.is_lead,
        },
        shared_domain: names.shared_domain.to_string(),
    }
}

//! `GET /` on the shared domain: the public register of agencies and their accounts.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use belfry_edge::view::account::initials;
use belfry_edge::view::{AccountCard, Agency, RegisterView};
use belfry_edge::{Page, Platform};
use belfry_model::{Phase, Tenant};
use belfry_storage::row;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    #[serde(default)]
    q: String,
}

pub(super) async fn get(page: Page, query: web::Query<Query>) -> HttpResponse {
    let listed = match listed(&page.platform).await {
        Ok(listed) => listed,
        Err(error) => return page.broken(&error),
    };
    let query: String = query.q.trim().chars().take(100).collect();
    let agencies = search(listed, &query);
    let names = page.platform.names();
    page.respond(&RegisterView {
        shared_domain: names.shared_domain.to_string(),
        agency_count: agencies.len(),
        account_count: agencies.iter().map(|agency| agency.accounts.len()).sum(),
        agencies,
        query,
        canonical: format!("{}://{}/", names.scheme, names.shared_domain),
    })
}

/// The agencies that may be listed, the lead agency first, with their accounts.
pub(super) async fn listed(platform: &Platform) -> belfry_storage::Result<Vec<Agency>> {
    let mut accounts: HashMap<i64, Vec<row::PublicAccount>> = HashMap::new();
    for account in platform.app().public_account_list().await? {
        accounts.entry(account.tenant_id).or_default().push(account);
    }
    let mut tenants = platform.directory().list();
    tenants.sort_by_key(|tenant| (!tenant.is_lead, tenant.name.to_lowercase()));
    Ok(tenants
        .iter()
        .filter_map(|tenant| {
            let accounts = accounts.remove(&tenant.id.0).unwrap_or_default();
            is_listed(tenant, &accounts).then(|| agency(platform, tenant, accounts))
        })
        .collect())
}

/// An agency is announced when it is public. Before that its own pages are there for whoever
/// knows their address. An official handle is a public statement in any phase.
fn is_listed(tenant: &Tenant, accounts: &[row::PublicAccount]) -> bool {
    let announced = tenant.is_lead || tenant.phase == Phase::Public;
    tenant.is_live() && (announced || accounts.iter().any(|account| account.official_handle.is_some()))
}

fn agency(platform: &Platform, tenant: &Tenant, accounts: Vec<row::PublicAccount>) -> Agency {
    let names = platform.names();
    let origin = names.origin(tenant);
    let mut cards: Vec<_> = accounts
        .into_iter()
        .map(|account| AccountCard {
            initials: initials(&account.display_name),
            handle: format!("@{}@{}", account.username, tenant.host),
            official_handle: account.official_handle.map(|local| format!("@{local}@{}", names.shared_domain)),
            kind: account.kind.parse().ok(),
            href: origin.profile(&account.username),
            avatar: None,
            name: account.display_name,
        })
        .collect();
    cards.sort_by_key(|card| (card.official_handle.is_none(), card.kind, card.handle.clone()));
    Agency {
        name: tenant.name.clone(),
        host: tenant.host.to_string(),
        href: origin.at("/"),
        initials: initials(&tenant.name),
        is_lead: tenant.is_lead,
        accounts: cards,
    }
}

/// Keeps an agency whole where it matches itself, else those of its accounts that match.
fn search(agencies: Vec<Agency>, query: &str) -> Vec<Agency> {
    let wanted = query.to_lowercase();
    let matches = |text: &str| text.to_lowercase().contains(&wanted);
    agencies
        .into_iter()
        .filter_map(|mut agency| {
            if !matches(&agency.name) && !matches(&agency.host) {
                agency.accounts.retain(|account| {
                    let official = account.official_handle.as_deref().unwrap_or_default();
                    matches(&account.name) || matches(&account.handle) || matches(official)
                });
                if agency.accounts.is_empty() {
                    return None;
                }
            }
            Some(agency)
        })
        .collect()
}

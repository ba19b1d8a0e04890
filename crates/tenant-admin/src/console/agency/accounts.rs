//! `GET /console/agencies/{slug}/accounts`

pub(crate) mod give;
pub(crate) mod release;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{AgencyAccount, AgencyAccountsView, ErrorKind, HandleProblem, Room, Tab};
use belfry_model::Tenant;

use super::tenant;
use crate::console::agencies::row;
use crate::lead::Lead;

/// More than agencies have; the API and the command take any of them.
const MOST: u64 = 200;

/// What was typed, and what is wrong with it.
struct Typed<'a> {
    account: &'a str,
    handle: &'a str,
    reason: &'a str,
    problem: HandleProblem,
}

pub(crate) async fn get(lead: Lead, slug: web::Path<String>) -> HttpResponse {
    match tenant(&lead, &slug) {
        Some(tenant) => show(&lead, &tenant, None).await,
        None => lead.error(ErrorKind::NotFound),
    }
}

async fn show(lead: &Lead, tenant: &Tenant, typed: Option<Typed<'_>>) -> HttpResponse {
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match view(lead, tenant, typed).await {
        Ok(view) => lead.respond_with(status, &view),
        Err(error) => lead.broken(&error),
    }
}

async fn view(
    lead: &Lead,
    tenant: &Tenant,
    typed: Option<Typed<'_>>,
) -> belfry_storage::Result<AgencyAccountsView> {
    let names = lead.platform.names();
    let origin = names.origin(tenant);
    let official = |local: &str| format!("@{local}@{}", names.shared_domain);
    let mut rows = lead.admin().public_account_list_of(tenant.id, MOST + 1).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let left_off = rows.len() > most;
    rows.truncate(most);
    let accounts = rows.into_iter().map(|account| {
        let mine = typed.as_ref().filter(|typed| typed.account == account.username);
        AgencyAccount {
            handle: format!("@{}@{}", account.username, tenant.host),
            href: origin.profile(&account.username),
            name: account.display_name,
            kind: account.kind.parse().ok(),
            official_handle: account.official_handle.as_deref().map(official),
            typed: mine.map_or(account.username.as_str(), |typed| typed.handle).to_owned(),
            reason: mine.map_or("", |typed| typed.reason).to_owned(),
            problem: mine.map(|typed| typed.problem),
            username: account.username,
        }
    });
    Ok(AgencyAccountsView {
        room: Room::Agencies,
        tab: Tab::Accounts,
        tenant: row(names, tenant),
        shared_domain: names.shared_domain.to_string(),
        accounts: accounts.collect(),
        left_off,
        kept: lead
            .admin()
            .official_handle_kept(tenant.id)
            .await?
            .iter()
            .map(|local| official(local))
            .collect(),
    })
}

//! What a page of the register shows.
//!
//! Invariant: the same number of questions to the database, however many agencies there are: one
//! for the accounts on the page, and one more where words are searched for. Which agencies are
//! listed is known in memory.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use belfry_edge::Platform;
use belfry_edge::view::account::initials;
use belfry_edge::view::{AccountCard, Agency};
use belfry_model::{BodyType, PlatformNames, Tenant, TenantId};
use belfry_storage::{Result, row};

/// Found by an account of theirs: nobody pages through more.
const MOST_FOUND: u32 = 2000;

/// Everything that is set must fit.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    pub text: String,
    pub body_type: Option<BodyType>,
}

/// One page of what fits.
pub(super) struct Found {
    pub agencies: Vec<Agency>,
    /// On all pages.
    pub total: usize,
}

/// The lead agency first, then by name; `page` counts from 1.
pub(super) async fn find(
    platform: &Platform,
    search: &Search,
    page: usize,
    per_page: usize,
    of_each: u32,
) -> Result<Found> {
    let wanted = search.text.to_lowercase();
    // As people type a handle: one at another host is nobody's here, whatever its name.
    let handle = wanted.trim_start_matches('@');
    let (local, host) = handle.split_once('@').unwrap_or((handle, ""));
    let by_account: HashSet<TenantId> = if wanted.is_empty() {
        HashSet::new()
    } else {
        platform.app().register_search(local, MOST_FOUND).await?.into_iter().collect()
    };
    let shared = platform.names().shared_domain.as_str();
    let is_at = |tenant: &Tenant| {
        host.is_empty() || tenant.host.as_str().starts_with(host) || shared.starts_with(host)
    };
    let named = |text: &str| text.to_lowercase().contains(&wanted);
    let mut fitting: Vec<Arc<Tenant>> = platform.directory().list();
    fitting.retain(|tenant| {
        tenant.is_listed()
            && search.body_type.is_none_or(|kind| tenant.body_type == kind)
            && (wanted.is_empty()
                || named(&tenant.name)
                || named(tenant.host.as_str())
                || (by_account.contains(&tenant.id) && is_at(tenant)))
    });
    fitting.sort_by_cached_key(|tenant| (!tenant.is_lead, tenant.name.to_lowercase(), tenant.id));
    let total = fitting.len();
    let skipped = page.saturating_sub(1).saturating_mul(per_page);
    let shown: Vec<_> = fitting.into_iter().skip(skipped).take(per_page).collect();
    Ok(Found { agencies: agencies(platform, &shown, of_each).await?, total })
}

async fn agencies(platform: &Platform, tenants: &[Arc<Tenant>], of_each: u32) -> Result<Vec<Agency>> {
    let ids: Vec<TenantId> = tenants.iter().map(|tenant| tenant.id).collect();
    let mut accounts: HashMap<i64, Vec<row::PublicAccount>> = HashMap::new();
    for account in platform.app().register_accounts(&ids, of_each).await? {
        accounts.entry(account.tenant_id).or_default().push(account);
    }
    let names = platform.names();
    Ok(tenants
        .iter()
        .map(|tenant| agency(names, tenant, accounts.remove(&tenant.id.0).unwrap_or_default()))
        .collect())
}

fn agency(names: &PlatformNames, tenant: &Tenant, accounts: Vec<row::PublicAccount>) -> Agency {
    let organisation = accounts.iter().find(|account| account.kind == "organisation");
    Agency {
        name: tenant.name.clone(),
        slug: tenant.slug.to_string(),
        host: tenant.host.to_string(),
        href: names.origin(tenant).at("/"),
        initials: initials(&tenant.name),
        body_type: tenant.body_type,
        logo: organisation.and_then(|account| account.avatar_key.as_deref()).map(|key| names.media_url(key)),
        description: organisation.map(|account| account.note.clone()).unwrap_or_default(),
        listed_at: tenant.listed_at,
        is_lead: tenant.is_lead,
        accounts: accounts.into_iter().map(|account| card(names, tenant, account)).collect(),
    }
}

pub(super) fn card(names: &PlatformNames, tenant: &Tenant, account: row::PublicAccount) -> AccountCard {
    let name = match account.display_name.trim() {
        "" => account.username.clone(),
        name => name.to_owned(),
    };
    AccountCard {
        initials: initials(&name),
        handle: format!("@{}@{}", account.username, tenant.host),
        official_handle: account.official_handle.map(|local| format!("@{local}@{}", names.shared_domain)),
        kind: account.kind.parse().ok(),
        href: names.origin(tenant).profile(&account.username),
        avatar: account.avatar_key.as_deref().map(|key| names.media_url(key)),
        name,
    }
}

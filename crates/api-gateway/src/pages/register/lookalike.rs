//! Which accounts here a handle from elsewhere could be taken for.
//!
//! Invariant: what is compared is bounded in number and length, and nothing is asked of the
//! handle's own server: an impostor learns of no check.

use std::collections::HashSet;
use std::sync::Arc;

use belfry_activitypub::document::webfinger::Acct;
use belfry_edge::Platform;
use belfry_edge::view::AccountCard;
use belfry_model::{Tenant, TenantId};
use belfry_storage::Result;
use unicode_security::skeleton;

use super::listing::card;

/// More than a reader compares.
const MOST_SHOWN: usize = 5;
/// The newest official accounts that are compared.
const MOST_COMPARED: u64 = 5000;
/// Names of fewer letters are one letter away from everything.
const SHORTEST_FOR_DISTANCE: usize = 4;
const LONGEST_COMPARED: usize = 64;

pub(super) async fn of(platform: &Platform, acct: &Acct) -> Result<Vec<AccountCard>> {
    let (local, host) = (shape(&acct.user), shape(&as_read(&acct.host)));
    let mut found: Vec<AccountCard> = Vec::new();
    let mut of_agencies: HashSet<TenantId> = HashSet::new();
    for account in platform.app().register_officials(MOST_COMPARED).await? {
        let handle = account.official_handle.as_deref().unwrap_or_default();
        if found.len() < MOST_SHOWN
            && (near(&local, &shape(handle)) || near(&local, &shape(&account.username)))
            && let Some(tenant) = platform.directory().by_id(TenantId(account.tenant_id))
            && tenant.is_listed()
        {
            of_agencies.insert(tenant.id);
            found.push(card(platform.names(), &tenant, account));
        }
    }
    // Agencies by their short name or their host, with the account that is named after them.
    let near_agency = |tenant: &Arc<Tenant>| {
        tenant.is_listed()
            && !of_agencies.contains(&tenant.id)
            && (near(&local, &shape(tenant.slug.as_str())) || near(&host, &shape(tenant.host.name())))
    };
    let agencies: Vec<_> =
        platform.directory().list().into_iter().filter(near_agency).take(MOST_SHOWN).collect();
    let ids: Vec<TenantId> = agencies.iter().map(|tenant| tenant.id).collect();
    for account in platform.app().register_accounts(&ids, 1).await? {
        if let Some(tenant) = agencies.iter().find(|tenant| tenant.id.0 == account.tenant_id) {
            found.push(card(platform.names(), tenant, account));
        }
    }
    found.truncate(MOST_SHOWN);
    Ok(found)
}

/// A host as people see it: `xn--…` in its own letters.
fn as_read(host: &str) -> String {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    idna::domain_to_unicode(name).0
}

/// What is left of a name for the eye: confusable letters are one (UTS 39 §4), and so are case
/// and the marks between words.
fn shape(text: &str) -> String {
    let short: String = text.chars().take(LONGEST_COMPARED).flat_map(char::to_lowercase).collect();
    skeleton(&short).flat_map(char::to_lowercase).filter(|c| !matches!(c, '-' | '_' | '.')).collect()
}

fn near(one: &str, other: &str) -> bool {
    let length = other.chars().count();
    let allowed = match length {
        0..SHORTEST_FOR_DISTANCE => 0,
        4..=8 => 1,
        _ => 2,
    };
    one == other
        || (allowed > 0
            && one.chars().count().abs_diff(length) <= allowed
            && strsim::osa_distance(one, other) <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_eye_takes_for_the_same_is_near() {
        for (one, other) in [
            ("m\u{43e}e", "moe"), // Cyrillic o
            ("rnoe", "moe"),      // r and n
            ("min_fin", "min-fin"),
            ("M0E", "moe"),
            ("educatoin", "education"),
            ("educati0n", "education"),
        ] {
            assert!(near(&shape(one), &shape(other)), "{one} {other}");
        }
        for (one, other) in
            [("fin", "moe"), ("cat", "moe"), ("x", "moe"), ("", "moe"), ("weather", "education")]
        {
            assert!(!near(&shape(one), &shape(other)), "{one} {other}");
        }
        assert_eq!(as_read("xn--sci-lna.example:80"), idna::domain_to_unicode("xn--sci-lna.example").0);
    }
}

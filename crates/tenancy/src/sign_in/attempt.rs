//! Counting attempts, so that guessing is slow and locks nobody else out.

use std::net::IpAddr;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use belfry_model::{StaffId, TenantScope};

use super::SignInError;
use crate::{Result, Tenancy, token};

const WINDOW: Duration = Duration::from_mins(15);

/// One address may serve a whole agency, so it gets as many times more attempts than one
/// person at it.
const PEOPLE_BEHIND_ONE_ADDRESS: u64 = 30;

/// Guesses at one person from everywhere together, again as a multiple. Beyond it only
/// addresses that the person has signed in from before are heard.
const GUESSERS_AT_ONE_PERSON: u64 = 10;

/// For how long an address counts as the person's own after a sign-in.
const KNOWN_FOR: Duration = Duration::from_hours(24 * 30);

/// The names under which an attempt is counted. They hold hashes: the cache's operator has
/// no use for a list of who signs in from where.
pub(super) struct Attempt {
    person_here: String,
    person: String,
    here: String,
    known: String,
    /// Of the second step.
    code_here: String,
    code: String,
}

impl Attempt {
    pub(super) fn new(scope: TenantScope, email: &str, address: IpAddr) -> Self {
        let tenant = scope.tenant();
        let person = digest(&format!("{tenant} {}", email.trim().to_lowercase()));
        let here = digest(&network(address));
        Self {
            person_here: format!("sign-in:{tenant}:{person}:{here}"),
            person: format!("sign-in:{tenant}:{person}"),
            here: format!("sign-in:{here}"),
            known: format!("sign-in-known:{tenant}:{person}:{here}"),
            code_here: format!("sign-in-code:{tenant}:{person}:{here}"),
            code: format!("sign-in-code:{tenant}:{person}"),
        }
    }

    pub(super) async fn count(&self, tenancy: &Tenancy) -> Result<(), SignInError> {
        let limit = tenancy.settings.attempts_per_fifteen_minutes;
        let person_here = tenancy.cache.count(&self.person_here, WINDOW).await?;
        let here = tenancy.cache.count(&self.here, WINDOW).await?;
        let person = tenancy.cache.count(&self.person, WINDOW).await?;
        let crowded =
            person > limit.saturating_mul(GUESSERS_AT_ONE_PERSON) && !self.is_known(tenancy).await?;
        if person_here > limit || here > limit.saturating_mul(PEOPLE_BEHIND_ONE_ADDRESS) || crowded {
            return Err(SignInError::TooMany { retry_after: window_ends_in(tenancy) });
        }
        Ok(())
    }

    /// A code has a million values, so guesses at it from all networks that are not the person's own
    /// share one allowance. Each network of theirs has one of its own.
    pub(super) async fn count_code(&self, tenancy: &Tenancy) -> Result<Option<Duration>> {
        let name = if self.is_known(tenancy).await? { &self.code_here } else { &self.code };
        let count = tenancy.cache.count(name, WINDOW).await?;
        let over = count > tenancy.settings.attempts_per_fifteen_minutes;
        Ok(over.then(|| window_ends_in(tenancy)))
    }

    async fn is_known(&self, tenancy: &Tenancy) -> Result<bool> {
        Ok(tenancy.cache.get(&self.known).await?.is_some())
    }

    pub(super) async fn succeeded(&self, tenancy: &Tenancy) -> Result<()> {
        Ok(tenancy.cache.put(&self.known, "1", KNOWN_FOR).await?)
    }
}

/// Somebody who is signed in and proves again who they are has one allowance, wherever they are.
pub(super) async fn count_proof(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
) -> Result<Option<Duration>> {
    let name = format!("sign-in-proof:{}:{staff}", scope.tenant());
    let count = tenancy.cache.count(&name, WINDOW).await?;
    Ok((count > tenancy.settings.attempts_per_fifteen_minutes).then(|| window_ends_in(tenancy)))
}

fn window_ends_in(tenancy: &Tenancy) -> Duration {
    belfry_cache::window_ends_in(tenancy.clock.now().timestamp_millis(), WINDOW)
}

/// A household or an office has a whole /64 of IPv6, so that is what counts as one address.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

pub(crate) fn digest(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(token::hash(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_ipv6_network_count_as_one() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}

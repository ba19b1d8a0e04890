//! Signing in with e-mail address and password.
//!
//! Invariant: the answer and the work are the same whether a person exists or not, and
//! nobody's guesses lock somebody else out.

use std::net::IpAddr;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use belfry_model::{Secret, TenantScope};
use serde_json::json;

use crate::staff::Staff;
use crate::{By, Tenancy, audit, error, token};

const WINDOW: Duration = Duration::from_mins(15);

/// One address may serve a whole agency, so it gets as many times more attempts than one
/// person at it.
const PEOPLE_BEHIND_ONE_ADDRESS: u64 = 30;

/// Guesses at one person from everywhere together, again as a multiple. Beyond it only
/// addresses that the person has signed in from before are heard.
const GUESSERS_AT_ONE_PERSON: u64 = 10;

/// For how long an address counts as the person's own after a sign-in.
const KNOWN_FOR: Duration = Duration::from_hours(24 * 30);

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown address, wrong password, disabled, or no password set: never said which.
    #[error("the e-mail address or the password is wrong")]
    Wrong,
    #[error("too many attempts: try again in {} minutes", retry_after.as_secs().div_ceil(60))]
    TooMany { retry_after: Duration },
    #[error(transparent)]
    Internal(crate::Error),
}
error::internal!(SignInError: crate::Error, belfry_storage::Error, belfry_cache::Error);

/// `address` is where the request comes from, as the trusted proxies tell it.
pub async fn with_password(
    tenancy: &Tenancy,
    scope: TenantScope,
    email: &str,
    password: &Secret,
    address: IpAddr,
) -> Result<Staff, SignInError> {
    let attempt = Attempt::new(scope, email, address);
    attempt.count(tenancy).await?;

    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.staff_by_email(email.trim()).await?;
    tx.commit().await?;
    let known = row.as_ref().map(|row| row.id);
    let row = row.filter(|row| row.disabled_at.is_none());

    let hash = row.as_ref().and_then(|row| row.password_hash.clone());
    let matches = tenancy.passwords.verify(password, hash).await?;
    let Some(staff) = row.filter(|_| matches) else {
        refused(tenancy, scope, known, address).await?;
        return Err(SignInError::Wrong);
    };
    attempt.succeeded(tenancy).await?;
    Ok(Staff::try_from(staff)?)
}

/// For whoever looks for guessing afterwards. Recorded whether the person exists or not, so that
/// the work is the same; bounded by how many attempts are heard. What was typed is no part of it:
/// people type passwords into the wrong field.
async fn refused(
    tenancy: &Tenancy,
    scope: TenantScope,
    person: Option<i64>,
    address: IpAddr,
) -> Result<(), SignInError> {
    let tx = tenancy.app.tenant(scope).await?;
    let by = By::platform().from(address);
    let detail = json!({ "staff": person.map(|id| id.to_string()) });
    audit::record(&tx, &*tenancy.clock, &by, "session.refuse", detail).await?;
    Ok(tx.commit().await?)
}

/// The names under which an attempt is counted. They hold hashes: the cache's operator has
/// no use for a list of who signs in from where.
struct Attempt {
    person_here: String,
    person: String,
    here: String,
    known: String,
}

impl Attempt {
    fn new(scope: TenantScope, email: &str, address: IpAddr) -> Self {
        let tenant = scope.tenant();
        let person = digest(&format!("{tenant} {}", email.trim().to_lowercase()));
        let here = digest(&network(address));
        Self {
            person_here: format!("sign-in:{tenant}:{person}:{here}"),
            person: format!("sign-in:{tenant}:{person}"),
            here: format!("sign-in:{here}"),
            known: format!("sign-in-known:{tenant}:{person}:{here}"),
        }
    }

    async fn count(&self, tenancy: &Tenancy) -> Result<(), SignInError> {
        let limit = tenancy.settings.attempts_per_fifteen_minutes;
        let person_here = tenancy.cache.count(&self.person_here, WINDOW).await?;
        let here = tenancy.cache.count(&self.here, WINDOW).await?;
        let person = tenancy.cache.count(&self.person, WINDOW).await?;
        let crowded = person > limit.saturating_mul(GUESSERS_AT_ONE_PERSON)
            && tenancy.cache.get(&self.known).await?.is_none();
        if person_here > limit || here > limit.saturating_mul(PEOPLE_BEHIND_ONE_ADDRESS) || crowded {
            let now = tenancy.clock.now().timestamp_millis();
            return Err(SignInError::TooMany { retry_after: belfry_cache::window_ends_in(now, WINDOW) });
        }
        Ok(())
    }

    async fn succeeded(&self, tenancy: &Tenancy) -> Result<(), SignInError> {
        Ok(tenancy.cache.put(&self.known, "1", KNOWN_FOR).await?)
    }
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

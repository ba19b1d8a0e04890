//! Signing in: what is refused, and who is not locked out by it.

use std::net::IpAddr;

use belfry_model::{Secret, TenantScope};
use belfry_tenancy::sign_in::{self, SignInError, Step};
use belfry_tenancy::staff::{self, Staff};
use belfry_tenancy::{By, Tenancy};
use chrono::TimeDelta;

use crate::platform::{PASSWORD, Platform};

async fn sign_in(
    tenancy: &Tenancy,
    scope: TenantScope,
    email: &str,
    password: &str,
    from: &str,
) -> Result<Staff, SignInError> {
    let address: IpAddr = from.parse().unwrap();
    match sign_in::with_password(tenancy, scope, email, &Secret::new(password), address).await? {
        Step::In(staff) => Ok(staff),
        Step::Second { staff, .. } => panic!("{} is asked for a code", staff.email),
    }
}

#[tokio::test]
async fn the_right_password_signs_in_in_any_case_of_the_address() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let signed_in = sign_in(tenancy, scope, " OWNER@moe.example ", PASSWORD, "192.0.2.1").await.unwrap();
    assert_eq!(signed_in, home.owner);
}

#[tokio::test]
async fn wrong_unknown_disabled_and_foreign_are_refused_alike() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await;
    let fin = platform.tenant("fin").await;
    let tenancy = &platform.tenancy;
    staff::disable(tenancy, fin.tenant.scope(), fin.owner.id, &By::command()).await.unwrap();
    for (scope, email, password) in [
        (moe.tenant.scope(), "owner@moe.example", "wrong horse battery"),
        (moe.tenant.scope(), "nobody@moe.example", PASSWORD),
        (moe.tenant.scope(), "owner@fin.example", PASSWORD),
        (fin.tenant.scope(), "owner@fin.example", PASSWORD),
        (fin.tenant.scope(), "owner@moe.example", PASSWORD),
    ] {
        let refused = sign_in(tenancy, scope, email, password, "192.0.2.1").await;
        assert!(matches!(refused, Err(SignInError::Wrong)), "{email}: {refused:?}");
    }
    // Each is in the record of the agency that was tried, with who was meant and from where.
    for (home, meant) in
        [(&moe, [None, None, Some(moe.owner.id)].as_slice()), (&fin, &[None, Some(fin.owner.id)])]
    {
        let tx = tenancy.app.tenant(home.tenant.scope()).await.unwrap();
        let acts = tx.audit_list(meant.len() as u64).await.unwrap();
        for (act, meant) in acts.iter().zip(meant) {
            assert_eq!((act.action.as_str(), act.address.as_str()), ("session.refuse", "192.0.2.1"));
            assert_eq!(act.detail["staff"], serde_json::json!(meant.map(|id| id.to_string())));
        }
    }
}

#[tokio::test]
async fn whoever_guesses_has_to_wait_and_locks_nobody_else_out() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    for _ in 0..tenancy.settings.attempts_per_fifteen_minutes {
        let refused = sign_in(tenancy, scope, "owner@moe.example", "guess", "192.0.2.66").await;
        assert!(matches!(refused, Err(SignInError::Wrong)), "{refused:?}");
    }
    // The right password, too: or waiting would tell that it was right.
    let refused = sign_in(tenancy, scope, "owner@moe.example", PASSWORD, "192.0.2.66").await;
    assert!(matches!(refused, Err(SignInError::TooMany { .. })), "{refused:?}");
    sign_in(tenancy, scope, "owner@moe.example", PASSWORD, "192.0.2.1").await.unwrap();

    platform.clock.advance(TimeDelta::minutes(15));
    sign_in(tenancy, scope, "owner@moe.example", PASSWORD, "192.0.2.66").await.unwrap();
}

#[tokio::test]
async fn guesses_from_everywhere_leave_the_addresses_that_a_person_uses_open() {
    let mut platform = Platform::new().await;
    platform.tenancy.settings.attempts_per_fifteen_minutes = 2;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    sign_in(tenancy, scope, "owner@moe.example", PASSWORD, "192.0.2.1").await.unwrap();
    for guesser in 0..20 {
        drop(sign_in(tenancy, scope, "owner@moe.example", "guess", &format!("198.51.100.{guesser}")).await);
    }
    let stranger = sign_in(tenancy, scope, "owner@moe.example", "guess", "203.0.113.9").await;
    assert!(matches!(stranger, Err(SignInError::TooMany { .. })), "{stranger:?}");
    sign_in(tenancy, scope, "owner@moe.example", PASSWORD, "192.0.2.1").await.unwrap();
}

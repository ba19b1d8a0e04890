//! A tenant's plan at the doors through which people and accounts come.

use belfry_model::{AccountKind, Measure, Quota, Role, Secret, UsedUp};
use belfry_storage::Actor;
use belfry_tenancy::By;
use belfry_tenancy::account::{self, AccountError, NewAccount};
use belfry_tenancy::staff::{self, AcceptError, Acceptance, Invitation, Invite, InviteError};

use crate::platform::{Home, PASSWORD, Platform};

async fn plan(platform: &Platform, home: &Home, quota: Quota) {
    platform.admin.quota_set(home.tenant.id, Some(quota), Actor::COMMAND).await.unwrap();
}

async fn invite(platform: &Platform, home: &Home, name: &str) -> Result<Invitation, InviteError> {
    let email = format!("{name}@moe.example").parse().unwrap();
    let invite = Invite { email, role: Role::Author, accounts: Vec::new() };
    staff::invite(&platform.tenancy, &home.tenant, &invite, &By::command()).await
}

async fn account(platform: &Platform, home: &Home, name: &str) -> Result<(), AccountError> {
    let new = NewAccount {
        username: name.parse().unwrap(),
        kind: AccountKind::Team,
        display_name: name.to_owned(),
    };
    account::create(&platform.tenancy, &home.tenant, &new, &By::command()).await.map(|_| ())
}

#[tokio::test]
async fn an_account_beyond_the_plan_is_refused_with_the_limit() {
    let platform = Platform::new().await;
    let (moe, fin) = (platform.tenant("moe").await, platform.tenant("fin").await);
    plan(&platform, &moe, Quota { accounts: Some(3), ..Quota::default() }).await;
    // Its organisation account is one, and the actor that fetches for it is none.
    let names = ["press", "water", "roads", "parks"];
    let made = futures::future::join_all(names.iter().map(|name| account(&platform, &moe, name))).await;
    let limit = UsedUp { measure: Measure::Accounts, limit: 3 };
    let refused: Vec<_> = made.into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 2);
    assert!(
        refused.iter().all(|error| matches!(error, AccountError::UsedUp(it) if *it == limit)),
        "{refused:?}"
    );
    account(&platform, &fin, "press").await.unwrap();
}

#[tokio::test]
async fn an_invitation_takes_a_place_until_it_is_over() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await;
    plan(&platform, &moe, Quota { staff: Some(3), ..Quota::default() }).await;
    let names = ["ann", "bob", "cas", "dirk"];
    let sent = futures::future::join_all(names.iter().map(|name| invite(&platform, &moe, name))).await;
    let refused = sent.iter().filter(|one| matches!(one, Err(InviteError::UsedUp(_)))).count();
    assert_eq!((refused, sent.iter().filter(|one| one.is_ok()).count()), (2, 2));
    // Again to the same person, and to one who is there: nobody is added.
    let again = sent.iter().flatten().next().unwrap().email.to_string();
    invite(&platform, &moe, again.split('@').next().unwrap()).await.unwrap();
    let owner = Invite { email: moe.owner.email.parse().unwrap(), role: Role::Lead, accounts: Vec::new() };
    staff::invite(&platform.tenancy, &moe.tenant, &owner, &By::command()).await.unwrap();
    platform.clock.advance(chrono::TimeDelta::days(30));
    invite(&platform, &moe, "eva").await.unwrap();
}

#[tokio::test]
async fn an_invitation_that_finds_no_place_any_more_stays_open() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await;
    let invitation = invite(&platform, &moe, "ann").await.unwrap();
    let brought = Acceptance {
        email: invitation.email.to_string(),
        code: invitation.code,
        password: Secret::new(PASSWORD),
        display_name: String::new(),
    };
    plan(&platform, &moe, Quota { staff: Some(1), ..Quota::default() }).await;
    let refused = staff::accept(&platform.tenancy, &moe.tenant, &brought).await;
    assert!(matches!(refused, Err(AcceptError::UsedUp(_))), "{refused:?}");
    plan(&platform, &moe, Quota { staff: Some(2), ..Quota::default() }).await;
    staff::accept(&platform.tenancy, &moe.tenant, &brought).await.unwrap();
}

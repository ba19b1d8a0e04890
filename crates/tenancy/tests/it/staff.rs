//! Inviting people and letting them in.

use belfry_model::{Role, Secret};
use belfry_tenancy::staff::{self, AcceptError, Acceptance, Invitation, Invite, InviteError};
use belfry_tenancy::{By, account, session};
use chrono::TimeDelta;

use crate::platform::{PASSWORD, Platform, new_tenant};

fn anna() -> Invite {
    Invite {
        email: "anna@moe.example".parse().unwrap(),
        role: Role::Editor,
        accounts: vec!["moe".parse().unwrap()],
    }
}

fn with(invitation: &Invitation) -> Acceptance {
    Acceptance {
        email: invitation.email.to_string(),
        code: invitation.code.clone(),
        password: Secret::new(PASSWORD),
        display_name: "Anna".into(),
    }
}

#[tokio::test]
async fn an_accepted_invitation_gives_the_role_and_the_accounts() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let tenancy = &platform.tenancy;
    let invitation =
        staff::invite(tenancy, &home.tenant, &anna(), &By::staff(home.tenant.id, &home.owner)).await.unwrap();
    let mut brought = with(&invitation);
    brought.email = "ANNA@moe.example".into();
    let anna = staff::accept(tenancy, &home.tenant, &brought).await.unwrap();

    assert_eq!((anna.role, anna.email.as_str()), (Role::Editor, "anna@moe.example"));
    let accounts = account::list_of(tenancy, home.tenant.scope(), anna.id).await.unwrap();
    assert_eq!(accounts.iter().map(|row| row.username.as_str()).collect::<Vec<_>>(), ["moe"]);
    let everybody = staff::list(tenancy, home.tenant.scope()).await.unwrap();
    assert_eq!(everybody.len(), 2);
    let tx = tenancy.app.tenant(home.tenant.scope()).await.unwrap();
    let events = tx.audit_list(2).await.unwrap();
    let events: Vec<_> = events.iter().map(|event| (event.action.as_str(), event.staff_id)).collect();
    assert_eq!(events, [("staff.accept", Some(anna.id.0)), ("staff.invite", Some(home.owner.id.0))]);
}

#[tokio::test]
async fn a_code_works_once() {
    let platform = Platform::new().await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    let brought = with(&created.invitation);
    let both = tokio::join!(
        staff::accept(&platform.tenancy, &created.tenant, &brought),
        staff::accept(&platform.tenancy, &created.tenant, &brought)
    );
    assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
}

#[tokio::test]
async fn a_wrong_late_or_replaced_code_is_refused_alike() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, tenant) = (&platform.tenancy, &home.tenant);
    let replaced = staff::invite(tenancy, tenant, &anna(), &By::command()).await.unwrap();
    let current = staff::invite(tenancy, tenant, &anna(), &By::command()).await.unwrap();

    let mut wrong = with(&current);
    wrong.code = Secret::new("0000-0000-0000-0000");
    let mut another = with(&current);
    another.email = "bob@moe.example".into();
    for brought in [with(&replaced), wrong, another] {
        let refused = staff::accept(tenancy, tenant, &brought).await;
        assert!(matches!(refused, Err(AcceptError::Invalid)), "{refused:?}");
    }
    platform.clock.advance(TimeDelta::days(tenancy.settings.invitation_days.into()));
    let late = staff::accept(tenancy, tenant, &with(&current)).await;
    assert!(matches!(late, Err(AcceptError::Invalid)), "{late:?}");
}

#[tokio::test]
async fn a_short_password_is_refused_and_does_not_use_the_code_up() {
    let platform = Platform::new().await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    let mut brought = with(&created.invitation);
    brought.password = Secret::new("kort");
    let refused = staff::accept(&platform.tenancy, &created.tenant, &brought).await;
    assert!(matches!(refused, Err(AcceptError::Password(_))), "{refused:?}");
    staff::accept(&platform.tenancy, &created.tenant, &with(&created.invitation)).await.unwrap();
}

#[tokio::test]
async fn an_invitation_of_one_tenant_is_nothing_at_another() {
    let platform = Platform::new().await;
    let moe = platform.create(&new_tenant("moe")).await.unwrap();
    let fin = platform.create(&new_tenant("fin")).await.unwrap();
    let refused = staff::accept(&platform.tenancy, &fin.tenant, &with(&moe.invitation)).await;
    assert!(matches!(refused, Err(AcceptError::Invalid)), "{refused:?}");
    staff::accept(&platform.tenancy, &moe.tenant, &with(&moe.invitation)).await.unwrap();
}

#[tokio::test]
async fn an_account_that_is_not_the_tenants_is_refused_by_name() {
    let platform = Platform::new().await;
    platform.tenant("moe").await;
    let fin = platform.tenant("fin").await;
    let refused = staff::invite(&platform.tenancy, &fin.tenant, &anna(), &By::command()).await;
    assert!(matches!(&refused, Err(InviteError::UnknownAccount { handle, .. }) if handle.as_str() == "moe"));
}

#[tokio::test]
async fn the_same_address_at_two_tenants_is_two_people() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await;
    let fin = platform.tenant("fin").await;
    let invite = Invite { accounts: vec![], ..anna() };
    let invitation = staff::invite(&platform.tenancy, &moe.tenant, &invite, &By::command()).await.unwrap();
    let at_moe = platform.accept(&moe.tenant, invitation).await;
    let invitation = staff::invite(&platform.tenancy, &fin.tenant, &invite, &By::command()).await.unwrap();
    let at_fin = platform.accept(&fin.tenant, invitation).await;
    assert_ne!(at_moe.id, at_fin.id);
    staff::disable(&platform.tenancy, fin.tenant.scope(), at_fin.id, &By::command()).await.unwrap();
    let still = staff::list(&platform.tenancy, moe.tenant.scope()).await.unwrap();
    assert!(still.iter().all(|staff| !staff.disabled));
}

#[tokio::test]
async fn a_disabled_person_comes_back_by_a_new_invitation_and_with_nothing_old() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let old = session::start(tenancy, scope, home.owner.id, None).await.unwrap();
    assert!(staff::disable(tenancy, scope, home.owner.id, &By::command()).await.unwrap());
    assert!(!staff::disable(tenancy, scope, home.owner.id, &By::command()).await.unwrap());

    let invite = Invite { email: home.owner.email.parse().unwrap(), role: Role::Author, accounts: vec![] };
    let invitation = staff::invite(tenancy, &home.tenant, &invite, &By::command()).await.unwrap();
    let back = platform.accept(&home.tenant, invitation).await;
    assert_eq!((back.id, back.role, back.disabled), (home.owner.id, Role::Author, false));
    assert!(session::find(tenancy, scope, old.expose()).await.unwrap().is_none());
}

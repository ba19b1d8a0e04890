//! Accounts and their handles.

use belfry_model::{AccountKind, ActorId, Username};
use belfry_tenancy::By;
use belfry_tenancy::account::{self, AccountError, NewAccount};

use crate::platform::{Platform, new_tenant};

fn press() -> NewAccount {
    NewAccount { username: name("press"), kind: AccountKind::Team, display_name: "Press office".into() }
}

fn name(text: &str) -> Username {
    text.parse().unwrap()
}

#[tokio::test]
async fn an_account_has_its_addresses_its_key_and_its_place_in_the_register() {
    let platform = Platform::new().await;
    let moe = platform.create(&new_tenant("moe")).await.unwrap();
    let actor = account::create(&platform.tenancy, &moe.tenant, &press(), &By::command()).await.unwrap();
    assert_eq!(actor.kind, "team");
    assert_eq!(actor.domain, "moe.social.example");
    assert_eq!(actor.inbox_url, "https://moe.social.example/users/press/inbox");
    assert_eq!(actor.shared_inbox_url.as_deref(), Some("https://social.example/inbox"));
    let key = platform.tenancy.keys.signing_key(moe.tenant.scope(), ActorId(actor.id)).await.unwrap();
    assert!(key.is_some());
    let found = account::find(&platform.tenancy, moe.tenant.scope(), &name("press")).await.unwrap();
    assert_eq!(found.unwrap().id, actor.id);
    let register = platform.tenancy.app.public_account_list().await.unwrap();
    assert_eq!(register.iter().map(|row| row.username.as_str()).collect::<Vec<_>>(), ["moe", "press"]);
}

#[tokio::test]
async fn a_handle_is_taken_in_its_own_tenant_only() {
    let platform = Platform::new().await;
    let moe = platform.create(&new_tenant("moe")).await.unwrap();
    let fin = platform.create(&new_tenant("fin")).await.unwrap();
    account::create(&platform.tenancy, &moe.tenant, &press(), &By::command()).await.unwrap();
    let error = account::create(&platform.tenancy, &moe.tenant, &press(), &By::command()).await.unwrap_err();
    assert!(matches!(error, AccountError::Taken { .. }), "{error}");
    account::create(&platform.tenancy, &fin.tenant, &press(), &By::command()).await.unwrap();
}

#[tokio::test]
async fn an_official_handle_is_unique_on_the_shared_domain() {
    let platform = Platform::new().await;
    let (tenancy, admin) = (&platform.tenancy, &platform.admin);
    let moe = platform.create(&new_tenant("moe")).await.unwrap().tenant;
    let fin = platform.create(&new_tenant("fin")).await.unwrap().tenant;
    for tenant in [&moe, &fin] {
        account::create(tenancy, tenant, &press(), &By::command()).await.unwrap();
    }
    assert!(account::official_give(tenancy, admin, &moe, &name("press"), &By::command()).await.unwrap());
    // Giving it again changes nothing.
    assert!(account::official_give(tenancy, admin, &moe, &name("press"), &By::command()).await.unwrap());
    let error =
        account::official_give(tenancy, admin, &fin, &name("press"), &By::command()).await.unwrap_err();
    assert!(matches!(error, AccountError::OfficialTaken { .. }), "{error}");

    let row = tenancy.app.public_account_by_official(&name("press")).await.unwrap().unwrap();
    assert_eq!(row.tenant_id, moe.id.0);
    let actor = account::find(tenancy, moe.scope(), &name("press")).await.unwrap().unwrap();
    assert_eq!(actor.official_handle.as_deref(), Some("press"));
    let governance = platform.admin.governance_list(100).await.unwrap();
    assert_eq!(governance.iter().filter(|act| act.action == "official_handle.give").count(), 1);
}

#[tokio::test]
async fn an_interrupted_gift_of_an_official_handle_is_completed_by_the_next() {
    let platform = Platform::new().await;
    let (tenancy, admin) = (&platform.tenancy, &platform.admin);
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    let moe = created.tenant;
    let id = ActorId(created.organisation.id);
    // The first half only, as a crash would leave it.
    assert!(
        admin.official_handle_give(moe.id, id, &name("moe"), belfry_storage::Actor::COMMAND).await.unwrap()
    );
    assert!(account::official_give(tenancy, admin, &moe, &name("moe"), &By::command()).await.unwrap());
    let actor = account::find(tenancy, moe.scope(), &name("moe")).await.unwrap().unwrap();
    assert_eq!(actor.official_handle.as_deref(), Some("moe"));
}

#[tokio::test]
async fn an_account_of_another_tenant_is_not_found_and_gets_nothing() {
    let platform = Platform::new().await;
    let (tenancy, admin) = (&platform.tenancy, &platform.admin);
    let moe = platform.tenant("moe").await;
    let fin = platform.tenant("fin").await;
    assert!(account::find(tenancy, fin.tenant.scope(), &name("moe")).await.unwrap().is_none());
    assert!(
        !account::official_give(tenancy, admin, &fin.tenant, &name("moe"), &By::command()).await.unwrap()
    );
    // A staff member of one can't be let into an account of another: the database has no such row.
    let foreign = ActorId(moe.organisation);
    assert!(
        account::access_grant(tenancy, fin.tenant.scope(), fin.owner.id, foreign, &By::command())
            .await
            .is_err()
    );
    assert!(account::list_of(tenancy, moe.tenant.scope(), fin.owner.id).await.unwrap().is_empty());
}

//! Accounts and their handles.

use belfry_model::{AccountKind, ActorId, Username};
use belfry_tenancy::By;
use belfry_tenancy::account::{self, AccountError, NewAccount};
use belfry_tenancy::official::{self, OfficialError};

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
    assert!(
        official::give(tenancy, admin, &moe, &name("press"), &name("press"), &By::command()).await.unwrap()
    );
    // Giving it again changes nothing.
    assert!(
        !official::give(tenancy, admin, &moe, &name("press"), &name("press"), &By::command()).await.unwrap()
    );
    let error = official::give(tenancy, admin, &fin, &name("press"), &name("press"), &By::command())
        .await
        .unwrap_err();
    assert!(matches!(error, OfficialError::Taken(_)), "{error}");

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
    assert!(official::give(tenancy, admin, &moe, &name("moe"), &name("moe"), &By::command()).await.unwrap());
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
    let given = official::give(tenancy, admin, &fin.tenant, &name("moe"), &name("moe"), &By::command()).await;
    assert!(matches!(given, Err(OfficialError::UnknownAccount { .. })), "{given:?}");
    // A staff member of one can't be let into an account of another: the database has no such row.
    let foreign = ActorId(moe.organisation);
    assert!(
        account::access_grant(tenancy, fin.tenant.scope(), fin.owner.id, foreign, &By::command())
            .await
            .is_err()
    );
    assert!(account::list_of(tenancy, moe.tenant.scope(), fin.owner.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_released_handle_is_kept_for_the_body_that_had_it() {
    let platform = Platform::new().await;
    let (tenancy, admin, by) = (&platform.tenancy, &platform.admin, &By::command());
    let moe = platform.create(&new_tenant("moe")).await.unwrap().tenant;
    let fin = platform.create(&new_tenant("fin")).await.unwrap().tenant;
    let give = async |tenant, account: &str, handle: &str| {
        official::give(tenancy, admin, tenant, &name(account), &name(handle), by).await
    };
    assert!(give(&moe, "moe", "education").await.unwrap());
    assert!(
        matches!(give(&moe, "moe", "schools").await, Err(OfficialError::HasAnother(has)) if has == "education")
    );
    let was = official::release(tenancy, admin, &moe, &name("moe"), by).await.unwrap();
    assert_eq!(was.as_deref(), Some("education"));
    assert_eq!(official::release(tenancy, admin, &moe, &name("moe"), by).await.unwrap(), None);
    let actor = account::find(tenancy, moe.scope(), &name("moe")).await.unwrap().unwrap();
    assert_eq!(actor.official_handle, None);
    assert!(tenancy.app.public_account_by_official(&name("education")).await.unwrap().is_none());

    assert!(matches!(give(&fin, "fin", "education").await, Err(OfficialError::Taken(_))));
    assert!(give(&moe, "moe", "education").await.unwrap());
    // Each change was one Update for the followers' servers.
    let superuser = platform.superuser().await;
    let updates: i64 =
        sqlx::query_scalar("SELECT count(*) FROM activity WHERE kind = 'Update' AND to_followers")
            .fetch_one(&superuser)
            .await
            .unwrap();
    let waiting: i64 =
        sqlx::query_scalar("SELECT count(*) FROM machinery.outbox").fetch_one(&superuser).await.unwrap();
    assert_eq!((updates, waiting), (3, 3));
}

#[tokio::test]
async fn an_interrupted_release_is_completed_by_the_next() {
    let platform = Platform::new().await;
    let (tenancy, admin, by) = (&platform.tenancy, &platform.admin, &By::command());
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    official::give(tenancy, admin, &created.tenant, &name("moe"), &name("moe"), by).await.unwrap();
    let id = ActorId(created.organisation.id);
    admin.official_handle_release(created.tenant.id, id, belfry_storage::Actor::COMMAND).await.unwrap();
    let was = official::release(tenancy, admin, &created.tenant, &name("moe"), by).await.unwrap();
    assert_eq!(was.as_deref(), Some("moe"));
    let actor = account::find(tenancy, created.tenant.scope(), &name("moe")).await.unwrap().unwrap();
    assert_eq!(actor.official_handle, None);
}

#[tokio::test]
async fn no_official_handle_names_another_body_or_hides_an_account() {
    let platform = Platform::new().await;
    let (tenancy, admin, by) = (&platform.tenancy, &platform.admin, &By::command());
    let moe = platform.create(&new_tenant("moe")).await.unwrap().tenant;
    platform.create(&new_tenant("fin")).await.unwrap();
    account::create(tenancy, &moe, &press(), by).await.unwrap();
    let give = async |account: &str, handle: &str| {
        official::give(tenancy, admin, &moe, &name(account), &name(handle), by).await
    };
    assert!(matches!(give("moe", "fin").await, Err(OfficialError::Taken(_))));
    assert!(matches!(give("moe", "press").await, Err(OfficialError::Hides(_))));
    assert!(give("press", "news").await.unwrap());
    let news = NewAccount { username: name("news"), ..press() };
    let error = account::create(tenancy, &moe, &news, by).await.unwrap_err();
    assert!(matches!(error, AccountError::Taken { .. }), "{error}");
    assert!(!official::is_free(admin, &"newer".parse().unwrap(), &name("news")).await.unwrap());
    assert!(official::is_free(admin, &moe.slug, &name("news")).await.unwrap());
}

//! The registry: what the lead agency's role enters, and every process reads.

use belfry_model::{AccountKind, ActorId, Host, Phase, Slug, TenantId, TenantState, Username};
use belfry_storage::{AdminDb, AppDb, Error, NewTenant, PoolOptions, Registered};
use belfry_test_support::TestDatabase;

struct Registry {
    admin: AdminDb,
    app: AppDb,
    _database: TestDatabase,
}

impl Registry {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        Self {
            admin: AdminDb::connect(&database.admin_url(), PoolOptions::default()).await.unwrap(),
            app: AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap(),
            _database: database,
        }
    }

    async fn register(&self, slug: &str, lead: bool) -> Result<Registered, Error> {
        let slug: Slug = slug.parse().unwrap();
        let host: Host = format!("{slug}.social.example").parse().unwrap();
        let new = NewTenant {
            slug: &slug,
            host: &host,
            name: "A ministry",
            phase: Phase::Pilot,
            language: "en",
            owner_email: "owner@agency.example",
            body_type: belfry_model::BodyType::Ministry,
            request: None,
            lead,
        };
        self.admin.tenant_register(&new, belfry_storage::Actor::COMMAND).await
    }

    async fn registered(&self, slug: &str) -> TenantId {
        match self.register(slug, false).await.unwrap() {
            Registered::New(row) => TenantId(row.id),
            Registered::Known(row) => panic!("{} was registered before", row.slug),
        }
    }
}

#[tokio::test]
async fn a_slug_is_registered_once_and_recorded() {
    let registry = Registry::new().await;
    let id = registry.registered("moe").await;
    let again = registry.register("moe", false).await.unwrap();
    assert!(matches!(again, Registered::Known(row) if row.id == id.0));
    let acts = registry.admin.governance_list(10).await.unwrap();
    assert_eq!(acts.len(), 1);
    assert_eq!((acts[0].action.as_str(), acts[0].about_tenant), ("tenant.register", Some(id.0)));
}

#[tokio::test]
async fn of_many_first_tenants_at_once_one_leads() {
    let registry = Registry::new().await;
    let all = tokio::join!(
        registry.register("moe", false),
        registry.register("fin", false),
        registry.register("water", false)
    );
    assert!(all.0.is_ok() && all.1.is_ok() && all.2.is_ok(), "{all:?}");
    let tenants = registry.app.tenant_list().await.unwrap();
    assert_eq!(tenants.iter().filter(|tenant| tenant.is_lead).count(), 1);
}

#[tokio::test]
async fn a_second_lead_is_a_conflict_and_leaves_nothing() {
    let registry = Registry::new().await;
    registry.registered("moe").await;
    let refused = registry.register("fin", true).await;
    assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
    assert_eq!(registry.app.tenant_list().await.unwrap().len(), 1);
    assert_eq!(registry.admin.governance_list(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_deleted_tenant_keeps_its_slug_and_its_host() {
    let registry = Registry::new().await;
    let id = registry.registered("moe").await;
    registry.admin.tenant_state_set(id, TenantState::Deleted, belfry_storage::Actor::COMMAND).await.unwrap();
    let listed = registry.app.tenant_list().await.unwrap();
    assert_eq!(listed.iter().map(|row| row.state.as_str()).collect::<Vec<_>>(), ["deleted"]);
    let again = registry.register("moe", false).await.unwrap();
    assert!(matches!(again, Registered::Known(row) if row.state == "deleted"));
}

#[tokio::test]
async fn a_tenant_writes_its_own_lines_of_the_public_register_only() {
    let registry = Registry::new().await;
    let moe = registry.registered("moe").await;
    let fin = registry.registered("fin").await;
    let name: Username = "press".parse().unwrap();
    let scope = |id| belfry_model::TenantScope::of(id).unwrap();
    let tx = registry.app.tenant(scope(moe)).await.unwrap();
    tx.public_account_insert(ActorId(1), &name, "Press", AccountKind::Team).await.unwrap();
    tx.commit().await.unwrap();
    let tx = registry.app.tenant(scope(fin)).await.unwrap();
    tx.public_account_insert(ActorId(2), &name, "Press", AccountKind::Team).await.unwrap();
    // Renaming looks among its own rows: the neighbour's with that id is not there.
    tx.public_account_present(ActorId(1), "Ours now", "", None).await.unwrap();
    tx.commit().await.unwrap();
    let all = registry.app.public_account_list().await.unwrap();
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|row| row.display_name == "Press"));

    assert!(
        registry
            .admin
            .official_handle_give(moe, ActorId(1), &name, belfry_storage::Actor::COMMAND)
            .await
            .unwrap()
    );
    let taken =
        registry.admin.official_handle_give(fin, ActorId(2), &name, belfry_storage::Actor::COMMAND).await;
    assert!(matches!(taken, Err(Error::Conflict { .. })), "{taken:?}");
    assert!(
        !registry
            .admin
            .official_handle_give(fin, ActorId(1), &"other".parse().unwrap(), belfry_storage::Actor::COMMAND)
            .await
            .unwrap()
    );
    // Released it is still the same tenant's.
    let by = belfry_storage::Actor::COMMAND;
    let was = registry.admin.official_handle_release(moe, ActorId(1), by).await.unwrap();
    assert_eq!(was.as_deref(), Some("press"));
    assert_eq!(registry.admin.official_handle_kept(moe).await.unwrap(), ["press"]);
    let taken = registry.admin.official_handle_give(fin, ActorId(2), &name, by).await;
    assert!(matches!(taken, Err(Error::Conflict { .. })), "{taken:?}");
    assert!(registry.admin.official_handle_give(moe, ActorId(1), &name, by).await.unwrap());
}

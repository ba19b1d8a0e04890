//! A small platform to test on: a database, a clock that stands still, the use cases' handle.

use std::sync::Arc;

use belfry_cache::Cache;
use belfry_model::{Host, Phase, PlatformNames, Secret, Tenant};
use belfry_settings::SignInSettings;
use belfry_storage::{AdminDb, AppDb, PoolOptions};
use belfry_tenancy::keys::PlatformKey;
use belfry_tenancy::provision::{self, CreatedTenant, NewTenant, ProvisionError};
use belfry_tenancy::staff::{self, Acceptance, Staff};
use belfry_tenancy::{By, Directory, Keys, Tenancy};
use belfry_test_support::{MockClock, TestDatabase};

pub const PASSWORD: &str = "correct horse battery";

pub struct Platform {
    pub database: TestDatabase,
    pub tenancy: Tenancy,
    pub admin: AdminDb,
    pub clock: Arc<MockClock>,
    /// Holds the platform key; gone with the test.
    pub folder: tempfile::TempDir,
}

impl Platform {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("platform.key");
        Keys::create_platform_key_file(&key).unwrap();
        let clock = Arc::new(MockClock::default());
        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        let admin = AdminDb::connect(&database.admin_url(), PoolOptions::default()).await.unwrap();
        let keys = Keys::new(app.clone(), PlatformKey::read(&key).unwrap(), 100);
        let tenancy = Tenancy::new(
            app.clone(),
            Cache::embedded(1000, clock.clone()),
            clock.clone(),
            PlatformNames { scheme: "https".into(), shared_domain: host("social.example") },
            Directory::load(app).await.unwrap(),
            Arc::new(keys),
            SignInSettings::default(),
        );
        Self { database, tenancy, admin, clock, folder }
    }

    pub async fn create(&self, new: &NewTenant) -> Result<CreatedTenant, ProvisionError> {
        provision::create_tenant(&self.tenancy, &self.admin, new, &By::command()).await
    }

    /// A live tenant whose owner, `owner@<slug>.example`, has accepted.
    pub async fn tenant(&self, slug: &str) -> Home {
        let created = self.create(&new_tenant(slug)).await.unwrap();
        let owner = self.accept(&created.tenant, created.invitation).await;
        Home { tenant: created.tenant, organisation: created.organisation.id, owner }
    }

    pub async fn accept(&self, tenant: &Tenant, invitation: staff::Invitation) -> Staff {
        let brought = Acceptance {
            email: invitation.email.to_string(),
            code: invitation.code,
            password: Secret::new(PASSWORD),
            display_name: "Anna".into(),
        };
        staff::accept(&self.tenancy, tenant, &brought).await.unwrap()
    }

    /// As no part of the platform can look and act.
    pub async fn superuser(&self) -> sqlx::PgPool {
        sqlx::PgPool::connect(self.database.superuser_url().expose()).await.unwrap()
    }
}

pub struct Home {
    pub tenant: Tenant,
    pub organisation: i64,
    pub owner: Staff,
}

pub fn new_tenant(slug: &str) -> NewTenant {
    NewTenant {
        slug: slug.parse().unwrap(),
        name: format!("Ministry of {slug}"),
        owner_email: format!("owner@{slug}.example").parse().unwrap(),
        phase: Phase::Pilot,
        language: "en".into(),
        body_type: belfry_model::BodyType::Ministry,
        request: None,
        host: None,
        lead: false,
    }
}

pub fn host(text: &str) -> Host {
    text.parse().unwrap()
}

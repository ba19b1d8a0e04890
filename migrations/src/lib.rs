//! The schema: plain SQL, applied once and never edited. Each file says why it exists.
//!
//! Invariant: a migration that has been released is never changed; a later one corrects it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseConnection;

/// Creates the four roles. Run by a superuser, once a cluster, before [`Migrator`].
pub const ROLES_SQL: &str = include_str!("../sql/roles.sql");

/// The login roles that [`ROLES_SQL`] creates, in the order: owner, app, worker, admin.
pub const ROLES: [&str; 4] = ["belfry_owner", "belfry_app", "belfry_worker", "belfry_admin"];

/// Name and text of every migration, in order.
pub const SQL_FILES: &[(&str, &str)] = &[
    ("0001_foundations", include_str!("../sql/0001_foundations.sql")),
    ("0002_registry", include_str!("../sql/0002_registry.sql")),
    ("0003_people", include_str!("../sql/0003_people.sql")),
    ("0004_posts", include_str!("../sql/0004_posts.sql")),
    ("0005_policies", include_str!("../sql/0005_policies.sql")),
    ("0006_machinery", include_str!("../sql/0006_machinery.sql")),
    ("0007_delivery", include_str!("../sql/0007_delivery.sql")),
    ("0008_follower_digest", include_str!("../sql/0008_follower_digest.sql")),
    ("0009_audit", include_str!("../sql/0009_audit.sql")),
    ("0010_body_type", include_str!("../sql/0010_body_type.sql")),
    ("0011_notices", include_str!("../sql/0011_notices.sql")),
    ("0012_usage", include_str!("../sql/0012_usage.sql")),
    ("0013_suspension", include_str!("../sql/0013_suspension.sql")),
    ("0014_audit_search", include_str!("../sql/0014_audit_search.sql")),
    ("0015_mail", include_str!("../sql/0015_mail.sql")),
    ("0016_official_handle", include_str!("../sql/0016_official_handle.sql")),
    ("0017_proposal", include_str!("../sql/0017_proposal.sql")),
    ("0018_admission", include_str!("../sql/0018_admission.sql")),
    ("0019_overview", include_str!("../sql/0019_overview.sql")),
    ("0020_policy", include_str!("../sql/0020_policy.sql")),
    ("0021_domain_import", include_str!("../sql/0021_domain_import.sql")),
    ("0022_request_quota", include_str!("../sql/0022_request_quota.sql")),
    ("0023_permissions", include_str!("../sql/0023_permissions.sql")),
    ("0024_tenant_import", include_str!("../sql/0024_tenant_import.sql")),
    ("0025_register", include_str!("../sql/0025_register.sql")),
    ("0026_policy_pack", include_str!("../sql/0026_policy_pack.sql")),
    ("0027_deletion", include_str!("../sql/0027_deletion.sql")),
    ("0028_second_factor", include_str!("../sql/0028_second_factor.sql")),
    ("0029_second_factor_demand", include_str!("../sql/0029_second_factor_demand.sql")),
    ("0030_baseline", include_str!("../sql/0030_baseline.sql")),
    ("0031_official_since", include_str!("../sql/0031_official_since.sql")),
];

/// The names of the migrations that this build knows, in order.
pub fn names() -> Vec<&'static str> {
    SQL_FILES.iter().map(|(name, _)| *name).collect()
}

/// Applies every migration that is still to be applied.
pub async fn apply(connection: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(connection, None).await
}

/// Applies the files in order, each in a transaction of its own.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        SQL_FILES
            .iter()
            .map(|&(name, sql)| Box::new(SqlFile { name, sql }) as Box<dyn MigrationTrait>)
            .collect()
    }
}

struct SqlFile {
    name: &'static str,
    sql: &'static str,
}

impl MigrationName for SqlFile {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SqlFile {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.sql).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::SQL_FILES;

    #[test]
    fn every_migration_begins_by_saying_why() {
        for (name, sql) in SQL_FILES {
            assert!(sql.starts_with("-- Why: "), "{name} does not begin with `-- Why: `");
        }
    }

    #[test]
    fn migrations_are_numbered_without_a_gap() {
        for (position, (name, _)) in SQL_FILES.iter().enumerate() {
            assert!(name.starts_with(&format!("{:04}_", position + 1)), "{name} is out of order");
        }
    }
}

//! `belfry doctor`, and starting while a part is away: what an operator is told, and that the
//! process says so instead of half-starting.

use std::process::Output;

use belfry_migrations::SQL_FILES;
use belfry_model::Secret;
use belfry_tenancy::Keys;
use belfry_test_support::TestDatabase;
use serde_json::Value;
use tokio::process::Command;

/// Nobody listens on port 1 of the loopback.
const NOBODY: &str = "127.0.0.1:1";

struct Installation {
    database: TestDatabase,
    folder: tempfile::TempDir,
}

impl Installation {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Keys::create_platform_key_file(&folder.path().join("platform.key")).unwrap();
        Self { database: TestDatabase::new().await, folder }
    }

    /// Runs `belfry` with healthy settings but for `changes`.
    async fn belfry(&self, words: &[&str], changes: &[(&str, &str)]) -> Output {
        let key = self.folder.path().join("platform.key");
        let media = format!("file://{}/media", self.folder.path().display());
        Command::new(env!("CARGO_BIN_EXE_belfry"))
            .args(words)
            .env_clear()
            .env("BELFRY__PLATFORM__SHARED_DOMAIN", "social.localhost")
            .env("BELFRY__PLATFORM__SCHEME", "http")
            .env("BELFRY__DATABASE__URL", self.database.app_url().expose())
            .env("BELFRY__DATABASE__WORKER_URL", self.database.worker_url().expose())
            .env("BELFRY__DATABASE__ADMIN_URL", self.database.admin_url().expose())
            .env("BELFRY__DATABASE__OWNER_URL", self.database.owner_url().expose())
            .env("BELFRY__DATABASE__ACQUIRE_TIMEOUT_SECONDS", "2")
            .env("BELFRY__QUEUE__PUBLISH_TIMEOUT_SECONDS", "2")
            .env("BELFRY__MEDIA__URL", media)
            .env("BELFRY__KEYS__PLATFORM_KEY_FILE", key)
            .envs(changes.iter().copied())
            .output()
            .await
            .unwrap()
    }

    /// Verdict and message of each part, and whether the command succeeded.
    async fn doctor(&self, changes: &[(&str, &str)]) -> (bool, Vec<(String, String, String)>) {
        let output = self.belfry(&["doctor", "--json"], changes).await;
        let findings: Vec<Value> = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let findings = findings
            .iter()
            .map(|finding| (text(finding, "part"), text(finding, "verdict"), text(finding, "message")))
            .collect();
        (output.status.success(), findings)
    }
}

#[track_caller]
fn assert_problem(findings: &[(String, String, String)], part: &str, words: &str) {
    let found = findings.iter().find(|(of, ..)| of == part).unwrap_or_else(|| panic!("{part} is missing"));
    assert_eq!(found.1, "problem", "{found:?}");
    assert!(found.2.contains(words), "{found:?}");
}

#[tokio::test]
async fn a_healthy_platform_has_no_problem() {
    let (well, findings) = Installation::new().await.doctor(&[]).await;
    assert!(well, "{findings:?}");
    assert!(findings.iter().all(|(_, verdict, _)| verdict != "problem"), "{findings:?}");
}

#[tokio::test]
async fn a_superuser_connection_is_found_and_explained() {
    let installation = Installation::new().await;
    let superuser = installation.database.superuser_url();
    let (well, findings) = installation.doctor(&[("BELFRY__DATABASE__URL", superuser.expose())]).await;
    assert!(!well);
    assert_problem(&findings, "database: app", "superuser");
}

#[tokio::test]
async fn an_owner_connection_is_found_and_explained() {
    let installation = Installation::new().await;
    let owner = installation.database.owner_url();
    let (well, findings) = installation.doctor(&[("BELFRY__DATABASE__URL", owner.expose())]).await;
    assert!(!well);
    assert_problem(&findings, "database: app", "owns");
}

#[tokio::test]
async fn a_missing_policy_is_found_and_its_table_named() {
    let installation = Installation::new().await;
    installation.database.run_as_superuser("ALTER TABLE status NO FORCE ROW LEVEL SECURITY").await;
    let (well, findings) = installation.doctor(&[]).await;
    assert!(!well);
    assert_problem(&findings, "database: policies", "public.status");
}

#[tokio::test]
async fn unreachable_parts_are_each_named_and_hide_no_other() {
    let installation = Installation::new().await;
    let (well, findings) = installation
        .doctor(&[
            ("BELFRY__QUEUE__URL", &format!("amqp://{NOBODY}/")),
            ("BELFRY__CACHE__URL", &format!("redis://{NOBODY}")),
            ("BELFRY__DATABASE__WORKER_URL", &format!("postgres://belfry_worker@{NOBODY}/belfry")),
        ])
        .await;
    assert!(!well);
    assert_problem(&findings, "queue", "broker");
    assert_problem(&findings, "cache", "cache");
    assert_problem(&findings, "database: worker", "database.worker_url");
    assert!(findings.iter().any(|(part, verdict, _)| part == "database: app" && verdict == "good"));
}

#[tokio::test]
async fn migrations_that_are_missing_are_counted() {
    let installation = Installation::new().await;
    let (last, _) = SQL_FILES.last().unwrap();
    let forget = format!("DELETE FROM seaql_migrations WHERE version = '{last}'");
    installation.database.run_as_superuser(&forget).await;
    let (well, findings) = installation.doctor(&[]).await;
    assert!(!well);
    assert_problem(&findings, "database: schema", last);
    let check = installation.belfry(&["migrate", "--check"], &[]).await;
    assert!(!check.status.success());
}

#[tokio::test]
async fn a_service_says_which_part_is_away_at_its_start_without_its_password() {
    let installation = Installation::new().await;
    let secret = Secret::new(format!("postgres://belfry_app:hunter2@{NOBODY}/belfry"));
    let broker = format!("amqp://user:hunter2@{NOBODY}/");
    for (setting, value, words) in [
        ("BELFRY__DATABASE__URL", secret.expose(), "database.url"),
        ("BELFRY__QUEUE__URL", &broker, "queue.url"),
    ] {
        let output = installation.belfry(&["all"], &[(setting, value)]).await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{said}");
        assert!(said.contains(words), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[tokio::test]
async fn roles_that_run_apart_refuse_a_cache_that_they_cannot_share() {
    let output = Installation::new().await.belfry(&["gateway"], &[]).await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("cache.url"), "{said}");
}

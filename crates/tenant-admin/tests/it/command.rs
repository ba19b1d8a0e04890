//! The commands, as somebody types them, and the JSON that scripts read.

use std::sync::Arc;

use belfry_cache::Cache;
use belfry_model::{Clock, PlatformNames};
use belfry_storage::{AdminDb, AppDb, PoolOptions, WorkerDb};
use belfry_tenancy::keys::PlatformKey;
use belfry_tenancy::{Directory, Keys, Tenancy, oauth};
use belfry_tenant_admin::command::{
    CommandError, Context, account, audit, delivery, host, policy, quota, request, staff, tenant, token,
    usage,
};
use belfry_test_support::{MockClock, TestDatabase};
use clap::Parser;
use serde_json::Value;

#[derive(Debug, Parser)]
#[command(name = "belfry")]
enum Line {
    #[command(subcommand)]
    Tenant(tenant::TenantCommand),
    #[command(subcommand)]
    Account(account::AccountCommand),
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    #[command(subcommand)]
    Token(token::TokenCommand),
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    #[command(subcommand)]
    Delivery(delivery::DeliveryCommand),
    #[command(subcommand)]
    Host(host::HostCommand),
    Usage(usage::UsageCommand),
    #[command(subcommand)]
    Quota(quota::QuotaCommand),
    #[command(subcommand)]
    Request(request::RequestCommand),
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
}

pub struct Shell {
    pub context: Context,
    pub database: TestDatabase,
    _folder: tempfile::TempDir,
}

impl Shell {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("platform.key");
        Keys::create_platform_key_file(&key).unwrap();
        let clock: Arc<dyn Clock> = Arc::new(MockClock::default());
        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        let tenancy = Tenancy::new(
            app.clone(),
            Cache::embedded(100, clock.clone()),
            clock,
            PlatformNames { scheme: "https".into(), shared_domain: "social.example".parse().unwrap() },
            Directory::load(app.clone()).await.unwrap(),
            Arc::new(Keys::new(app, PlatformKey::read(&key).unwrap(), 10)),
            belfry_settings::SignInSettings::default(),
        );
        let admin = AdminDb::connect(&database.admin_url(), PoolOptions::default()).await.unwrap();
        let worker = WorkerDb::connect(&database.worker_url(), PoolOptions::default()).await.unwrap();
        Self {
            context: Context {
                tenancy,
                admin,
                deletion_grace_days: 30,
                worker: Some(worker),
                progress: |_, _| {},
            },
            database,
            _folder: folder,
        }
    }

    pub async fn run(&self, words: &[&str]) -> Result<String, CommandError> {
        match Line::parse_from([&["belfry"], words].concat()) {
            Line::Tenant(command) => tenant::run(&self.context, &command).await,
            Line::Account(command) => account::run(&self.context, &command).await,
            Line::Staff(command) => staff::run(&self.context, &command).await,
            Line::Token(command) => token::run(&self.context, &command).await,
            Line::Audit(command) => audit::run(&self.context, &command).await,
            Line::Delivery(command) => delivery::run(&self.context, &command).await,
            Line::Host(command) => host::run(&self.context, &command).await,
            Line::Usage(args) => usage::run(&self.context, &args).await,
            Line::Policy(command) => policy::run(&self.context, &command).await,
            Line::Quota(command) => quota::run(&self.context, &command).await,
            Line::Request(command) => {
                request::run(&self.context, &belfry_settings::AdmissionSettings::default(), &command).await
            }
        }
    }

    pub async fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.run(&[words, &["--json"]].concat()).await.unwrap()).unwrap()
    }

    pub async fn moe(&self) -> Value {
        self.json(&[
            "tenant",
            "create",
            "moe",
            "--name",
            "Ministry of Education",
            "--owner-email",
            "o@moe.example",
        ])
        .await
    }
}

#[tokio::test]
async fn a_tenant_is_made_listed_and_shown() {
    let shell = Shell::new().await;
    let created = shell.moe().await;
    assert_eq!(created["tenant"]["host"], "moe.social.example");
    assert_eq!(created["tenant"]["lead"], true);
    assert_eq!(created["organisation"]["handle"], "@moe@moe.social.example");
    assert_eq!(created["invitation"]["invitation_url"], "https://moe.social.example/invitation");
    assert_eq!(created["invitation"]["role"], "lead");
    assert_eq!(created["resumed"], false);

    let list = shell.json(&["tenant", "list"]).await;
    assert_eq!(list["tenants"][0], created["tenant"]);
    let shown = shell.json(&["tenant", "show", "moe"]).await;
    assert_eq!(shown["accounts"][0], created["organisation"]);
}

#[tokio::test]
async fn people_read_sentences() {
    let shell = Shell::new().await;
    assert!(shell.run(&["tenant", "list"]).await.unwrap().contains("belfry tenant create"));
    let words =
        ["tenant", "create", "moe", "--name", "Ministry of Education", "--owner-email", "o@moe.example"];
    let text = shell.run(&words).await.unwrap();
    assert!(text.contains("Ministry of Education is live at moe.social.example."), "{text}");
    assert!(text.contains("https://moe.social.example/invitation"), "{text}");
}

#[tokio::test]
async fn a_token_that_was_made_for_a_script_works_at_its_host() {
    let shell = Shell::new().await;
    shell.moe().await;
    let made = shell
        .json(&["token", "create", "--tenant", "moe", "--account", "moe", "--scopes", "read write"])
        .await;
    assert_eq!((made["token_type"].as_str(), made["scope"].as_str()), (Some("Bearer"), Some("read write")));
    let tenancy = &shell.context.tenancy;
    let tenant = tenancy.directory.by_host(made["host"].as_str().unwrap()).unwrap();
    let token = made["access_token"].as_str().unwrap();
    assert!(oauth::token_find(tenancy, tenant.scope(), token).await.unwrap().is_some());
}

#[tokio::test]
async fn an_invitation_names_where_to_type_the_code() {
    let shell = Shell::new().await;
    shell.moe().await;
    shell.run(&["account", "create", "press", "--tenant", "moe"]).await.unwrap();
    let words =
        ["staff", "invite", "eva@moe.example", "--tenant", "moe", "--role", "editor", "--account", "press"];
    let invited = shell.json(&words).await;
    assert_eq!(invited["email"], "eva@moe.example");
    assert_eq!(invited["expires_at"], "2026-02-07T12:00:00Z");
    let url = invited["invitation_url"].as_str().unwrap();
    assert!(!url.contains(invited["code"].as_str().unwrap()), "the code is in the link");
}

#[tokio::test]
async fn an_official_handle_is_given_with_an_account_or_to_one_that_is_there() {
    let shell = Shell::new().await;
    shell.moe().await;
    let press = shell.json(&["account", "create", "press", "--tenant", "moe", "--official"]).await;
    assert_eq!(
        (&press["created"], &press["official_handle"]),
        (&true.into(), &"@press@social.example".into())
    );
    let moe = shell.json(&["account", "create", "moe", "--tenant", "moe", "--official"]).await;
    assert_eq!((&moe["created"], &moe["official_handle"]), (&false.into(), &"@moe@social.example".into()));
    let taken = shell.run(&["account", "create", "press", "--tenant", "moe"]).await.unwrap_err();
    assert!(taken.to_string().contains("taken"), "{taken}");
}

#[tokio::test]
async fn what_is_not_there_is_named_with_where_to_look() {
    let shell = Shell::new().await;
    let error = shell.run(&["tenant", "show", "fin"]).await.unwrap_err();
    assert!(error.to_string().contains("belfry tenant list"), "{error}");
    shell.moe().await;
    let words = ["token", "create", "--tenant", "moe", "--account", "nobody"];
    let error = shell.run(&words).await.unwrap_err();
    assert!(error.to_string().contains("belfry tenant show moe"), "{error}");
}

#[test]
fn what_is_no_slug_handle_role_or_scope_is_refused_where_it_stands() {
    for (words, reason) in [
        (&["tenant", "create", "www", "--name", "x", "--owner-email", "o@x.example"][..], "reserved"),
        (
            &["tenant", "create", "Moe!", "--name", "x", "--owner-email", "o@x.example"],
            "can't be a namespace",
        ),
        (&["tenant", "create", "moe", "--name", "x", "--owner-email", "nobody"], "not an e-mail address"),
        (&["account", "create", "admin", "--tenant", "moe"], "reserved"),
        (&["staff", "invite", "a@x.example", "--tenant", "moe", "--role", "boss"], "lead, owner, admin"),
        (&["token", "create", "--tenant", "moe", "--account", "moe", "--scopes", "all"], "not a scope"),
        (&["tenant", "set-urgent", "moe", "maybe"], "on, off"),
        (&["delivery", "park", "--until", "tomorrow"], "neither a time"),
        (&["delivery", "list", "--host", "https://a.example/"], "not a host name"),
        (&["delivery", "list", "--activity", "x"], "--activity"),
        (&["host", "reset", "a.example", "--per-second", "0"], "1..=10000"),
    ] {
        let error = Line::try_parse_from([&["belfry"], words].concat()).unwrap_err().to_string();
        assert!(error.contains(reason), "{words:?}: {error}");
    }
}

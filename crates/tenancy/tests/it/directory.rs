//! What every process knows of the tenants, and how soon.

use std::sync::Arc;
use std::time::Duration;

use belfry_model::{Phase, TenantState};
use belfry_storage::{AppDb, PoolOptions};
use belfry_tenancy::baseline::domains::{self, NewRule};
use belfry_tenancy::{By, Directory, operate};

use crate::platform::{Platform, new_tenant};

/// Long enough for a busy machine; a passing run takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_tenant_made_by_another_process_is_seen_within_moments() {
    let platform = Platform::new().await;
    // Connections of its own and an hour to live: only the notification can tell it.
    let app = AppDb::connect(&platform.database.app_url(), PoolOptions::default()).await.unwrap();
    let elsewhere = Directory::load(app).await.unwrap();
    let url = platform.database.app_url();
    let watching = tokio::spawn(Arc::clone(&elsewhere).watch(url, Duration::from_hours(1)));

    platform.create(&new_tenant("moe")).await.unwrap();
    let seen = async {
        while elsewhere.by_host("moe.social.example").is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.expect("the other process never heard of the tenant");
    watching.abort();
}

#[tokio::test]
async fn hosts_are_known_in_any_case_and_unknown_hosts_are_not() {
    let platform = Platform::new().await;
    let home = platform.create(&new_tenant("moe")).await.unwrap();
    let directory = &platform.tenancy.directory;
    assert_eq!(directory.by_host("MOE.Social.Example").unwrap().id, home.tenant.id);
    assert_eq!(directory.by_id(home.tenant.id).unwrap().slug, home.tenant.slug);
    assert_eq!(directory.by_slug(&home.tenant.slug).unwrap().id, home.tenant.id);
    for host in ["fin.social.example", "social.example", "moe.social.example.evil.example", ""] {
        assert!(directory.by_host(host).is_none(), "{host}");
    }
}

#[tokio::test]
async fn a_suspended_tenant_is_served_nothing_and_a_deleted_ones_host_is_nobody_elses() {
    let platform = Platform::new().await;
    let home = platform.create(&new_tenant("moe")).await.unwrap();
    let directory = &platform.tenancy.directory;

    platform
        .admin
        .tenant_state_set(home.tenant.id, TenantState::Suspended, belfry_storage::Actor::COMMAND)
        .await
        .unwrap();
    directory.refresh().await.unwrap();
    assert!(directory.by_host("moe.social.example").is_none());
    assert!(directory.by_id(home.tenant.id).is_some());

    platform
        .admin
        .tenant_state_set(home.tenant.id, TenantState::Deleted, belfry_storage::Actor::COMMAND)
        .await
        .unwrap();
    directory.refresh().await.unwrap();
    // What it has still to say is sent, and its host answers that it is gone.
    assert!(directory.by_id(home.tenant.id).is_some());
    assert!(directory.at_host("moe.social.example").is_some());
    assert!(directory.by_host("moe.social.example").is_none());
    assert!(directory.by_slug(&home.tenant.slug).is_none() && directory.list().is_empty());
}

#[tokio::test]
async fn a_phase_a_listed_server_and_a_rule_take_effect_in_every_process_within_moments() {
    let platform = Platform::new().await;
    let home = platform.create(&new_tenant("moe")).await.unwrap();
    let app = AppDb::connect(&platform.database.app_url(), PoolOptions::default()).await.unwrap();
    let elsewhere = Directory::load(app).await.unwrap();
    let url = platform.database.app_url();
    let watching = tokio::spawn(Arc::clone(&elsewhere).watch(url, Duration::from_hours(1)));
    let soon = async |what: &str, seen: &dyn Fn() -> bool| {
        let waiting = async {
            while !seen() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("never heard of {what}"));
    };
    let allows = || {
        let tenant = elsewhere.by_id(home.tenant.id).unwrap();
        elsewhere.policy().allows(&tenant, "mastodon.example")
    };
    let (tenancy, admin, by) = (&platform.tenancy, &platform.admin, By::command());
    let tenant = || tenancy.directory.by_id(home.tenant.id).unwrap();

    operate::phase_set(tenancy, admin, &tenant(), Phase::Public, &by).await.unwrap();
    soon("the open phase", &|| allows()).await;
    operate::phase_set(tenancy, admin, &tenant(), Phase::Pilot, &by).await.unwrap();
    soon("the pilot", &|| !allows()).await;
    let host = "mastodon.example".parse().unwrap();
    operate::peer_add(tenancy, admin, &tenant(), &host, &by).await.unwrap();
    soon("the listed server", &|| allows()).await;
    domains::set(tenancy, admin, &NewRule::suspending(host.clone()), &by).await.unwrap();
    soon("the rule", &|| !allows()).await;
    domains::remove(tenancy, admin, &host, &by).await.unwrap();
    soon("that it is lifted", &|| allows()).await;
    watching.abort();
}

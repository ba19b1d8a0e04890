//! Making tenants: complete, resumable, and with errors that say what to do.

use std::time::{Duration, Instant};

use belfry_model::{Role, Slug, TenantState};
use belfry_tenancy::By;
use belfry_tenancy::account;
use belfry_tenancy::provision::ProvisionError;
use belfry_tenancy::staff::{self, Invite};
use sqlx::AssertSqlSafe;

use crate::platform::{Platform, new_tenant};

#[tokio::test]
async fn a_new_tenant_has_all_that_it_needs_and_is_served() {
    let platform = Platform::new().await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();

    assert!(!created.resumed);
    assert_eq!(created.tenant.state, TenantState::Live);
    assert_eq!(platform.tenancy.directory.by_host("moe.social.example").unwrap().id, created.tenant.id);
    assert_eq!(created.organisation.kind, "organisation");
    assert_eq!(created.organisation.uri, "https://moe.social.example/users/moe");
    assert_eq!(
        created.organisation.public_key_id.as_deref(),
        Some("https://moe.social.example/users/moe#main-key")
    );
    assert_eq!(created.invitation.url, "https://moe.social.example/invitation");

    let tx = platform.tenancy.app.tenant(created.tenant.scope()).await.unwrap();
    assert_eq!(tx.actor_instance_fetch().await.unwrap().unwrap().uri, "https://moe.social.example/actor");
    let rules = tx.rule_list().await.unwrap();
    assert!(rules.iter().any(|rule| rule.language == "en") && rules.iter().any(|rule| rule.language == "nl"));
    let setting = tx.tenant_setting_fetch().await.unwrap().unwrap();
    assert_eq!(setting.contact_email, "owner@moe.example");
    let register = platform.tenancy.app.public_account_list().await.unwrap();
    assert_eq!(register.iter().map(|row| row.username.as_str()).collect::<Vec<_>>(), ["moe"]);

    let governance = platform.admin.governance_list(10).await.unwrap();
    let acts: Vec<_> = governance.iter().map(|act| (act.origin.as_str(), act.action.as_str())).collect();
    assert_eq!(acts, [("command", "tenant.live"), ("command", "tenant.register")]);
}

#[tokio::test]
async fn with_keys_made_ahead_a_tenant_takes_less_than_two_seconds() {
    let platform = Platform::new().await;
    platform.tenancy.keys.top_up(2).await.unwrap();
    let started = Instant::now();
    platform.create(&new_tenant("moe")).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    assert_eq!(platform.tenancy.app.key_pool_count().await.unwrap(), 0);
}

#[tokio::test]
async fn the_first_tenant_leads_and_its_owner_has_the_role_lead() {
    let platform = Platform::new().await;
    let first = platform.create(&new_tenant("moe")).await.unwrap();
    let second = platform.create(&new_tenant("fin")).await.unwrap();
    assert!(first.tenant.is_lead && !second.tenant.is_lead);
    assert_eq!((first.invitation.role, second.invitation.role), (Role::Lead, Role::Owner));
    assert_eq!(platform.tenancy.directory.lead().unwrap().id, first.tenant.id);
}

#[tokio::test]
async fn a_second_lead_is_refused_with_the_name_of_the_first() {
    let platform = Platform::new().await;
    platform.create(&new_tenant("moe")).await.unwrap();
    let mut second = new_tenant("fin");
    second.lead = true;
    let error = platform.create(&second).await.unwrap_err();
    assert!(matches!(&error, ProvisionError::LeadTaken(lead) if lead == "moe"), "{error}");
}

/// Every table that provisioning writes to, and the last step's update: an error at each
/// stands for a crash there, since a crash leaves just what was committed before.
#[tokio::test]
async fn interrupted_at_any_step_the_next_run_completes_it() {
    let steps = [
        ("INSERT", "registry.tenant"),
        ("INSERT", "registry.governance_audit"),
        ("INSERT", "tenant_setting"),
        ("INSERT", "tenant_key"),
        ("INSERT", "actor"),
        ("INSERT", "actor_key"),
        ("INSERT", "registry.public_account"),
        ("INSERT", "rule"),
        ("INSERT", "invitation"),
        ("INSERT", "machinery.mail"),
        ("INSERT", "audit_event"),
        ("UPDATE", "registry.tenant"),
    ];
    let platform = Platform::new().await;
    platform.tenancy.keys.top_up(3).await.unwrap();
    let superuser = platform.superuser().await;
    sqlx::raw_sql(
        "CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$",
    )
    .execute(&superuser)
    .await
    .unwrap();
    for (step, (verb, table)) in steps.into_iter().enumerate() {
        let break_it = format!("CREATE TRIGGER crash BEFORE {verb} ON {table} EXECUTE FUNCTION crash()");
        sqlx::raw_sql(AssertSqlSafe(break_it)).execute(&superuser).await.unwrap();
        let new = new_tenant(&format!("agency-{step}"));
        assert!(platform.create(&new).await.is_err(), "{verb} {table} is no step of provisioning any more");
        assert!(platform.tenancy.directory.by_host(&format!("agency-{step}.social.example")).is_none());
        sqlx::raw_sql(AssertSqlSafe(format!("DROP TRIGGER crash ON {table}")))
            .execute(&superuser)
            .await
            .unwrap();

        let created = platform.create(&new).await.unwrap();
        assert_eq!(created.resumed, step > 1, "{verb} {table}");
        let owner = platform.accept(&created.tenant, created.invitation).await;
        let accounts = account::list_of(&platform.tenancy, created.tenant.scope(), owner.id).await.unwrap();
        assert_eq!(accounts.len(), 1, "{verb} {table}");
        let tx = platform.tenancy.app.tenant(created.tenant.scope()).await.unwrap();
        assert!(tx.actor_instance_fetch().await.unwrap().is_some(), "{verb} {table}");
    }
}

#[tokio::test]
async fn a_killed_run_leaves_no_code_that_works_but_the_last() {
    let platform = Platform::new().await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    // As if the process had died between its second and its third step.
    let superuser = platform.superuser().await;
    sqlx::raw_sql("UPDATE registry.tenant SET state = 'provisioning'").execute(&superuser).await.unwrap();
    let again = platform.create(&new_tenant("moe")).await.unwrap();

    assert!(again.resumed);
    assert_eq!(again.organisation.id, created.organisation.id);
    let brought = staff::Acceptance {
        email: created.invitation.email.to_string(),
        code: created.invitation.code,
        password: belfry_model::Secret::new(crate::platform::PASSWORD),
        display_name: String::new(),
    };
    assert!(staff::accept(&platform.tenancy, &created.tenant, &brought).await.is_err());
    platform.accept(&again.tenant, again.invitation).await;
}

#[tokio::test]
async fn two_runs_at_once_make_one_tenant() {
    let platform = Platform::new().await;
    let new = new_tenant("moe");
    let (one, other) = tokio::join!(platform.create(&new), platform.create(&new));
    assert!(one.is_ok() || other.is_ok(), "{one:?} {other:?}");
    assert_eq!(platform.tenancy.directory.list().len(), 1);
    let register = platform.tenancy.app.public_account_list().await.unwrap();
    assert_eq!(register.len(), 1);
}

#[tokio::test]
async fn a_taken_slug_is_refused_with_what_to_do() {
    let platform = Platform::new().await;
    platform.create(&new_tenant("moe")).await.unwrap();
    let error = platform.create(&new_tenant("moe")).await.unwrap_err();
    assert!(matches!(error, ProvisionError::Taken(_)));
    assert!(error.to_string().contains("choose another slug"), "{error}");
    assert!(error.to_string().contains("belfry staff invite"), "{error}");
}

#[tokio::test]
async fn a_deleted_tenants_slug_is_never_given_again() {
    let platform = Platform::new().await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    platform
        .admin
        .tenant_state_set(created.tenant.id, TenantState::Deleted, belfry_storage::Actor::COMMAND)
        .await
        .unwrap();
    let error = platform.create(&new_tenant("moe")).await.unwrap_err();
    assert!(matches!(error, ProvisionError::Gone(_)), "{error}");
}

#[tokio::test]
async fn an_unfinished_tenant_of_another_owner_is_not_taken_over() {
    let platform = Platform::new().await;
    platform.create(&new_tenant("moe")).await.unwrap();
    let superuser = platform.superuser().await;
    sqlx::raw_sql("UPDATE registry.tenant SET state = 'provisioning'").execute(&superuser).await.unwrap();
    let mut other = new_tenant("moe");
    other.owner_email = "somebody@else.example".parse().unwrap();
    let error = platform.create(&other).await.unwrap_err();
    assert!(matches!(error, ProvisionError::BegunForAnother(_)), "{error}");
}

#[tokio::test]
async fn a_tenant_without_a_name_is_refused() {
    let platform = Platform::new().await;
    let mut new = new_tenant("moe");
    new.name = "  ".into();
    assert!(matches!(platform.create(&new).await, Err(ProvisionError::Nameless)));
    assert!(platform.admin.tenant_fetch(&"moe".parse::<Slug>().unwrap()).await.unwrap().is_none());
}

#[tokio::test]
async fn only_the_lead_agency_has_people_with_the_role_lead() {
    let platform = Platform::new().await;
    platform.create(&new_tenant("moe")).await.unwrap();
    let second = platform.create(&new_tenant("fin")).await.unwrap();
    let invite = Invite { email: "anna@fin.example".parse().unwrap(), role: Role::Lead, accounts: vec![] };
    let error = staff::invite(&platform.tenancy, &second.tenant, &invite, &By::command()).await.unwrap_err();
    assert!(error.to_string().contains("`fin` is not the lead agency"), "{error}");
}

#[tokio::test]
async fn a_tenant_may_have_a_host_of_its_own_that_no_other_gets() {
    let platform = Platform::new().await;
    let mut new = new_tenant("community");
    new.host = Some("talk.example".parse().unwrap());
    let created = platform.create(&new).await.unwrap();
    assert_eq!(created.organisation.uri, "https://talk.example/users/community");
    assert_eq!(created.invitation.url, "https://talk.example/invitation");
    let directory = &platform.tenancy.directory;
    assert_eq!(directory.by_host("talk.example").unwrap().id, created.tenant.id);
    assert!(directory.by_host("community.social.example").is_none());

    let mut second = new_tenant("fin");
    second.host = Some("talk.example".parse().unwrap());
    for state in [TenantState::Live, TenantState::Deleted] {
        let by = belfry_storage::Actor::COMMAND;
        platform.admin.tenant_state_set(created.tenant.id, state, by).await.unwrap();
        let error = platform.create(&second).await.unwrap_err();
        assert!(matches!(error, ProvisionError::HostTaken(_)), "{error}");
    }
    for bad in ["social.example", "moe.social.example", "10.0.0.1"] {
        second.host = Some(bad.parse().unwrap());
        let error = platform.create(&second).await.unwrap_err();
        assert!(matches!(error, ProvisionError::Host(_)), "{error}");
    }
    second.host = Some("fin.social.example".parse().unwrap());
    platform.create(&second).await.unwrap();
}

#[tokio::test]
async fn an_unfinished_tenant_is_completed_at_the_host_that_it_began_at() {
    let platform = Platform::new().await;
    let mut new = new_tenant("moe");
    new.host = Some("talk.example".parse().unwrap());
    platform.create(&new).await.unwrap();
    let superuser = platform.superuser().await;
    sqlx::raw_sql("UPDATE registry.tenant SET state = 'provisioning'").execute(&superuser).await.unwrap();
    let error = platform.create(&new_tenant("moe")).await.unwrap_err();
    assert!(matches!(error, ProvisionError::BegunElsewhere(..)), "{error}");
    assert!(platform.create(&new).await.unwrap().resumed);
}

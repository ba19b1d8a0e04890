//! People, invitations, sessions, apps, codes, tokens and keys: a neighbour finds none of them.

use belfry_model::{ActorId, Role, StaffId, TenantId, TenantScope, Username};
use belfry_storage::{
    AppDb, Error, NewInvitation, NewLocalActor, NewOauthApp, NewOauthCode, NewOauthToken, NewSession,
    PoolOptions, TenantTx,
};
use belfry_test_support::{MockClock, TestDatabase, eventually};
use chrono::{DateTime, TimeDelta, Utc};

const HASH: &[u8] = &[7; 32];

fn now() -> DateTime<Utc> {
    belfry_model::Clock::now(&MockClock::default())
}

struct Two {
    app: AppDb,
    database: TestDatabase,
}

impl Two {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        Self { app, database }
    }

    async fn ours(&self) -> TenantTx {
        self.app.tenant(TenantScope::of(TenantId(1001)).unwrap()).await.unwrap()
    }

    async fn theirs(&self) -> TenantTx {
        self.app.tenant(TenantScope::of(TenantId(2002)).unwrap()).await.unwrap()
    }
}

async fn actor(tx: &TenantTx, name: &str) -> Option<ActorId> {
    let uri = format!("https://agency.example/users/{name}");
    let row = tx
        .actor_local_insert(&NewLocalActor {
            kind: "team",
            username: name,
            domain: "agency.example",
            uri: &uri,
            url: None,
            actor_type: "Person",
            inbox_url: "https://agency.example/inbox",
            shared_inbox_url: "https://agency.example/inbox",
            outbox_url: None,
            followers_url: None,
            following_url: None,
            featured_url: None,
            display_name: name,
            public_key_id: "key",
            public_key_pem: "pem",
        })
        .await
        .unwrap();
    row.map(|row| ActorId(row.id))
}

async fn anna(tx: &TenantTx) -> StaffId {
    StaffId(tx.staff_admit("anna@agency.example", "Anna", Role::Editor, "hash").await.unwrap().id)
}

async fn client(tx: &TenantTx) -> i64 {
    let new = NewOauthApp {
        name: "client",
        website: None,
        client_id: "client",
        secret_hash: HASH.to_vec(),
        redirect_uris: &[],
        scopes: vec!["read".into()],
    };
    tx.oauth_app_insert(new).await.unwrap().id
}

#[tokio::test]
async fn people_and_their_accesses_are_their_tenants() {
    let two = Two::new().await;
    let tx = two.ours().await;
    let (staff, press) = (anna(&tx).await, actor(&tx, "press").await.unwrap());
    tx.access_grant(staff, &[press]).await.unwrap();
    tx.access_grant(staff, &[press]).await.unwrap();
    assert!(tx.access_exists(staff, press).await.unwrap());
    tx.commit().await.unwrap();

    let tx = two.theirs().await;
    assert!(tx.staff_fetch(staff).await.unwrap().is_none());
    assert!(tx.staff_by_email("anna@agency.example").await.unwrap().is_none());
    assert!(tx.staff_list().await.unwrap().is_empty());
    assert!(!tx.staff_disable(staff).await.unwrap());
    assert!(!tx.access_exists(staff, press).await.unwrap());
    assert!(tx.access_list(staff).await.unwrap().is_empty());
    tx.access_revoke(staff, press).await.unwrap();
    // The same address is another person there.
    assert_ne!(anna(&tx).await, staff);
    tx.commit().await.unwrap();
    assert!(two.ours().await.access_exists(staff, press).await.unwrap());
}

#[tokio::test]
async fn a_handle_is_taken_at_home_and_free_elsewhere() {
    let two = Two::new().await;
    let tx = two.ours().await;
    let press = actor(&tx, "press").await.unwrap();
    assert!(actor(&tx, "press").await.is_none());
    // The refusal is an answer, not an error: the transaction goes on.
    assert!(actor(&tx, "desk").await.is_some());
    tx.commit().await.unwrap();
    let tx = two.theirs().await;
    assert!(tx.actor_local_by_username(&"press".parse::<Username>().unwrap()).await.unwrap().is_none());
    assert!(tx.actor_local_by_ids(&[press]).await.unwrap().is_empty());
    assert!(tx.actor_local_list().await.unwrap().is_empty());
    assert!(tx.actor_key_fetch(press).await.unwrap().is_none());
    assert!(actor(&tx, "press").await.is_some());
}

#[tokio::test]
async fn an_invitation_is_used_once_and_by_its_tenant() {
    let two = Two::new().await;
    let tx = two.ours().await;
    let new = NewInvitation {
        email: "anna@agency.example",
        role: Role::Editor,
        actors: &[ActorId(5)],
        code_hash: HASH.to_vec(),
        created_at: now(),
        expires_at: now() + TimeDelta::days(7),
    };
    let id = tx.invitation_insert(new).await.unwrap().id;
    tx.commit().await.unwrap();

    let tx = two.theirs().await;
    assert!(tx.invitation_by_code(HASH).await.unwrap().is_none());
    assert!(!tx.invitation_accept(id, now()).await.unwrap());
    tx.invitation_withdraw_open("anna@agency.example", now()).await.unwrap();
    tx.commit().await.unwrap();

    let tx = two.ours().await;
    assert_eq!(tx.invitation_by_code(HASH).await.unwrap().unwrap().actor_ids, [5]);
    assert!(tx.invitation_accept(id, now()).await.unwrap());
    assert!(!tx.invitation_accept(id, now()).await.unwrap());
}

#[tokio::test]
async fn a_session_is_found_and_ended_by_its_tenant_only() {
    let two = Two::new().await;
    let tx = two.ours().await;
    let staff = anna(&tx).await;
    let expires_at = now() + TimeDelta::hours(1);
    let session = NewSession { token_hash: HASH, staff, address: "", agent: "", at: now(), expires_at };
    tx.session_insert(session).await.unwrap();
    tx.commit().await.unwrap();

    let tx = two.theirs().await;
    assert!(tx.session_find(HASH, now()).await.unwrap().is_none());
    tx.session_delete(HASH).await.unwrap();
    tx.session_delete_of(staff).await.unwrap();
    assert_eq!(tx.session_delete_expired(now() + TimeDelta::days(1)).await.unwrap(), 0);
    tx.commit().await.unwrap();

    let tx = two.ours().await;
    assert_eq!(tx.session_find(HASH, now()).await.unwrap().unwrap().staff.id, staff.0);
    assert!(tx.session_find(HASH, now() + TimeDelta::hours(1)).await.unwrap().is_none());
    assert_eq!(tx.session_delete_expired(now() + TimeDelta::hours(1)).await.unwrap(), 1);
}

#[tokio::test]
async fn apps_codes_and_tokens_are_their_tenants() {
    let two = Two::new().await;
    let tx = two.ours().await;
    let (app, staff, press) = (client(&tx).await, anna(&tx).await, actor(&tx, "press").await.unwrap());
    tx.access_grant(staff, &[press]).await.unwrap();
    let code = || NewOauthCode {
        code_hash: HASH.to_vec(),
        app,
        staff,
        actor: press,
        redirect_uri: "https://client.example/",
        scopes: vec!["read".into()],
        code_challenge: None,
        expires_at: now(),
    };
    let token = || NewOauthToken {
        token_hash: HASH.to_vec(),
        app,
        staff: Some(staff),
        actor: Some(press),
        scopes: vec!["read".into()],
        created_at: now(),
    };
    tx.oauth_code_insert(code()).await.unwrap();
    tx.oauth_token_insert(token()).await.unwrap();
    tx.commit().await.unwrap();

    let tx = two.theirs().await;
    assert!(tx.oauth_app_fetch(app).await.unwrap().is_none());
    assert!(tx.oauth_app_by_client_id("client").await.unwrap().is_none());
    assert!(tx.oauth_code_take(HASH).await.unwrap().is_none());
    assert_eq!(tx.oauth_code_delete_expired(now()).await.unwrap(), 0);
    assert!(tx.oauth_token_find(HASH).await.unwrap().is_none());
    assert!(!tx.oauth_token_revoke(HASH, app, now()).await.unwrap());
    tx.oauth_token_revoke_of(staff, now()).await.unwrap();
    tx.commit().await.unwrap();
    // Nor can they make one that points at our app, person or account.
    assert!(matches!(two.theirs().await.oauth_code_insert(code()).await, Err(Error::Database(_))));
    assert!(matches!(two.theirs().await.oauth_token_insert(token()).await, Err(Error::Database(_))));

    let tx = two.ours().await;
    assert!(tx.oauth_token_find(HASH).await.unwrap().is_some());
    assert!(tx.oauth_code_take(HASH).await.unwrap().is_some());
    assert!(tx.oauth_code_take(HASH).await.unwrap().is_none());
    tx.oauth_token_revoke_of(staff, now()).await.unwrap();
    assert!(tx.oauth_token_find(HASH).await.unwrap().is_none());
}

#[tokio::test]
async fn a_pooled_key_is_given_once_and_comes_back_when_nothing_came_of_it() {
    let two = Two::new().await;
    for number in 0..2 {
        two.app.key_pool_add(&format!("pair {number}"), vec![number]).await.unwrap();
    }
    let (ours, theirs) = (two.ours().await, two.theirs().await);
    let first = ours.key_pool_take().await.unwrap().unwrap();
    let second = theirs.key_pool_take().await.unwrap().unwrap();
    assert_ne!(first.id, second.id);
    ours.commit().await.unwrap();
    drop(theirs);
    // A transaction that is dropped is rolled back by the pool, a moment later.
    let (tx, back) = eventually("the second pair to be back", async || {
        let tx = two.ours().await;
        let back = tx.key_pool_take().await.unwrap()?;
        Some((tx, back))
    })
    .await;
    assert_eq!(back.id, second.id);
    assert!(tx.key_pool_take().await.unwrap().is_none());
}

#[tokio::test]
async fn tenant_keys_are_read_by_their_tenant_and_the_newest_seals() {
    let two = Two::new().await;
    let tx = two.ours().await;
    for version in 1..=2 {
        tx.tenant_key_insert(version, vec![1]).await.unwrap();
    }
    assert_eq!(tx.tenant_key_current().await.unwrap().unwrap().version, 2);
    assert_eq!(tx.tenant_key_fetch(1).await.unwrap().unwrap().version, 1);
    tx.commit().await.unwrap();
    let tx = two.theirs().await;
    assert!(tx.tenant_key_current().await.unwrap().is_none());
    assert!(tx.tenant_key_fetch(1).await.unwrap().is_none());
}

#[tokio::test]
async fn an_audit_event_can_be_added_and_never_changed() {
    let two = Two::new().await;
    let tx = two.ours().await;
    let event = belfry_storage::NewAuditEvent {
        at: now(),
        by: belfry_storage::Actor::COMMAND,
        action: "tenant.test",
        detail: serde_json::json!({}),
    };
    tx.audit_insert(event).await.unwrap();
    tx.commit().await.unwrap();
    assert!(two.theirs().await.audit_list(10).await.unwrap().is_empty());
    assert_eq!(two.ours().await.audit_list(10).await.unwrap().len(), 1);

    let app = sqlx::PgPool::connect(two.database.app_url().expose()).await.unwrap();
    for sql in ["UPDATE audit_event SET action = 'other'", "DELETE FROM audit_event"] {
        let refused = sqlx::raw_sql(sql).execute(&app).await.unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{sql}: {refused}");
    }
    let admin = sqlx::PgPool::connect(two.database.admin_url().expose()).await.unwrap();
    for sql in
        ["UPDATE registry.governance_audit SET action = 'other'", "DELETE FROM registry.governance_audit"]
    {
        let refused = sqlx::raw_sql(sql).execute(&admin).await.unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{sql}: {refused}");
    }
}

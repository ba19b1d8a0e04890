//! Apps, codes and tokens: each of one tenant.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use belfry_model::{ActorId, Secret};
use belfry_tenancy::oauth::{
    self, AppError, CodeError, CodeGrant, Exchange, ExchangeError, NewApp, RegisteredApp, TokenError,
};
use belfry_tenancy::{By, Tenancy, account, staff, token};
use chrono::TimeDelta;

use crate::platform::{Home, Platform};

const REDIRECT: &str = "https://client.example/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn new_app() -> NewApp {
    NewApp {
        name: "A client".into(),
        website: None,
        redirect_uris: vec![REDIRECT.into()],
        scopes: "read write".parse().unwrap(),
    }
}

async fn register(tenancy: &Tenancy, home: &Home) -> RegisteredApp {
    oauth::app_create(tenancy, home.tenant.scope(), &new_app()).await.unwrap()
}

fn grant(home: &Home) -> CodeGrant {
    CodeGrant {
        from: None,
        staff: home.owner.id,
        actor: ActorId(home.organisation),
        redirect_uri: REDIRECT.into(),
        scopes: "read write:statuses".parse().unwrap(),
        code_challenge: Some(BASE64_URL_SAFE_NO_PAD.encode(token::hash(VERIFIER))),
    }
}

fn exchange(app: &RegisteredApp, code: &Secret) -> Exchange {
    Exchange {
        client_id: app.app.client_id.clone(),
        client_secret: app.client_secret.clone(),
        code: code.clone(),
        redirect_uri: REDIRECT.into(),
        code_verifier: Some(Secret::new(VERIFIER)),
    }
}

async fn signed_in(tenancy: &Tenancy, home: &Home) -> (RegisteredApp, Secret) {
    let app = register(tenancy, home).await;
    let code = oauth::code_issue(tenancy, home.tenant.scope(), &app.app, &grant(home)).await.unwrap();
    let issued = oauth::code_exchange(tenancy, home.tenant.scope(), &exchange(&app, &code)).await.unwrap();
    (app, issued.token)
}

#[tokio::test]
async fn a_code_becomes_a_token_of_that_person_account_and_scopes() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let tenancy = &platform.tenancy;
    let (app, token) = signed_in(tenancy, &home).await;
    let bearer = oauth::token_find(tenancy, home.tenant.scope(), token.expose()).await.unwrap().unwrap();
    assert_eq!(bearer.app.client_id, app.app.client_id);
    assert_eq!((bearer.staff, bearer.actor), (Some(home.owner.id), Some(ActorId(home.organisation))));
    assert_eq!(bearer.scopes.to_string(), "read write:statuses");
}

#[tokio::test]
async fn a_code_works_once_even_for_two_at_once() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let app = register(tenancy, &home).await;
    let code = oauth::code_issue(tenancy, scope, &app.app, &grant(&home)).await.unwrap();
    let brought = exchange(&app, &code);
    let (one, other) = tokio::join!(
        oauth::code_exchange(tenancy, scope, &brought),
        oauth::code_exchange(tenancy, scope, &brought)
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let again = oauth::code_exchange(tenancy, scope, &brought).await;
    assert!(matches!(again, Err(ExchangeError::Grant)), "{again:?}");
}

#[tokio::test]
async fn a_wrong_verifier_redirect_or_app_gets_nothing_and_uses_the_code_up() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let app = register(tenancy, &home).await;
    let other = register(tenancy, &home).await;
    let changes: [fn(&mut Exchange); 3] = [
        |e| e.code_verifier = Some(Secret::new("guess")),
        |e| e.code_verifier = None,
        |e| e.redirect_uri = "https://evil.example/".into(),
    ];
    for change in changes {
        let code = oauth::code_issue(tenancy, scope, &app.app, &grant(&home)).await.unwrap();
        let mut wrong = exchange(&app, &code);
        change(&mut wrong);
        let refused = oauth::code_exchange(tenancy, scope, &wrong).await;
        assert!(matches!(refused, Err(ExchangeError::Grant)), "{refused:?}");
        let used_up = oauth::code_exchange(tenancy, scope, &exchange(&app, &code)).await;
        assert!(matches!(used_up, Err(ExchangeError::Grant)), "{used_up:?}");
    }
    let code = oauth::code_issue(tenancy, scope, &app.app, &grant(&home)).await.unwrap();
    let stolen = oauth::code_exchange(tenancy, scope, &exchange(&other, &code)).await;
    assert!(matches!(stolen, Err(ExchangeError::Grant)), "{stolen:?}");
}

#[tokio::test]
async fn a_wrong_client_secret_leaves_the_code_alone() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let app = register(tenancy, &home).await;
    let code = oauth::code_issue(tenancy, scope, &app.app, &grant(&home)).await.unwrap();
    let mut wrong = exchange(&app, &code);
    wrong.client_secret = Secret::new("guess");
    let refused = oauth::code_exchange(tenancy, scope, &wrong).await;
    assert!(matches!(refused, Err(ExchangeError::Client)), "{refused:?}");
    oauth::code_exchange(tenancy, scope, &exchange(&app, &code)).await.unwrap();
}

#[tokio::test]
async fn a_code_expires() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let app = register(tenancy, &home).await;
    let code = oauth::code_issue(tenancy, scope, &app.app, &grant(&home)).await.unwrap();
    platform.clock.advance(TimeDelta::seconds(tenancy.settings.code_seconds.try_into().unwrap()));
    let late = oauth::code_exchange(tenancy, scope, &exchange(&app, &code)).await;
    assert!(matches!(late, Err(ExchangeError::Grant)), "{late:?}");
}

#[tokio::test]
async fn consent_is_bounded_by_the_apps_registration_and_the_persons_accounts() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let fin = platform.tenant("fin").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let app = register(tenancy, &home).await.app;
    let issue = |grant: CodeGrant| {
        let app = app.clone();
        async move { oauth::code_issue(tenancy, scope, &app, &grant).await }
    };
    let elsewhere = CodeGrant { redirect_uri: "https://evil.example/".into(), ..grant(&home) };
    assert!(matches!(issue(elsewhere).await, Err(CodeError::RedirectUri)));
    let more = CodeGrant { scopes: "read push".parse().unwrap(), ..grant(&home) };
    assert!(matches!(issue(more).await, Err(CodeError::Scopes)));
    let foreign = CodeGrant { actor: ActorId(fin.organisation), ..grant(&home) };
    assert!(matches!(issue(foreign).await, Err(CodeError::NoAccess)));
    let plain = CodeGrant { code_challenge: Some("plain".into()), ..grant(&home) };
    assert!(matches!(issue(plain).await, Err(CodeError::Challenge)));
}

#[tokio::test]
async fn apps_codes_and_tokens_of_one_tenant_are_nothing_at_another() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await;
    let fin = platform.tenant("fin").await;
    let (tenancy, foreign) = (&platform.tenancy, fin.tenant.scope());
    let (app, token) = signed_in(tenancy, &moe).await;
    let (client_id, secret) = (&app.app.client_id, &app.client_secret);
    assert!(oauth::app_find(tenancy, foreign, client_id).await.unwrap().is_none());
    assert!(oauth::app_authenticate(tenancy, foreign, client_id, secret).await.unwrap().is_none());
    assert!(oauth::token_find(tenancy, foreign, token.expose()).await.unwrap().is_none());
    let code = oauth::code_issue(tenancy, moe.tenant.scope(), &app.app, &grant(&moe)).await.unwrap();
    let refused = oauth::code_exchange(tenancy, foreign, &exchange(&app, &code)).await;
    assert!(matches!(refused, Err(ExchangeError::Client)), "{refused:?}");
    let refused = oauth::token_client(tenancy, foreign, client_id, secret, &app.app.scopes).await;
    assert!(matches!(refused, Err(TokenError::Client)), "{refused:?}");
    assert!(oauth::token_revoke(tenancy, foreign, client_id, secret, token.expose()).await.is_err());
    // The neighbour's own app can't revoke it either, here or there.
    let (own, _) = signed_in(tenancy, &fin).await;
    oauth::token_revoke(tenancy, foreign, &own.app.client_id, &own.client_secret, token.expose())
        .await
        .unwrap();
    assert!(oauth::token_find(tenancy, moe.tenant.scope(), token.expose()).await.unwrap().is_some());
    // Nor is a code issued for a foreign app, whatever its id.
    assert!(oauth::code_issue(tenancy, foreign, &app.app, &grant(&fin)).await.is_err());
}

#[tokio::test]
async fn a_token_dies_with_its_revocation_its_access_and_its_person() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let (app, revoked) = signed_in(tenancy, &home).await;
    let (_, without_access) = signed_in(tenancy, &home).await;
    oauth::token_revoke(tenancy, scope, &app.app.client_id, &app.client_secret, revoked.expose())
        .await
        .unwrap();
    assert!(oauth::token_find(tenancy, scope, revoked.expose()).await.unwrap().is_none());
    assert!(oauth::token_find(tenancy, scope, without_access.expose()).await.unwrap().is_some());

    let actor = ActorId(home.organisation);
    account::access_revoke(tenancy, scope, home.owner.id, actor, &By::command()).await.unwrap();
    assert!(oauth::token_find(tenancy, scope, without_access.expose()).await.unwrap().is_none());
    account::access_grant(tenancy, scope, home.owner.id, actor, &By::command()).await.unwrap();

    let (_, of_the_disabled) = signed_in(tenancy, &home).await;
    staff::disable(tenancy, scope, home.owner.id, &By::command()).await.unwrap();
    assert!(oauth::token_find(tenancy, scope, of_the_disabled.expose()).await.unwrap().is_none());
}

#[tokio::test]
async fn an_apps_own_token_has_nobody_behind_it() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let app = register(tenancy, &home).await;
    let (id, secret) = (&app.app.client_id, &app.client_secret);
    let issued = oauth::token_client(tenancy, scope, id, secret, &"read".parse().unwrap()).await.unwrap();
    let bearer = oauth::token_find(tenancy, scope, issued.token.expose()).await.unwrap().unwrap();
    assert_eq!((bearer.staff, bearer.actor), (None, None));
    let more = oauth::token_client(tenancy, scope, id, secret, &"push".parse().unwrap()).await;
    assert!(matches!(more, Err(TokenError::Scopes)), "{more:?}");
    let wrong =
        oauth::token_client(tenancy, scope, id, &Secret::new("guess"), &"read".parse().unwrap()).await;
    assert!(matches!(wrong, Err(TokenError::Client)), "{wrong:?}");
}

#[tokio::test]
async fn a_commands_token_speaks_for_the_account_and_is_recorded() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let actor = ActorId(home.organisation);
    for _ in 0..2 {
        let issued =
            oauth::token_create(tenancy, scope, actor, &"read write".parse().unwrap(), &By::command())
                .await
                .unwrap();
        let bearer = oauth::token_find(tenancy, scope, issued.token.expose()).await.unwrap().unwrap();
        assert_eq!((bearer.staff, bearer.actor), (None, Some(actor)));
    }
    let tx = tenancy.app.tenant(scope).await.unwrap();
    let events = tx.audit_list(1).await.unwrap();
    assert_eq!((events[0].action.as_str(), events[0].origin.as_str()), ("token.create", "command"));
}

#[tokio::test]
async fn an_app_with_a_dangerous_redirect_is_refused() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let new = NewApp { redirect_uris: vec!["javascript:alert(1)".into()], ..new_app() };
    let refused = oauth::app_create(&platform.tenancy, home.tenant.scope(), &new).await;
    assert!(matches!(refused, Err(AppError::RedirectUri(_))), "{refused:?}");
}

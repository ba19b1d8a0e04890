//! Sessions: of one tenant, for a time.

use belfry_tenancy::{By, session, staff};
use chrono::TimeDelta;

use crate::platform::Platform;

#[tokio::test]
async fn a_session_finds_its_person_until_it_is_ended() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let token = session::start(tenancy, scope, home.owner.id, None).await.unwrap();
    assert_eq!(session::find(tenancy, scope, token.expose()).await.unwrap(), Some(home.owner));
    session::end(tenancy, scope, token.expose(), None).await.unwrap();
    session::end(tenancy, scope, token.expose(), None).await.unwrap();
    assert_eq!(session::find(tenancy, scope, token.expose()).await.unwrap(), None);
}

#[tokio::test]
async fn a_session_of_one_tenant_is_nothing_at_another() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await;
    let fin = platform.tenant("fin").await;
    let tenancy = &platform.tenancy;
    let token = session::start(tenancy, moe.tenant.scope(), moe.owner.id, None).await.unwrap();
    assert_eq!(session::find(tenancy, fin.tenant.scope(), token.expose()).await.unwrap(), None);
    // Nor can it be ended from there, nor begun for somebody else's person.
    session::end(tenancy, fin.tenant.scope(), token.expose(), None).await.unwrap();
    assert!(session::find(tenancy, moe.tenant.scope(), token.expose()).await.unwrap().is_some());
    assert!(session::start(tenancy, fin.tenant.scope(), moe.owner.id, None).await.is_err());
}

#[tokio::test]
async fn a_session_ends_with_its_time() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let token = session::start(tenancy, scope, home.owner.id, None).await.unwrap();
    platform.clock.advance(TimeDelta::hours(tenancy.settings.session_hours.into()) - TimeDelta::seconds(1));
    assert!(session::find(tenancy, scope, token.expose()).await.unwrap().is_some());
    platform.clock.advance(TimeDelta::seconds(1));
    assert!(session::find(tenancy, scope, token.expose()).await.unwrap().is_none());
}

#[tokio::test]
async fn disabling_a_person_ends_their_sessions() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let token = session::start(tenancy, scope, home.owner.id, None).await.unwrap();
    staff::disable(tenancy, scope, home.owner.id, &By::command()).await.unwrap();
    assert!(session::find(tenancy, scope, token.expose()).await.unwrap().is_none());
}

#[tokio::test]
async fn only_the_tokens_hash_is_kept() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let token = session::start(&platform.tenancy, home.tenant.scope(), home.owner.id, None).await.unwrap();
    let superuser = platform.superuser().await;
    let kept: Vec<u8> =
        sqlx::query_scalar("SELECT token_hash FROM session").fetch_one(&superuser).await.unwrap();
    assert_eq!(kept, belfry_tenancy::token::hash(token.expose()));
}

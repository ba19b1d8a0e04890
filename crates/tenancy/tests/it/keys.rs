//! Signing keys: made ahead, sealed, and opened for their own actor only.

use std::sync::Arc;

use belfry_activitypub::key::PublicKey;
use belfry_model::ActorId;
use belfry_tenancy::Keys;
use belfry_tenancy::keys::PlatformKey;

use crate::platform::{Platform, new_tenant};

#[tokio::test]
async fn an_actor_signs_with_the_key_that_it_publishes() {
    let platform = Platform::new().await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    let scope = created.tenant.scope();
    let actor = created.organisation;
    let key = platform.tenancy.keys.signing_key(scope, ActorId(actor.id)).await.unwrap().unwrap();
    assert_eq!(Some(key.key_id()), actor.public_key_id.as_deref());
    let public = PublicKey::from_pem(actor.public_key_pem.as_deref().unwrap()).unwrap();
    assert!(public.verify(b"bells", &key.sign(b"bells").unwrap()));

    let instance = platform.tenancy.keys.instance_key(scope).await.unwrap().unwrap();
    assert_eq!(instance.key_id(), "https://moe.social.example/actor#main-key");
}

#[tokio::test]
async fn a_key_is_parsed_once_and_then_kept() {
    let platform = Platform::new().await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    let (scope, actor) = (created.tenant.scope(), ActorId(created.organisation.id));
    let keys = &platform.tenancy.keys;
    let first = keys.signing_key(scope, actor).await.unwrap().unwrap();
    let second = keys.signing_key(scope, actor).await.unwrap().unwrap();
    assert!(Arc::ptr_eq(&first, &second));
}

#[tokio::test]
async fn another_tenants_actor_has_no_key_here() {
    let platform = Platform::new().await;
    let moe = platform.create(&new_tenant("moe")).await.unwrap();
    let fin = platform.create(&new_tenant("fin")).await.unwrap();
    let actor = ActorId(moe.organisation.id);
    assert!(platform.tenancy.keys.signing_key(fin.tenant.scope(), actor).await.unwrap().is_none());
    // Not even after its own tenant has put it into the cache.
    assert!(platform.tenancy.keys.signing_key(moe.tenant.scope(), actor).await.unwrap().is_some());
    assert!(platform.tenancy.keys.signing_key(fin.tenant.scope(), actor).await.unwrap().is_none());
}

#[tokio::test]
async fn a_sealed_key_copied_to_another_tenant_opens_as_nothing() {
    let platform = Platform::new().await;
    let moe = platform.create(&new_tenant("moe")).await.unwrap();
    let fin = platform.create(&new_tenant("fin")).await.unwrap();
    // The tenant key and the actor key both: whoever can write rows still can't sign as moe.
    let superuser = platform.superuser().await;
    sqlx::query(
        "UPDATE tenant_key SET sealed = (SELECT sealed FROM tenant_key WHERE tenant_id = $1) WHERE tenant_id = $2",
    )
    .bind(moe.tenant.id.0)
    .bind(fin.tenant.id.0)
    .execute(&superuser)
    .await
    .unwrap();
    let scope = fin.tenant.scope();
    let actor = ActorId(fin.organisation.id);
    let error = platform.tenancy.keys.signing_key(scope, actor).await.unwrap_err();
    assert!(error.to_string().contains("can't be opened"), "{error}");
}

#[tokio::test]
async fn a_wrong_platform_key_is_named_as_the_reason() {
    let platform = Platform::new().await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    let path = platform.folder.path().join("another.key");
    Keys::create_platform_key_file(&path).unwrap();
    let keys = Keys::new(platform.tenancy.app.clone(), PlatformKey::read(&path).unwrap(), 10);
    let actor = ActorId(created.organisation.id);
    let error = keys.signing_key(created.tenant.scope(), actor).await.unwrap_err();
    assert!(error.to_string().contains("keys.platform_key_file"), "{error}");
}

#[tokio::test]
async fn the_pool_is_filled_up_to_what_is_wanted_and_each_pair_is_used_once() {
    let platform = Platform::new().await;
    let keys = &platform.tenancy.keys;
    assert_eq!(keys.top_up(3).await.unwrap(), 3);
    assert_eq!(keys.top_up(3).await.unwrap(), 0);
    let (moe, fin) = (new_tenant("moe"), new_tenant("fin"));
    let (moe, fin) = tokio::join!(platform.create(&moe), platform.create(&fin));
    let key =
        |created: belfry_tenancy::provision::CreatedTenant| created.organisation.public_key_pem.unwrap();
    assert_ne!(key(moe.unwrap()), key(fin.unwrap()));
    assert_eq!(platform.tenancy.app.key_pool_count().await.unwrap(), 0);
}

#[tokio::test]
async fn a_pooled_key_of_another_platform_key_is_dropped_rather_than_used() {
    let platform = Platform::new().await;
    let path = platform.folder.path().join("another.key");
    Keys::create_platform_key_file(&path).unwrap();
    let other = Keys::new(platform.tenancy.app.clone(), PlatformKey::read(&path).unwrap(), 10);
    other.top_up(1).await.unwrap();
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    let actor = ActorId(created.organisation.id);
    assert!(platform.tenancy.keys.signing_key(created.tenant.scope(), actor).await.unwrap().is_some());
    assert_eq!(platform.tenancy.app.key_pool_count().await.unwrap(), 0);
}

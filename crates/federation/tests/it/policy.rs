//! With whom agencies speak, both ways: a pilot with listed servers, nobody with one that is barred.

use std::sync::Arc;

use crate::world::{World, id};
use belfry_activitypub::Reach::Public;
use belfry_activitypub::document::Activity;
use belfry_federation::publish::{Asked, Resource};
use belfry_federation::{ApplyError, Published};
use belfry_model::{Host, Phase, Severity, Tenant, TenantId, Visibility};
use belfry_social::Viewer;
use belfry_social::status::Draft;
use belfry_storage::{Page, Reach};
use belfry_tenancy::baseline::domains::{self, NewRule};
use belfry_tenancy::{By, operate};

fn tenant(world: &World, id: TenantId) -> Arc<Tenant> {
    world.tenancy.directory.by_id(id).unwrap()
}

async fn make_pilot(world: &World) -> Arc<Tenant> {
    let moe = tenant(world, world.moe.scope.tenant());
    operate::phase_set(&world.tenancy, &world.admin, &moe, Phase::Pilot, &By::command()).await.unwrap();
    tenant(world, moe.id)
}

async fn list(world: &World, host: &str) {
    let moe = tenant(world, world.moe.scope.tenant());
    let host: Host = host.parse().unwrap();
    operate::peer_add(&world.tenancy, &world.admin, &moe, &host, &By::command()).await.unwrap();
}

async fn bar(world: &World, severity: Severity, reject_media: bool) {
    let host: Host = world.remote.host().parse().unwrap();
    let rule = NewRule { severity, reject_media, ..NewRule::suspending(host.name().parse().unwrap()) };
    domains::set(&world.tenancy, &world.admin, &rule, &By::command()).await.unwrap();
}

async fn lift(world: &World) {
    let host: Host = world.remote.host().parse().unwrap();
    let domain: Host = host.name().parse().unwrap();
    domains::remove(&world.tenancy, &world.admin, &domain, &By::command()).await.unwrap();
}

fn dropped(answer: &Result<(), ApplyError>) -> bool {
    matches!(answer, Err(ApplyError::Drop { .. }))
}

#[tokio::test]
async fn a_pilot_hears_and_finds_listed_servers_only() {
    let world = World::new().await;
    let moe = make_pilot(&world).await;
    let alice = world.remote.actor("alice");
    let follow = Activity::follow(alice.activity_id("follow"), alice.id(), World::uri("moe"));
    assert!(dropped(&world.arrive(&alice, &follow).await));
    assert!(world.told(&world.moe).await.is_empty());
    let found = world.federation.resolve_account(world.moe.scope, &alice.handle()).await.unwrap();
    assert_eq!(found, None);
    assert!(world.federation.resolve_url(world.moe.scope, &alice.id()).await.unwrap().is_none());
    // An agency that is no pilot is not concerned.
    assert!(world.federation.resolve_account(world.fin.scope, &alice.handle()).await.unwrap().is_some());

    list(&world, world.remote.host()).await;
    world.arrive(&alice, &follow).await.unwrap();
    assert_eq!(world.told(&world.moe).await, ["follow"]);
    assert!(world.federation.resolve_account(world.moe.scope, &alice.handle()).await.unwrap().is_some());
    assert_eq!(world.federation.barred(moe.id, &[world.remote.host(), "other.example"]), [false, true]);
}

#[tokio::test]
async fn other_servers_find_nobody_at_a_pilot_that_speaks_with_nobody() {
    let world = World::new().await;
    let moe = make_pilot(&world).await;
    let (name, asked) = ("moe".parse().unwrap(), Asked::Tenant(Arc::clone(&moe)));
    let handle: Resource = "acct:moe@moe.social.localhost:8080".parse().unwrap();
    let federation = &world.federation;
    assert!(matches!(federation.publish_account(&moe, &name).await.unwrap(), Published::Missing));
    assert!(matches!(federation.publish_instance_actor(&moe).await.unwrap(), Published::Missing));
    assert!(federation.webfinger(&asked, &handle).await.unwrap().is_none());
    list(&world, "mastodon.example").await;
    assert!(matches!(federation.publish_account(&moe, &name).await.unwrap(), Published::Here(_)));
    assert!(matches!(federation.publish_instance_actor(&moe).await.unwrap(), Published::Here(_)));
    assert!(federation.webfinger(&asked, &handle).await.unwrap().is_some());
}

#[tokio::test]
async fn a_neighbour_counts_as_its_own_host() {
    let world = World::new().await;
    make_pilot(&world).await;
    let (fin_host, moe) = ("fin.social.localhost:8080", "moe@moe.social.localhost:8080");
    assert!(world.federation.resolve_account(world.fin.scope, moe).await.unwrap().is_none());
    assert!(!world.federation.has_neighbours(world.moe.scope.tenant()));
    list(&world, fin_host).await;
    let found = world.federation.resolve_account(world.fin.scope, moe).await.unwrap().unwrap();
    world.social.follow(&world.fin, found.id, None, None).await.unwrap();
    world.hand_over().await;
    world.social.status_post(&world.moe, Draft::public("To the one that is listed")).await.unwrap();
    world.hand_over().await;
    assert_eq!(world.home(&world.fin).await.len(), 1);

    let moe = tenant(&world, world.moe.scope.tenant());
    let host = fin_host.parse().unwrap();
    operate::peer_remove(&world.tenancy, &world.admin, &moe, &host, &By::command()).await.unwrap();
    world.social.status_post(&world.moe, Draft::public("To nobody any more")).await.unwrap();
    world.hand_over().await;
    assert_eq!(world.home(&world.fin).await.len(), 1);
}

#[tokio::test]
async fn of_a_barred_server_nothing_comes_in_is_fetched_or_shown_and_it_all_returns() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    world.follow(&world.moe, &alice).await;
    world.followed(&alice, "moe").await;
    let note = alice.note("Before", Public, None, None);
    world.arrive(&alice, &alice.create_of(note.clone())).await.unwrap();
    assert_eq!(world.home(&world.moe).await.len(), 1);

    bar(&world, Severity::Suspend, false).await;
    let before = world.remote.received().len();
    let later = alice.note("Later", Public, None, None);
    assert!(dropped(&world.arrive(&alice, &alice.create_of(later)).await));
    let bob = world.remote.actor("bob");
    assert!(world.federation.resolve_account(world.fin.scope, &bob.handle()).await.unwrap().is_none());
    assert!(!world.federation.hears(&alice.id()));
    assert_eq!(world.remote.received().len(), before, "nothing is asked of it");
    assert!(world.home(&world.moe).await.is_empty(), "what is stored is hidden");
    assert!(world.told(&world.moe).await.is_empty());
    let viewer = Viewer::from(&world.moe);
    assert!(
        world.social.account_followers(viewer, world.moe.actor, Page::newest(9)).await.unwrap().is_empty()
    );
    assert_eq!(world.federation.barred(world.moe.scope.tenant(), &[world.remote.host()]), [true]);

    lift(&world).await;
    assert_eq!(world.home(&world.moe).await.len(), 1);
    assert_eq!(world.told(&world.moe).await, ["follow"]);
}

#[tokio::test]
async fn a_limited_server_is_seen_by_who_follows_and_its_strangers_tell_nobody() {
    let world = World::new().await;
    let (alice, bob) = (world.remote.actor("alice"), world.remote.actor("bob"));
    world.follow(&world.moe, &alice).await;
    let note = alice.note("Here", Public, None, None);
    world.arrive(&alice, &alice.create_of(note.clone())).await.unwrap();
    world.followed(&bob, "moe").await;
    assert_eq!(world.told(&world.moe).await, ["follow"]);
    bar(&world, Severity::Limit, false).await;
    assert!(world.told(&world.moe).await.is_empty(), "nobody at moe follows bob");
    assert_eq!(world.home(&world.moe).await.len(), 1);
    let public = async |viewer| {
        world.social.timeline_public(viewer, Reach::All, false, Page::newest(9)).await.unwrap().len()
    };
    assert_eq!(public(Viewer::from(&world.moe)).await, 1, "moe follows alice");
    let anybody = Viewer::anonymous(world.moe.scope);
    assert_eq!(public(anybody).await, 0);
    world.arrive(&alice, &alice.create_of(note.clone())).await.unwrap();
}

#[tokio::test]
async fn a_rule_for_one_server_leaves_the_agencies_own_posts_alone() {
    let world = World::new().await;
    bar(&world, Severity::Suspend, true).await;
    let post = world.social.status_post(&world.moe, Draft::public("Ours")).await.unwrap();
    world.social.status_reblog(&world.moe, id(&post), Visibility::Public).await.unwrap();
    assert_eq!(world.home(&world.moe).await.len(), 2);
}

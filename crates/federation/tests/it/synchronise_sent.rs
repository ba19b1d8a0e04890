//! What other servers are told of our followers there, kept by the database as follows come and go.

use belfry_activitypub::document::Activity;
use belfry_activitypub::synchronisation::{FollowerDigest, Synchronisation};
use belfry_federation::Rendered;
use belfry_model::{ActivityId, ActorId, COMMONS, Clock, Ref, TenantId, TenantScope, Visibility};
use belfry_social::status::Draft;
use belfry_storage::NewFollow;
use belfry_test_support::FakeRemote;
use belfry_test_support::remote::Puppet;
use chrono::TimeDelta;

use crate::world::World;

struct Told {
    world: World,
    other: FakeRemote,
}

impl Told {
    async fn new() -> Self {
        let world = World::new().await;
        let other = FakeRemote::start_named("other.localhost", world.clock.clone()).await;
        Self { world, other }
    }

    async fn rendered(&self, draft: Draft) -> (Rendered, TenantId, ActivityId) {
        self.world.social.status_post(&self.world.moe, draft).await.unwrap();
        let sent = self.world.outgoing().await.pop().unwrap();
        let scope = TenantScope::of(sent.tenant).unwrap();
        let rendered = self.world.federation.render(scope, sent.activity, &[]).await.unwrap().unwrap();
        (rendered, sent.tenant, sent.activity)
    }

    /// What the servers `remote`, `other` and one without a follower are told now.
    async fn headers(&self) -> Vec<Option<String>> {
        let (rendered, ..) = self.rendered(Draft::public("Noon")).await;
        self.headers_of(&rendered).await
    }

    async fn headers_of(&self, rendered: &Rendered) -> Vec<Option<String>> {
        let inboxes = [self.world.remote.at("/inbox"), self.other.at("/inbox"), "https://c.example/i".into()];
        let inboxes: Vec<&str> = inboxes.iter().map(String::as_str).collect();
        // Past what is remembered.
        self.world.clock.advance(TimeDelta::seconds(61));
        self.world.federation.synchronise(self.world.moe.scope, rendered, &inboxes).await.unwrap()
    }

    #[track_caller]
    fn assert_are(found: &[Option<String>], remote: &[String], other: &[String]) {
        let expected = |ids: &[String]| {
            (!ids.is_empty()).then(|| {
                Synchronisation {
                    collection: format!("{}/followers", World::uri("moe")),
                    url: format!("{}/followers_synchronization", World::uri("moe")),
                    digest: FollowerDigest::of(ids.iter().map(String::as_str)),
                }
                .header()
            })
        };
        assert_eq!(found, [expected(remote), expected(other), None]);
    }

    /// Asks, and waits for an answer.
    async fn asked(&self, by: &Puppet) -> (ActorId, i64) {
        let scope = self.world.moe.scope;
        let found = self.world.federation.resolve_account(scope, &by.handle()).await.unwrap().unwrap();
        let tx = self.world.tx(&self.world.moe).await;
        tx.commons_relate(&[found.id.0]).await.unwrap();
        let new = NewFollow {
            uri: by.activity_id("follow"),
            follower: Ref::new(COMMONS, found.id),
            followee: Ref::new(tx.tenant(), self.world.moe.actor),
            accepted: false,
            reblogs: true,
            notify: false,
            created_at: self.world.clock.now(),
        };
        let follow = tx.follow_insert(new).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        (found.id, follow.id)
    }
}

#[tokio::test]
async fn each_server_is_told_of_its_own_and_a_direct_post_says_nothing() {
    let told = Told::new().await;
    let (alice, bob) = (told.world.remote.actor("alice"), told.world.remote.actor("bob"));
    let elsewhere = told.other.actor("alice");
    for puppet in [&alice, &bob, &elsewhere] {
        told.world.followed(puppet, "moe").await;
    }
    Told::assert_are(&told.headers().await, &[alice.id(), bob.id()], &[elsewhere.id()]);

    let named = format!("To you @{}", alice.handle());
    let direct = Draft { visibility: Visibility::Direct, ..Draft::public(named) };
    let (rendered, ..) = told.rendered(direct).await;
    assert_eq!(rendered.followers, None);
    assert_eq!(told.headers_of(&rendered).await, [None, None, None]);
    // Another tenant sees none of it.
    let (tx, host) = (told.world.tx(&told.world.fin).await, told.world.remote.host());
    assert!(tx.follower_uris_on(told.world.moe.actor, host).await.unwrap().is_empty());
    let tx = told.world.tx(&told.world.moe).await;
    let listed = tx.follower_uris_on(told.world.moe.actor, host).await.unwrap();
    assert_eq!(listed, [alice.id(), bob.id()]);
}

#[tokio::test]
async fn the_digest_follows_every_way_in_which_a_follow_begins_and_ends() {
    let told = Told::new().await;
    let world = &told.world;
    let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| world.remote.actor(name));
    let elsewhere = told.other.actor("bob");
    world.followed(&alice, "moe").await;
    world.followed(&bob, "moe").await;
    world.followed(&elsewhere, "moe").await;
    // Asked again under another id.
    world.followed(&alice, "moe").await;
    let (carol_id, follow) = told.asked(&carol).await;
    Told::assert_are(&told.headers().await, &[alice.id(), bob.id()], &[elsewhere.id()]);

    let tx = world.tx(&world.moe).await;
    assert!(tx.follow_accept(follow).await.unwrap());
    assert!(!tx.follow_accept(follow).await.unwrap());
    tx.follow_inbox_refresh(carol_id).await.unwrap();
    tx.commit().await.unwrap();
    Told::assert_are(&told.headers().await, &[alice.id(), bob.id(), carol.id()], &[elsewhere.id()]);

    let follow = Activity::follow(bob.activity_id("follow"), bob.id(), World::uri("moe"));
    let follow = serde_json::to_value(follow).unwrap();
    let undo = serde_json::json!({
        "id": bob.activity_id("undo"), "type": "Undo", "actor": bob.id(), "object": follow,
    });
    world.arrive(&bob, &undo).await.unwrap();
    Told::assert_are(&told.headers().await, &[alice.id(), carol.id()], &[elsewhere.id()]);

    let tx = world.tx(&world.moe).await;
    tx.follow_delete_of_actor(carol_id).await.unwrap();
    tx.commit().await.unwrap();
    Told::assert_are(&told.headers().await, &[alice.id()], &[elsewhere.id()]);

    // Nothing remains of what was rolled back, nor of a host that nobody follows from any more.
    let tx = world.tx(&world.moe).await;
    let gone = tx.follow_followers(world.moe.actor, belfry_storage::Page::newest(10)).await.unwrap();
    for follow in &gone {
        tx.follow_delete(follow.id).await.unwrap();
    }
    drop(tx);
    Told::assert_are(&told.headers().await, &[alice.id()], &[elsewhere.id()]);
    let tx = world.tx(&world.moe).await;
    for follow in &gone {
        tx.follow_delete(follow.id).await.unwrap();
    }
    tx.commit().await.unwrap();
    Told::assert_are(&told.headers().await, &[], &[]);
}

//! Follower synchronisation at the edge: who is shown which followers, and which headers go on
//! to the worker.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use belfry_activitypub::document::Activity;
use belfry_activitypub::signature::cavage;
use belfry_activitypub::synchronisation::{FollowerDigest, Synchronisation};
use belfry_model::{ActorId, COMMONS, Clock as _, InboundV1, Ref, SynchroniseV1};
use belfry_queue::{Payload, QueueName};
use belfry_storage::{NewFollow, row};
use belfry_test_support::FakeRemote;
use belfry_test_support::remote::{Forgery, Puppet};
use serde_json::{Value, json};

use crate::edge::{Answer, Edge, Home};

const SETTINGS: &str = "
    [platform]
    shared_domain = 'social.localhost'
    scheme = 'http'
    port = 8080
    [federation]
    allowed_private_networks = ['127.0.0.1/32']
";
const MOE: &str = "http://moe.social.localhost:8080";
const HEADER: &str = "collection-synchronization";

struct Scene {
    edge: Edge,
    moe: Home,
    remote: FakeRemote,
    alice: Puppet,
}

impl Scene {
    async fn new() -> Self {
        let edge = Edge::with(SETTINGS).await;
        let moe = edge.tenant("moe").await;
        edge.tenant("fin").await;
        let remote = FakeRemote::start_named("remote.localhost", edge.clock.clone()).await;
        let alice = remote.actor("alice");
        Self { edge, moe, remote, alice }
    }

    /// They follow moe.
    async fn followed(&self, by: &Puppet) {
        let scope = self.moe.tenant.scope();
        let found = self.edge.gateway.federation.resolve_account(scope, &by.handle()).await.unwrap().unwrap();
        let tx = self.edge.tenancy().app.tenant(scope).await.unwrap();
        tx.commons_relate(&[found.id.0]).await.unwrap();
        let new = NewFollow {
            uri: by.activity_id("follow"),
            follower: Ref::new(COMMONS, ActorId(found.id.0)),
            followee: Ref::new(tx.tenant(), self.moe.me.id),
            accepted: true,
            reblogs: true,
            notify: false,
            created_at: self.edge.clock.now(),
        };
        let _: row::Follow = tx.follow_insert(new).await.unwrap().unwrap();
        tx.commit().await.unwrap();
    }

    async fn asks(&self, who: &Puppet, path: &str, alter: impl Fn(&str, &str) -> String) -> Answer {
        let url = url::Url::parse(&format!("{MOE}{path}")).unwrap();
        let key = who.signing_key().unwrap();
        let headers = cavage::sign_get(&key, &url, self.edge.clock.now()).unwrap();
        let mut asked = TestRequest::get().uri(path);
        for (name, value) in &headers {
            let value = alter(name.as_str(), value.to_str().unwrap());
            asked = asked.insert_header((name.as_str(), value));
        }
        self.edge.send(asked).await
    }

    fn said(&self) -> Synchronisation {
        Synchronisation {
            collection: self.alice.followers(),
            url: self.remote.at("/users/alice/followers_synchronization"),
            digest: FollowerDigest::default(),
        }
    }

    /// What is queued of an activity that says `header` at this inbox.
    async fn queued(&self, inbox: &str, header: &str, signed: bool) -> Option<SynchroniseV1> {
        let follow =
            Activity::follow(self.alice.activity_id("follow"), self.alice.id(), format!("{MOE}/users/moe"));
        let sync = signed.then_some(header);
        let request = self.alice.request_saying(&follow, inbox, Forgery::None, sync).unwrap();
        let url = url::Url::parse(&request.url).unwrap();
        let mut asked = TestRequest::post().uri(url.path()).set_payload(request.body);
        if !signed {
            asked = asked.insert_header((HEADER, header));
        }
        for (name, value) in request.headers {
            asked = asked.insert_header((name, value));
        }
        let answer = self.edge.send(asked).await;
        assert_eq!(answer.status, 202, "{:?}", answer.body);
        let mut consumer = self.edge.gateway.queue.consume(QueueName::Inbound, 1);
        let delivery = consumer.next().await.unwrap();
        let Payload::Inbound(InboundV1::Remote { sync, .. }) = delivery.payload.clone() else {
            panic!("{:?}", delivery.payload)
        };
        delivery.ack().await.unwrap();
        consumer.close().await;
        sync
    }
}

fn as_it_is(_: &str, value: &str) -> String {
    value.to_owned()
}

#[actix_web::test]
async fn a_server_is_shown_its_own_accounts_among_the_followers() {
    let scene = Scene::new().await;
    let other = FakeRemote::start_named("other.localhost", scene.edge.clock.clone()).await;
    for puppet in [&scene.alice, &scene.remote.actor("bob"), &other.actor("carol")] {
        scene.followed(puppet).await;
    }
    let path = "/users/moe/followers_synchronization";
    for (asker, shown) in [
        (&scene.remote.actor("carol"), vec![scene.alice.id(), scene.remote.actor("bob").id()]),
        (&other.actor("alice"), vec![other.actor("carol").id()]),
    ] {
        let answer = scene.asks(asker, path, as_it_is).await;
        assert_eq!(answer.header("cache-control"), Some("private, no-store"));
        assert_eq!(answer.header("content-type"), Some("application/activity+json"));
        let document: Value = answer.ok();
        assert_eq!(document["type"], "OrderedCollection");
        assert_eq!(document["orderedItems"], json!(shown));
        assert_eq!(document["id"], format!("{MOE}{path}"));
    }
    // Somebody without followers there.
    let press = scene.asks(&scene.alice, "/users/press/followers_synchronization", as_it_is).await;
    assert_eq!(press.ok()["orderedItems"], json!([]));
}

#[actix_web::test]
async fn nobody_is_shown_followers_without_a_signature_that_fits() {
    let scene = Scene::new().await;
    scene.followed(&scene.alice).await;
    let path = "/users/moe/followers_synchronization";
    let unsigned =
        scene.moe.request(Method::GET, path).insert_header(("accept", "application/activity+json"));
    assert_eq!(scene.edge.send(unsigned).await.status, 401);
    let stale = |name: &str, value: &str| match name {
        "date" => "Thu, 29 Jan 2026 12:00:00 GMT".to_owned(),
        _ => value.to_owned(),
    };
    assert_eq!(scene.asks(&scene.alice, path, stale).await.status, 401);
    let later = |name: &str, value: &str| match name {
        "date" => "Sat, 31 Jan 2026 12:00:01 GMT".to_owned(),
        _ => value.to_owned(),
    };
    assert_eq!(scene.asks(&scene.alice, path, later).await.status, 401);
}

#[actix_web::test]
async fn foreign_and_unknown_accounts_have_no_followers_to_show() {
    let scene = Scene::new().await;
    for name in ["fin", "nobody", "-"] {
        let path = format!("/users/{name}/followers_synchronization");
        assert_eq!(scene.asks(&scene.alice, &path, as_it_is).await.status, 404, "{name}");
    }
}

#[actix_web::test]
async fn what_is_said_of_followers_counts_only_signed_and_at_the_tenants_own_host() {
    let scene = Scene::new().await;
    let said = scene.said();
    let header = said.header();
    let own = format!("{MOE}/users/moe/inbox");
    let expected = SynchroniseV1 { tenant: scene.moe.tenant.id, header: header.clone() };
    assert_eq!(scene.queued(&own, &header, true).await, Some(expected));
    assert_eq!(scene.queued(&own, &header, false).await, None);
    assert_eq!(scene.queued("http://social.localhost:8080/inbox", &header, true).await, None);
    let elsewhere = "http://else.localhost/users/alice/followers".to_owned();
    let foreign = Synchronisation { collection: elsewhere.clone(), ..said.clone() };
    assert_eq!(scene.queued(&own, &foreign.header(), true).await, None);
    let foreign = Synchronisation { url: elsewhere, ..said };
    assert_eq!(scene.queued(&own, &foreign.header(), true).await, None);
    // Unreadable, it is no reason to refuse the activity.
    assert_eq!(scene.queued(&own, "nonsense", true).await, None);
    assert_eq!(scene.queued(&own, &"x".repeat(5000), true).await, None);
}

//! The inbox: who is believed, and how everybody else is answered. Nothing refused reaches the queue.

use actix_web::test::TestRequest;
use belfry_activitypub::document::Activity;
use belfry_activitypub::signature::cavage;
use belfry_activitypub::{KeyPair, Reach, SigningKey, digest};
use belfry_model::Clock as _;
use belfry_queue::QueueName;
use belfry_test_support::FakeRemote;
use belfry_test_support::remote::{Behaviour, Forgery, Puppet, SignedRequest};
use serde_json::json;

use crate::edge::{Answer, Edge};

const SETTINGS: &str = "
    [platform]
    shared_domain = 'social.localhost'
    scheme = 'http'
    port = 8080
    [federation]
    max_body_bytes = 20000
    allowed_private_networks = ['127.0.0.1/32']
";
const INBOX: &str = "http://social.localhost:8080/inbox";

struct Scene {
    edge: Edge,
    remote: FakeRemote,
    alice: Puppet,
}

impl Scene {
    async fn new() -> Self {
        let edge = Edge::with(SETTINGS).await;
        edge.tenant("moe").await;
        let remote = FakeRemote::start_named("remote.localhost", edge.clock.clone()).await;
        let alice = remote.actor("alice");
        Self { edge, remote, alice }
    }

    fn follow(&self) -> Activity {
        let moe = "http://moe.social.localhost:8080/users/moe";
        Activity::follow(self.alice.activity_id("follow"), self.alice.id(), moe)
    }

    async fn send(&self, request: SignedRequest) -> Answer {
        let url = url::Url::parse(&request.url).unwrap();
        let mut asked = TestRequest::post().uri(url.path()).set_payload(request.body);
        for (name, value) in request.headers {
            asked = asked.insert_header((name, value));
        }
        self.edge.send(asked).await
    }

    async fn forged(&self, forgery: Forgery) -> Answer {
        self.send(self.alice.request(&self.follow(), INBOX, forgery).unwrap()).await
    }

    /// Signed as it should be, whatever the body is.
    fn signed(&self, key: &SigningKey, body: &[u8]) -> SignedRequest {
        let url = url::Url::parse(INBOX).unwrap();
        let headers =
            cavage::sign_post(key, &url, &digest::header(body), None, self.edge.clock.now()).unwrap();
        let headers = headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        SignedRequest { url: INBOX.to_owned(), headers, body: body.to_vec() }
    }

    async fn waiting(&self) -> u64 {
        self.edge.gateway.queue.depth(QueueName::Inbound).await.unwrap()
    }
}

#[track_caller]
fn refused(answer: &Answer, status: u16, word: &str) {
    assert_eq!(answer.status, status, "{:?}", answer.body);
    let reason = answer.json()["error"].as_str().unwrap().to_owned();
    assert!(reason.contains(word), "{reason:?} has no {word:?}");
}

#[actix_web::test]
async fn what_is_signed_by_its_actor_is_taken_at_each_inbox() {
    let scene = Scene::new().await;
    for inbox in [INBOX, "http://moe.social.localhost:8080/users/moe/inbox"] {
        let request = scene.alice.request(&scene.follow(), inbox, Forgery::None).unwrap();
        assert_eq!(scene.send(request).await.status, 202, "{inbox}");
    }
    assert_eq!(scene.waiting().await, 2);
    let nobody = "http://moe.social.localhost:8080/users/nobody/inbox";
    let request = scene.alice.request(&scene.follow(), nobody, Forgery::None).unwrap();
    assert_eq!(scene.send(request).await.status, 404);
}

#[actix_web::test]
async fn forged_expired_and_unsigned_requests_are_refused() {
    let scene = Scene::new().await;
    for (forgery, word) in [
        (Forgery::Unsigned, "no Signature header"),
        (Forgery::WrongKey, "fit"),
        (Forgery::KeyOfAnother, "another actor"),
        (Forgery::AlteredBody, "Digest"),
        (Forgery::ExpiredDate, "window"),
        (Forgery::FutureDate, "window"),
    ] {
        refused(&scene.forged(forgery).await, 401, word);
    }
    assert_eq!(scene.waiting().await, 0);
    // None of that is held against the actor itself.
    assert_eq!(scene.forged(Forgery::None).await.status, 202);
}

#[actix_web::test]
async fn a_bearer_token_does_not_stand_for_a_signature() {
    let scene = Scene::new().await;
    let mut request = scene.alice.request(&scene.follow(), INBOX, Forgery::None).unwrap();
    request.headers.push(("authorization".to_owned(), "Bearer x".to_owned()));
    refused(&scene.send(request).await, 401, "Authorization");
}

#[actix_web::test]
async fn a_body_must_be_an_activity_of_bounded_size() {
    let scene = Scene::new().await;
    let key = scene.alice.signing_key().unwrap();
    for body in ["{\"id\": ", "[]", "{\"type\":\"Follow\"}"] {
        let answer = scene.send(scene.signed(&key, body.as_bytes())).await;
        refused(&answer, 400, "can't be read");
    }
    let note = scene.alice.note(&"long ".repeat(5000), Reach::Public, None, None);
    let large = scene.alice.request(&scene.alice.create_of(note), INBOX, Forgery::None).unwrap();
    refused(&scene.send(large).await, 413, "20000");
    for kind in ["text/plain", "application/json"] {
        let mut request = scene.alice.request(&scene.follow(), INBOX, Forgery::None).unwrap();
        for (name, value) in &mut request.headers {
            if name == "content-type" {
                kind.clone_into(value);
            }
        }
        refused(&scene.send(request).await, 415, "activity+json");
    }
    assert_eq!(scene.waiting().await, 0);
}

#[actix_web::test]
async fn an_unknown_key_is_refused_and_not_asked_for_again_at_once() {
    let scene = Scene::new().await;
    scene.remote.behave("/users/alice", Behaviour::Status(404));
    refused(&scene.forged(Forgery::None).await, 401, "key");
    // It is there now, but the failure is remembered for some minutes.
    scene.remote.behave("/users/alice", Behaviour::Normal);
    refused(&scene.forged(Forgery::None).await, 401, "key");
    scene.edge.clock.advance(chrono::TimeDelta::minutes(11));
    assert_eq!(scene.forged(Forgery::None).await.status, 202);
}

#[actix_web::test]
async fn a_server_that_is_away_just_now_makes_the_sender_come_again() {
    let scene = Scene::new().await;
    scene.remote.behave("/users/alice", Behaviour::Status(503));
    let answer = scene.forged(Forgery::None).await;
    refused(&answer, 503, "later");
    assert!(answer.header("retry-after").is_some());
}

#[actix_web::test]
async fn a_key_at_a_private_address_is_not_fetched() {
    let scene = Scene::new().await;
    let pair = KeyPair::rsa_2048().unwrap();
    let key = SigningKey::from_pem("http://10.0.0.1/users/x#main-key", &pair.private_pem).unwrap();
    let body = json!({
        "id": "http://10.0.0.1/1", "type": "Follow", "actor": "http://10.0.0.1/users/x",
        "object": "http://moe.social.localhost:8080/users/moe",
    });
    refused(&scene.send(scene.signed(&key, body.to_string().as_bytes())).await, 401, "private");
}

#[actix_web::test]
async fn nobody_here_comes_over_http() {
    let scene = Scene::new().await;
    let key = scene.alice.signing_key().unwrap();
    for actor in ["http://moe.social.localhost:8080/users/moe", "http://social.localhost:8080/actor"] {
        let body = json!({ "id": format!("{actor}#1"), "type": "Like", "actor": actor, "object": actor });
        refused(&scene.send(scene.signed(&key, body.to_string().as_bytes())).await, 403, "platform");
    }
}

#[actix_web::test]
async fn a_stranger_that_is_gone_is_answered_without_a_fetch() {
    let scene = Scene::new().await;
    let pair = KeyPair::rsa_2048().unwrap();
    let gone = scene.remote.at("/users/gone");
    let key = SigningKey::from_pem(format!("{gone}#main-key"), &pair.private_pem).unwrap();
    for kind in ["Delete", "Update"] {
        let body = json!({ "id": format!("{gone}#1"), "type": kind, "actor": gone, "object": gone });
        let answer = scene.send(scene.signed(&key, body.to_string().as_bytes())).await;
        assert_eq!(answer.status, 202, "{:?}", answer.body);
    }
    assert_eq!(scene.waiting().await, 0);
}

#[actix_web::test]
async fn an_unknown_host_is_nobodys() {
    let scene = Scene::new().await;
    let elsewhere = "http://else.social.localhost:8080/inbox";
    let request = scene.alice.request(&scene.follow(), elsewhere, Forgery::None).unwrap();
    assert_eq!(scene.send(request).await.status, 404);
}

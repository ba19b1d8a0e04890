//! The exact HTTP that leaves.

use std::sync::Arc;

use belfry_activitypub::digest;
use belfry_federation::client::{FetchError, SignatureForm};
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{FakeRemote, TlsServer};
use bytes::Bytes;
use chrono::TimeDelta;
use serde_json::json;

use crate::client::{client, client_with};

/// A second server's actor stands for one of ours: the receiver fetches its key by HTTP.
async fn sender_and_receiver() -> (FakeRemote, FakeRemote, Bytes) {
    let sender = FakeRemote::start().await;
    let receiver = FakeRemote::start().await;
    let body = json!({"id": sender.at("/a/1"), "type": "Like", "actor": sender.actor("alice").id(),
        "object": receiver.at("/notes/1")});
    (sender, receiver, Bytes::from(body.to_string()))
}

#[tokio::test]
async fn a_delivery_is_signed_so_that_mastodon_takes_it() {
    let (sender, receiver, body) = sender_and_receiver().await;
    let key = Arc::new(sender.actor("alice").signing_key().unwrap());
    let answer =
        client().post_signed(&receiver.at("/inbox"), &body, &digest::header(&body), &key).await.unwrap();
    assert_eq!((answer.status, answer.form), (202, SignatureForm::Cavage));
    let requests = receiver.received();
    let request = requests.first().unwrap();
    assert_eq!(request.refused, None);
    assert_eq!(request.actor, Some(sender.actor("alice").id()));
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/inbox"));
    assert_eq!(request.body.as_bytes(), &body[..]);
    assert_eq!(request.header("host"), Some(receiver.host()));
    assert_eq!(request.header("content-type"), Some("application/activity+json"));
    assert_eq!(request.header("digest"), Some(digest::header(&body).as_str()));
    let agent = format!("Belfry/{} (+http://social.localhost:8080/)", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(agent.as_str()));
    let signature = request.header("signature").unwrap();
    for part in ["(request-target)", "host", "date", "digest", "content-type", "#main-key"] {
        assert!(signature.contains(part), "{part} in {signature}");
    }
}

#[tokio::test]
async fn the_second_try_is_in_the_newer_form_and_is_remembered() {
    let (sender, receiver, body) = sender_and_receiver().await;
    let key = Arc::new(sender.actor("alice").signing_key().unwrap());
    receiver.behave("/inbox", Behaviour::OnlyRfc9421);
    let client = client();
    for expected in [2, 3] {
        let answer =
            client.post_signed(&receiver.at("/inbox"), &body, &digest::header(&body), &key).await.unwrap();
        assert_eq!((answer.status, answer.form), (202, SignatureForm::Rfc9421));
        assert_eq!(receiver.received().len(), expected);
    }
    assert!(receiver.received().iter().all(|request| request.refused.is_none()));
}

#[tokio::test]
async fn a_broken_or_absent_inbox_is_not_asked_twice() {
    let (sender, receiver, body) = sender_and_receiver().await;
    let key = Arc::new(sender.actor("alice").signing_key().unwrap());
    for status in [404, 410, 500, 503] {
        receiver.behave("/inbox", Behaviour::Status(status));
        let before = receiver.received().len();
        let answer =
            client().post_signed(&receiver.at("/inbox"), &body, &digest::header(&body), &key).await.unwrap();
        assert_eq!((answer.status, receiver.received().len()), (status, before + 1));
    }
}

#[tokio::test]
async fn what_a_server_says_about_when_to_come_back_is_handed_on() {
    let (sender, receiver, body) = sender_and_receiver().await;
    let key = Arc::new(sender.actor("alice").signing_key().unwrap());
    receiver.behave("/inbox", Behaviour::RetryAfter(429, 90));
    let answer =
        client().post_signed(&receiver.at("/inbox"), &body, &digest::header(&body), &key).await.unwrap();
    assert_eq!((answer.status, answer.retry_after), (429, Some(TimeDelta::seconds(90))));
}

#[tokio::test]
async fn an_inbox_at_a_private_address_is_refused() {
    let (sender, _, body) = sender_and_receiver().await;
    let key = Arc::new(sender.actor("alice").signing_key().unwrap());
    let error =
        client().post_signed("http://10.0.0.1/inbox", &body, &digest::header(&body), &key).await.unwrap_err();
    assert!(matches!(error, FetchError::Refused { .. }), "{error:?}");
}

#[tokio::test]
async fn over_tls_requests_share_one_connection_of_http_2_and_strangers_are_not_trusted() {
    let (sender, receiver) = (FakeRemote::start().await, TlsServer::start().await);
    let key = Arc::new(sender.actor("alice").signing_key().unwrap());
    let body = Bytes::from_static(b"{}");
    let folder = tempfile::tempdir().unwrap();
    let authority = folder.path().join("ca.pem");
    std::fs::write(&authority, receiver.authority_pem()).unwrap();
    let networks = "allowed_private_networks = ['127.0.0.1/32']";
    let trusting = client_with(&format!("{networks}\nextra_ca_file = '{}'", authority.display()));
    for number in 0..3 {
        let inbox = receiver.at(&format!("/users/{number}/inbox"));
        let answer = trusting.post_signed(&inbox, &body, &digest::header(&body), &key).await.unwrap();
        assert!(answer.is_success());
    }
    let seen = receiver.seen();
    assert!(seen.iter().all(|(version, _)| version == "HTTP/2.0"), "{seen:?}");
    assert!(seen.iter().all(|(_, from)| *from == seen[0].1), "a connection each: {seen:?}");

    let wary = client_with(networks);
    let error =
        wary.post_signed(&receiver.at("/inbox"), &body, &digest::header(&body), &key).await.unwrap_err();
    assert!(matches!(error, FetchError::Connect { .. }), "{error:?}");
}

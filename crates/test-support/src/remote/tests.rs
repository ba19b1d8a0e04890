//! The fake must behave as the network does, or every test on it proves nothing: here two of
//! them face each other.

use belfry_activitypub::Reach;
use belfry_activitypub::document::Activity;

use super::*;
use crate::wait::eventually_eq;

async fn two() -> (FakeRemote, FakeRemote, Puppet, Peer) {
    let (here, there) = (FakeRemote::start().await, FakeRemote::start().await);
    let alice = here.actor("alice");
    let bob = alice.find(&there.handle("bob")).await.unwrap();
    (here, there, alice, bob)
}

#[tokio::test]
async fn a_follow_is_accepted_and_can_be_taken_back() {
    let (here, there, alice, bob) = two().await;
    let follow = alice.follow(&bob).await.unwrap();
    assert_eq!(follow.status, 202);
    assert_eq!(there.followers("bob"), [alice.id()]);
    eventually_eq("the follow here", vec![("alice".to_owned(), bob.id.clone())], || async {
        here.state.following()
    })
    .await;
    assert_eq!(here.activities("Accept").len(), 1);
    alice.undo(&follow, &bob).await.unwrap();
    assert!(there.followers("bob").is_empty());
}

#[tokio::test]
async fn who_approves_by_hand_does_not_answer_at_once() {
    let (_here, there, alice, _) = two().await;
    let carol = alice.find(&there.handle("carol")).await.unwrap();
    alice.follow(&carol).await.unwrap();
    assert!(there.followers("carol").is_empty());
}

#[tokio::test]
async fn what_arrives_is_kept_exactly() {
    let (_here, there, alice, bob) = two().await;
    let sent = alice.create("Hello", Reach::Direct, &bob).await.unwrap();
    let received = there.received();
    let request = received.first().unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str(), request.status), ("POST", "/inbox", 202));
    assert_eq!(request.json(), Some(sent.activity.clone()));
    assert_eq!(request.actor, Some(alice.id()));
    assert_eq!(there.activities("Create"), [sent.activity]);
}

#[tokio::test]
async fn every_forgery_is_refused_with_its_reason() {
    let (_here, there, alice, bob) = two().await;
    for (forgery, reason) in [
        (Forgery::WrongKey, "does not fit"),
        (Forgery::KeyOfAnother, "signed for"),
        (Forgery::AlteredBody, "isn't the one"),
        (Forgery::ExpiredDate, "outside the accepted window"),
        (Forgery::FutureDate, "outside the accepted window"),
        (Forgery::Unsigned, "no Signature header"),
    ] {
        let follow = Activity::follow(alice.activity_id("follow"), alice.id(), &bob.id);
        let sent = alice.send_forged(&follow, &bob.inbox, forgery).await.unwrap();
        assert_eq!(sent.status, 401, "{forgery:?}");
        let refused = there.received().pop().unwrap().refused.unwrap();
        assert!(refused.contains(reason), "{forgery:?}: {refused}");
    }
    assert!(there.followers("bob").is_empty());
}

#[tokio::test]
async fn it_answers_what_it_is_told_to_and_keeps_the_request_all_the_same() {
    let (_here, there, alice, bob) = two().await;
    there.behave("/users/bob/inbox", Behaviour::Status(503));
    assert_eq!(alice.follow(&bob).await.unwrap().status, 503);
    assert!(there.received().first().unwrap().verified());
    assert!(there.followers("bob").is_empty());
    there.behave("/users/bob/inbox", Behaviour::Normal);
    assert_eq!(alice.follow(&bob).await.unwrap().status, 202);
}

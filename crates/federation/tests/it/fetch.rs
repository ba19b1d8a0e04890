//! What is believed of what others publish.

use belfry_activitypub::Reach;
use belfry_activitypub::document::webfinger::Acct;
use belfry_federation::client::FetchError;
use belfry_federation::{discover, fetch};
use belfry_test_support::FakeRemote;
use serde_json::{Value, json};

use crate::client::client;

#[tokio::test]
async fn a_handle_leads_to_an_actor_and_back() {
    let remote = FakeRemote::start().await;
    let client = client();
    let handle = Acct::parse(&remote.handle("alice")).unwrap();
    let found = discover::webfinger(&client, &handle).await.unwrap();
    assert_eq!(found.actor, remote.actor("alice").id());
    let actor = fetch::actor(&client, &found.actor, None).await.unwrap();
    assert_eq!(actor.preferred_username, "alice");
    assert_eq!(actor.shared_inbox, Some(remote.at("/inbox")));
    assert_eq!(discover::handle_of(&client, &actor).await.unwrap(), handle);
}

#[tokio::test]
async fn an_unknown_handle_is_an_unknown_account() {
    let remote = FakeRemote::start().await;
    let handle = Acct::parse(&remote.handle("nobody")).unwrap();
    let error = discover::webfinger(&client(), &handle).await.unwrap_err();
    assert!(matches!(error, FetchError::UnknownAccount { .. }), "{error:?}");
    assert!(error.is_absent());
}

#[tokio::test]
async fn an_actor_can_not_claim_the_handle_of_another() {
    let remote = FakeRemote::start().await;
    let client = client();
    let mut impostor = fetch::actor(&client, &remote.actor("bob").id(), None).await.unwrap();
    impostor.preferred_username = "alice".to_owned();
    let error = discover::handle_of(&client, &impostor).await.unwrap_err();
    assert!(matches!(error, FetchError::Disagreement { .. }), "{error:?}");
}

#[tokio::test]
async fn a_note_is_fetched_signed_and_unsigned() {
    let remote = FakeRemote::start().await;
    let alice = remote.actor("alice");
    let note = alice.note("Hello", Reach::Public, None, None);
    let key = alice.signing_key().unwrap();
    for key in [None, Some(&key)] {
        let found = fetch::note(&client(), &note.id, key).await.unwrap();
        assert_eq!((found.content.as_str(), found.attributed_to), ("<p>Hello</p>", alice.id()));
    }
}

/// A copy of alice's document, changed by the test.
async fn actor_document(remote: &FakeRemote) -> Value {
    let fetched = client().get_document(&remote.actor("alice").id(), None).await.unwrap();
    serde_json::from_slice(&fetched.body).unwrap()
}

#[tokio::test]
async fn a_document_is_followed_to_its_own_address_once() {
    let remote = FakeRemote::start().await;
    remote.publish("/@alice", actor_document(&remote).await);
    let found = fetch::actor(&client(), &remote.at("/@alice"), None).await.unwrap();
    assert_eq!(found.id, remote.actor("alice").id());
}

#[tokio::test]
async fn a_document_whose_id_is_not_its_address_is_refused() {
    let remote = FakeRemote::start().await;
    let mut document = actor_document(&remote).await;
    document["publicKey"] = Value::Null;
    document["id"] = json!(remote.at("/one"));
    remote.publish("/two", document.clone());
    document["id"] = json!(remote.at("/two"));
    remote.publish("/one", document);
    let error = fetch::actor(&client(), &remote.at("/two"), None).await.unwrap_err();
    assert!(matches!(error, FetchError::OtherId { .. }), "{error:?}");
}

#[tokio::test]
async fn a_note_by_an_author_of_another_host_is_refused() {
    let remote = FakeRemote::start().await;
    let note = remote.at("/notes/1");
    let document = json!({"id": note, "type": "Note", "attributedTo": "https://victim.example/users/x",
        "content": "x", "to": "as:Public"});
    remote.publish("/notes/1", document);
    let error = fetch::note(&client(), &note, None).await.unwrap_err();
    assert!(matches!(error, FetchError::OtherHost { .. }), "{error:?}");
}

#[tokio::test]
async fn a_key_and_its_owner_must_name_each_other() {
    let remote = FakeRemote::start().await;
    let client = client();
    let alice = remote.actor("alice");
    let key_id = format!("{}#main-key", alice.id());
    assert_eq!(fetch::key_owner(&client, &key_id, None).await.unwrap().id, alice.id());
    // A key document of its own that its alleged owner knows nothing of.
    let pem = fetch::actor(&client, &alice.id(), None).await.unwrap().key.unwrap().pem;
    let stray = remote.at("/keys/1");
    remote.publish("/keys/1", json!({"id": stray, "owner": alice.id(), "publicKeyPem": pem}));
    let error = fetch::key_owner(&client, &stray, None).await.unwrap_err();
    assert!(matches!(error, FetchError::NotTheOwner { .. }), "{error:?}");
}

#[tokio::test]
async fn a_key_in_a_stub_of_its_owner_is_found_as_gotosocial_has_it() {
    let remote = FakeRemote::start().await;
    let mut document = actor_document(&remote).await;
    let (actor, key) = (remote.at("/gts"), remote.at("/gts/main-key"));
    document["id"] = json!(actor);
    document["publicKey"]["id"] = json!(key);
    document["publicKey"]["owner"] = json!(actor);
    let stub = json!({"id": actor, "type": "Person", "preferredUsername": "gts",
        "publicKey": document["publicKey"]});
    remote.publish("/gts/main-key", stub);
    remote.publish("/gts", document);
    assert_eq!(fetch::key_owner(&client(), &key, None).await.unwrap().id, actor);
}

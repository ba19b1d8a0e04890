//! What is stored of what comes in, and where.

use belfry_activitypub::Reach;
use belfry_activitypub::document::{Activity, Tombstone};
use belfry_federation::ApplyError;
use belfry_social::status::Draft;
use belfry_storage::Page;
use belfry_test_support::remote::{Peer, Puppet};
use serde_json::json;

use crate::world::{World, id};

fn peer(name: &str) -> Peer {
    Peer {
        handle: format!("{name}@{name}.social.localhost:8080"),
        id: World::uri(name),
        inbox: format!("{}/inbox", World::uri(name)),
        shared_inbox: None,
    }
}

/// A mention of one of ours.
fn to(by: &Puppet, text: &str, reach: Reach, name: &str) -> Activity {
    by.create_of(by.note(text, reach, Some(&peer(name)), None))
}

#[track_caller]
fn dropped(result: Result<(), ApplyError>) -> String {
    match result {
        Err(ApplyError::Drop { reason }) => reason,
        other => panic!("not dropped: {other:?}"),
    }
}

#[tokio::test]
async fn a_follow_is_accepted_and_told() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    let sent = world.followed(&alice, "moe").await;
    assert_eq!(world.told(&world.moe).await, ["follow"]);
    let [accept] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!(accept.inboxes, [world.remote.at("/inbox")]);
    let document = accept.document.as_ref().unwrap();
    assert_eq!(document["type"], "Accept");
    assert_eq!(document["actor"], World::uri("moe"));
    assert_eq!(document["object"]["type"], "Follow");
    assert_eq!(document["object"]["actor"], alice.id());
    assert_eq!(document["object"]["object"], World::uri("moe"));
    let tx = world.tx(&world.moe).await;
    assert_eq!(tx.follow_followers(world.moe.actor, Page::newest(5)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_follow_that_is_taken_back_is_gone() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    let follow = Activity::follow(alice.activity_id("follow"), alice.id(), World::uri("moe"));
    world.arrive(&alice, &follow).await.unwrap();
    let undo = Activity::undo(alice.activity_id("undo"), follow);
    world.arrive(&alice, &undo).await.unwrap();
    let tx = world.tx(&world.moe).await;
    assert!(tx.follow_followers(world.moe.actor, Page::newest(5)).await.unwrap().is_empty());
    assert!(world.told(&world.moe).await.is_empty());
}

#[tokio::test]
async fn a_public_post_of_a_followed_author_is_stored_once_for_all() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    world.follow(&world.moe, &alice).await;
    world.follow(&world.fin, &alice).await;
    let create = alice.create_of(alice.note("Bells<script>no</script>", Reach::Public, None, None));
    world.arrive(&alice, &create).await.unwrap();
    world.arrive(&alice, &create).await.unwrap();
    for reader in [&world.moe, &world.fin] {
        let home = world.home(reader).await;
        assert_eq!(home.len(), 1);
        assert_eq!(home[0].row.tenant_id, 0);
        assert_eq!(home[0].row.content_html, "<p>Bells</p>");
    }
    assert_eq!(world.home(&world.moe).await[0].row.id, world.home(&world.fin).await[0].row.id);
}

#[tokio::test]
async fn a_post_that_concerns_nobody_is_not_stored() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    let note = alice.note("Hello, world", Reach::Public, None, None);
    let uri = note.id.clone();
    world.arrive(&alice, &alice.create_of(note)).await.unwrap();
    assert!(!world.in_commons(&uri).await);
}

#[tokio::test]
async fn a_mention_is_kept_by_the_tenant_whom_it_names_and_by_no_other() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    for reach in [Reach::Public, Reach::Direct] {
        let create = to(&alice, "Good morning", reach, "moe");
        let note = serde_json::to_value(&create).unwrap()["object"]["id"].as_str().unwrap().to_owned();
        world.arrive(&alice, &create).await.unwrap();
        assert!(world.keeps(&world.moe, &note).await);
        assert!(!world.keeps(&world.fin, &note).await);
        assert!(!world.in_commons(&note).await);
        assert_eq!(world.tx(&world.fin).await.status_by_uri(&note).await.unwrap(), None);
    }
    assert_eq!(world.told(&world.moe).await, ["mention", "mention"]);
    assert!(world.told(&world.fin).await.is_empty());
}

#[tokio::test]
async fn a_post_for_followers_is_kept_by_each_tenant_that_follows() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    world.follow(&world.fin, &alice).await;
    let note = alice.note("Among us", Reach::Followers, None, None);
    let uri = note.id.clone();
    world.arrive(&alice, &alice.create_of(note)).await.unwrap();
    assert!(!world.in_commons(&uri).await);
    assert!(!world.keeps(&world.moe, &uri).await);
    assert_eq!(world.home(&world.fin).await[0].row.visibility, "private");
}

#[tokio::test]
async fn an_edit_replaces_the_text_and_a_deletion_erases_it() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    world.follow(&world.fin, &alice).await;
    let note = alice.note("One bell", Reach::Public, Some(&peer("moe")), None);
    let uri = note.id.clone();
    world.arrive(&alice, &alice.create_of(note.clone())).await.unwrap();
    let mut edited = note;
    edited.content = "<p>Two bells</p>".to_owned();
    edited.updated = Some(belfry_model::Clock::now(&*world.clock));
    world.arrive(&alice, &Activity::update(alice.activity_id("update"), edited)).await.unwrap();
    // The one who is named keeps a copy of its own; the follower sees the commons'.
    for reader in [&world.moe, &world.fin] {
        let row = world.tx(reader).await.status_by_uri(&uri).await.unwrap().unwrap();
        assert_eq!(row.content_html, "<p>Two bells</p>");
    }
    let delete = Activity::delete(alice.activity_id("delete"), alice.id(), Tombstone::new(&uri, None));
    world.arrive(&alice, &delete).await.unwrap();
    assert!(!world.in_commons(&uri).await && !world.keeps(&world.moe, &uri).await);
    assert!(world.home(&world.fin).await.is_empty());
    assert!(world.told(&world.moe).await.is_empty());
}

#[tokio::test]
async fn likes_and_boosts_of_our_posts_are_told_and_taken_back() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    let post = world.social.status_post(&world.moe, Draft::public("Ring")).await.unwrap();
    let like = Activity::like(alice.activity_id("like"), alice.id(), &post.row.uri);
    world.arrive(&alice, &like).await.unwrap();
    let announce = json!({
        "id": alice.activity_id("announce"),
        "type": "Announce",
        "actor": alice.id(),
        "to": ["as:Public"],
        "object": post.row.uri,
    });
    world.arrive(&alice, &announce).await.unwrap();
    world.arrive(&alice, &announce).await.unwrap();
    let mut told = world.told(&world.moe).await;
    told.sort_unstable();
    assert_eq!(told, ["favourite", "reblog"]);
    let counts = world.tx(&world.moe).await.status_counts(&[id(&post)], None).await.unwrap();
    assert_eq!((counts[&id(&post)].favourites, counts[&id(&post)].reblogs), (1, 1));

    for undone in [serde_json::to_value(&like).unwrap(), announce] {
        let undo = json!({
            "id": alice.activity_id("undo"), "type": "Undo", "actor": alice.id(), "object": undone,
        });
        world.arrive(&alice, &undo).await.unwrap();
    }
    let counts = world.tx(&world.moe).await.status_counts(&[id(&post)], None).await.unwrap();
    assert_eq!((counts[&id(&post)].favourites, counts[&id(&post)].reblogs), (0, 0));
    assert!(world.told(&world.moe).await.is_empty());
}

#[tokio::test]
async fn a_boost_brings_a_post_from_elsewhere_that_is_fetched() {
    let world = World::new().await;
    let (alice, bob) = (world.remote.actor("alice"), world.remote.actor("bob"));
    world.follow(&world.moe, &alice).await;
    let first = bob.note("A thread", Reach::Public, None, None);
    let second = bob.note("goes on", Reach::Public, None, Some(&first.id));
    let announce = json!({
        "id": alice.activity_id("announce"),
        "type": "Announce",
        "actor": alice.id(),
        "to": ["as:Public"],
        "object": second.id,
    });
    world.arrive(&alice, &announce).await.unwrap();
    let home = world.home(&world.moe).await;
    assert_eq!(home.len(), 1);
    assert_eq!(home[0].reblog.as_ref().unwrap().row.uri, second.id);
    // What it answers is there too, and the tenant may see it.
    assert!(world.tx(&world.moe).await.status_by_uri(&first.id).await.unwrap().is_some());
    assert_eq!(world.tx(&world.fin).await.status_by_uri(&first.id).await.unwrap(), None);
}

#[tokio::test]
async fn a_deleted_actor_leaves_nothing_behind() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    let known = world.follow(&world.fin, &alice).await;
    world.followed(&alice, "moe").await;
    let note = alice.note("Last words", Reach::Public, None, None);
    let uri = note.id.clone();
    world.arrive(&alice, &alice.create_of(note)).await.unwrap();
    let delete = json!({
        "id": alice.activity_id("delete"), "type": "Delete", "actor": alice.id(), "object": alice.id(),
    });
    world.arrive(&alice, &delete).await.unwrap();
    assert!(!world.in_commons(&uri).await);
    let tx = world.tx(&world.moe).await;
    assert!(tx.follow_followers(world.moe.actor, Page::newest(5)).await.unwrap().is_empty());
    assert!(world.tx(&world.fin).await.follow_find(world.fin.actor, known).await.unwrap().is_none());
    let again = alice.create_of(alice.note("Again", Reach::Public, None, None));
    assert!(dropped(world.arrive(&alice, &again).await).contains("deleted"));
}

#[tokio::test]
async fn nobody_speaks_for_another() {
    let world = World::new().await;
    let (alice, bob) = (world.remote.actor("alice"), world.remote.actor("bob"));
    world.follow(&world.moe, &alice).await;
    // Another's post, in a Create of one's own.
    let stolen = json!({
        "id": alice.activity_id("create"), "type": "Create", "actor": alice.id(),
        "object": bob.note("Not hers", Reach::Public, None, None),
    });
    assert!(dropped(world.arrive(&alice, &stolen).await).contains("author"));
    // A post at another host.
    let mut foreign = alice.note("Elsewhere", Reach::Public, None, None);
    foreign.id = "https://other.example/1".to_owned();
    let foreign = json!({
        "id": alice.activity_id("create"), "type": "Create", "actor": alice.id(), "object": foreign,
    });
    assert!(dropped(world.arrive(&alice, &foreign).await).contains("host"));
    // The body of another actor under one's own signature.
    let create = alice.create_of(alice.note("Hi", Reach::Public, None, None));
    assert!(dropped(world.arrive(&bob, &create).await).contains("signed"));
    // A deletion of what another said.
    let note = alice.note("Stays", Reach::Public, None, None);
    let uri = note.id.clone();
    world.arrive(&alice, &alice.create_of(note)).await.unwrap();
    let delete = Activity::delete(bob.activity_id("delete"), bob.id(), Tombstone::new(&uri, None));
    world.arrive(&bob, &delete).await.unwrap();
    assert!(world.in_commons(&uri).await);
    assert!(world.home(&world.moe).await.len() == 1);
}

#[tokio::test]
async fn a_private_post_of_ours_can_be_boosted_by_nobody() {
    let world = World::new().await;
    let alice = world.remote.actor("alice");
    let draft = Draft { visibility: belfry_model::Visibility::Private, ..Draft::public("Quietly") };
    let post = world.social.status_post(&world.moe, draft).await.unwrap();
    let announce = json!({
        "id": alice.activity_id("announce"), "type": "Announce", "actor": alice.id(),
        "to": ["as:Public"], "object": post.row.uri,
    });
    world.arrive(&alice, &announce).await.unwrap();
    assert!(world.told(&world.moe).await.is_empty());
}

//! What leaves: the addressing of each visibility, and what an edit or a deletion makes of it.

use belfry_activitypub::PUBLIC;
use belfry_model::Visibility;
use belfry_social::status::{Change, Draft};
use serde_json::{Value, json};

use crate::world::{Outgoing, World, id};

#[track_caller]
fn only(sent: Vec<Outgoing>) -> Outgoing {
    assert_eq!(sent.len(), 1, "{sent:?}");
    sent.into_iter().next().unwrap()
}

async fn posted(world: &World, visibility: Visibility) -> Outgoing {
    let draft = Draft { visibility, ..Draft::public(format!("Good day @{}", world.remote.handle("bob"))) };
    world.social.status_post(&world.moe, draft).await.unwrap();
    only(world.outgoing().await)
}

#[tokio::test]
async fn each_visibility_is_addressed_as_mastodon_addresses_it() {
    let world = World::new().await;
    world.followed(&world.remote.actor("alice"), "moe").await;
    let bob = world.remote.actor("bob").id();
    world.federation.resolve_account(world.moe.scope, &world.remote.handle("bob")).await.unwrap().unwrap();
    let followers = format!("{}/followers", World::uri("moe"));
    for (visibility, to, cc) in [
        (Visibility::Public, json!([PUBLIC]), json!([followers, bob])),
        (Visibility::Unlisted, json!([followers]), json!([PUBLIC, bob])),
        (Visibility::Private, json!([followers]), json!([bob])),
        (Visibility::Direct, json!([bob]), json!([])),
    ] {
        let sent = posted(&world, visibility).await;
        let create = sent.document.unwrap();
        assert_eq!(create["type"], "Create");
        assert_eq!((&create["to"], &create["cc"]), (&to, &cc), "{visibility}");
        assert_eq!((&create["object"]["to"], &create["object"]["cc"]), (&to, &cc), "{visibility}");
        assert_eq!(create["object"]["tag"][0]["href"], bob);
        assert_eq!(create["object"]["attributedTo"], World::uri("moe"));
        assert_eq!(sent.inboxes, [world.remote.at("/inbox")]);
    }
}

#[tokio::test]
async fn an_edited_post_goes_out_as_it_is_now_and_a_deleted_one_does_not() {
    let world = World::new().await;
    world.followed(&world.remote.actor("alice"), "moe").await;
    let post = world.social.status_post(&world.moe, Draft::public("Tomorow")).await.unwrap();
    let change = Change {
        text: "Tomorrow".into(),
        spoiler_text: String::new(),
        sensitive: false,
        language: None,
        media: None,
        media_changes: Vec::new(),
        mentions: Vec::new(),
    };
    world.social.status_edit(&world.moe, id(&post), change).await.unwrap();
    let sent = world.outgoing().await;
    let kinds: Vec<&Value> = sent.iter().map(|one| &one.document.as_ref().unwrap()["type"]).collect();
    assert_eq!(kinds, ["Create", "Update"]);
    for one in &sent {
        let content = one.document.as_ref().unwrap()["object"]["content"].as_str().unwrap();
        assert!(content.contains("Tomorrow"), "{content}");
    }
    world.social.status_delete(&world.moe, id(&post)).await.unwrap();
    let delete = only(world.outgoing().await).document.unwrap();
    assert_eq!(delete["type"], "Delete");
    assert_eq!(delete["object"]["type"], "Tombstone");
    assert_eq!(delete["object"]["id"], post.row.uri);
    // What was sent before the deletion is withdrawn when it is tried again.
    for one in sent {
        let scope = belfry_model::TenantScope::of(one.tenant).unwrap();
        assert!(world.federation.render(scope, one.activity, &[]).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn follows_likes_and_boosts_name_what_they_are_about() {
    let world = World::new().await;
    let bob = world.remote.actor("bob");
    let scope = world.moe.scope;
    let found = world.federation.resolve_account(scope, &bob.handle()).await.unwrap().unwrap();
    world.social.follow(&world.moe, found.id, None, None).await.unwrap();
    let follow = only(world.outgoing().await).document.unwrap();
    assert_eq!((&follow["type"], &follow["object"]), (&json!("Follow"), &json!(bob.id())));

    let note = bob.note("Noon", belfry_activitypub::Reach::Public, None, None);
    let found = world.federation.resolve_url(scope, &note.id).await.unwrap().unwrap();
    let belfry_federation::Resolved::Status(status) = found else { panic!("{found:?}") };
    world.social.status_favourite(&world.moe, status.id).await.unwrap();
    let like = only(world.outgoing().await);
    assert_eq!(like.inboxes, [world.remote.at("/inbox")]);
    let like = like.document.unwrap();
    assert_eq!((&like["type"], &like["object"]), (&json!("Like"), &json!(note.id)));

    world.social.status_reblog(&world.moe, status.id, Visibility::Public).await.unwrap();
    let boost = only(world.outgoing().await).document.unwrap();
    assert_eq!((&boost["type"], &boost["object"]), (&json!("Announce"), &json!(note.id)));
    assert_eq!(boost["to"], json!([PUBLIC]));
    assert_eq!(boost["cc"], json!([format!("{}/followers", World::uri("moe")), bob.id()]));

    world.social.status_unreblog(&world.moe, status.id).await.unwrap();
    let undo = only(world.outgoing().await).document.unwrap();
    assert_eq!(undo["type"], "Undo");
    assert_eq!(undo["object"]["type"], "Announce");
    assert_eq!(undo["object"]["id"], boost["id"]);
}

//! Boosts.

use belfry_model::{StatusId, Visibility};
use belfry_social::notification::NotificationFilter;
use belfry_social::{Error, Invalid, Page};

use crate::world::{World, viewer};

#[tokio::test]
async fn a_boost_stands_once_reaches_followers_and_tells_the_author() {
    let world = World::new().await;
    let post = world.post(&world.moe, "hi").await;
    let first = world.social.status_reblog(&world.press, post.id(), Visibility::Public).await.unwrap();
    let again = world.social.status_reblog(&world.press, post.id(), Visibility::Public).await.unwrap();
    assert_eq!(first.id(), again.id());
    let original = first.reblog.unwrap();
    assert_eq!((original.id(), original.counts.reblogs), (post.id(), 1));
    assert!(original.counts.reblogged);

    let (announce, _) = world.sent(&world.press, &first.row.uri).await.unwrap();
    assert_eq!((announce.kind.as_str(), announce.to_followers), ("Announce", true));
    let filter = NotificationFilter::default();
    let told = world.social.notification_list(&world.moe, &filter, Page::newest(5)).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].row.kind, "reblog");
    assert_eq!(told[0].status.as_ref().unwrap().id(), post.id());

    let back = world.social.status_unreblog(&world.press, post.id()).await.unwrap();
    assert_eq!((back.counts.reblogs, back.counts.reblogged), (0, false));
    assert!(world.social.timeline_home(&world.press, Page::newest(5)).await.unwrap().is_empty());
    let again = world.social.status_reblog(&world.press, post.id(), Visibility::Public).await.unwrap();
    assert_ne!(again.row.uri, first.row.uri);
}

#[tokio::test]
async fn a_boost_of_a_boost_boosts_the_post_itself() {
    let world = World::new().await;
    let post = world.remote_post("1").await;
    let boost =
        world.social.status_reblog(&world.press, StatusId(post.id), Visibility::Public).await.unwrap();
    let second = world.social.status_reblog(&world.moe, boost.id(), Visibility::Public).await.unwrap();
    assert_eq!(second.row.reblog_of_id, Some(post.id));
    let (_, inboxes) = world.sent(&world.moe, &second.row.uri).await.unwrap();
    assert_eq!(inboxes, ["https://far.example/inbox"]);
}

#[tokio::test]
async fn what_is_for_followers_only_cannot_be_boosted() {
    let world = World::new().await;
    world.social.follow(&world.press, world.moe.actor, None, None).await.unwrap();
    let post = world.post_as(&world.moe, "to my followers", Visibility::Private).await;
    let answer = world.social.status_reblog(&world.press, post.id(), Visibility::Public).await;
    assert!(matches!(answer, Err(Error::Invalid(Invalid::NotOpen))), "{answer:?}");
}

#[tokio::test]
async fn with_a_deleted_post_its_boosts_are_gone() {
    let world = World::new().await;
    let post = world.post(&world.moe, "hi").await;
    let boost = world.social.status_reblog(&world.press, post.id(), Visibility::Public).await.unwrap();
    world.social.status_delete(&world.moe, post.id()).await.unwrap();
    let seen = world.social.status_fetch(viewer(&world.press), boost.id()).await;
    assert!(matches!(seen, Err(Error::NotFound)));
    assert!(world.social.timeline_home(&world.press, Page::newest(5)).await.unwrap().is_empty());
}

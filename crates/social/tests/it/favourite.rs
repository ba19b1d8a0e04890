//! Favourites.

use belfry_social::notification::NotificationFilter;
use belfry_social::{Error, Page};

use crate::world::{World, viewer};

#[tokio::test]
async fn a_favourite_counts_once_tells_the_author_once_and_can_be_taken_back() {
    let world = World::new().await;
    let post = world.post(&world.moe, "hi").await;
    for _ in 0..2 {
        let view = world.social.status_favourite(&world.press, post.id()).await.unwrap();
        assert_eq!((view.counts.favourites, view.counts.favourited), (1, true));
    }
    let filter = NotificationFilter::default();
    let told = world.social.notification_list(&world.moe, &filter, Page::newest(5)).await.unwrap();
    assert_eq!(told.iter().map(|told| told.row.kind.as_str()).collect::<Vec<_>>(), ["favourite"]);
    let who =
        world.social.status_favourited_by(viewer(&world.moe), post.id(), Page::newest(5)).await.unwrap();
    assert_eq!(who.iter().map(|who| who.account.acct()).collect::<Vec<_>>(), ["press"]);

    let view = world.social.status_unfavourite(&world.press, post.id()).await.unwrap();
    assert_eq!((view.counts.favourites, view.counts.favourited), (0, false));
    let told = world.social.notification_list(&world.moe, &filter, Page::newest(5)).await.unwrap();
    assert!(told.is_empty());
}

#[tokio::test]
async fn a_favourite_of_a_post_elsewhere_goes_to_its_author_and_so_does_its_undo() {
    let world = World::new().await;
    let post = world.remote_post("1").await;
    let id = belfry_model::StatusId(post.id);
    world.social.status_favourite(&world.moe, id).await.unwrap();
    let tx = world.tx(&world.moe).await;
    let favourite = tx.favourite_find(world.moe.actor, id).await.unwrap().unwrap();
    let (like, inboxes) = world.sent(&world.moe, &favourite.uri).await.unwrap();
    assert_eq!((like.kind.as_str(), like.object), ("Like", Some(post.uri.into())));
    assert_eq!(inboxes, ["https://far.example/inbox"]);

    let view = world.social.status_unfavourite(&world.moe, id).await.unwrap();
    assert!(!view.counts.favourited);
}

#[tokio::test]
async fn what_is_not_there_cannot_be_favourited() {
    let world = World::new().await;
    let answer = world.social.status_favourite(&world.moe, belfry_model::StatusId(7)).await;
    assert!(matches!(answer, Err(Error::NotFound)));
}

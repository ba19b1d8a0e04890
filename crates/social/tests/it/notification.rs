//! Notifications.

use belfry_social::notification::NotificationFilter;
use belfry_social::{Error, Page};

use crate::world::World;

#[tokio::test]
async fn who_is_named_is_told_once_and_can_dismiss_it() {
    let world = World::new().await;
    let post = world.post(&world.moe, "@press @moe look").await;
    let all = NotificationFilter::default();
    let told = world.social.notification_list(&world.press, &all, Page::newest(5)).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].row.kind.as_str(), told[0].account.acct()), ("mention", "moe".to_owned()));
    assert_eq!(told[0].status.as_ref().unwrap().id(), post.id());
    assert!(world.social.notification_list(&world.moe, &all, Page::newest(5)).await.unwrap().is_empty());

    let id = told[0].row.id;
    assert!(world.social.notification_fetch(&world.press, id).await.is_ok());
    assert!(matches!(world.social.notification_fetch(&world.moe, id).await, Err(Error::NotFound)));
    assert!(matches!(world.social.notification_dismiss(&world.moe, id).await, Err(Error::NotFound)));
    world.social.notification_dismiss(&world.press, id).await.unwrap();
    assert!(matches!(world.social.notification_fetch(&world.press, id).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn notifications_are_filtered_by_kind_and_cleared() {
    let world = World::new().await;
    let post = world.post(&world.moe, "@press hi").await;
    world.social.follow(&world.press, world.moe.actor, None, Some(true)).await.unwrap();
    world.social.status_favourite(&world.press, post.id()).await.unwrap();
    let kinds = |filter: NotificationFilter| {
        let (social, moe) = (world.social.clone(), world.moe.clone());
        async move {
            let told = social.notification_list(&moe, &filter, Page::newest(5)).await.unwrap();
            told.into_iter().map(|told| told.row.kind).collect::<Vec<_>>()
        }
    };
    assert_eq!(kinds(NotificationFilter::default()).await, ["favourite", "follow"]);
    let only = NotificationFilter { kinds: vec!["follow".into()], ..Default::default() };
    assert_eq!(kinds(only).await, ["follow"]);
    let without = NotificationFilter { without: vec!["follow".into()], ..Default::default() };
    assert_eq!(kinds(without).await, ["favourite"]);
    world.social.notification_clear(&world.moe).await.unwrap();
    assert!(kinds(NotificationFilter::default()).await.is_empty());
}

#[tokio::test]
async fn who_wants_to_hear_of_each_post_is_told() {
    let world = World::new().await;
    world.social.follow(&world.press, world.moe.actor, None, Some(true)).await.unwrap();
    world.post(&world.moe, "news").await;
    let all = NotificationFilter::default();
    let told = world.social.notification_list(&world.press, &all, Page::newest(5)).await.unwrap();
    assert_eq!(told.iter().map(|told| told.row.kind.as_str()).collect::<Vec<_>>(), ["status"]);
}

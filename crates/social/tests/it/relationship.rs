//! Following.

use belfry_social::account::Profile;
use belfry_social::{Error, Invalid, Page};

use crate::world::{REMOTE, World, viewer};

#[tokio::test]
async fn within_the_tenant_a_follow_is_made_at_once_and_brings_the_latest_posts() {
    let world = World::new().await;
    let post = world.post(&world.moe, "before").await;
    let stands = world.social.follow(&world.press, world.moe.actor, None, None).await.unwrap();
    assert!(stands.following && stands.showing_reblogs && !stands.requested);
    let home = world.social.timeline_home(&world.press, Page::newest(5)).await.unwrap();
    assert_eq!(home[0].id(), post.id());
    let followers =
        world.social.account_followers(viewer(&world.moe), world.moe.actor, Page::newest(5)).await.unwrap();
    assert_eq!(followers[0].account.acct(), "press");
    let moe = world.social.account_fetch(viewer(&world.moe), world.moe.actor).await.unwrap();
    assert_eq!((moe.counts.followers, moe.counts.statuses), (1, 1));

    let stands = world.social.unfollow(&world.press, world.moe.actor).await.unwrap();
    assert!(!stands.following);
    assert!(world.social.timeline_home(&world.press, Page::newest(5)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_follow_elsewhere_waits_for_its_accept_and_unfollowing_takes_it_back() {
    let world = World::new().await;
    let stands = world.social.follow(&world.moe, world.remote, None, None).await.unwrap();
    assert!(stands.requested && !stands.following);
    let tx = world.tx(&world.moe).await;
    let row = tx.follow_find(world.moe.actor, world.remote).await.unwrap().unwrap();
    let (follow, inboxes) = world.sent(&world.moe, &row.uri).await.unwrap();
    assert_eq!((follow.kind.as_str(), follow.object), ("Follow", Some(REMOTE.into())));
    assert_eq!(inboxes, ["https://far.example/inbox"]);

    assert!(belfry_social::relationship::accepted(&tx, &row, 800).await.unwrap());
    assert!(!belfry_social::relationship::accepted(&tx, &row, 800).await.unwrap());
    tx.commit().await.unwrap();
    let stands = world.social.relationship_list(&world.moe, &[world.remote]).await.unwrap();
    assert!(stands[0].following);
    let stands = world.social.unfollow(&world.moe, world.remote).await.unwrap();
    assert!(!stands.following && !stands.requested);
}

#[tokio::test]
async fn a_locked_account_is_asked_first() {
    let world = World::new().await;
    let lock = Profile { locked: Some(true), ..Profile::default() };
    world.social.account_update(&world.moe, lock).await.unwrap();
    let stands = world.social.follow(&world.press, world.moe.actor, None, None).await.unwrap();
    assert!(stands.requested);
    let waiting = world.social.follow_request_list(&world.moe, Page::newest(5)).await.unwrap();
    assert_eq!(waiting.len(), 1);
    let stands = world.social.follow_request_accept(&world.moe, world.press.actor).await.unwrap();
    assert!(stands.followed_by);
    assert!(world.social.follow_request_list(&world.moe, Page::newest(5)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_refused_request_is_gone() {
    let world = World::new().await;
    let lock = Profile { locked: Some(true), ..Profile::default() };
    world.social.account_update(&world.moe, lock).await.unwrap();
    world.social.follow(&world.press, world.moe.actor, None, None).await.unwrap();
    let stands = world.social.follow_request_reject(&world.moe, world.press.actor).await.unwrap();
    assert!(!stands.followed_by && !stands.requested_by);
}

#[tokio::test]
async fn following_again_changes_what_is_wanted_of_it() {
    let world = World::new().await;
    world.social.follow(&world.press, world.moe.actor, None, None).await.unwrap();
    let stands = world.social.follow(&world.press, world.moe.actor, Some(false), Some(true)).await.unwrap();
    assert!(!stands.showing_reblogs && stands.notifying);
    let stands = world.social.follow(&world.press, world.moe.actor, None, None).await.unwrap();
    assert!(!stands.showing_reblogs && stands.notifying);
}

#[tokio::test]
async fn nobody_follows_themselves() {
    let world = World::new().await;
    let answer = world.social.follow(&world.moe, world.moe.actor, None, None).await;
    assert!(matches!(answer, Err(Error::Invalid(Invalid::OwnAccount))));
}

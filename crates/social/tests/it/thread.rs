//! A post in its thread.

use belfry_model::Visibility;
use belfry_social::status::Draft;

use crate::world::{World, stranger, viewer};

#[tokio::test]
async fn a_thread_is_told_from_its_first_post_down_each_branch() {
    let world = World::new().await;
    let root = world.post(&world.moe, "one").await;
    let left = world.reply(&world.press, root.id(), "two, left").await;
    let right = world.reply(&world.press, root.id(), "two, right").await;
    let leaf = world.reply(&world.moe, left.id(), "three").await;

    let context = world.social.status_context(viewer(&world.moe), left.id()).await.unwrap();
    let ids = |views: &[belfry_social::StatusView]| {
        views.iter().map(belfry_social::StatusView::id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&context.ancestors), [root.id()]);
    assert_eq!(ids(&context.descendants), [leaf.id()]);
    let all = world.social.status_context(viewer(&world.moe), root.id()).await.unwrap();
    assert_eq!(ids(&all.descendants), [left.id(), leaf.id(), right.id()]);
    let root = world.social.status_fetch(viewer(&world.moe), root.id()).await.unwrap();
    assert_eq!(root.counts.replies, 2);
}

#[tokio::test]
async fn a_reader_sees_of_a_thread_what_is_for_them() {
    let world = World::new().await;
    let root = world.post(&world.moe, "one").await;
    let draft = Draft {
        in_reply_to: Some(root.id()),
        visibility: Visibility::Direct,
        ..Draft::public("@moe in confidence")
    };
    world.social.status_post(&world.press, draft).await.unwrap();
    let theirs = world.social.status_context(viewer(&world.moe), root.id()).await.unwrap();
    assert_eq!(theirs.descendants.len(), 1);
    let others = world.social.status_context(stranger(&world.moe), root.id()).await.unwrap();
    assert!(others.descendants.is_empty());
}

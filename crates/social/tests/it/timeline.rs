//! Timelines and search.

use belfry_model::{Ref, StatusId, Visibility};
use belfry_social::status::Draft;
use belfry_social::{AccountFilter, Page, Reach, StatusView, TagFilter, distribute};

use crate::world::{World, stranger, viewer};

fn ids(views: &[StatusView]) -> Vec<StatusId> {
    views.iter().map(StatusView::id).collect()
}

#[tokio::test]
async fn a_timeline_is_paged_by_id_in_both_directions() {
    let world = World::new().await;
    let mut posts = Vec::new();
    for n in 0..5 {
        posts.push(world.post(&world.moe, &format!("post {n}")).await.id());
    }
    let read = |page: Page| world.social.timeline_public(stranger(&world.moe), Reach::Local, false, page);
    assert_eq!(ids(&read(Page::newest(2)).await.unwrap()), [posts[4], posts[3]]);
    let older = Page { max: Some(posts[3].0), ..Page::newest(2) };
    assert_eq!(ids(&read(older).await.unwrap()), [posts[2], posts[1]]);
    let just_newer = Page { min: Some(posts[0].0), ..Page::newest(2) };
    assert_eq!(ids(&read(just_newer).await.unwrap()), [posts[2], posts[1]]);
    let since = Page { since: Some(posts[1].0), ..Page::newest(2) };
    assert_eq!(ids(&read(since).await.unwrap()), [posts[4], posts[3]]);
}

#[tokio::test]
async fn a_home_timeline_keeps_so_many_posts() {
    let world = World::new().await;
    world.social.follow(&world.press, world.moe.actor, None, None).await.unwrap();
    let mut posts = Vec::new();
    for n in 0..5 {
        posts.push(world.post(&world.moe, &format!("post {n}")).await);
    }
    let tx = world.tx(&world.moe).await;
    distribute(&tx, posts[4].reference(), 3, posts[4].row.created_at).await.unwrap();
    tx.commit().await.unwrap();
    let home = world.social.timeline_home(&world.press, Page::newest(20)).await.unwrap();
    assert_eq!(ids(&home), [posts[4].id(), posts[3].id(), posts[2].id()]);
}

#[tokio::test]
async fn a_reply_is_at_home_only_with_those_who_follow_both() {
    let world = World::new().await;
    world.social.follow(&world.press, world.moe.actor, None, None).await.unwrap();
    let far = world.remote_post("1").await;
    let reply = world.reply(&world.moe, StatusId(far.id), "@ann@far.example thanks").await;
    let home = world.social.timeline_home(&world.press, Page::newest(20)).await.unwrap();
    assert!(!ids(&home).contains(&reply.id()));
    let own = world.social.timeline_home(&world.moe, Page::newest(20)).await.unwrap();
    assert!(ids(&own).contains(&reply.id()));
}

#[tokio::test]
async fn a_received_post_comes_to_the_homes_of_those_who_follow_its_author() {
    let world = World::new().await;
    world.social.follow(&world.moe, world.remote, None, None).await.unwrap();
    let tx = world.tx(&world.moe).await;
    let follow = tx.follow_find(world.moe.actor, world.remote).await.unwrap().unwrap();
    belfry_social::relationship::accepted(&tx, &follow, 800).await.unwrap();
    tx.commit().await.unwrap();
    let far = world.remote_post("1").await;
    let tx = world.tx(&world.moe).await;
    let status = Ref::new(belfry_model::COMMONS, StatusId(far.id));
    for _ in 0..2 {
        distribute(&tx, status, 800, far.created_at).await.unwrap();
    }
    tx.commit().await.unwrap();
    let home = world.social.timeline_home(&world.moe, Page::newest(20)).await.unwrap();
    assert_eq!(ids(&home), [StatusId(far.id)]);
    assert!(world.social.timeline_home(&world.press, Page::newest(20)).await.unwrap().is_empty());
    let all = world.social.timeline_public(stranger(&world.moe), Reach::All, false, Page::newest(20)).await;
    assert_eq!(ids(&all.unwrap()), [StatusId(far.id)]);
    let here =
        world.social.timeline_public(stranger(&world.moe), Reach::Local, false, Page::newest(20)).await;
    assert!(here.unwrap().is_empty());
}

#[tokio::test]
async fn an_accounts_posts_are_those_that_the_reader_may_see() {
    let world = World::new().await;
    let open = world.post(&world.moe, "open #tag").await;
    let private = world.post_as(&world.moe, "followers", Visibility::Private).await;
    world.post_as(&world.moe, "direct", Visibility::Direct).await;
    let reply = world.reply(&world.moe, open.id(), "more").await;
    let read = |viewer, filter: AccountFilter| {
        let (social, of) = (world.social.clone(), world.moe.actor);
        async move { ids(&social.timeline_account(viewer, of, &filter, Page::newest(20)).await.unwrap()) }
    };
    let all = AccountFilter::default;
    assert_eq!(read(stranger(&world.moe), all()).await, [reply.id(), open.id()]);
    assert_eq!(read(viewer(&world.press), all()).await, [reply.id(), open.id()]);
    assert_eq!(read(viewer(&world.moe), all()).await, [reply.id(), private.id(), open.id()]);
    world.social.follow(&world.press, world.moe.actor, None, None).await.unwrap();
    assert_eq!(read(viewer(&world.press), all()).await, [reply.id(), private.id(), open.id()]);
    let tagged = AccountFilter { tagged: Some("tag".into()), ..all() };
    assert_eq!(read(stranger(&world.moe), tagged).await, [open.id()]);
    let media =
        AccountFilter { only_media: true, exclude_replies: true, exclude_reblogs: true, tagged: None };
    assert!(read(stranger(&world.moe), media).await.is_empty());
}

#[tokio::test]
async fn a_tag_timeline_takes_any_all_and_none() {
    let world = World::new().await;
    let a = world.post(&world.moe, "#a").await.id();
    let ab = world.post(&world.moe, "#A #b").await.id();
    let c = world.post(&world.moe, "#c").await.id();
    let read = |filter: TagFilter| {
        let (social, viewer) = (world.social.clone(), stranger(&world.moe));
        async move { ids(&social.timeline_tag(viewer, filter, Reach::All, false, Page::newest(9)).await.unwrap()) }
    };
    let tag = |tag: &str| TagFilter { tag: tag.into(), ..TagFilter::default() };
    assert_eq!(read(tag("#A")).await, [ab, a]);
    assert_eq!(read(TagFilter { any: vec!["c".into()], ..tag("a") }).await, [c, ab, a]);
    assert_eq!(read(TagFilter { all: vec!["B".into()], ..tag("a") }).await, [ab]);
    assert_eq!(read(TagFilter { none: vec!["b".into()], ..tag("a") }).await, [a]);
}

#[tokio::test]
async fn search_finds_accounts_posts_and_tags_and_takes_wildcards_literally() {
    let world = World::new().await;
    let post = world.post(&world.moe, "100% Überraschung #Feest").await;
    world.social.status_post(&world.moe, Draft::public("unlike")).await.unwrap();
    let reader = stranger(&world.moe);
    let accounts = world.social.search_accounts(reader, "ANN@far", 0, 5).await.unwrap();
    assert_eq!(accounts.iter().map(|found| found.acct()).collect::<Vec<_>>(), ["ann@far.example"]);
    assert!(world.social.search_accounts(reader, "%", 0, 5).await.unwrap().is_empty());
    let posts = world.social.search_statuses(reader, "überraschung", Page::newest(5)).await.unwrap();
    assert_eq!(ids(&posts), [post.id()]);
    assert_eq!(ids(&world.social.search_statuses(reader, "0%", Page::newest(5)).await.unwrap()), [post.id()]);
    assert_eq!(world.social.search_tags(reader, "#Fe", 0, 5).await.unwrap(), ["feest"]);
}

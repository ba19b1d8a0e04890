//! A neighbour on the same platform is a stranger: to every use case that names something of
//! another tenant the answer is that there is no such thing.

use belfry_model::{MediaId, Visibility};
use belfry_social::notification::NotificationFilter;
use belfry_social::status::{Change, Draft};
use belfry_social::{AccountFilter, Error, Invalid, Page, Reach, TagFilter};

use crate::media::png;
use crate::world::{World, stranger, viewer};

/// The answer must be "not found", and no other.
macro_rules! not_found {
    ($($call:expr),* $(,)?) => {$(
        let answer = $call.await;
        assert!(matches!(answer, Err(Error::NotFound)), "{}: {answer:?}", stringify!($call));
    )*};
}

#[tokio::test]
async fn nothing_of_another_tenants_posts_can_be_read_or_touched() {
    let world = World::new().await;
    let post = world.post(&world.moe, "public here #tag").await;
    let (social, moh, id) = (&world.social, &world.moh, post.id());
    let change = Change {
        text: "x".into(),
        spoiler_text: String::new(),
        sensitive: false,
        language: None,
        media: None,
        media_changes: Vec::new(),
        mentions: Vec::new(),
    };
    not_found!(
        social.status_fetch(viewer(moh), id),
        social.status_fetch(stranger(moh), id),
        social.status_at(stranger(moh), &"moe".parse().unwrap(), id),
        social.status_context(viewer(moh), id),
        social.status_history(viewer(moh), id),
        social.status_source(moh, id),
        social.status_edit(moh, id, change),
        social.status_delete(moh, id),
        social.status_favourite(moh, id),
        social.status_unfavourite(moh, id),
        social.status_reblog(moh, id, Visibility::Public),
        social.status_unreblog(moh, id),
        social.status_favourited_by(viewer(moh), id, Page::newest(5)),
        social.status_reblogged_by(viewer(moh), id, Page::newest(5)),
    );
    let reply = Draft { in_reply_to: Some(id), ..Draft::public("hi") };
    let answer = social.status_post(moh, reply).await;
    assert!(matches!(answer, Err(Error::Invalid(Invalid::Parent))));
    assert!(social.status_list(viewer(moh), &[id]).await.unwrap().is_empty());
}

#[tokio::test]
async fn nothing_of_another_tenants_accounts_can_be_read_or_touched() {
    let world = World::new().await;
    let (social, moh, moe) = (&world.social, &world.moh, world.moe.actor);
    not_found!(
        social.account_fetch(viewer(moh), moe),
        social.account_lookup(viewer(moh), &"moe".parse().unwrap()),
        social.account_lookup(viewer(moh), &"moe@moe.social.example".parse().unwrap()),
        social.account_followers(viewer(moh), moe, Page::newest(5)),
        social.account_following(viewer(moh), moe, Page::newest(5)),
        social.timeline_account(viewer(moh), moe, &AccountFilter::default(), Page::newest(5)),
        social.follow(moh, moe, None, None),
        social.unfollow(moh, moe),
        social.follow_request_accept(moh, moe),
        social.follow_request_reject(moh, moe),
        // The commons hold this actor, but this tenant has no relation with it.
        social.account_fetch(viewer(moh), world.remote),
        social.follow(moh, world.remote, None, None),
    );
    assert!(social.account_list(viewer(moh), &[moe]).await.unwrap().is_empty());
    assert!(social.relationship_list(moh, &[moe, world.remote]).await.unwrap().is_empty());
    assert!(social.search_accounts(viewer(moh), "moe", 0, 5).await.unwrap().is_empty());
    let local = social.account_local_list(viewer(moh)).await.unwrap();
    assert_eq!(local.iter().map(|account| account.id()).collect::<Vec<_>>(), [moh.actor]);
}

#[tokio::test]
async fn a_poster_of_one_tenant_is_nobody_in_another() {
    let world = World::new().await;
    let forged = belfry_social::Poster { scope: world.moh.scope, ..world.moe.clone() };
    let social = &world.social;
    not_found!(
        social.status_post(&forged, Draft::public("as a neighbour")),
        social.account_update(&forged, belfry_social::account::Profile::default()),
        social.media_upload(&forged, png(4, 4), None, None),
        social.follow(&forged, world.moh.actor, None, None),
    );
}

#[tokio::test]
async fn no_list_shows_what_is_another_tenants() {
    let world = World::new().await;
    world.post(&world.moe, "@press public here #tag").await;
    world.remote_post("1").await;
    let (social, moh) = (&world.social, &world.moh);
    let page = Page::newest(20);
    assert!(social.timeline_home(moh, page).await.unwrap().is_empty());
    assert!(social.timeline_public(viewer(moh), Reach::All, false, page).await.unwrap().is_empty());
    let tag = TagFilter { tag: "tag".into(), ..TagFilter::default() };
    assert!(social.timeline_tag(viewer(moh), tag, Reach::All, false, page).await.unwrap().is_empty());
    assert!(social.search_statuses(viewer(moh), "public", page).await.unwrap().is_empty());
    assert!(social.search_tags(viewer(moh), "tag", 0, 5).await.unwrap().is_empty());
    assert!(social.follow_request_list(moh, page).await.unwrap().is_empty());
    let all = NotificationFilter::default();
    assert!(social.notification_list(moh, &all, page).await.unwrap().is_empty());
}

#[tokio::test]
async fn nothing_of_another_tenants_notifications_and_uploads_can_be_read_or_touched() {
    let world = World::new().await;
    world.post(&world.moe, "@press hi").await;
    let all = NotificationFilter::default();
    let told = world.social.notification_list(&world.press, &all, Page::newest(5)).await.unwrap();
    let told = told[0].row.id;
    let media = world.social.media_upload(&world.moe, png(4, 4), None, None).await.unwrap();
    let (social, moh, media) = (&world.social, &world.moh, MediaId(media.id));
    not_found!(
        social.notification_fetch(moh, told),
        social.notification_dismiss(moh, told),
        social.media_fetch(moh, media),
        social.media_describe(moh, media, Some("mine".into()), None),
    );
    social.notification_clear(moh).await.unwrap();
    assert!(social.notification_fetch(&world.press, told).await.is_ok());
    let draft = Draft { media: vec![media], ..Draft::public("stolen") };
    let answer = social.status_post(moh, draft).await;
    assert!(matches!(answer, Err(Error::Invalid(Invalid::Attachment))));
    let later = belfry_model::Clock::now(world.clock.as_ref()) + chrono::TimeDelta::days(9);
    assert_eq!(social.media_remove_orphans(moh.scope, later).await.unwrap(), 0);
}

//! Posting, editing and deleting.

use belfry_model::{MediaId, StatusId, Visibility};
use belfry_social::notification::NotificationFilter;
use belfry_social::status::{AtAddress, Change, Draft};
use belfry_social::{Error, Invalid, Page};
use chrono::TimeDelta;

use crate::world::{World, stranger, viewer};

fn change(text: &str) -> Change {
    Change {
        text: text.into(),
        spoiler_text: String::new(),
        sensitive: false,
        language: None,
        media: None,
        media_changes: Vec::new(),
        mentions: Vec::new(),
    }
}

#[tokio::test]
async fn a_post_is_stored_with_its_html_tags_and_mentions_and_its_delivery_commits_with_it() {
    let world = World::new().await;
    let post = world.post(&world.moe, "Hi @press and @ann@far.example #Opening").await;
    assert!(post.row.content_html.contains("https://moe.social.example/@press"));
    assert_eq!(post.tags, ["opening"]);
    let accts: Vec<&str> = post.mentions.iter().map(|mention| mention.acct.as_str()).collect();
    assert_eq!(accts, ["ann@far.example", "press"]);
    assert_eq!(post.row.uri, format!("https://moe.social.example/users/moe/statuses/{}", post.row.id));

    let (activity, inboxes) =
        world.sent(&world.moe, &format!("{}/activity", post.row.uri)).await.expect("a Create");
    assert_eq!(activity.kind, "Create");
    assert_eq!(activity.status_id, Some(post.row.id));
    assert!(activity.to_followers);
    assert_eq!(inboxes, ["https://far.example/inbox"]);
}

#[tokio::test]
async fn ten_requests_at_once_with_one_key_make_one_post() {
    let world = World::new().await;
    let draft = Draft { idempotency_key: Some("k".into()), ..Draft::public("once") };
    let posts =
        futures::future::join_all((0..10).map(|_| world.social.status_post(&world.moe, draft.clone()))).await;
    let ids: Vec<StatusId> = posts.into_iter().map(|post| post.unwrap().id()).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let home = world.social.timeline_home(&world.moe, Page::newest(20)).await.unwrap();
    assert_eq!(home.len(), 1);
}

#[tokio::test]
async fn a_key_belongs_to_one_account_and_is_free_again_after_an_hour() {
    let world = World::new().await;
    let draft = Draft { idempotency_key: Some("k".into()), ..Draft::public("once") };
    let first = world.social.status_post(&world.moe, draft.clone()).await.unwrap();
    let other = world.social.status_post(&world.press, draft.clone()).await.unwrap();
    assert_ne!(first.id(), other.id());
    world.clock.advance(TimeDelta::minutes(61));
    let second = world.social.status_post(&world.moe, draft).await.unwrap();
    assert_ne!(first.id(), second.id());
}

#[tokio::test]
async fn a_post_that_says_nothing_or_too_much_is_refused() {
    let world = World::new().await;
    let refused = |text: &str| {
        let (social, moe, draft) = (world.social.clone(), world.moe.clone(), Draft::public(text));
        async move {
            match social.status_post(&moe, draft).await {
                Err(Error::Invalid(invalid)) => invalid,
                other => panic!("{other:?}"),
            }
        }
    };
    assert_eq!(refused(" \n ").await, Invalid::Blank);
    assert_eq!(refused(&"a".repeat(501)).await, Invalid::TooLong(500));
    let fits = format!("{} https://example.org/{}", "a".repeat(476), "b".repeat(300));
    assert!(world.social.status_post(&world.moe, Draft::public(fits)).await.is_ok());
}

#[tokio::test]
async fn a_reply_to_a_post_that_the_poster_cannot_see_is_refused() {
    let world = World::new().await;
    let direct = world.post_as(&world.press, "between us", Visibility::Direct).await;
    let draft = Draft { in_reply_to: Some(direct.id()), ..Draft::public("what?") };
    let answer = world.social.status_post(&world.moe, draft).await;
    assert!(matches!(answer, Err(Error::Invalid(Invalid::Parent))), "{answer:?}");
}

#[tokio::test]
async fn an_attachment_of_another_account_is_refused_and_nothing_is_posted() {
    let world = World::new().await;
    let draft = Draft { media: vec![MediaId(1)], ..Draft::public("look") };
    let answer = world.social.status_post(&world.moe, draft).await;
    assert!(matches!(answer, Err(Error::Invalid(Invalid::Attachment))), "{answer:?}");
    assert!(world.social.timeline_home(&world.moe, Page::newest(20)).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_edit_keeps_every_earlier_version_and_tells_others() {
    let world = World::new().await;
    let post = world.post(&world.moe, "frist @ann@far.example #one").await;
    world.later();
    let edited = world.social.status_edit(&world.moe, post.id(), change("first #two")).await.unwrap();
    assert!(edited.row.edited_at.is_some());
    assert_eq!(edited.tags, ["two"]);
    assert!(edited.mentions.is_empty());

    let history = world.social.status_history(viewer(&world.moe), post.id()).await.unwrap();
    assert_eq!(history.len(), 2);
    assert!(history[0].content_html.contains("frist"));
    assert!(history[1].content_html.contains("first"));
    let source = world.social.status_source(&world.moe, post.id()).await.unwrap();
    assert_eq!(source.text, "first #two");
}

#[tokio::test]
async fn no_change_is_no_edit() {
    let world = World::new().await;
    let post = world.post(&world.moe, "same").await;
    world.later();
    let same = world.social.status_edit(&world.moe, post.id(), change(" same ")).await.unwrap();
    assert_eq!(same.row.edited_at, None);
    assert_eq!(world.social.status_history(viewer(&world.moe), post.id()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_deleted_post_leaves_a_tombstone_without_a_word_and_its_delete_goes_out() {
    let world = World::new().await;
    let post = world.post(&world.moe, "oops @press @ann@far.example").await;
    world.social.status_edit(&world.moe, post.id(), change("oops! @ann@far.example")).await.unwrap();
    let was = world.social.status_delete(&world.moe, post.id()).await.unwrap();
    assert_eq!(was.row.text, "oops! @ann@far.example");

    let gone = world.social.status_fetch(viewer(&world.moe), post.id()).await;
    assert!(matches!(gone, Err(Error::NotFound)));
    let username = "moe".parse().unwrap();
    match world.social.status_at(stranger(&world.moe), &username, post.id()).await.unwrap() {
        AtAddress::Gone(row) => assert_eq!((row.text.as_str(), row.content_html.as_str()), ("", "")),
        AtAddress::Here(post) => panic!("{post:?}"),
    }
    let tx = world.tx(&world.moe).await;
    assert!(tx.status_edit_list(post.id()).await.unwrap().is_empty());
    let (activity, inboxes) = world.sent(&world.moe, &format!("{}#delete", post.row.uri)).await.unwrap();
    assert_eq!(activity.kind, "Delete");
    assert_eq!(inboxes, ["https://far.example/inbox"]);
    let filter = NotificationFilter::default();
    let told = world.social.notification_list(&world.press, &filter, Page::newest(5)).await.unwrap();
    assert!(told.is_empty());
    let again = world.social.status_delete(&world.moe, post.id()).await;
    assert!(matches!(again, Err(Error::NotFound)));
}

#[tokio::test]
async fn nobody_edits_deletes_or_reads_the_source_of_anothers_post() {
    let world = World::new().await;
    let post = world.post(&world.moe, "mine").await;
    let social = &world.social;
    assert!(matches!(
        social.status_edit(&world.press, post.id(), change("yours")).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(social.status_delete(&world.press, post.id()).await, Err(Error::NotFound)));
    assert!(matches!(social.status_source(&world.press, post.id()).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_direct_post_is_for_those_it_names_and_goes_to_no_follower() {
    let world = World::new().await;
    let post = world.post_as(&world.moe, "@press between us", Visibility::Direct).await;
    assert!(world.social.status_fetch(viewer(&world.press), post.id()).await.is_ok());
    let seen = world.social.status_fetch(stranger(&world.moe), post.id()).await;
    assert!(matches!(seen, Err(Error::NotFound)));
    let (activity, _) = world.sent(&world.moe, &format!("{}/activity", post.row.uri)).await.unwrap();
    assert!(!activity.to_followers);
}

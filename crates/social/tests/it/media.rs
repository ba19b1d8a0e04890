//! Uploads.

use std::io::Cursor;

use belfry_model::MediaId;
use belfry_social::media::{Focus, InvalidMediaUrl, MediaStore};
use belfry_social::status::{Change, Draft, MediaChange};
use belfry_social::{Error, Invalid};
use bytes::Bytes;
use chrono::TimeDelta;
use image::{DynamicImage, ImageFormat};

use crate::world::{World, viewer};

pub fn png(width: u32, height: u32) -> Bytes {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner().into()
}

#[tokio::test]
async fn an_upload_is_stored_with_a_preview_served_and_attached() {
    let world = World::new().await;
    let focus = Some(Focus::new(0.5, -0.5).unwrap());
    let media =
        world.social.media_upload(&world.moe, png(1280, 320), Some("A tower".into()), focus).await.unwrap();
    assert_eq!(media.meta["original"]["width"], 1280);
    assert_eq!(media.meta["small"]["width"], 640);
    assert_eq!(media.meta["focus"]["x"], 0.5);
    assert!(media.blurhash.is_some());
    for key in [media.file_key.as_ref().unwrap(), media.preview_key.as_ref().unwrap()] {
        let file = world.social.media_file(key).await.unwrap().unwrap();
        assert_eq!(file.media_type, "image/png");
        assert!(!file.bytes.is_empty());
    }

    let draft = Draft { media: vec![MediaId(media.id)], ..Draft::public("") };
    let post = world.social.status_post(&world.moe, draft.clone()).await.unwrap();
    assert_eq!(post.media[0].description.as_deref(), Some("A tower"));
    let again = world.social.status_post(&world.moe, draft).await;
    assert!(matches!(again, Err(Error::Invalid(Invalid::Attachment))), "{again:?}");
}

#[tokio::test]
async fn an_edit_describes_and_takes_away_attachments_and_the_history_keeps_them() {
    let world = World::new().await;
    let one = world.social.media_upload(&world.moe, png(8, 8), None, None).await.unwrap();
    let two = world.social.media_upload(&world.moe, png(8, 8), Some("two".into()), None).await.unwrap();
    let ids = vec![MediaId(one.id), MediaId(two.id)];
    let draft = Draft { media: ids, ..Draft::public("both") };
    let post = world.social.status_post(&world.moe, draft).await.unwrap();
    world.later();
    let change = Change {
        text: "both".into(),
        spoiler_text: String::new(),
        sensitive: false,
        language: None,
        media: Some(vec![MediaId(one.id)]),
        media_changes: vec![MediaChange {
            id: MediaId(one.id),
            description: Some("one".into()),
            focus: None,
        }],
        mentions: Vec::new(),
    };
    let edited = world.social.status_edit(&world.moe, post.id(), change).await.unwrap();
    assert_eq!(edited.media.len(), 1);
    assert_eq!(edited.media[0].description.as_deref(), Some("one"));
    let history = world.social.status_history(viewer(&world.moe), post.id()).await.unwrap();
    assert_eq!(history[0].media.len(), 2);
    assert_eq!(history[0].media[0].description, None);
}

#[tokio::test]
async fn what_no_post_took_is_removed_and_a_deleted_posts_attachments_can_be_posted_again() {
    let world = World::new().await;
    let orphan = world.social.media_upload(&world.moe, png(8, 8), None, None).await.unwrap();
    let taken = world.social.media_upload(&world.moe, png(8, 8), None, None).await.unwrap();
    let draft = Draft { media: vec![MediaId(taken.id)], ..Draft::public("x") };
    let post = world.social.status_post(&world.moe, draft.clone()).await.unwrap();
    world.clock.advance(TimeDelta::days(2));
    let now = belfry_model::Clock::now(world.clock.as_ref());
    world.social.status_delete(&world.moe, post.id()).await.unwrap();
    let removed = world.social.media_remove_orphans(world.moe.scope, now - TimeDelta::days(1)).await.unwrap();
    assert_eq!(removed, 1);
    assert!(world.social.media_file(orphan.file_key.as_ref().unwrap()).await.unwrap().is_none());
    assert!(world.social.status_post(&world.moe, draft).await.is_ok());
}

#[tokio::test]
async fn an_upload_that_is_too_large_or_no_image_is_refused() {
    let world = World::new().await;
    let refused = |bytes: Bytes| {
        let (social, moe) = (world.social.clone(), world.moe.clone());
        async move {
            match social.media_upload(&moe, bytes, None, None).await {
                Err(Error::Invalid(invalid)) => invalid,
                other => panic!("{other:?}"),
            }
        }
    };
    assert_eq!(
        refused(Bytes::from(vec![0; 17 * 1024 * 1024])).await,
        Invalid::FileTooLarge(16 * 1024 * 1024)
    );
    assert_eq!(refused(Bytes::from_static(b"<svg/>")).await, Invalid::MediaType);
}

#[tokio::test]
async fn only_a_local_folder_is_taken_for_a_store_and_keys_cannot_leave_it() {
    for url in ["s3://bucket", "/var/media", "https://media.example"] {
        assert!(matches!(MediaStore::open(url), Err(InvalidMediaUrl::Scheme(_))), "{url}");
    }
    let world = World::new().await;
    for key in ["../etc/passwd.png", "ab/../../x.png", "nothing.png", "", "a.html", "/etc/x.png"] {
        assert!(world.social.media_file(key).await.unwrap().is_none(), "{key}");
    }
}

#[tokio::test]
async fn a_picture_without_words_is_refused_where_words_are_required() {
    let world = World::new().await;
    let plain = world.social.media_upload(&world.moe, png(8, 8), None, None).await.unwrap();
    let said = world.social.media_upload(&world.moe, png(8, 8), Some("A dike".into()), None).await.unwrap();
    let draft = |media: &belfry_storage::row::MediaAttachment| Draft {
        media: vec![MediaId(media.id)],
        ..Draft::public("Look")
    };
    world.sql("UPDATE registry.baseline SET require_alt_text = true").await;
    let refused = world.social.status_post(&world.moe, draft(&plain)).await;
    assert!(matches!(refused, Err(Error::Invalid(Invalid::Undescribed))), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("describe each picture"));
    world.social.status_post(&world.moe, draft(&said)).await.unwrap();
    // An agency may ask it of itself as well, and nothing that it asks undoes what holds for all.
    world.sql("UPDATE registry.baseline SET require_alt_text = false").await;
    let asks = |asked: bool| {
        format!(
            "INSERT INTO tenant_setting (tenant_id, require_alt_text) VALUES (1, {asked})
             ON CONFLICT (tenant_id) DO UPDATE SET require_alt_text = {asked}"
        )
    };
    world.sql(&asks(true)).await;
    assert!(world.social.status_post(&world.moe, draft(&plain)).await.is_err());
    world.sql(&asks(false)).await;
    world.social.status_post(&world.moe, draft(&plain)).await.unwrap();
}

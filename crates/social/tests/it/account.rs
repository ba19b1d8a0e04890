//! Accounts.

use belfry_social::account::{Picture, Profile};
use belfry_social::{Error, Invalid};

use crate::media::png;
use crate::world::{World, stranger};

#[tokio::test]
async fn an_account_is_looked_up_by_its_handle_and_the_hosts_case_does_not_matter() {
    let world = World::new().await;
    let reader = stranger(&world.moe);
    for handle in ["moe", "@MOE", "moe@MOE.social.example"] {
        let found = world.social.account_lookup(reader, &handle.parse().unwrap()).await.unwrap();
        assert_eq!(found.id(), world.moe.actor, "{handle}");
    }
    let far = world.social.account_lookup(reader, &"ann@far.example".parse().unwrap()).await.unwrap();
    assert_eq!(far.id(), world.remote);
    let nobody = world.social.account_lookup(reader, &"ann".parse().unwrap()).await;
    assert!(matches!(nobody, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_profile_is_changed_in_part_and_followers_hear_of_it() {
    let world = World::new().await;
    let profile = Profile {
        display_name: Some(" Ministry ".into()),
        note: Some("See https://example.org & <b>@press</b>".into()),
        fields: Some(vec![("Site".into(), "https://example.org".into()), (String::new(), String::new())]),
        avatar: Some(Picture::New(png(100, 50))),
        bot: Some(true),
        ..Profile::default()
    };
    let changed = world.social.account_update(&world.moe, profile).await.unwrap();
    assert_eq!(changed.row.display_name, "Ministry");
    assert!(changed.row.note_html.contains("&lt;b&gt;"));
    assert!(changed.row.note_html.contains("moe.social.example/@press"));
    assert_eq!(changed.row.fields.as_array().unwrap().len(), 1);
    assert!(changed.avatar.is_some() && changed.row.bot);

    let back = Profile { avatar: Some(Picture::None), ..Profile::default() };
    let changed = world.social.account_update(&world.moe, back).await.unwrap();
    assert!(changed.avatar.is_none());
    assert_eq!(changed.row.display_name, "Ministry");
}

#[tokio::test]
async fn a_profile_that_is_too_long_is_refused() {
    let world = World::new().await;
    let name = Profile { display_name: Some("x".repeat(31)), ..Profile::default() };
    let answer = world.social.account_update(&world.moe, name).await;
    assert!(matches!(answer, Err(Error::Invalid(Invalid::NameTooLong(30)))));
    let fields = Profile { fields: Some(vec![("a".into(), "b".into()); 5]), ..Profile::default() };
    let answer = world.social.account_update(&world.moe, fields).await;
    assert!(matches!(answer, Err(Error::Invalid(Invalid::Fields(4, 255)))));
}

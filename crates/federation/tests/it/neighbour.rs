//! Two tenants of one platform are to each other what any two servers are, without HTTP.

use belfry_federation::Resolved;
use belfry_model::{COMMONS, Visibility};
use belfry_social::status::Draft;

use crate::world::{World, id};

async fn fin_follows_moe(world: &World) {
    let moe = "moe@moe.social.localhost:8080";
    let found = world.federation.resolve_account(world.fin.scope, moe).await.unwrap().unwrap();
    assert_eq!(found.tenant, COMMONS);
    world.social.follow(&world.fin, found.id, None, None).await.unwrap();
    world.hand_over().await;
}

#[tokio::test]
async fn a_follow_a_post_a_boost_and_a_deletion_reach_the_neighbour() {
    let world = World::new().await;
    fin_follows_moe(&world).await;
    assert_eq!(world.told(&world.moe).await, ["follow"]);

    let post = world.social.status_post(&world.moe, Draft::public("To all")).await.unwrap();
    world.hand_over().await;
    let home = world.home(&world.fin).await;
    assert_eq!(home.len(), 1);
    assert_eq!((home[0].row.uri.as_str(), home[0].row.tenant_id), (post.row.uri.as_str(), 0));

    world.social.status_favourite(&world.fin, id(&home[0])).await.unwrap();
    world.social.status_reblog(&world.fin, id(&home[0]), Visibility::Public).await.unwrap();
    world.hand_over().await;
    let mut told = world.told(&world.moe).await;
    told.sort_unstable();
    assert_eq!(told, ["favourite", "follow", "reblog"]);

    world.social.status_delete(&world.moe, id(&post)).await.unwrap();
    world.hand_over().await;
    assert!(world.home(&world.fin).await.is_empty());
    assert!(!world.in_commons(&post.row.uri).await);
    // Nothing went over HTTP.
    assert!(world.remote.received().is_empty());
}

#[tokio::test]
async fn an_answer_is_part_of_the_record_of_the_tenant_that_it_answers() {
    let world = World::new().await;
    fin_follows_moe(&world).await;
    let post = world.social.status_post(&world.moe, Draft::public("Questions?")).await.unwrap();
    world.hand_over().await;
    let seen = id(&world.home(&world.fin).await[0]);
    let draft = Draft { in_reply_to: Some(seen), ..Draft::public("@moe@moe.social.localhost:8080 when?") };
    let answer = world.social.status_post(&world.fin, draft).await.unwrap();
    world.hand_over().await;
    assert!(world.keeps(&world.moe, &answer.row.uri).await);
    let row = world.tx(&world.moe).await.own_status_by_uri(&answer.row.uri).await.unwrap().unwrap();
    assert_eq!(row.in_reply_to_id, Some(post.row.id));
    assert!(world.told(&world.moe).await.contains(&"mention".to_owned()));
}

#[tokio::test]
async fn what_is_not_open_is_not_found_by_its_address() {
    let world = World::new().await;
    for visibility in [Visibility::Private, Visibility::Direct] {
        let draft = Draft { visibility, ..Draft::public("Between us") };
        let post = world.social.status_post(&world.moe, draft).await.unwrap();
        let found = world.federation.resolve_url(world.fin.scope, &post.row.uri).await.unwrap();
        assert_eq!(found, None);
        assert!(!world.in_commons(&post.row.uri).await);
    }
}

#[tokio::test]
async fn an_open_post_is_found_by_its_address_and_by_its_page() {
    let world = World::new().await;
    let post = world.social.status_post(&world.moe, Draft::public("Open")).await.unwrap();
    let page = post.row.url.clone().unwrap();
    for address in [&post.row.uri, &page] {
        let found = world.federation.resolve_url(world.fin.scope, address).await.unwrap();
        assert!(matches!(found, Some(Resolved::Status(status)) if status.tenant == COMMONS), "{found:?}");
        let own = world.federation.resolve_url(world.moe.scope, address).await.unwrap();
        assert!(matches!(own, Some(Resolved::Status(status)) if status.id == id(&post)), "{own:?}");
    }
    let nobody = world.federation.resolve_account(world.fin.scope, "nobody@moe.social.localhost:8080").await;
    assert_eq!(nobody.unwrap(), None);
}

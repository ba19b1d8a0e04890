//! Another server says who of ours follows its actor: what we make of it where we disagree.

use belfry_activitypub::Reach;
use belfry_activitypub::synchronisation::{FollowerDigest, Synchronisation};
use belfry_social::Poster;
use belfry_test_support::remote::{Behaviour, Puppet};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::world::{Outgoing, World};

const PARTIAL: &str = "/users/alice/followers_synchronization";

struct Said {
    world: World,
    alice: Puppet,
}

impl Said {
    async fn new() -> Self {
        let world = World::new().await;
        let alice = world.remote.actor("alice");
        Self { world, alice }
    }

    /// Alice's server lists these at the host of moe.
    fn list(&self, ids: &[&str]) {
        let at = self.world.remote.at(PARTIAL);
        self.world
            .remote
            .publish(PARTIAL, json!({ "id": at, "type": "OrderedCollection", "orderedItems": ids }));
    }

    fn header(&self, ids: &[&str]) -> Synchronisation {
        Synchronisation {
            collection: self.alice.followers(),
            url: self.world.remote.at(PARTIAL),
            digest: FollowerDigest::of(ids.iter().copied()),
        }
    }

    /// A post of alice's arrives at moe's host under this header, and we compare.
    async fn says(&self, header: String) -> belfry_federation::Result<()> {
        let note = self.alice.note("Noon", Reach::Public, None, None);
        let create = self.alice.create_of(note);
        self.world.arrive_saying(&self.alice, &create, &self.world.moe, header).await
    }

    async fn follows(&self, who: &Poster) -> bool {
        let tx = self.world.tx(who).await;
        let found = tx.actor_by_uri(&self.alice.id()).await.unwrap();
        let Some(alice) = found else { return false };
        tx.follow_find(who.actor, belfry_model::ActorId(alice.id)).await.unwrap().is_some()
    }

    fn undos(sent: &[Outgoing]) -> Vec<&Value> {
        sent.iter().filter_map(|one| one.document.as_ref()).filter(|sent| sent["type"] == "Undo").collect()
    }
}

#[tokio::test]
async fn a_follow_that_the_other_side_does_not_list_ends_for_that_tenant_alone() {
    let said = Said::new().await;
    said.world.follow(&said.world.moe, &said.alice).await;
    said.world.follow(&said.world.fin, &said.alice).await;
    said.list(&[]);
    said.says(said.header(&[]).header()).await.unwrap();
    assert!(!said.follows(&said.world.moe).await);
    assert!(said.follows(&said.world.fin).await);
    assert!(said.world.home(&said.world.moe).await.is_empty());
    assert!(Said::undos(&said.world.outgoing().await).is_empty());
}

#[tokio::test]
async fn what_both_agree_on_is_kept_and_nothing_is_fetched() {
    let said = Said::new().await;
    said.world.follow(&said.world.moe, &said.alice).await;
    let moe = World::uri("moe");
    // Were it fetched, it would be an error.
    said.world.remote.behave(PARTIAL, Behaviour::Status(500));
    said.says(said.header(&[&moe]).header()).await.unwrap();
    assert!(said.follows(&said.world.moe).await);
    // The digest was of an earlier moment; the list is of now.
    said.world.remote.behave(PARTIAL, Behaviour::Normal);
    said.list(&[&moe]);
    said.says(said.header(&[]).header()).await.unwrap();
    assert!(said.follows(&said.world.moe).await);
    assert!(Said::undos(&said.world.outgoing().await).is_empty());
}

#[tokio::test]
async fn a_listed_account_that_does_not_follow_answers_with_undo() {
    let said = Said::new().await;
    // Known, or nothing would concern moe.
    said.world.federation.resolve_account(said.world.moe.scope, &said.alice.handle()).await.unwrap();
    let (moe, fin) = (World::uri("moe"), World::uri("fin"));
    let nobody = moe.replace("/users/moe", "/users/nobody");
    let instance = moe.replace("/users/moe", "/actor");
    said.list(&[&moe, &fin, &nobody, &instance, "https://else.example/users/1"]);
    said.says(said.header(&[&moe]).header()).await.unwrap();
    let sent = said.world.outgoing().await;
    let undos = Said::undos(&sent);
    assert_eq!(undos.len(), 1, "{undos:?}");
    assert_eq!(undos[0]["actor"], moe);
    let follow = &undos[0]["object"];
    assert_eq!((&follow["type"], &follow["actor"]), (&json!("Follow"), &json!(moe)));
    assert_eq!(follow["object"], said.alice.id());
    assert_eq!(sent[0].inboxes, [said.world.remote.at("/inbox")]);
}

#[tokio::test]
async fn a_follow_that_waits_for_its_answer_is_neither_ended_nor_undone() {
    let said = Said::new().await;
    let world = &said.world;
    let found = world.federation.resolve_account(world.moe.scope, &said.alice.handle()).await.unwrap();
    world.social.follow(&world.moe, found.unwrap().id, None, None).await.unwrap();
    world.outgoing().await;
    let moe = World::uri("moe");
    said.list(&[&moe]);
    said.says(said.header(&[&moe]).header()).await.unwrap();
    assert!(said.follows(&world.moe).await);
    assert!(Said::undos(&world.outgoing().await).is_empty());
}

#[tokio::test]
async fn collections_of_others_and_what_is_not_the_whole_change_nothing() {
    let said = Said::new().await;
    said.world.follow(&said.world.moe, &said.alice).await;
    said.list(&[]);
    let good = said.header(&[]);
    let bobs = said.world.remote.actor("bob").followers();
    for header in [
        Synchronisation { collection: bobs, ..good.clone() }.header(),
        Synchronisation { url: "http://else.localhost/f".into(), ..good.clone() }.header(),
        "nonsense".to_owned(),
    ] {
        said.says(header.clone()).await.unwrap();
        assert!(said.follows(&said.world.moe).await, "{header}");
    }
    let paged = json!({ "type": "OrderedCollection", "totalItems": 1, "first": "https://x.example/p" });
    said.world.remote.publish(PARTIAL, paged);
    said.says(good.header()).await.unwrap_err();
    assert!(said.follows(&said.world.moe).await);
}

#[tokio::test]
async fn a_server_that_disagrees_is_asked_once_in_ten_minutes() {
    let said = Said::new().await;
    said.world.follow(&said.world.moe, &said.alice).await;
    said.world.remote.behave(PARTIAL, Behaviour::Status(500));
    said.says(said.header(&[]).header()).await.unwrap_err();
    said.world.remote.behave(PARTIAL, Behaviour::Normal);
    said.list(&[]);
    said.says(said.header(&[]).header()).await.unwrap();
    assert!(said.follows(&said.world.moe).await);
    said.world.clock.advance(TimeDelta::minutes(11));
    said.says(said.header(&[]).header()).await.unwrap();
    assert!(!said.follows(&said.world.moe).await);
}

//! Whether we and another server agree on who of ours follows its actor (FEP-8fcf). Done after
//! an activity has been applied; what fails here is compared again with the next one.
//!
//! Invariant: only the tenant at whose own host the activity arrived is touched, and only what
//! was followed before the other side was asked: what was accepted since is not in its answer.

use std::collections::HashSet;
use std::time::Duration;

use belfry_activitypub::synchronisation::{FollowerDigest, Synchronisation};
use belfry_activitypub::uri;
use belfry_model::{ActorId, SynchroniseV1, Tenant};
use belfry_social::outgoing::{self, Outgoing, Recipient};
use belfry_storage::{INSTANCE, row};
use serde_json::{Value, json};

use crate::{Error, Federation, Result};

/// A server that disagrees for good costs one request in this time.
const ONCE_IN: Duration = Duration::from_mins(10);
const MAX_ITEMS: usize = 10_000;
const MAX_BYTES: usize = 1024 * 1024;

/// A follow by one of ours, and the follower's id.
type Own = (row::Follow, String);

impl Federation {
    /// Compares our follows of an actor with what its server said of them in a signed header,
    /// and if they differ makes them agree with what that server lists.
    pub async fn compare_followers(&self, actor: &str, sync: &SynchroniseV1) -> Result<()> {
        let Some(told) = Synchronisation::parse(&sync.header) else { return Ok(()) };
        let Some(tenant) = self.directory.by_id(sync.tenant).filter(|tenant| tenant.is_live()) else {
            return Ok(());
        };
        let tx = self.app.commons().await?;
        let author = tx.actor_by_uri(actor).await?.filter(|author| author.deleted_at.is_none());
        tx.commit().await?;
        let Some(author) = author else { return Ok(()) };
        let its_own = author.followers_url.as_deref() == Some(told.collection.as_str())
            && uri::same_host(&told.url, actor);
        if !its_own || self.is_ours(actor) || !self.may_speak(&tenant, actor) {
            return Ok(());
        }
        let own = self.own_follows(&tenant, &author).await?;
        if FollowerDigest::of(own.iter().map(|(_, id)| id.as_str())) == told.digest {
            return Ok(());
        }
        let Ok(_place) = self.comparing.try_acquire() else { return Ok(()) };
        let note = format!("followers-compared:{}:{}", tenant.id, author.id);
        if !self.cache.put_if_absent(&note, "", ONCE_IN).await? {
            return Ok(());
        }
        let listed = self.listed(&tenant, actor, &told.url).await?;
        self.agree(&tenant, &author, own, &listed).await
    }

    async fn own_follows(&self, tenant: &Tenant, author: &row::Actor) -> Result<Vec<Own>> {
        let tx = self.app.tenant(tenant.scope()).await?;
        let follows = tx.follow_local_followers(ActorId(author.id)).await?;
        let followers: Vec<ActorId> = follows.iter().map(|follow| ActorId(follow.follower_id)).collect();
        let known = tx.actor_list(&followers).await?;
        tx.commit().await?;
        let id = |follow: &row::Follow| {
            known.iter().find(|actor| actor.id == follow.follower_id).map(|actor| actor.uri.clone())
        };
        Ok(follows.into_iter().filter_map(|follow| id(&follow).map(|id| (follow, id))).collect())
    }

    /// The members of the partial collection. Whatever isn't surely the whole of it is an
    /// error: a page taken for the whole would sever all other follows.
    async fn listed(&self, tenant: &Tenant, actor: &str, url: &str) -> Result<HashSet<String>> {
        let key = self.fetch_key(tenant.scope()).await?;
        let fetched = self.client.get_document(url, key.as_deref()).await?;
        if !uri::same_host(fetched.url.as_str(), actor) || fetched.body.len() > MAX_BYTES {
            return Err(Error::Unusable("the followers are listed at another host, or are too many"));
        }
        let document: Value = serde_json::from_slice(&fetched.body)?;
        members(&document).ok_or(Error::Unusable("it isn't a collection without pages"))
    }

    async fn agree(
        &self,
        tenant: &Tenant,
        author: &row::Actor,
        own: Vec<Own>,
        listed: &HashSet<String>,
    ) -> Result<()> {
        let of = ActorId(author.id);
        let tx = self.app.tenant(tenant.scope()).await?;
        let (kept, severed): (Vec<Own>, Vec<Own>) = own.into_iter().partition(|(_, id)| listed.contains(id));
        for (follow, _) in &severed {
            // By its id: a follow that was asked for anew meanwhile has another.
            if tx.follow_delete(follow.id).await? {
                tx.interest_delete(of).await?;
                tx.home_timeline_unmerge(ActorId(follow.follower_id), of).await?;
            }
        }
        let kept: HashSet<&str> = kept.iter().map(|(_, id)| id.as_str()).collect();
        let strangers: Vec<String> = listed
            .iter()
            .filter(|id| !kept.contains(id.as_str()) && self.is_of(tenant.scope(), id))
            .cloned()
            .collect();
        let mut accounts = tx.actor_by_uris(&strangers).await?;
        accounts.retain(|account| {
            account.tenant_id == tenant.id.0 && account.deleted_at.is_none() && account.kind != INSTANCE
        });
        let ids: Vec<ActorId> = accounts.iter().map(|account| ActorId(account.id)).collect();
        // Also one that still waits for its answer is a follow that we know of.
        let known = tx.follow_between(of, &ids).await?;
        accounts.retain(|account| !known.iter().any(|follow| follow.follower_id == account.id));
        for account in &accounts {
            let follow = self.names.origin(tenant).activity(&account.username, "follow", tx.id_next().await?);
            let follow = json!({
                "id": follow, "type": "Follow", "actor": account.uri, "object": author.uri,
            });
            let undo = Outgoing {
                object: Some(follow),
                recipients: Recipient::of(author).into_iter().collect(),
                ..Outgoing::new(outgoing::Kind::Undo, account, self.clock.now())
            };
            outgoing::record(&tx, undo).await?;
        }
        tx.commit().await?;
        tracing::info!(
            actor = author.uri,
            severed = severed.len(),
            undone = accounts.len(),
            "followers were made to agree with the other server's"
        );
        Ok(())
    }
}

fn members(collection: &Value) -> Option<HashSet<String>> {
    if collection.get("first").is_some() || collection.get("next").is_some() {
        return None;
    }
    let kind = collection.get("type")?.as_str()?;
    let items = match kind {
        "OrderedCollection" => collection.get("orderedItems")?,
        "Collection" => collection.get("items")?,
        _ => return None,
    };
    // Some write a single member without an array.
    let items = items.as_array().map_or(std::slice::from_ref(items), Vec::as_slice);
    if items.len() > MAX_ITEMS {
        return None;
    }
    items.iter().map(|item| item.as_str().or_else(|| item.get("id")?.as_str()).map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_collection_without_pages_is_the_whole() {
        let whole = json!({"type": "OrderedCollection", "orderedItems": ["https://a.example/1", {"id": "https://a.example/2"}]});
        assert_eq!(members(&whole).unwrap().len(), 2);
        let empty = json!({"type": "OrderedCollection", "totalItems": 0, "orderedItems": []});
        assert!(members(&empty).unwrap().is_empty());
        for other in [
            json!({"type": "OrderedCollection", "totalItems": 0}),
            json!({"type": "OrderedCollection", "orderedItems": [], "first": "https://a.example/p"}),
            json!({"type": "OrderedCollectionPage", "orderedItems": []}),
            json!({"type": "OrderedCollection", "orderedItems": [1]}),
            json!({"type": "OrderedCollection", "orderedItems": vec!["x"; MAX_ITEMS + 1]}),
            json!([]),
        ] {
            assert!(members(&other).is_none(), "{other}");
        }
    }
}

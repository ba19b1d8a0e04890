//! Outboxes, followers, followed and featured posts: a collection, and its pages.

use belfry_activitypub::document::{Collection, CollectionPage};
use belfry_model::{ActorId, Tenant, Username};
use belfry_storage::{Page, TenantTx, row};
use serde_json::Value;

use super::Published;
use crate::{Federation, Result};

const OUTBOX_PAGE: u64 = 20;
const PEOPLE_PAGE: u64 = 50;

/// Which of an account's collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CollectionPart {
    Outbox,
    Followers,
    Following,
    Featured,
}

impl CollectionPart {
    /// As it stands in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
            Self::Followers => "followers",
            Self::Following => "following",
            Self::Featured => "collections/featured",
        }
    }
}

/// The collection itself, or the page of it below an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slice {
    Whole,
    Page { max: Option<i64> },
}

impl Federation {
    pub async fn publish_collection(
        &self,
        tenant: &Tenant,
        username: &Username,
        part: CollectionPart,
        slice: Slice,
    ) -> Result<Published<Value>> {
        if !self.shows(tenant) {
            return Ok(Published::Missing);
        }
        let tx = self.app.tenant(tenant.scope()).await?;
        let published = match self.account_row(&tx, tenant, username).await? {
            None => Published::Missing,
            Some(row) if row.deleted_at.is_some() => Published::gone(&row.uri, row.deleted_at),
            Some(account) => Published::Here(self.collection(&tx, tenant, &account, part, slice).await?),
        };
        tx.commit().await?;
        Ok(published)
    }

    async fn collection(
        &self,
        tx: &TenantTx,
        tenant: &Tenant,
        account: &row::Actor,
        part: CollectionPart,
        slice: Slice,
    ) -> Result<Value> {
        let id = self.names.origin(tenant).actor_part(&account.username, part.as_str());
        if part == CollectionPart::Featured {
            // Nothing can be pinned yet.
            return Ok(serde_json::to_value(Collection::whole(id, Vec::new()))?);
        }
        let actor = ActorId(account.id);
        let counts = tx.actor_counts(&[actor]).await?.remove(&actor).unwrap_or_default();
        let total = match part {
            CollectionPart::Outbox => counts.statuses,
            CollectionPart::Followers => counts.followers,
            CollectionPart::Following => counts.following,
            CollectionPart::Featured => 0,
        };
        let total = u64::try_from(total).unwrap_or(0);
        let Slice::Page { max } = slice else {
            return Ok(serde_json::to_value(Collection::paged(&id, total, format!("{id}?page=true")))?);
        };
        let (items, next) = self.items(tx, tenant, account, part, max).await?;
        let address = match max {
            Some(max) => format!("{id}?page=true&max_id={max}"),
            None => format!("{id}?page=true"),
        };
        let mut page = CollectionPage::new(address, &id, total, items);
        page.next = next.map(|next| format!("{id}?page=true&max_id={next}"));
        Ok(serde_json::to_value(page)?)
    }

    /// One page's items, and the id below which the next begins.
    async fn items(
        &self,
        tx: &TenantTx,
        tenant: &Tenant,
        account: &row::Actor,
        part: CollectionPart,
        max: Option<i64>,
    ) -> Result<(Vec<Value>, Option<i64>)> {
        let page = |limit: u64| Page { max, ..Page::newest(limit) };
        let actor = ActorId(account.id);
        let (follows, people): (Vec<row::Follow>, Vec<ActorId>) = match part {
            CollectionPart::Outbox => {
                let posts = tx.status_of_actor_open(actor, page(OUTBOX_PAGE)).await?;
                let next = below(posts.iter().map(|post| post.id), OUTBOX_PAGE);
                let activities = self.activities(tx, tenant, account, &posts).await?;
                let items =
                    activities.into_iter().map(belfry_activitypub::document::Activity::without_context);
                return Ok((items.map(serde_json::to_value).collect::<Result<_, _>>()?, next));
            }
            CollectionPart::Followers => {
                let follows = tx.follow_followers(actor, page(PEOPLE_PAGE)).await?;
                let people = follows.iter().map(|follow| ActorId(follow.follower_id)).collect();
                (follows, people)
            }
            CollectionPart::Following => {
                let follows = tx.follow_following(actor, page(PEOPLE_PAGE)).await?;
                let people = follows.iter().map(|follow| ActorId(follow.followee_id)).collect();
                (follows, people)
            }
            CollectionPart::Featured => (Vec::new(), Vec::new()),
        };
        let known = tx.actor_list(&people).await?;
        let uri = |id: &ActorId| known.iter().find(|actor| actor.id == id.0).map(|actor| actor.uri.clone());
        let items = people.iter().filter_map(uri).map(Value::String).collect();
        Ok((items, below(follows.iter().map(|follow| follow.id), PEOPLE_PAGE)))
    }
}

/// A full page may have another below it.
fn below(ids: impl ExactSizeIterator<Item = i64>, limit: u64) -> Option<i64> {
    if u64::try_from(ids.len()).is_ok_and(|found| found < limit) { None } else { ids.min() }
}

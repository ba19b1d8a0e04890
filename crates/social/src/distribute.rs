//! Bringing a post or boost to the people of one tenant: home timelines and notifications.
//! Used where a post is written and where one is received.

use std::collections::HashSet;

use belfry_model::{ActorId, Ref, StatusId, TenantId};
use belfry_storage::{TenantTx, row};
use chrono::{DateTime, Utc};

use crate::Result;
use crate::notify::{Kind, notify};

/// How many posts a home timeline keeps where the settings don't say otherwise.
pub const HOME_TIMELINE_POSTS: u32 = 800;

/// Idempotent. `keep` is how many posts a home timeline keeps.
pub async fn distribute(tx: &TenantTx, status: Ref<StatusId>, keep: u32, at: DateTime<Utc>) -> Result<()> {
    let Some(row) = tx.status_fetch(status.id).await? else { return Ok(()) };
    if row.deleted_at.is_some() {
        return Ok(());
    }
    let author = Ref::new(TenantId(row.actor_tenant), ActorId(row.actor_id));
    let named = named_here(tx, &row).await?;
    let followers = tx.follow_local_followers(author.id).await?;
    let original = match row.reblog_of_id {
        Some(id) => tx.status_fetch(StatusId(id)).await?,
        None => None,
    };

    let mut homes = homes(tx, &row, original.as_ref(), &followers, &named).await?;
    if author.tenant == tx.tenant() {
        homes.insert(author.id);
    }
    let homes: Vec<ActorId> = homes.into_iter().collect();
    tx.home_timeline_insert(&homes, status, keep).await?;

    for to in &named {
        notify(tx, *to, Kind::Mention, author, Some(status), at).await?;
    }
    if let Some(original) = original.filter(|original| original.actor_tenant == tx.tenant().0) {
        let of = Ref::new(TenantId(original.tenant_id), StatusId(original.id));
        notify(tx, ActorId(original.actor_id), Kind::Reblog, author, Some(of), at).await?;
    }
    let told: HashSet<ActorId> = named.into_iter().collect();
    for follow in followers.iter().filter(|follow| follow.notify && row.reblog_of_id.is_none()) {
        let to = ActorId(follow.follower_id);
        if homes.contains(&to) && !told.contains(&to) {
            notify(tx, to, Kind::Status, author, Some(status), at).await?;
        }
    }
    Ok(())
}

/// This tenant's own accounts that the post names.
async fn named_here(tx: &TenantTx, row: &row::Status) -> Result<Vec<ActorId>> {
    let mentions = tx.mention_list(&[StatusId(row.id)]).await?;
    Ok(mentions
        .into_iter()
        .filter(|mention| mention.actor_tenant == Some(tx.tenant().0))
        .filter_map(|mention| mention.actor_id.map(ActorId))
        .collect())
}

/// Whose home it belongs in, of the author's followers here: a direct post in those of whom
/// it names, a reply in those that follow the answered account too, a boost in those that
/// want this account's boosts and did not write the post themselves.
async fn homes(
    tx: &TenantTx,
    row: &row::Status,
    original: Option<&row::Status>,
    followers: &[row::Follow],
    named: &[ActorId],
) -> Result<HashSet<ActorId>> {
    let wants = |follow: &&row::Follow| match original {
        Some(original) => follow.reblogs && follow.follower_id != original.actor_id,
        None => row.reblog_of_id.is_none(),
    };
    let mut homes: HashSet<ActorId> =
        followers.iter().filter(wants).map(|follow| ActorId(follow.follower_id)).collect();
    if row.visibility == "direct" {
        homes.retain(|home| named.contains(home));
    }
    if row.in_reply_to_uri.is_some() && row.in_reply_to_actor_id != Some(row.actor_id) {
        let answered = row.in_reply_to_actor_id.map(ActorId);
        let all: Vec<ActorId> = homes.iter().copied().collect();
        let follow_both = match answered {
            Some(answered) => tx.follow_which_follow(&all, answered).await?,
            None => Vec::new(),
        };
        homes.retain(|home| answered == Some(*home) || named.contains(home) || follow_both.contains(home));
    }
    Ok(homes)
}

//! Posts: writing, changing and taking them back, reading one in its thread, and what readers do with it.

mod compose;
mod context;
mod delete;
mod delivery;
mod edit;
mod favourite;
mod fetch;
mod history;
mod post;
mod quota;
mod reblog;
mod source;
mod urgent;

use belfry_model::{ActorId, StatusId, Visibility};
use belfry_storage::{Page, TenantTx, row};

use self::quota::count;
use crate::outgoing::Recipient;
use crate::{Error, Poster, Result};

pub use compose::Resolved;
pub use context::Context;
pub use edit::{Change, MediaChange};
pub use fetch::AtAddress;
pub use history::Version;
pub use post::{App, Draft};
pub use source::Source;

/// The word in a row, as the type. The database checks it.
pub(crate) fn visibility(row: &row::Status) -> Result<Visibility> {
    row.visibility.parse().map_err(|_| Error::Corrupt("the visibility of a post"))
}

/// The poster's own post. Somebody else's is not to be found here.
async fn own(tx: &TenantTx, poster: &Poster, id: StatusId) -> Result<row::Status> {
    tx.status_visible(id, Some(poster.actor))
        .await?
        .filter(|row| row.tenant_id == tx.tenant().0 && row.local && row.actor_id == poster.actor.0)
        .ok_or(Error::NotFound)
}

/// The post that was meant: of a boost, the boosted one.
async fn meant(tx: &TenantTx, id: StatusId, viewer: Option<ActorId>) -> Result<row::Status> {
    let row = tx.status_visible(id, viewer).await?.ok_or(Error::NotFound)?;
    match row.reblog_of_id {
        None => Ok(row),
        Some(of) => tx.status_visible(StatusId(of), viewer).await?.ok_or(Error::NotFound),
    }
}

/// Who a post names elsewhere, and whom it answers where anybody may read it.
async fn addressed(tx: &TenantTx, row: &row::Status) -> Result<Vec<Recipient>> {
    let mentions = tx.mention_list(&[StatusId(row.id)]).await?;
    let mut ids: Vec<ActorId> =
        mentions.into_iter().filter_map(|mention| mention.actor_id).map(ActorId).collect();
    if visibility(row)?.is_open() {
        ids.extend(row.in_reply_to_actor_id.map(ActorId));
    }
    Ok(tx.actor_list(&ids).await?.iter().filter_map(Recipient::of).collect())
}

/// Who elsewhere boosted or favourited a post, as far as we know: they hold a copy.
async fn holders(tx: &TenantTx, row: &row::Status) -> Result<Vec<Recipient>> {
    const AT_MOST: u64 = 1000;
    let id = StatusId(row.id);
    let boosts = tx.status_reblogs(id, None, Page::newest(AT_MOST)).await?;
    let favourites = tx.favourite_list(id, Page::newest(AT_MOST)).await?;
    let ids: Vec<ActorId> = boosts
        .iter()
        .map(|boost| boost.actor_id)
        .chain(favourites.iter().map(|favourite| favourite.actor_id))
        .map(ActorId)
        .collect();
    Ok(tx.actor_list(&ids).await?.iter().filter_map(Recipient::of).collect())
}

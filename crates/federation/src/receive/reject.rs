//! Reject: somebody elsewhere does not let one of ours follow them, or no longer.

use belfry_model::ActorId;

use super::{Arrival, accept};
use crate::{Federation, Result};

pub(super) async fn apply(federation: &Federation, arrival: &Arrival) -> Result<()> {
    let Some((tx, follow)) = accept::answered(federation, arrival).await? else { return Ok(()) };
    tx.follow_delete(follow.id).await?;
    tx.interest_delete(ActorId(follow.followee_id)).await?;
    tx.home_timeline_unmerge(ActorId(follow.follower_id), ActorId(follow.followee_id)).await?;
    Ok(tx.commit().await?)
}

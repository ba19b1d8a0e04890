//! Delete: a post, or an actor with all that it said. What is deleted is erased at once.

use super::{Arrival, concern};
use crate::{Error, Federation, Result};

/// Posts that are erased in one transaction.
const BATCH: u64 = 500;

pub(super) async fn apply(federation: &Federation, arrival: &Arrival) -> Result<()> {
    let object = arrival.activity.object.id().ok_or(Error::Unusable("it deletes nothing"))?;
    if object == arrival.activity.actor {
        actor(federation, arrival).await
    } else {
        post(federation, arrival, object).await
    }
}

async fn post(federation: &Federation, arrival: &Arrival, uri: &str) -> Result<()> {
    let tx = federation.app.commons().await?;
    let shared = tx.status_erase(uri, arrival.author(), arrival.at).await?;
    tx.received_mark(&arrival.id).await?;
    tx.commit().await?;
    for scope in concern::scopes(federation.touched(arrival).await?) {
        let tx = federation.app.tenant(scope).await?;
        if !tx.received_mark(&arrival.id).await? {
            continue;
        }
        let kept = tx.remote_status_erase(uri, arrival.author(), arrival.at).await?;
        for status in kept.into_iter().chain(shared) {
            tx.home_timeline_remove(status).await?;
            tx.notification_delete_of_status(status).await?;
            tx.favourite_delete_of_status(status).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Its key is gone with it, so this is what its server said while it could still be believed.
async fn actor(federation: &Federation, arrival: &Arrival) -> Result<()> {
    let author = arrival.author();
    for scope in concern::scopes(federation.touched(arrival).await?) {
        let tx = federation.app.tenant(scope).await?;
        tx.commons_relate(&[author.id.0]).await?;
        tx.remote_statuses_erase_of(author, arrival.at).await?;
        tx.follow_delete_of_actor(author.id).await?;
        tx.interest_delete(author.id).await?;
        tx.received_mark(&arrival.id).await?;
        tx.commit().await?;
    }
    loop {
        let tx = federation.app.commons().await?;
        let erased = tx.statuses_erase_of(author.id, arrival.at, BATCH).await?;
        tx.commit().await?;
        if u64::try_from(erased).unwrap_or(0) < BATCH {
            break;
        }
    }
    // Last, so that a retry after a crash still knows the actor.
    federation.forget_actor(&arrival.activity.actor).await
}

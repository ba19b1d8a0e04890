//! Update: a post that was edited, or an actor that changed what it says of itself.

use belfry_activitypub::incoming::Object;

use super::{Arrival, create};
use crate::{Error, Federation, Result, fetch};

pub(super) async fn apply(federation: &Federation, arrival: &Arrival) -> Result<()> {
    match &arrival.activity.object {
        // A post that we didn't know yet is stored as if it were new: its Create may still come.
        Object::Note(note) => create::place(federation, arrival, note).await,
        Object::Actor(actor) if arrival.origin.is_none() => {
            federation.store_actor(actor, Some(&arrival.author)).await.map(drop)
        }
        // `obtain_actor` has read the neighbour's actor as it is now.
        Object::Actor(_) => Ok(()),
        Object::Uri(uri) if *uri == arrival.activity.actor => {
            federation.refresh_actor(arrival.behalf, uri, Some(arrival.author.clone())).await.map(drop)
        }
        Object::Uri(uri) if arrival.origin.is_none() => {
            federation.check(arrival.behalf, uri)?;
            let key = federation.fetch_key(arrival.behalf).await?;
            let note = fetch::note(&federation.client, uri, key.as_deref()).await?;
            create::place(federation, arrival, &note).await
        }
        _ => Err(Error::Unusable("what was updated is neither a post nor an actor")),
    }
}

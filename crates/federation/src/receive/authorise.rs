//! Who may say what: an actor speaks for what lies at its own host, and for nothing else.

use belfry_activitypub::incoming::{Kind, Object};
use belfry_activitypub::{RemoteNote, uri};

use super::Arrival;
use crate::{Error, Result};

/// Checked for every activity, whatever its kind.
pub(super) fn activity(arrival: &Arrival) -> Result<()> {
    let activity = &arrival.activity;
    if !uri::same_host(&arrival.id, &activity.actor) {
        return Err(Error::Unusable("its id is of another host than its actor"));
    }
    match (&activity.kind, &activity.object) {
        (Kind::Undo, Object::Activity(undone)) if undone.actor != activity.actor => {
            Err(Error::Unusable("nobody can undo what another did"))
        }
        (Kind::Delete, object) if !object.id().is_some_and(|id| uri::same_host(id, &activity.actor)) => {
            Err(Error::Unusable("nobody can delete what lies at another host"))
        }
        (Kind::Update, Object::Actor(actor)) if actor.id != activity.actor => {
            Err(Error::Unusable("nobody can update another actor"))
        }
        _ => Ok(()),
    }
}

/// A post comes from its author, at the author's host.
pub(super) fn note(arrival: &Arrival, note: &RemoteNote) -> Result<()> {
    if note.attributed_to != arrival.activity.actor {
        return Err(Error::Unusable("a post comes from its author and nobody else"));
    }
    if !uri::same_host(&note.id, &note.attributed_to) {
        return Err(Error::Unusable("a post lies at its author's host"));
    }
    Ok(())
}

//! From a text as typed to what is stored of it.

use std::collections::HashMap;

use belfry_model::{ActorId, Origin, Ref, TenantId};
use belfry_storage::{NewMention, TenantTx, row};

use crate::Result;
use crate::outgoing::Recipient;
use crate::text::{self, Handle, Named};
use crate::view::acct;

/// A handle of the text that the caller found to be somebody: one that an account elsewhere
/// answers to by another name than its row has. Those that this tenant knows by the very
/// handle need not be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    pub handle: Handle,
    pub actor: ActorId,
}

/// A text with what was found in it.
pub(super) struct Composed {
    pub html: String,
    pub mentions: Vec<NewMention>,
    /// Lower case, without `#`.
    pub tags: Vec<String>,
    /// Those named that are elsewhere.
    pub recipients: Vec<Recipient>,
}

pub(super) async fn compose(
    tx: &TenantTx,
    author: &row::Actor,
    origin: &Origin,
    text: &str,
    resolved: &[Resolved],
) -> Result<Composed> {
    let actors = named(tx, author, text, resolved).await?;
    let named: Vec<Named> = actors
        .iter()
        .map(|(handle, actor)| Named {
            handle: handle.clone(),
            username: actor.username.clone(),
            url: page_of(actor),
        })
        .collect();
    let mut mentions: Vec<NewMention> = Vec::new();
    for (_, actor) in &actors {
        if mentions.iter().all(|mention| mention.actor_uri != actor.uri) {
            mentions.push(NewMention {
                actor_uri: actor.uri.clone(),
                actor: Some(Ref::new(TenantId(actor.tenant_id), ActorId(actor.id))),
                username: actor.username.clone(),
                acct: acct(actor),
                url: page_of(actor),
            });
        }
    }
    Ok(Composed {
        html: text::render(text, &named, origin),
        mentions,
        tags: text::hashtags(text),
        recipients: actors.iter().filter_map(|(_, actor)| Recipient::of(actor)).collect(),
    })
}

/// The accounts that the text's handles mean, in the text's order.
async fn named(
    tx: &TenantTx,
    author: &row::Actor,
    text: &str,
    resolved: &[Resolved],
) -> Result<Vec<(Handle, row::Actor)>> {
    let handles = text::handles(text);
    let domain = |handle: &Handle| match &handle.host {
        Some(host) => host.as_str().to_owned(),
        None => author.domain.clone(),
    };
    let pairs: Vec<_> = handles.iter().map(|handle| (handle.username.clone(), domain(handle))).collect();
    let mut known: HashMap<(String, String), row::Actor> = tx
        .actor_by_handles(&pairs)
        .await?
        .into_iter()
        .filter(|actor| actor.kind != "instance")
        .map(|actor| ((actor.username.to_lowercase(), actor.domain.to_lowercase()), actor))
        .collect();
    let given: Vec<ActorId> = resolved.iter().map(|resolved| resolved.actor).collect();
    let given: HashMap<i64, row::Actor> = tx
        .actor_list(&given)
        .await?
        .into_iter()
        .filter(|actor| actor.deleted_at.is_none())
        .map(|actor| (actor.id, actor))
        .collect();
    Ok(handles
        .into_iter()
        .filter_map(|handle| {
            let by_caller = resolved.iter().find(|resolved| resolved.handle == handle);
            let actor = by_caller
                .and_then(|resolved| given.get(&resolved.actor.0).cloned())
                .or_else(|| known.remove(&(handle.username.clone(), domain(&handle))))?;
            Some((handle, actor))
        })
        .collect())
}

fn page_of(actor: &row::Actor) -> String {
    actor.url.clone().unwrap_or_else(|| actor.uri.clone())
}

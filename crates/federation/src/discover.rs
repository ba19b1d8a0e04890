//! From a handle to an actor and back, by WebFinger. Both directions must agree, or anybody
//! could claim anybody's handle.

use belfry_activitypub::document::webfinger::{Acct, Jrd};
use belfry_activitypub::{Malformed, RemoteActor, uri};

use crate::client::{FetchError, GuardedClient};

/// Who a handle stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// The canonical handle, which may differ from the one that was asked for.
    pub acct: Acct,
    /// The actor's id.
    pub actor: String,
}

/// Asks the handle's host. Where the answer's subject is another handle, that one's host is
/// asked too and must say the same of itself.
pub async fn webfinger(client: &GuardedClient, handle: &Acct) -> Result<Discovered, FetchError> {
    let first = ask(client, handle).await?;
    if same(&first.acct, handle) {
        return Ok(first);
    }
    let second = ask(client, &first.acct).await?;
    if same(&second.acct, &first.acct) && second.actor == first.actor {
        Ok(second)
    } else {
        Err(FetchError::Disagreement { host: first.acct.host })
    }
}

/// The canonical handle of an actor that was found by its id: what its own host says of
/// `preferredUsername@host`, provided that this leads back to the actor.
pub async fn handle_of(client: &GuardedClient, actor: &RemoteActor) -> Result<Acct, FetchError> {
    let host = uri::parse(&actor.id).as_ref().map(uri::host).ok_or(FetchError::Address)?;
    let asked = Acct { user: actor.preferred_username.clone(), host: host.clone() };
    let found = webfinger(client, &asked).await?;
    if found.actor == actor.id { Ok(found.acct) } else { Err(FetchError::Disagreement { host }) }
}

/// What the handle's host says of it, and the address that said so after redirects.
pub async fn jrd(client: &GuardedClient, handle: &Acct) -> Result<(url::Url, Jrd), FetchError> {
    let scheme = client.scheme_for(&handle.host);
    let mut address = url::Url::parse(&format!("{scheme}://{}/.well-known/webfinger", handle.host))
        .map_err(|_| FetchError::Address)?;
    address.query_pairs_mut().append_pair("resource", &format!("acct:{handle}"));
    let fetched = match client.get_json(address.as_str()).await {
        Err(error) if error.is_absent() => {
            return Err(FetchError::UnknownAccount { host: handle.host.clone() });
        }
        other => other?,
    };
    let jrd = serde_json::from_slice(&fetched.body).map_err(|error| FetchError::Malformed {
        host: handle.host.clone(),
        reason: Malformed::Json(error.to_string()),
    })?;
    Ok((fetched.url, jrd))
}

async fn ask(client: &GuardedClient, handle: &Acct) -> Result<Discovered, FetchError> {
    let (_, jrd) = jrd(client, handle).await?;
    let malformed = |reason| FetchError::Malformed { host: handle.host.clone(), reason };
    let acct = jrd.acct().ok_or_else(|| {
        malformed(Malformed::Wrong { property: "subject".to_owned(), expected: "a handle" })
    })?;
    let actor = jrd
        .actor()
        .filter(|id| uri::parse(id).is_some())
        .ok_or_else(|| malformed(Malformed::Missing("links.self".to_owned())))?;
    Ok(Discovered { actor: actor.to_owned(), acct })
}

fn same(one: &Acct, other: &Acct) -> bool {
    one.user.eq_ignore_ascii_case(&other.user) && one.host == other.host
}

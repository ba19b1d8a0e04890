//! Fetching what others publish, believed only where it lies at its own address.

use belfry_activitypub::incoming::Document;
use belfry_activitypub::{Malformed, RemoteActor, RemoteKey, RemoteNote, SigningKey, uri};
use url::Url;

use crate::client::{FetchError, Fetched, GuardedClient};

/// The actor at this address.
pub async fn actor(
    client: &GuardedClient,
    address: &str,
    key: Option<&SigningKey>,
) -> Result<RemoteActor, FetchError> {
    match object(client, address, key).await? {
        Document::Actor(actor) => Ok(*actor),
        other => Err(unexpected(address, &other, "an actor")),
    }
}

/// The post at this address, whose author is of the same host.
pub async fn note(
    client: &GuardedClient,
    address: &str,
    key: Option<&SigningKey>,
) -> Result<RemoteNote, FetchError> {
    match object(client, address, key).await? {
        Document::Note(note) => Ok(*note),
        other => Err(unexpected(address, &other, "a post")),
    }
}

/// The post or actor at this address. A page that answers with a document of another id (as
/// `/@user/1` may) is followed to that id once; there the id must be the final address.
pub async fn object(
    client: &GuardedClient,
    address: &str,
    key: Option<&SigningKey>,
) -> Result<Document, FetchError> {
    let fetched = client.get_document(address, key).await?;
    let document = parse(&fetched)?;
    let id = id_of(&document).ok_or_else(|| FetchError::OtherId { host: uri::host(&fetched.url) })?;
    let document = if is_at(id, &fetched.url) {
        document
    } else {
        let fetched = client.get_document(id, key).await?;
        let again = parse(&fetched)?;
        if !id_of(&again).is_some_and(|id| is_at(id, &fetched.url)) {
            return Err(FetchError::OtherId { host: uri::host(&fetched.url) });
        }
        again
    };
    match &document {
        Document::Note(note) if !uri::same_host(&note.id, &note.attributed_to) => {
            Err(FetchError::OtherHost { host: host_of(&note.id) })
        }
        _ => Ok(document),
    }
}

/// The owner of a key, after both have named each other: the key its owner, and the owner, at
/// its own address, this key.
pub async fn key_owner(
    client: &GuardedClient,
    key_id: &str,
    key: Option<&SigningKey>,
) -> Result<RemoteActor, FetchError> {
    let fetched = client.get_document(uri::without_fragment(key_id), key).await?;
    let malformed = |reason| FetchError::Malformed { host: uri::host(&fetched.url), reason };
    // The usual case: the key lies in its owner's document, and one fetch suffices.
    if let Ok(Document::Actor(actor)) = Document::parse(&fetched.body)
        && is_at(&actor.id, &fetched.url)
    {
        return with_key(*actor, key_id);
    }
    let found = RemoteKey::parse(&fetched.body, key_id).map_err(malformed)?;
    if !uri::same_host(&found.owner, key_id) {
        return Err(FetchError::NotTheOwner { host: host_of(key_id) });
    }
    with_key(actor(client, &found.owner, key).await?, key_id)
}

fn with_key(actor: RemoteActor, key_id: &str) -> Result<RemoteActor, FetchError> {
    if actor.key.as_ref().is_some_and(|key| key.id == key_id && key.owner == actor.id) {
        Ok(actor)
    } else {
        Err(FetchError::NotTheOwner { host: host_of(key_id) })
    }
}

fn parse(fetched: &Fetched) -> Result<Document, FetchError> {
    Document::parse(&fetched.body)
        .map_err(|reason| FetchError::Malformed { host: uri::host(&fetched.url), reason })
}

fn id_of(document: &Document) -> Option<&str> {
    match document {
        Document::Note(note) => Some(&note.id),
        Document::Actor(actor) => Some(&actor.id),
        Document::Other { id, .. } => id.as_deref(),
    }
}

fn is_at(id: &str, address: &Url) -> bool {
    uri::parse(id).is_some_and(|mut id| {
        id.set_fragment(None);
        id == *address
    })
}

fn host_of(id: &str) -> String {
    uri::parse(id).as_ref().map(uri::host).unwrap_or_default()
}

fn unexpected(address: &str, document: &Document, expected: &'static str) -> FetchError {
    let host = id_of(document).map_or_else(|| host_of(address), host_of);
    FetchError::Malformed { host, reason: Malformed::Wrong { property: "type".to_owned(), expected } }
}

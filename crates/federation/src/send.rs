//! Sending: an activity's row becomes its document when it is sent, and an inbox's answer
//! becomes what is to be done about it.
//!
//! Invariant: the object is read again before each attempt. A post that was edited goes out
//! as it is now, and one that was deleted does not go out.

mod document;
mod outcome;
mod synchronise;

use std::sync::Arc;

use belfry_activitypub::{SigningKey, digest};
use belfry_model::{ActivityId, ActorId, TenantScope};
use belfry_storage::AudienceSlice;
use bytes::Bytes;

pub use outcome::Outcome;
pub(crate) use synchronise::Digests;
pub use synchronise::Followers;

use crate::client::Signed;
use crate::{Error, Federation, Result};

/// An activity as it is sent to every inbox.
#[derive(Debug, Clone)]
pub struct Rendered {
    pub body: Bytes,
    /// The value of the Digest header, made once for all inboxes.
    pub digest: String,
    pub key: Arc<SigningKey>,
    pub actor: ActorId,
    /// Where it goes to followers: what their servers compare their view with.
    pub followers: Option<Followers>,
}

impl Federation {
    /// The activity as it is now. `None`: withdrawn, since what it tells of was deleted, or
    /// there is no such activity; it's dropped. What [`Federation::synchronise`] will need for
    /// `inboxes` is read along.
    pub async fn render(
        &self,
        scope: TenantScope,
        activity: ActivityId,
        inboxes: &[&str],
    ) -> Result<Option<Rendered>> {
        let tx = self.app.tenant(scope).await?;
        let Some((author, to_followers, document)) = self.addressed_document(&tx, activity).await? else {
            return Ok(None);
        };
        let actor = ActorId(author.id);
        let key = self
            .keys
            .signing_key_in(&tx, actor)
            .await?
            .ok_or(Error::Unusable("the account has no key to sign with"))?;
        if to_followers {
            self.digests_prepare(&tx, actor, inboxes).await?;
        }
        tx.commit().await?;
        let body = Bytes::from(serde_json::to_vec(&document)?);
        let digest = digest::header(&body);
        let followers = Followers::of(&author).filter(|_| to_followers);
        Ok(Some(Rendered { body, digest, key, actor, followers }))
    }

    /// Signs a request to one inbox; what can't be signed or addressed is an outcome, too. `sync`
    /// is what [`Federation::synchronise`] answered for this inbox.
    pub async fn sign(
        &self,
        rendered: &Rendered,
        inbox: &str,
        sync: Option<String>,
    ) -> Result<Signed, Outcome> {
        let signed = self.client.sign(inbox, &rendered.digest, sync, &rendered.key).await;
        signed.map_err(|error| outcome::classify(Err(error)))
    }

    /// Sends it. Never an error: whatever happens is an outcome.
    pub async fn send(&self, rendered: &Rendered, signed: Signed) -> Outcome {
        let sent = self.client.send_signed(signed, &rendered.body, &rendered.digest, &rendered.key).await;
        outcome::classify(sent)
    }

    /// The next inboxes that the activity must reach, after the cursor (`""` begins). The
    /// platform's own shared inbox among them stands for the neighbours.
    pub async fn audience_slice(
        &self,
        scope: TenantScope,
        activity: ActivityId,
        after: &str,
        limit: u32,
    ) -> Result<AudienceSlice> {
        let tx = self.app.tenant(scope).await?;
        let slice = tx.audience_slice(activity, after, limit).await?;
        tx.commit().await?;
        Ok(slice)
    }
}

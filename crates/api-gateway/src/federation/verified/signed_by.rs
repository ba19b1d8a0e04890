//! Whether a signature is the activity's actor's, or whose it is where a reader signed: the owner
//! of the key, then the signature itself, verified by OpenSSL.

use std::sync::{Arc, OnceLock};

use belfry_activitypub::incoming::{Incoming, Kind};
use belfry_activitypub::signature::cavage;
use belfry_federation::{Federation, Signing};
use belfry_model::TenantScope;
use futures::future::LocalBoxFuture;
use http_signature_normalization_actix::prelude::{Algorithm, SignatureVerify};

use super::Refused;

/// For one request.
#[derive(Debug, Clone)]
pub(super) struct SignedBy {
    federation: Federation,
    /// On whose behalf a key is fetched.
    behalf: TenantScope,
    /// Nobody else's signature will do; `None` where anybody may ask.
    expected: Option<String>,
    /// Whose signature fitted.
    found: Arc<OnceLock<String>>,
    /// The activity says that its actor is deleted.
    farewell: bool,
}

impl SignedBy {
    pub fn new(federation: Federation, behalf: TenantScope, activity: &Incoming) -> Self {
        let farewell = activity.kind == Kind::Delete && activity.object.id() == Some(&activity.actor);
        Self { federation, behalf, expected: Some(activity.actor.clone()), found: Arc::default(), farewell }
    }

    /// Of a request that has no activity.
    pub fn reader(federation: Federation, behalf: TenantScope) -> Self {
        Self { federation, behalf, expected: None, found: Arc::default(), farewell: false }
    }

    /// Who signed, once that has been verified.
    pub fn actor(&self) -> Option<String> {
        self.found.get().cloned()
    }

    async fn verify(self, key_id: String, signature: String, signed: String) -> Result<bool, Refused> {
        let known = self.federation.signer(self.behalf, &key_id).await?;
        if self.check(known, &signature, &signed).await? {
            return Ok(true);
        }
        // The key may have been changed since: ask once.
        let fresh = self.federation.signer_afresh(self.behalf, &key_id).await?;
        if self.check(fresh, &signature, &signed).await? {
            return Ok(true);
        }
        self.federation.remember_failure(&key_id, "the signature doesn't fit the key").await?;
        Ok(false)
    }

    async fn said_goodbye(&self) -> Result<bool, Refused> {
        match &self.expected {
            Some(actor) if self.farewell => Ok(self.federation.is_gone(self.behalf, actor).await?),
            Some(_) | None => Ok(false),
        }
    }

    async fn check(&self, signing: Signing, signature: &str, signed: &str) -> Result<bool, Refused> {
        match signing {
            Signing::By(signer) if self.expected.as_ref().is_some_and(|actor| *actor != signer.actor) => {
                Err(Refused::OtherOwner)
            }
            Signing::By(signer) => {
                let fits = cavage::verify(&signer.key, signed, signature);
                if fits {
                    // Never set twice: one request has one signature.
                    self.found.get_or_init(|| signer.actor.clone());
                }
                Ok(fits)
            }
            // Its own server says of the actor itself what the activity says: no key is needed.
            Signing::Gone if self.said_goodbye().await? => Ok(true),
            Signing::Gone => Err(Refused::DeletedActor),
            Signing::Unknown(reason) => Err(Refused::UnknownKey(reason)),
            Signing::Later(reason) => {
                tracing::info!(reason, "a key could not be fetched");
                Err(Refused::KeyLater)
            }
        }
    }
}

impl SignatureVerify for SignedBy {
    type Error = Refused;
    type Future = LocalBoxFuture<'static, Result<bool, Refused>>;

    /// The algorithm was checked with the header; what it says beyond that is the key's to say.
    fn signature_verify(
        &mut self,
        _: Option<Algorithm>,
        key_id: String,
        signature: String,
        signing_string: String,
    ) -> Self::Future {
        Box::pin(self.clone().verify(key_id, signature, signing_string))
    }
}

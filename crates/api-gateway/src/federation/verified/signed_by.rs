//! Whether a signature is the activity's actor's: the owner of the key, then the signature
//! itself, verified by OpenSSL.

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
    actor: String,
    /// The activity says that its actor is deleted.
    farewell: bool,
}

impl SignedBy {
    pub fn new(federation: Federation, behalf: TenantScope, activity: &Incoming) -> Self {
        let farewell = activity.kind == Kind::Delete && activity.object.id() == Some(&activity.actor);
        Self { federation, behalf, actor: activity.actor.clone(), farewell }
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

    async fn check(&self, signing: Signing, signature: &str, signed: &str) -> Result<bool, Refused> {
        match signing {
            Signing::By(signer) if signer.actor != self.actor => Err(Refused::OtherOwner),
            Signing::By(signer) => Ok(cavage::verify(&signer.key, signed, signature)),
            // Its own server says of the actor itself what the activity says: no key is needed.
            Signing::Gone if self.farewell && self.federation.is_gone(self.behalf, &self.actor).await? => {
                Ok(true)
            }
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

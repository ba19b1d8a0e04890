//! Verifying a request as Mastodon does: fresh, digest and host covered, key fetched from its
//! owner, owner the activity's actor.

use std::collections::BTreeMap;

use anyhow::{Context as _, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use belfry_activitypub::signature::precheck::{Request, precheck};
use belfry_activitypub::signature::{cavage, rfc9421};
use belfry_activitypub::{PublicKey, RemoteActor, digest, uri};
use chrono::TimeDelta;
use serde_json::Value;

use super::state::State;

/// Mastodon's `EXPIRATION_WINDOW_LIMIT`.
const WINDOW: TimeDelta = TimeDelta::hours(12);

pub struct Delivery<'a> {
    pub path: &'a str,
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
}

impl Delivery<'_> {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

impl State {
    /// The actor who signed, or why nobody is believed to have.
    pub async fn verify(&self, delivery: &Delivery<'_>) -> anyhow::Result<RemoteActor> {
        let host = delivery.header("host").context("no Host header")?;
        ensure!(host == self.host, "signed for the host {host}, which is not {}", self.host);
        let actor = if delivery.header("signature-input").is_some() {
            self.verify_rfc9421(delivery).await?
        } else {
            self.verify_cavage(delivery).await?
        };
        let activity: Value = serde_json::from_slice(delivery.body).context("the body is not JSON")?;
        let claimed = activity.get("actor").and_then(Value::as_str).context("the actor is not an id")?;
        ensure!(claimed == actor.id, "{} signed for {claimed}", actor.id);
        Ok(actor)
    }

    async fn verify_cavage(&self, delivery: &Delivery<'_>) -> anyhow::Result<RemoteActor> {
        let headers: Vec<(&str, &str)> =
            delivery.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let checked = precheck(Request { method: "POST", headers: &headers }, self.clock.now(), WINDOW)?;
        digest::verify(delivery.header("digest").context("no Digest header")?, delivery.body)?;
        let mut signed: BTreeMap<String, String> = delivery.headers.iter().cloned().collect();
        signed.insert("signature".to_owned(), checked.normalised.clone());
        let unverified = http_signature_normalization::Config::new()
            // Freshness has been checked by our own clock.
            .set_expiration(std::time::Duration::from_hours(800_000))
            .begin_verify("POST", delivery.path, signed)
            .map_err(|error| anyhow::anyhow!("{error}"))?;
        self.key_owner(&checked.key_id, |key| {
            unverified.verify(|signature, text| cavage::verify(key, text, signature))
        })
        .await
    }

    /// Exactly the components that Mastodon asks for, in the order in which they are named.
    async fn verify_rfc9421(&self, delivery: &Delivery<'_>) -> anyhow::Result<RemoteActor> {
        let input = delivery.header("signature-input").context("no Signature-Input header")?;
        let parameters = input.strip_prefix("sig1=").context("no signature named sig1")?;
        let names = "(\"@method\" \"@target-uri\" \"content-digest\");";
        ensure!(parameters.starts_with(names), "it covers other components than {names}");
        let parameter = |name: &str| parameters.split(';').find_map(|part| part.strip_prefix(name));
        let created: i64 = parameter("created=").context("no created")?.parse()?;
        ensure!((self.clock.now().timestamp() - created).abs() <= WINDOW.num_seconds(), "not fresh");
        let key_id = parameter("keyid=").context("no keyid")?.trim_matches('"');
        let content_digest = delivery.header("content-digest").context("no Content-Digest header")?;
        let hash = content_digest.strip_prefix("sha-256=:").and_then(|rest| rest.strip_suffix(':'));
        digest::verify(&format!("SHA-256={}", hash.context("no SHA-256 digest")?), delivery.body)?;
        let signature = delivery.header("signature").context("no Signature header")?;
        let signature = signature.strip_prefix("sig1=:").and_then(|rest| rest.strip_suffix(':'));
        let signature = STANDARD.decode(signature.context("no signature named sig1")?)?;
        let target = self.at(delivery.path);
        let components =
            [("@method", "POST"), ("@target-uri", target.as_str()), ("content-digest", content_digest)];
        let text = rfc9421::base(&components, parameters);
        self.key_owner(key_id, |key| key.verify(text.as_bytes(), &signature)).await
    }

    /// The owner of the key, when the key verifies. A key that is known but doesn't verify is
    /// fetched once more: it may have been rotated.
    async fn key_owner(
        &self,
        key_id: &str,
        verifies: impl Fn(&PublicKey) -> bool,
    ) -> anyhow::Result<RemoteActor> {
        if let Some(known) = self.peer(key_id)
            && public_key(&known, key_id).is_ok_and(|key| verifies(&key))
        {
            return Ok(known);
        }
        let actor = self.fetch_actor(uri::without_fragment(key_id)).await?;
        ensure!(verifies(&public_key(&actor, key_id)?), "the signature does not fit the key");
        self.peer_keep(key_id, actor.clone());
        Ok(actor)
    }
}

fn public_key(actor: &RemoteActor, key_id: &str) -> anyhow::Result<PublicKey> {
    let key = actor.key.as_ref().context("the actor has no key")?;
    ensure!(key.id == key_id, "the actor's key is {}, not {key_id}", key.id);
    ensure!(key.owner == actor.id, "the key is owned by {}", key.owner);
    Ok(PublicKey::from_pem(&key.pem)?)
}

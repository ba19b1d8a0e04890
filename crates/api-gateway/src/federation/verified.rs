//! An activity that its actor has signed. Extracting one is the only way to have one.
//!
//! Invariant: fails closed. The header is checked by us before the signature crate sees it,
//! the key's owner is the activity's actor, and nobody on this platform comes this way.

mod body;
mod reader;
mod refusal;
mod signed_by;

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{HOST, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, web};
use belfry_activitypub::incoming::{Incoming, Kind};
use belfry_activitypub::signature::precheck::{Checked, Request, precheck};
use belfry_activitypub::synchronisation::{self, Synchronisation};
use belfry_activitypub::{digest, is_activity_type, uri};
use belfry_edge::host::{self, Hosted};
use belfry_model::{SynchroniseV1, Tenant};
use chrono::TimeDelta;
use futures::future::LocalBoxFuture;
use http_signature_normalization_actix::Config;
use http_signature_normalization_actix::prelude::SignatureVerify;

use crate::Gateway;
pub use reader::SignedReader;
pub use refusal::Refused;
use signed_by::SignedBy;

/// Our own check of the dates is the stricter one, and knows the injected clock.
const CRATE_WINDOW: Duration = Duration::from_hours(24 * 365 * 20);

/// A verified body and who signed it.
#[derive(Debug)]
pub struct VerifiedActivity {
    actor: String,
    body: String,
    sync: Option<SynchroniseV1>,
}

impl VerifiedActivity {
    /// The actor, the body and what was said of followers, as the queue carries them.
    pub fn into_parts(self) -> (String, String, Option<SynchroniseV1>) {
        (self.actor, self.body, self.sync)
    }
}

impl FromRequest for VerifiedActivity {
    type Error = Refused;
    type Future = LocalBoxFuture<'static, Result<Self, Refused>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { verify(&request, payload).await })
    }
}

async fn verify(request: &HttpRequest, payload: Payload) -> Result<VerifiedActivity, Refused> {
    let gateway = request.app_data::<web::Data<Gateway>>().ok_or(Refused::UnknownHost)?;
    let addressed = match Hosted::of(request) {
        Some(Hosted::Tenant(tenant)) => Some(tenant),
        Some(Hosted::SharedDomain) => None,
        Some(Hosted::Media) | None => return Err(Refused::UnknownHost),
    };
    if !is_activity_type(header(request, "content-type")) {
        return Err(Refused::ContentType);
    }
    // What is signed is what was sent, so it must not be packed in anything.
    if !matches!(header(request, "content-encoding"), "" | "identity") {
        return Err(Refused::Encoded);
    }
    let federation = &gateway.federation;
    let body = body::read(request, payload, federation.settings().max_body_bytes).await?;
    let checked = check_header(gateway, request)?;
    digest::verify(header(request, "digest"), &body)?;
    let activity = Incoming::parse(&body)?;
    if federation.is_ours(&activity.actor) {
        return Err(Refused::Ours);
    }
    if !federation.hears(&activity.actor) {
        return Err(Refused::Barred);
    }
    // Before any key is fetched. Where an agency was addressed it is as if nobody lived there; at
    // the shared inbox nobody is told who of us speaks with whom.
    let behalf = federation.behalf_of(addressed.as_deref(), &activity.actor);
    let behalf =
        behalf.ok_or(if addressed.is_some() { Refused::UnknownHost } else { Refused::Irrelevant })?;
    // A stranger that is gone or has changed is none of our business: nothing is fetched for it.
    if is_about_itself(&activity) && !federation.knows_actor(&activity.actor).await? {
        return Err(Refused::Irrelevant);
    }
    let mut signed_by = SignedBy::new(federation.clone(), behalf, &activity);
    if !fits(request, &checked.normalised, &mut signed_by).await? {
        return Err(Refused::Forged);
    }
    let body = String::from_utf8(body.to_vec()).map_err(|_| Refused::NotUtf8)?;
    let sync = addressed.and_then(|tenant| said_of_followers(request, &checked, &tenant, &activity.actor));
    Ok(VerifiedActivity { actor: activity.actor, body, sync })
}

/// What a signed header says of followers at the host of the inbox. Peers compute it over that
/// host, so at the shared inbox, where no actor of ours lives, it would sever every follow.
fn said_of_followers(
    request: &HttpRequest,
    checked: &Checked,
    tenant: &Tenant,
    actor: &str,
) -> Option<SynchroniseV1> {
    if !checked.components.iter().any(|name| name == synchronisation::HEADER) {
        return None;
    }
    let text = header(request, synchronisation::HEADER);
    let said = Synchronisation::parse(text)?;
    let its_own = uri::same_host(&said.collection, actor) && uri::same_host(&said.url, actor);
    its_own.then(|| SynchroniseV1 { tenant: tenant.id, header: text.to_owned() })
}

/// Validates the Signature header; answers it also anew, in the one spelling that the crate reads.
fn check_header(gateway: &Gateway, request: &HttpRequest) -> Result<Checked, Refused> {
    let host = host::requested(request.head()).unwrap_or_default();
    let mut headers: Vec<(&str, &str)> = request
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
        .collect();
    // HTTP/2 has the host in the request's address.
    if !request.headers().contains_key(HOST) {
        headers.push(("host", &host));
    }
    let seconds = gateway.federation.settings().signature_window_seconds;
    let window = TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::from(u32::MAX)));
    let asked = Request { method: request.method().as_str(), headers: &headers };
    Ok(precheck(asked, gateway.platform.clock().now(), window)?)
}

/// Hands the checked header to the signature crate's adapter, which builds what was signed.
async fn fits(request: &HttpRequest, normalised: &str, signed_by: &mut SignedBy) -> Result<bool, Refused> {
    let mut headers = request.headers().clone();
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| Refused::Forged);
    headers.insert(HeaderName::from_static("signature"), value(normalised)?);
    if !headers.contains_key(HOST) {
        headers.insert(HOST, value(&host::requested(request.head()).unwrap_or_default())?);
    }
    let mut config =
        Config::new().set_expiration(CRATE_WINDOW).require_header("(request-target)").require_header("host");
    // What has no body has no digest of it.
    if request.method() != Method::GET {
        config = config.require_digest();
    }
    let unverified = config
        .begin_verify(request.method(), request.uri().path_and_query(), headers)
        .map_err(|error| Refused::Unprepared(error.to_string()))?;
    let (algorithm, key_id) = (unverified.algorithm().cloned(), unverified.key_id().to_owned());
    unverified
        .verify(|signature, signed| {
            signed_by.signature_verify(algorithm, key_id, signature.to_owned(), signed.to_owned())
        })
        .await
}

/// A Delete or Update whose object is the actor itself.
fn is_about_itself(activity: &Incoming) -> bool {
    matches!(activity.kind, Kind::Delete | Kind::Update) && activity.object.id() == Some(&activity.actor)
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

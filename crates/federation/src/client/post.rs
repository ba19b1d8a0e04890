//! Delivering an activity: signed in one form, and in the other when the first isn't understood.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use belfry_activitypub::signature::{cavage, rfc9421};
use belfry_activitypub::{SigningKey, uri};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;
use reqwest::header::HeaderMap;
use reqwest::{Method, Response};
use url::Url;

use super::{FetchError, GuardedClient, retry_after};

/// How a request was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureForm {
    Cavage,
    Rfc9421,
}

/// What an inbox answered. Whether that is success is the caller's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub retry_after: Option<TimeDelta>,
    /// The form of the request that was answered.
    pub form: SignatureForm,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Hosts can be minted for free, so what is remembered of them is bounded in number and time.
const REMEMBERED_HOSTS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(9_999);
const REMEMBERED_FOR: TimeDelta = TimeDelta::days(1);

/// Hosts that took RFC 9421 after they had refused draft-cavage. All others get the latter first.
#[derive(Debug)]
pub(super) struct Preferences(Mutex<LruCache<String, DateTime<Utc>>>);

impl Default for Preferences {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED_HOSTS)))
    }
}

impl Preferences {
    fn first_form(&self, host: &str, now: DateTime<Utc>) -> SignatureForm {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match hosts.get(host) {
            Some(since) if now - *since < REMEMBERED_FOR => SignatureForm::Rfc9421,
            _ => SignatureForm::Cavage,
        }
    }

    fn remember(&self, host: &str, form: SignatureForm, now: DateTime<Utc>) {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match form {
            SignatureForm::Rfc9421 => drop(hosts.put(host.to_owned(), now)),
            SignatureForm::Cavage => drop(hosts.pop(host)),
        }
    }
}

/// A request to an inbox that only has to be sent, and soon: peers allow its date little.
#[derive(Debug)]
pub struct Signed {
    url: Url,
    host: String,
    form: SignatureForm,
    headers: HeaderMap,
    /// For a second try in the form that carries it.
    sync: Option<String>,
}

impl GuardedClient {
    /// Posts `body` to an inbox. `digest` is [`belfry_activitypub::digest::header`] of the body,
    /// made once for all inboxes.
    pub async fn post_signed(
        &self,
        inbox: &str,
        body: &Bytes,
        digest: &str,
        key: &Arc<SigningKey>,
    ) -> Result<Answer, FetchError> {
        let signed = self.sign(inbox, digest, None, key).await?;
        self.send_signed(signed, body, digest, key).await
    }

    /// Signs in the form that the host is known to take, on a thread where computing holds up
    /// nobody's input or output. `sync` is the header of FEP-8fcf; only draft-cavage carries it.
    pub async fn sign(
        &self,
        inbox: &str,
        digest: &str,
        sync: Option<String>,
        key: &Arc<SigningKey>,
    ) -> Result<Signed, FetchError> {
        let url = self.checked(inbox)?;
        let host = uri::host(&url);
        let form = self.preferences.first_form(&host, self.clock.now());
        self.sign_as(form, url, host, digest, sync, key).await
    }

    /// Sends it. Answered 400, 401 or 403, the request is made once more in the other form:
    /// never on 404, 410 or 5xx, which would double the load on a broken host.
    pub async fn send_signed(
        &self,
        signed: Signed,
        body: &Bytes,
        digest: &str,
        key: &Arc<SigningKey>,
    ) -> Result<Answer, FetchError> {
        let (url, host, first) = (signed.url.clone(), signed.host.clone(), signed.form);
        let sync = signed.sync.clone();
        let answer = self.send_once(signed, body).await?;
        if !matches!(answer.status, 400 | 401 | 403) {
            return Ok(answer);
        }
        let second = match first {
            SignatureForm::Cavage => SignatureForm::Rfc9421,
            SignatureForm::Rfc9421 => SignatureForm::Cavage,
        };
        let signed = self.sign_as(second, url, host.clone(), digest, sync, key).await?;
        let again = self.send_once(signed, body).await?;
        if again.is_success() {
            self.preferences.remember(&host, second, self.clock.now());
        }
        Ok(again)
    }

    async fn sign_as(
        &self,
        form: SignatureForm,
        url: Url,
        host: String,
        digest: &str,
        sync: Option<String>,
        key: &Arc<SigningKey>,
    ) -> Result<Signed, FetchError> {
        let (digest, key, clock) = (digest.to_owned(), Arc::clone(key), Arc::clone(&self.clock));
        let signing = self.signers.run(move || {
            let now = clock.now();
            let headers = match form {
                SignatureForm::Cavage => cavage::sign_post(&key, &url, &digest, sync.as_deref(), now)?,
                SignatureForm::Rfc9421 => rfc9421::sign_post(&key, &url, &digest, now)?,
            };
            Ok(Signed { url, host, form, headers, sync })
        });
        signing.await.unwrap_or(Err(FetchError::Unsigned))
    }

    async fn send_once(&self, signed: Signed, body: &Bytes) -> Result<Answer, FetchError> {
        let Signed { url, host, form, headers, .. } = signed;
        let response = self
            .http
            .request(Method::POST, url)
            .headers(headers)
            .body(body.clone())
            .send()
            .await
            .map_err(|error| FetchError::of(&error, &host))?;
        let answer = Answer {
            status: response.status().as_u16(),
            retry_after: retry_after(response.headers(), self.clock.as_ref()),
            form,
        };
        drain(response).await;
        Ok(answer)
    }
}

/// Reads a short answer to its end, so that the connection can be used again. A long one isn't
/// worth it, and one that breaks off has been answered all the same.
async fn drain(mut response: Response) {
    let mut left: usize = 16 * 1024;
    while let Ok(Some(chunk)) = response.chunk().await {
        match left.checked_sub(chunk.len()) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}

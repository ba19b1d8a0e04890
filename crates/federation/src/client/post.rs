//! Delivering an activity: signed in one form, and in the other when the first isn't understood.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use belfry_activitypub::signature::{cavage, rfc9421};
use belfry_activitypub::{SigningKey, uri};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;
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

impl GuardedClient {
    /// Posts `body` to an inbox. `digest` is [`belfry_activitypub::digest::header`] of the body,
    /// made once for all inboxes. Answered 400, 401 or 403, the request is made once more in
    /// the other form: never on 404, 410 or 5xx, which would double the load on a broken host.
    pub async fn post_signed(
        &self,
        inbox: &str,
        body: &Bytes,
        digest: &str,
        key: &SigningKey,
    ) -> Result<Answer, FetchError> {
        let url = self.checked(inbox)?;
        let host = uri::host(&url);
        let first = self.preferences.first_form(&host, self.clock.now());
        let answer = self.post_once(&url, &host, body, digest, key, first).await?;
        if !matches!(answer.status, 400 | 401 | 403) {
            return Ok(answer);
        }
        let second = match first {
            SignatureForm::Cavage => SignatureForm::Rfc9421,
            SignatureForm::Rfc9421 => SignatureForm::Cavage,
        };
        let again = self.post_once(&url, &host, body, digest, key, second).await?;
        if again.is_success() {
            self.preferences.remember(&host, second, self.clock.now());
        }
        Ok(again)
    }

    async fn post_once(
        &self,
        url: &Url,
        host: &str,
        body: &Bytes,
        digest: &str,
        key: &SigningKey,
        form: SignatureForm,
    ) -> Result<Answer, FetchError> {
        let now = self.clock.now();
        let headers = match form {
            SignatureForm::Cavage => cavage::sign_post(key, url, digest, now)?,
            SignatureForm::Rfc9421 => rfc9421::sign_post(key, url, digest, now)?,
        };
        let response = self
            .http
            .request(Method::POST, url.clone())
            .headers(headers)
            .body(body.clone())
            .send()
            .await
            .map_err(|error| FetchError::of(&error, host))?;
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

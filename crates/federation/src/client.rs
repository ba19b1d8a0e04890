//! The one way out to other servers.
//!
//! Invariant: no request reaches an address that the guard refuses, whatever name, literal or
//! redirect leads there; none takes longer than the set time or is read beyond the set size.

pub mod address;
mod error;
mod post;
mod resolver;
mod signers;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use belfry_activitypub::signature::cavage;
use belfry_activitypub::{SigningKey, is_activity_type, uri};
use belfry_model::Clock;
use belfry_settings::Settings;
use bytes::{Bytes, BytesMut};
use chrono::TimeDelta;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Method, Response};
use url::{Host, Url};

pub use address::{AddressClass, AddressGuard};
pub use error::FetchError;
use post::Preferences;
pub use post::{Answer, SignatureForm, Signed};
use resolver::{GuardedResolver, is_localhost};
use signers::Signers;

/// Why there is no client: a settings error that the operator must see at start.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("federation.extra_ca_file `{file}` can't be read")]
    CaFile { file: String, source: std::io::Error },
    #[error("federation.extra_ca_file `{file}` is not PEM of certificates")]
    CaFormat { file: String, source: reqwest::Error },
    #[error("the threads that sign can't be started")]
    Threads(#[source] std::io::Error),
    #[error("the HTTP client can't be made")]
    Http(#[source] reqwest::Error),
}

/// Cheap to clone; clones share connections.
#[derive(Debug, Clone)]
pub struct GuardedClient {
    http: reqwest::Client,
    guard: Arc<AddressGuard>,
    clock: Arc<dyn Clock>,
    preferences: Arc<Preferences>,
    signers: Arc<Signers>,
    allow_http: bool,
    max_document_bytes: usize,
    max_redirects: u8,
    timeout: Duration,
}

/// A document and the address that it was found at after redirects.
#[derive(Debug, Clone)]
pub struct Fetched {
    pub url: Url,
    pub body: Bytes,
}

/// What kind of document is asked for, and which Content-Type passes.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    Activity,
    Json,
    Text,
}

impl GuardedClient {
    pub fn new(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, ClientError> {
        let federation = &settings.federation;
        let guard = Arc::new(AddressGuard::new(federation.allowed_private_networks.clone()));
        let names = settings.names();
        let mut builder = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .dns_resolver(GuardedResolver(Arc::clone(&guard)))
            .connect_timeout(Duration::from_secs(federation.connect_timeout_seconds))
            .timeout(Duration::from_secs(federation.timeout_seconds))
            // A connection costs two signatures over TLS, and some 30 kB here while it is kept.
            .pool_max_idle_per_host(2)
            .pool_idle_timeout(Duration::from_secs(federation.idle_seconds))
            .user_agent(format!(
                "Belfry/{} (+{}://{}/)",
                env!("CARGO_PKG_VERSION"),
                names.scheme,
                names.shared_domain
            ));
        if let Some(path) = &federation.extra_ca_file {
            let file = path.display().to_string();
            let pem =
                std::fs::read(path).map_err(|source| ClientError::CaFile { file: file.clone(), source })?;
            let certificates = reqwest::Certificate::from_pem_bundle(&pem)
                .map_err(|source| ClientError::CaFormat { file, source })?;
            builder = builder.tls_certs_merge(certificates);
        }
        Ok(Self {
            http: builder.build().map_err(ClientError::Http)?,
            guard,
            clock,
            preferences: Arc::new(Preferences::default()),
            signers: Arc::new(Signers::start().map_err(ClientError::Threads)?),
            allow_http: names.scheme == "http",
            max_document_bytes: federation.max_document_bytes,
            max_redirects: federation.max_redirects,
            timeout: Duration::from_secs(federation.timeout_seconds),
        })
    }

    /// An ActivityPub document, fetched with the signature of `key` where there is one: many
    /// servers show nothing to strangers.
    pub async fn get_document(&self, url: &str, key: Option<&SigningKey>) -> Result<Fetched, FetchError> {
        self.get(url, Wanted::Activity, key).await
    }

    /// Any JSON document, such as WebFinger's answer. Never signed.
    pub async fn get_json(&self, url: &str) -> Result<Fetched, FetchError> {
        self.get(url, Wanted::Json, None).await
    }

    /// A plain text, such as a domain's proof. Never signed.
    pub async fn get_text(&self, url: &str) -> Result<Fetched, FetchError> {
        self.get(url, Wanted::Text, None).await
    }

    /// `http` for names that never leave the machine in development, else `https`.
    pub fn scheme_for(&self, host: &str) -> &'static str {
        let local = Url::parse(&format!("http://{host}/")).is_ok_and(|url| match url.host() {
            Some(Host::Domain(name)) => is_localhost(name),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        });
        if self.allow_http && local { "http" } else { "https" }
    }

    async fn get(&self, url: &str, wanted: Wanted, key: Option<&SigningKey>) -> Result<Fetched, FetchError> {
        let url = self.checked(url)?;
        let host = uri::host(&url);
        // Around all redirects together, which have their own time each.
        tokio::time::timeout(self.timeout, self.follow(url, wanted, key))
            .await
            .unwrap_or(Err(FetchError::Timeout { host }))
    }

    async fn follow(
        &self,
        mut url: Url,
        wanted: Wanted,
        key: Option<&SigningKey>,
    ) -> Result<Fetched, FetchError> {
        for _ in 0..=self.max_redirects {
            url.set_fragment(None);
            let host = uri::host(&url);
            let response = self
                .http
                .request(Method::GET, url.clone())
                .headers(self.get_headers(&url, wanted, key)?)
                .send()
                .await
                .map_err(|error| FetchError::of(&error, &host))?;
            if matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                url = self.checked(&location(&response, &url)?)?;
                continue;
            }
            if !response.status().is_success() {
                return Err(status_error(&response, host, self.clock.as_ref()));
            }
            expect_type(&response, wanted, &host)?;
            let body = read(response, self.max_document_bytes, &host).await?;
            return Ok(Fetched { url, body });
        }
        Err(FetchError::Redirect { host: uri::host(&url) })
    }

    fn get_headers(
        &self,
        url: &Url,
        wanted: Wanted,
        key: Option<&SigningKey>,
    ) -> Result<HeaderMap, FetchError> {
        if let (Wanted::Activity, Some(key)) = (wanted, key) {
            return Ok(cavage::sign_get(key, url, self.clock.now())?);
        }
        let accept = match wanted {
            Wanted::Activity => belfry_activitypub::ACCEPT,
            Wanted::Json => "application/jrd+json, application/json",
            Wanted::Text => "text/plain",
        };
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        Ok(headers)
    }

    /// Checks what can be known before DNS. Literal addresses never get as far as the resolver.
    fn checked(&self, text: &str) -> Result<Url, FetchError> {
        let url = uri::parse(text).ok_or(FetchError::Address)?;
        let host = uri::host(&url);
        if url.scheme() != "https" && !self.allow_http {
            return Err(FetchError::PlainHttp { host });
        }
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(_)) | None => None,
        };
        match literal.and_then(|address| self.guard.refuses(address)) {
            Some(class) => Err(FetchError::Refused { host, class }),
            None => Ok(url),
        }
    }
}

fn location(response: &Response, from: &Url) -> Result<String, FetchError> {
    response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| from.join(value).ok())
        .map(String::from)
        .ok_or_else(|| FetchError::Redirect { host: uri::host(from) })
}

fn expect_type(response: &Response, wanted: Wanted, host: &str) -> Result<(), FetchError> {
    let content_type =
        response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let fits = match wanted {
        Wanted::Activity => is_activity_type(content_type),
        Wanted::Json => essence == "application/json" || essence.ends_with("+json"),
        // Servers guess at a file without an extension; what is in it decides.
        Wanted::Text => true,
    };
    if fits {
        return Ok(());
    }
    Err(FetchError::ContentType {
        host: host.to_owned(),
        content_type: content_type.chars().filter(|c| !c.is_control()).take(100).collect(),
    })
}

/// Reads no more than `limit` bytes, counted after decompression.
async fn read(mut response: Response, limit: usize, host: &str) -> Result<Bytes, FetchError> {
    let too_large = || FetchError::TooLarge { host: host.to_owned(), limit };
    if response.content_length().is_some_and(|length| usize::try_from(length).map_or(true, |l| l > limit)) {
        return Err(too_large());
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| FetchError::of(&error, host))? {
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn status_error(response: &Response, host: String, clock: &dyn Clock) -> FetchError {
    FetchError::Status {
        host,
        status: response.status().as_u16(),
        retry_after: retry_after(response.headers(), clock),
    }
}

/// Seconds or a date (RFC 9110 §10.2.3). Not clamped: that is the caller's policy.
fn retry_after(headers: &HeaderMap, clock: &dyn Clock) -> Option<TimeDelta> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let delta = match text.parse::<u32>() {
        Ok(seconds) => TimeDelta::seconds(seconds.into()),
        Err(_) => belfry_activitypub::date::parse_http(text)? - clock.now(),
    };
    (delta > TimeDelta::zero()).then_some(delta)
}

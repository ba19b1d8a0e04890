//! What can go wrong on the way to another server, said without secrets: hosts and classes,
//! never whole addresses, keys or bodies.

use belfry_activitypub::Malformed;
use belfry_activitypub::signature::SignError;
use chrono::TimeDelta;

use super::address::AddressClass;
use super::resolver::{NoAddress, RefusedName};

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("not an absolute web address")]
    Address,
    #[error("{host}: only https is allowed")]
    PlainHttp { host: String },
    #[error(
        "{host} leads to a {class} address; list its network in federation.allowed_private_networks to allow it"
    )]
    Refused { host: String, class: AddressClass },
    #[error("{host}: the name does not resolve")]
    Resolve { host: String },
    #[error("{host}: connecting failed: {reason}")]
    Connect { host: String, reason: String },
    #[error("{host} took too long")]
    Timeout { host: String },
    #[error("{host} broke off: {reason}")]
    Broken { host: String, reason: String },
    #[error("{host} answered with more than {limit} bytes")]
    TooLarge { host: String, limit: usize },
    #[error("{host} answered {status}")]
    Status { host: String, status: u16, retry_after: Option<TimeDelta> },
    #[error("{host} redirects too often or to nowhere")]
    Redirect { host: String },
    #[error("{host} answered with `{content_type}`, which is not the kind of document that was asked for")]
    ContentType { host: String, content_type: String },
    #[error("{host} sent a document that can't be used: {reason}")]
    Malformed { host: String, reason: Malformed },
    #[error("{host} sent a document with another id than its address")]
    OtherId { host: String },
    #[error("{host} sent a document that speaks for another host")]
    OtherHost { host: String },
    #[error("{host} sent a key that its owner does not have")]
    NotTheOwner { host: String },
    #[error("{host} knows no such account")]
    UnknownAccount { host: String },
    #[error("{host} and the actor disagree on the actor's handle")]
    Disagreement { host: String },
    #[error("not sent: signing broke off")]
    Unsigned,
    #[error("the request could not be signed")]
    Signing(#[from] SignError),
}

impl FetchError {
    /// May go better another time without anybody's doing.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Resolve { .. }
            | Self::Connect { .. }
            | Self::Timeout { .. }
            | Self::Broken { .. }
            | Self::Unsigned => true,
            Self::Status { status, .. } => matches!(status, 401 | 408 | 425 | 429 | 500..=599),
            Self::Address
            | Self::PlainHttp { .. }
            | Self::Refused { .. }
            | Self::TooLarge { .. }
            | Self::Redirect { .. }
            | Self::ContentType { .. }
            | Self::Malformed { .. }
            | Self::OtherId { .. }
            | Self::OtherHost { .. }
            | Self::NotTheOwner { .. }
            | Self::UnknownAccount { .. }
            | Self::Disagreement { .. }
            | Self::Signing(_) => false,
        }
    }

    /// The document is gone for good, or was never there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Status { status: 404 | 410, .. } | Self::UnknownAccount { .. })
    }

    /// The document was there and is deleted.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Status { status: 410, .. })
    }

    /// What the HTTP library says, sorted by its cause.
    pub(super) fn of(error: &reqwest::Error, host: &str) -> Self {
        let host = host.to_owned();
        let mut reason = None;
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            if let Some(RefusedName(class)) = cause.downcast_ref::<RefusedName>() {
                return Self::Refused { host, class: *class };
            }
            if cause.is::<NoAddress>() {
                return Self::Resolve { host };
            }
            reason = Some(cause.to_string());
            source = cause.source();
        }
        // The innermost cause names no address; the outer ones repeat the whole of it.
        let reason = reason.unwrap_or_else(|| "no reason given".to_owned());
        if error.is_timeout() {
            Self::Timeout { host }
        } else if error.is_connect() {
            Self::Connect { host, reason }
        } else {
            Self::Broken { host, reason }
        }
    }
}

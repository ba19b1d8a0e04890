//! Something is not there, not allowed or broken: said plainly, with what to do next.

use serde::Serialize;

use crate::render::View;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// 404: never was here, or not for you; a page does not tell which.
    NotFound,
    /// 410: a post that was deleted.
    Gone,
    /// 403: signed in, but in a role without this page.
    Forbidden,
    /// 403: a form without the right token or from elsewhere.
    FormExpired,
    /// 400: what was sent can't be read.
    BadRequest,
    /// 429: too many attempts.
    TooMany,
    /// 410: this namespace was deleted.
    NamespaceGone,
    /// 503: this namespace is closed for now.
    Suspended,
    /// 500 or 503: our fault.
    Broken,
    /// 400: an app's sign-in request that must not be answered by a redirect.
    AppUnknown,
    AppRedirect,
    AppRequest,
}

impl ErrorKind {
    pub const ALL: &[Self] = &[
        Self::NotFound,
        Self::Gone,
        Self::Forbidden,
        Self::FormExpired,
        Self::BadRequest,
        Self::TooMany,
        Self::NamespaceGone,
        Self::Suspended,
        Self::Broken,
        Self::AppUnknown,
        Self::AppRedirect,
        Self::AppRequest,
    ];

    pub fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Gone | Self::NamespaceGone => 410,
            Self::Forbidden | Self::FormExpired => 403,
            Self::BadRequest | Self::AppUnknown | Self::AppRedirect | Self::AppRequest => 400,
            Self::TooMany => 429,
            Self::Suspended => 503,
            Self::Broken => 500,
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct ErrorView {
    pub kind: ErrorKind,
    pub status: u16,
    /// What a person can quote when asking for help.
    pub request_id: Option<String>,
}

impl ErrorView {
    pub fn new(kind: ErrorKind) -> Self {
        Self { kind, status: kind.status(), request_id: None }
    }
}

impl View for ErrorView {
    const TEMPLATE: &'static str = "error.html";
}

#[cfg(test)]
impl ErrorView {
    pub(crate) fn samples() -> Vec<Self> {
        let mut samples: Vec<_> = ErrorKind::ALL.iter().map(|kind| Self::new(*kind)).collect();
        samples.push(Self { request_id: Some("0c1f".to_owned()), ..Self::new(ErrorKind::Broken) });
        samples
    }
}

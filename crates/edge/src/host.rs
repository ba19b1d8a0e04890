//! Whose request this is: from the Host header and from nothing else.
//!
//! Invariant: forwarded-host headers are never read. A proxy that rewrites the Host could send
//! one agency's people to another's pages.

use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::{Payload, RequestHead};
use actix_web::http::StatusCode;
use actix_web::http::header::HOST;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use belfry_model::{Origin, Tenant, TenantScope};

use crate::Platform;

/// The tenant whose host was asked. Extracting it from any other host is a bare 404.
#[derive(Debug, Clone)]
pub struct TenantHost(pub Arc<Tenant>);

impl TenantHost {
    pub fn scope(&self) -> TenantScope {
        self.0.scope()
    }
}

impl Deref for TenantHost {
    type Target = Tenant;
    fn deref(&self) -> &Tenant {
        &self.0
    }
}

/// The platform's own host: register, console, shared inbox. Any other host is a bare 404.
#[derive(Debug, Clone, Copy)]
pub struct SharedDomain;

/// What the requested host is to this platform.
#[derive(Debug, Clone)]
pub enum Hosted {
    Tenant(Arc<Tenant>),
    SharedDomain,
    Media,
}

/// Nobody here: said without a word about what there is.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("unknown host")]
pub struct UnknownHost;

impl ResponseError for UnknownHost {
    fn status_code(&self) -> StatusCode {
        StatusCode::NOT_FOUND
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::NotFound().finish()
    }
}

/// The host that was asked for, in lower case and with its port: HTTP/2 has it in the request's
/// address, HTTP/1.1 in the header.
pub fn requested(head: &RequestHead) -> Option<String> {
    let text = match head.uri.authority() {
        Some(authority) => authority.as_str(),
        None => head.headers().get(HOST)?.to_str().ok()?,
    };
    Some(text.to_ascii_lowercase())
}

fn by_name(platform: &Platform, host: &str) -> Option<Hosted> {
    let names = platform.names();
    if host == names.shared_domain.as_str() {
        return Some(Hosted::SharedDomain);
    }
    if host == names.media_host().as_str() {
        return Some(Hosted::Media);
    }
    platform.directory().by_host(host).map(Hosted::Tenant)
}

impl Hosted {
    /// `None` for a host that is nobody's.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        of_request(request)
    }
}

fn of_request(request: &HttpRequest) -> Option<Hosted> {
    // One look-up a request, whoever asks again.
    if let Some(known) = request.extensions().get::<Hosted>() {
        return Some(known.clone());
    }
    let platform = request.app_data::<web::Data<Platform>>()?;
    let found = by_name(platform, &requested(request.head())?)?;
    request.extensions_mut().insert(found.clone());
    Some(found)
}

impl FromRequest for TenantHost {
    type Error = UnknownHost;
    type Future = Ready<Result<Self, UnknownHost>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match of_request(request) {
            Some(Hosted::Tenant(tenant)) => Ok(Self(tenant)),
            Some(Hosted::SharedDomain | Hosted::Media) | None => Err(UnknownHost),
        })
    }
}

impl FromRequest for SharedDomain {
    type Error = UnknownHost;
    type Future = Ready<Result<Self, UnknownHost>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match of_request(request) {
            Some(Hosted::SharedDomain) => Ok(Self),
            Some(Hosted::Tenant(_) | Hosted::Media) | None => Err(UnknownHost),
        })
    }
}

impl Platform {
    /// What this tenant's addresses begin with.
    pub fn origin(&self, tenant: &Tenant) -> Origin {
        self.names().origin(tenant)
    }
}

/// Guards, for routes of which two kinds of host have one at the same path.
pub mod guard {
    use actix_web::guard::{Guard, GuardContext, fn_guard};
    use actix_web::web;

    use super::Hosted;
    use crate::Platform;

    /// Matches requests to tenants' hosts.
    pub fn tenant() -> impl Guard {
        fn_guard(|context| matches!(of_guard(context), Some(Hosted::Tenant(_))))
    }

    /// Matches requests to the shared domain.
    pub fn shared_domain() -> impl Guard {
        fn_guard(|context| matches!(of_guard(context), Some(Hosted::SharedDomain)))
    }

    /// Matches requests to the host that serves uploads.
    pub fn media() -> impl Guard {
        fn_guard(|context| matches!(of_guard(context), Some(Hosted::Media)))
    }

    fn of_guard(context: &GuardContext<'_>) -> Option<Hosted> {
        // Of a suspended host some pages stay open: [`crate::closed`] has said so before.
        if let Some(known) = context.req_data().get::<Hosted>() {
            return Some(known.clone());
        }
        let platform = context.app_data::<web::Data<Platform>>()?;
        super::by_name(platform, &super::requested(context.head())?)
    }
}

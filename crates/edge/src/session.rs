//! Who is signed in, from the session cookie of this very host.
//!
//! Invariant: the session is looked up in the rows of the tenant whose host was asked (on the
//! shared domain: the lead agency, and its people with the role `lead` only). Another tenant's
//! session is no session.

use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::dev::Payload;
use actix_web::error::ErrorInternalServerError;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use belfry_model::{Role, Secret, TenantScope};
use belfry_tenancy::session::Open;
use belfry_tenancy::staff::Staff;

use crate::Platform;
use crate::cookie::Purpose;
use crate::host::Hosted;

/// A person with a session, in the tenant that they work for.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub scope: TenantScope,
    pub staff: Staff,
    pub session: Open,
    /// Kept for signing out.
    pub token: Secret,
}

/// The person of this request, if there is one.
#[derive(Debug, Clone)]
pub struct Session(pub Option<SignedIn>);

/// Somebody with a session who must set up a second factor before it opens anything else.
#[derive(Debug, Clone)]
pub(crate) struct Enrolling(pub Option<SignedIn>);

/// The cookie for a session that was just started.
pub fn cookie(platform: &Platform, token: &Secret) -> Cookie<'static> {
    let hours = i64::from(platform.tenancy.settings.session_hours);
    Purpose::Session.set(token.expose().to_owned(), platform.is_secure(), Some(Duration::hours(hours)))
}

/// The cookie that takes the session's away.
pub fn ended(platform: &Platform) -> Cookie<'static> {
    Purpose::Session.clear(platform.is_secure())
}

/// The cookie's text, whatever it is worth.
pub(crate) fn raw(request: &HttpRequest, platform: &Platform) -> Option<String> {
    Purpose::Session.read(request, platform.is_secure())
}

async fn find(request: &HttpRequest, platform: &Platform) -> belfry_tenancy::Result<Option<SignedIn>> {
    let Some(token) = raw(request, platform) else { return Ok(None) };
    let (tenant, only) = match Hosted::of(request) {
        Some(Hosted::Tenant(tenant)) => (tenant, None),
        Some(Hosted::SharedDomain) => match platform.directory().lead() {
            Some(lead) => (lead, Some(Role::Lead)),
            None => return Ok(None),
        },
        Some(Hosted::Media) | None => return Ok(None),
    };
    let scope = tenant.scope();
    let session = belfry_tenancy::session::open(&platform.tenancy, scope, &token).await?;
    let session = session.filter(|open| only.is_none_or(|role| open.staff.role == role));
    Ok(session.map(|session| SignedIn {
        scope,
        staff: session.staff.clone(),
        session,
        token: Secret::new(token),
    }))
}

impl Session {
    pub(crate) async fn extract(request: &HttpRequest) -> Result<Self, actix_web::Error> {
        // One look-up a request, whoever asks again.
        if let Some(known) = request.extensions().get::<Self>() {
            return Ok(known.clone());
        }
        let platform = platform(request)?;
        let found = find(request, &platform).await.map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "a session can't be read");
            ErrorInternalServerError("")
        })?;
        let (enrolling, found) = match found {
            Some(signed_in) if signed_in.session.must_enrol => (Some(signed_in), None),
            found => (None, found),
        };
        let session = Self(found);
        request.extensions_mut().insert(Enrolling(enrolling));
        request.extensions_mut().insert(session.clone());
        Ok(session)
    }
}

pub(crate) fn platform(request: &HttpRequest) -> Result<web::Data<Platform>, actix_web::Error> {
    request.app_data::<web::Data<Platform>>().cloned().ok_or_else(|| {
        tracing::error!("the application has no Platform: a mistake in how it is put together");
        ErrorInternalServerError("")
    })
}

impl FromRequest for Session {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::extract(&request).await })
    }
}

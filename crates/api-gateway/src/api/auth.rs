//! Who calls: by bearer token, of the tenant whose host was asked, and by nothing else.
//!
//! Invariant: a token of another tenant is no token (401): it is looked up in the rows of
//! this host's tenant only.

use std::marker::PhantomData;
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use belfry_edge::{TenantHost, client_address};
use belfry_model::{ActorId, Origin, Tenant};
use belfry_social::{Poster, Viewer};
use belfry_tenancy::By;
use belfry_tenancy::oauth::token::{Bearer, token_find};
use futures::future::LocalBoxFuture;

use super::error::ApiError;
use super::scope::Scope;
use crate::Gateway;

/// Somebody who acts as an account, with a token that covers `S`.
#[derive(Debug)]
pub struct Authorised<S> {
    pub tenant: Arc<Tenant>,
    pub bearer: Bearer,
    pub actor: ActorId,
    address: IpAddr,
    scope: PhantomData<S>,
}

impl<S> Authorised<S> {
    pub fn poster(&self) -> Poster {
        let who = match self.bearer.staff {
            Some(staff) => By::staff_by_id(self.tenant.id, staff),
            None => By::program(self.tenant.id),
        };
        let client = format!("{} (token {})", self.bearer.app.name, self.bearer.token_id);
        let by = who.through(client).from(self.address);
        Poster { scope: self.tenant.scope(), actor: self.actor, by }
    }

    pub fn viewer(&self) -> Viewer {
        Viewer { scope: self.tenant.scope(), actor: Some(self.actor) }
    }
}

/// Anybody; signed in, their token covers `S`.
#[derive(Debug)]
pub struct Visitor<S> {
    pub tenant: Arc<Tenant>,
    pub actor: Option<ActorId>,
    scope: PhantomData<S>,
}

impl<S> Visitor<S> {
    pub fn viewer(&self) -> Viewer {
        Viewer { scope: self.tenant.scope(), actor: self.actor }
    }
}

/// An app, whoever uses it or nobody.
#[derive(Debug)]
pub struct AppToken {
    pub tenant: Arc<Tenant>,
    pub bearer: Bearer,
}

/// Where the asked tenant's addresses begin.
pub fn origin(gateway: &Gateway, tenant: &Tenant) -> Origin {
    gateway.platform.origin(tenant)
}

/// The token as sent: `None` without one.
pub fn token(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    // RFC 9110 §11.1: the scheme knows no case.
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn established(request: &HttpRequest) -> Result<(Arc<Tenant>, Option<Bearer>), ApiError> {
    let TenantHost(tenant) = TenantHost::extract(request).await.map_err(|_| ApiError::NotFound)?;
    let Some(token) = token(request) else {
        return Ok((tenant, None));
    };
    let gateway = request.app_data::<web::Data<Gateway>>().ok_or(ApiError::Internal)?;
    let found = token_find(&gateway.platform.tenancy, tenant.scope(), token).await;
    match found.map_err(|error| ApiError::internal(&error))? {
        Some(bearer) => Ok((tenant, Some(bearer))),
        None => Err(ApiError::InvalidToken),
    }
}

impl<S: Scope> FromRequest for Authorised<S> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (tenant, bearer) = established(&request).await?;
            let bearer = bearer.ok_or(ApiError::InvalidToken)?;
            if !bearer.scopes.covers(S::NAME) {
                return Err(ApiError::OutsideScope);
            }
            let actor = bearer.actor.ok_or(ApiError::UserRequired)?;
            Ok(Self { tenant, bearer, actor, address: client_address(&request), scope: PhantomData })
        })
    }
}

impl<S: Scope> FromRequest for Visitor<S> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (tenant, bearer) = established(&request).await?;
            let actor = match bearer {
                None => None,
                Some(bearer) if bearer.scopes.covers(S::NAME) => bearer.actor,
                Some(_) => return Err(ApiError::OutsideScope),
            };
            Ok(Self { tenant, actor, scope: PhantomData })
        })
    }
}

impl FromRequest for AppToken {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (tenant, bearer) = established(&request).await?;
            Ok(Self { tenant, bearer: bearer.ok_or(ApiError::InvalidToken)? })
        })
    }
}

//! Who calls: by a bearer token of the lead agency with the scope `govern:read` or `govern:write`,
//! and by nothing else.
//!
//! Invariant: the token of a person counts while that person has the role `lead`; a token that a
//! command made counts by its scope; an app's own token never does.

use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use belfry_edge::{Platform, client_address};
use belfry_model::Role;
use belfry_storage::AdminDb;
use belfry_tenancy::oauth::token::token_find;
use belfry_tenancy::{By, Tenancy, staff};
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use super::ApiError;
use crate::lead::{Governance, governance};
use crate::visitor;

/// What a method needs its token to cover.
pub trait Scope: 'static {
    const NAME: &'static str;
}

#[derive(Debug)]
pub struct Read;
#[derive(Debug)]
pub struct Write;

impl Scope for Read {
    const NAME: &'static str = "govern:read";
}
impl Scope for Write {
    const NAME: &'static str = "govern:write";
}

/// Somebody who governs, with a token that covers `S`.
#[derive(Debug)]
pub struct Governs<S> {
    pub platform: web::Data<Platform>,
    pub governance: web::Data<Governance>,
    by: By,
    scope: PhantomData<S>,
}

/// What every method works with, whatever its scope.
pub trait Governor {
    fn tenancy(&self) -> &Tenancy;
}

impl<S> Governor for Governs<S> {
    fn tenancy(&self) -> &Tenancy {
        &self.platform.tenancy
    }
}

impl<S> Governs<S> {
    pub fn tenancy(&self) -> &Tenancy {
        &self.platform.tenancy
    }

    pub fn admin(&self) -> &AdminDb {
        &self.governance.admin
    }

    /// Who acts, for the reason that the call gives.
    pub fn because(&self, reason: Option<&str>) -> By {
        self.by.clone().because(reason.unwrap_or_default())
    }
}

/// The token as it was sent.
pub(crate) fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    // RFC 9110 §11.1: the scheme knows no case.
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn find<S: Scope>(request: &HttpRequest) -> Result<Governs<S>, ApiError> {
    let platform = request.app_data::<web::Data<Platform>>().cloned().ok_or(ApiError::Internal)?;
    let governance = governance(request).map_err(|_| ApiError::Internal)?;
    let tenancy = &platform.tenancy;
    let lead = tenancy.directory.lead().filter(|lead| lead.is_live()).ok_or(ApiError::InvalidToken)?;
    let token = bearer(request).ok_or(ApiError::InvalidToken)?;
    let internal = |error: belfry_tenancy::Error| ApiError::internal(&error);
    let bearer =
        token_find(tenancy, lead.scope(), token).await.map_err(internal)?.ok_or(ApiError::InvalidToken)?;
    if !bearer.scopes.covers(S::NAME) {
        return Err(ApiError::OutsideScope);
    }
    let by = match (bearer.staff, bearer.actor) {
        (Some(id), _) => {
            let person = staff::find(tenancy, lead.scope(), id).await.map_err(internal)?;
            let person = person.filter(|person| person.role == Role::Lead && !person.disabled);
            By::staff(lead.id, &person.ok_or(ApiError::OutsideScope)?)
        }
        (None, Some(_)) => By::program(lead.id),
        (None, None) => return Err(ApiError::OutsideScope),
    };
    let client = format!("{} (token {})", bearer.app.name, bearer.token_id);
    let by = by.through(client).from(client_address(request));
    Ok(Governs { platform, governance, by, scope: PhantomData })
}

impl<S: Scope> FromRequest for Governs<S> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { find(&request).await })
    }
}

/// The same with a JSON body, which isn't looked at before the token is: who may not call is not
/// told what a call looks like.
#[derive(Debug)]
pub struct Call<S, T> {
    pub governs: Governs<S>,
    pub body: T,
}

impl<S: Scope, T: DeserializeOwned + 'static> FromRequest for Call<S, T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let called = visitor::json(request, payload);
        Box::pin(async move { called.await.map(|(governs, body)| Self { governs, body }) })
    }
}

//! Who calls: by a bearer token of the agency whose host was asked, with a scope for managing, and
//! by nothing else.
//!
//! Invariant: the token of a person may do what the person may, as of now; one that a command made
//! may do what its scope says; an app's own token never counts.

use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use belfry_edge::{Platform, TenantHost, client_address};
use belfry_model::{Permissions, Tenant, TenantScope};
use belfry_tenancy::oauth::token::token_find;
use belfry_tenancy::staff::manage::Manager;
use belfry_tenancy::{By, Tenancy, staff};
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use crate::api::{ApiError, bearer};
use crate::member::Needs;
use crate::visitor;

/// Somebody who manages this agency, and may do what `N` says.
#[derive(Debug)]
pub struct Agent<N> {
    pub platform: web::Data<Platform>,
    pub tenant: Arc<Tenant>,
    pub permissions: Permissions,
    by: By,
    needs: PhantomData<N>,
}

impl<N> Agent<N> {
    pub fn tenancy(&self) -> &Tenancy {
        &self.platform.tenancy
    }

    pub fn scope(&self) -> TenantScope {
        self.tenant.scope()
    }

    /// For looking after people, as far as this token may do things itself.
    pub fn manager<'a>(&self, by: &'a By) -> Manager<'a> {
        Manager { by, may: self.permissions }
    }

    /// Who acts, for the reason that the call gives.
    pub fn because(&self, reason: Option<&str>) -> By {
        self.by.clone().because(reason.unwrap_or_default())
    }
}

async fn find<N: Needs>(request: &HttpRequest) -> Result<Agent<N>, ApiError> {
    let platform = request.app_data::<web::Data<Platform>>().cloned().ok_or(ApiError::Internal)?;
    let TenantHost(tenant) = TenantHost::extract(request).await.map_err(|_| ApiError::NotFound)?;
    let tenancy = &platform.tenancy;
    let token = bearer(request).ok_or(ApiError::InvalidToken)?;
    let bearer = token_find(tenancy, tenant.scope(), token).await?.ok_or(ApiError::InvalidToken)?;
    let scope = if request.method().is_safe() { "manage:read" } else { "manage:write" };
    if !bearer.scopes.covers(scope) {
        return Err(ApiError::OutsideManagement);
    }
    let (by, permissions) = match (bearer.staff, bearer.actor) {
        (Some(id), _) => {
            let person = staff::find(tenancy, tenant.scope(), id).await?.filter(|person| !person.disabled);
            let person = person.ok_or(ApiError::InvalidToken)?;
            (By::staff(tenant.id, &person), person.permissions())
        }
        (None, Some(_)) => (By::program(tenant.id), Permissions::all()),
        (None, None) => return Err(ApiError::OutsideManagement),
    };
    if let Some(needed) = N::PERMISSION
        && !permissions.has(needed)
    {
        return Err(ApiError::NotPermitted(needed));
    }
    let client = format!("{} (token {})", bearer.app.name, bearer.token_id);
    let by = by.through(client).from(client_address(request));
    Ok(Agent { platform, tenant, permissions, by, needs: PhantomData })
}

impl<N: Needs> FromRequest for Agent<N> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { find(&request).await })
    }
}

/// The same with a JSON body, which isn't looked at before the token is.
#[derive(Debug)]
pub struct AgentCall<N, T> {
    pub agent: Agent<N>,
    pub body: T,
}

impl<N: Needs, T: DeserializeOwned + 'static> FromRequest for AgentCall<N, T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let called = visitor::json(request, payload);
        Box::pin(async move { called.await.map(|(agent, body)| Self { agent, body }) })
    }
}

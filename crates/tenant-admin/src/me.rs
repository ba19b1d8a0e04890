//! `/admin/me` on an agency's host, `/console/me` on the shared domain: how somebody signs in.
//!
//! Invariant: whoever is here changes what is theirs and nobody else's. What makes signing in easier
//! or harder is changed only shortly after they proved who they are.

pub(crate) mod app;
pub(crate) mod codes;
pub(crate) mod confirm;
pub(crate) mod password;
pub(crate) mod sessions;
pub(crate) mod show;
pub(crate) mod tokens;

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use belfry_edge::{Page, client_address};
use belfry_model::{StaffId, Tenant, TenantScope};
use belfry_tenancy::session::Open;
use belfry_tenancy::staff::Staff;
use belfry_tenancy::{By, Tenancy};
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use crate::visitor::{self, Visitor};

/// Somebody who is signed in, at their own page.
#[derive(Debug)]
pub(crate) struct Me {
    pub page: Page,
    pub tenant: Arc<Tenant>,
    pub session: Open,
    pub by: By,
    pub address: IpAddr,
}

impl Me {
    pub fn tenancy(&self) -> &Tenancy {
        &self.page.platform.tenancy
    }

    pub fn scope(&self) -> TenantScope {
        self.tenant.scope()
    }

    pub fn staff(&self) -> &Staff {
        &self.session.staff
    }

    pub fn id(&self) -> StaffId {
        self.session.staff.id
    }

    /// Back to the page itself.
    pub fn back(&self) -> HttpResponse {
        self.redirect(self.own_path())
    }

    /// The way to the page where who is here proves that it is them, if that was too long ago.
    pub fn unproved(&self) -> Option<HttpResponse> {
        let proved = self.session.is_proved(self.tenancy());
        (!proved).then(|| self.redirect(&format!("{}/confirm", self.own_path())))
    }
}

impl Visitor for Me {
    fn of(request: &HttpRequest, page: Page) -> Result<Self, actix_web::Error> {
        let known = page.signed_in.clone().or(page.enrolling.clone()).and_then(|signed_in| {
            let tenant = page.platform.directory().by_id(signed_in.scope.tenant())?;
            Some((tenant, signed_in.session))
        });
        let Some((tenant, session)) = known else {
            let to_sign_in = page.redirect_to_sign_in();
            return Err(InternalError::from_response("not signed in", to_sign_in).into());
        };
        let address = client_address(request);
        let by = By::staff(tenant.id, &session.staff).from(address);
        Ok(Self { page, tenant, session, by, address })
    }
}

/// So that a handler answers with `me.respond(…)`.
impl Deref for Me {
    type Target = Page;
    fn deref(&self) -> &Page {
        &self.page
    }
}

impl FromRequest for Me {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        visitor::page(request)
    }
}

/// A form of such a page, with its origin and token checked.
#[derive(Debug)]
pub(crate) struct MyForm<T> {
    pub form: T,
    pub me: Me,
}

impl<T: DeserializeOwned + 'static> FromRequest for MyForm<T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let sent = visitor::form(request, payload);
        Box::pin(async move { sent.await.map(|(form, me)| Self { form, me }) })
    }
}

//! Who works for the agency whose host was asked: somebody who signed in there and may do what the
//! page is for.
//!
//! Invariant: no page of a department can be written without one of these extractors. What a page
//! needs stands in its handler's type, and in the table of routes for the tests that walk it.

use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::{FromRequest, HttpRequest};
use belfry_edge::host::{Hosted, UnknownHost};
use belfry_edge::view::ErrorKind;
use belfry_edge::{Page, client_address};
use belfry_model::{Permission, Tenant, TenantScope};
use belfry_tenancy::staff::Staff;
use belfry_tenancy::staff::manage::Manager;
use belfry_tenancy::{By, Tenancy};
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use crate::visitor::{self, Visitor};

/// What a page or a method needs whoever asks for it to have.
pub trait Needs: 'static {
    const PERMISSION: Option<Permission>;
}

macro_rules! needs {
    ($($(#[$doc:meta])* $name:ident = $permission:expr),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Needs for $name {
            const PERMISSION: Option<Permission> = $permission;
        }
    )*};
}

needs! {
    /// Everybody who signed in.
    Anybody = None,
    ManagesStaff = Some(Permission::ManageStaff),
    ManagesAccounts = Some(Permission::ManageAccounts),
    ManagesSettings = Some(Permission::ManageSettings),
    ManagesPolicies = Some(Permission::ManagePolicies),
    Moderates = Some(Permission::Moderate),
    ReadsAudit = Some(Permission::ReadAudit),
    ExportsRecords = Some(Permission::ExportRecords),
}

/// A page of a department that somebody may see. Who isn't signed in is shown the way to the door,
/// and who may not is told so.
#[derive(Debug)]
pub struct Member<N> {
    pub page: Page,
    pub tenant: Arc<Tenant>,
    pub staff: Staff,
    /// Who acts, and from where.
    pub by: By,
    needs: PhantomData<N>,
}

impl<N: Needs> Member<N> {
    pub fn tenancy(&self) -> &Tenancy {
        &self.page.platform.tenancy
    }

    pub fn scope(&self) -> TenantScope {
        self.tenant.scope()
    }

    /// For looking after people, as far as they may do things themselves.
    pub fn manager(&self) -> Manager<'_> {
        Manager { by: &self.by, may: self.staff.permissions() }
    }
}

impl<N: Needs> Visitor for Member<N> {
    fn of(request: &HttpRequest, page: Page) -> Result<Self, actix_web::Error> {
        let Some(Hosted::Tenant(tenant)) = Hosted::of(request) else { return Err(UnknownHost.into()) };
        let Some(signed_in) = &page.signed_in else {
            let to_sign_in = page.redirect_to_sign_in();
            return Err(InternalError::from_response("not signed in", to_sign_in).into());
        };
        let staff = signed_in.staff.clone();
        if N::PERMISSION.is_some_and(|needed| !staff.may(needed)) {
            let refused = page.error(ErrorKind::Forbidden);
            return Err(InternalError::from_response("not permitted", refused).into());
        }
        let by = By::staff(tenant.id, &staff).from(client_address(request));
        Ok(Self { page, tenant, staff, by, needs: PhantomData })
    }
}

/// So that a handler answers with `member.respond(…)`.
impl<N> Deref for Member<N> {
    type Target = Page;
    fn deref(&self) -> &Page {
        &self.page
    }
}

/// A form of a department's, with its origin and token checked.
#[derive(Debug)]
pub struct MemberForm<N, T> {
    pub form: T,
    pub member: Member<N>,
}

impl<N: Needs> FromRequest for Member<N> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        visitor::page(request)
    }
}

impl<N: Needs, T: DeserializeOwned + 'static> FromRequest for MemberForm<N, T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let sent = visitor::form(request, payload);
        Box::pin(async move { sent.await.map(|(form, member)| Self { form, member }) })
    }
}

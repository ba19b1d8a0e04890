//! Who governs: a person of the lead agency with the role `lead`, who signed in on the shared
//! domain.
//!
//! Invariant: no page of the console can be written without one of these extractors, and what
//! they hand out reaches the registry as `belfry_admin`, a role without a grant on content.

use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::error::{ErrorInternalServerError, InternalError};
use actix_web::{FromRequest, HttpRequest, web};
use belfry_edge::{CheckedUpload, Page, client_address};
use belfry_storage::AdminDb;
use belfry_tenancy::{By, Tenancy};
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use crate::visitor::{self, Visitor};

/// What the lead agency works with. Application data of this edge.
#[derive(Debug, Clone)]
pub struct Governance {
    pub admin: AdminDb,
}

/// A page of the console that somebody may see. Without a session of the lead agency's the
/// answer is the way to the sign-in page.
#[derive(Debug)]
pub struct Lead {
    pub page: Page,
    pub governance: web::Data<Governance>,
    /// Who acts, and from where.
    pub by: By,
}

impl Lead {
    pub fn tenancy(&self) -> &Tenancy {
        &self.page.platform.tenancy
    }

    pub fn admin(&self) -> &AdminDb {
        &self.governance.admin
    }
}

impl Visitor for Lead {
    fn of(request: &HttpRequest, page: Page) -> Result<Self, actix_web::Error> {
        let Some(signed_in) = &page.signed_in else {
            let to_sign_in = page.redirect_to_sign_in();
            return Err(InternalError::from_response("not signed in", to_sign_in).into());
        };
        let by = By::staff(signed_in.scope.tenant(), &signed_in.staff).from(client_address(request));
        Ok(Self { governance: governance(request)?, by, page })
    }
}

/// So that a handler answers with `lead.respond(…)`.
impl Deref for Lead {
    type Target = Page;
    fn deref(&self) -> &Page {
        &self.page
    }
}

/// A form of the console's, with its origin and token checked.
#[derive(Debug)]
pub struct LeadForm<T> {
    pub form: T,
    pub lead: Lead,
}

pub(crate) fn governance(request: &HttpRequest) -> Result<web::Data<Governance>, actix_web::Error> {
    request.app_data::<web::Data<Governance>>().cloned().ok_or_else(|| {
        tracing::error!("the application has no Governance: a mistake in how it is put together");
        ErrorInternalServerError("")
    })
}

impl FromRequest for Lead {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        visitor::page(request)
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for LeadForm<T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let sent = visitor::form(request, payload);
        Box::pin(async move { sent.await.map(|(form, lead)| Self { form, lead }) })
    }
}

/// A form of the console's with a file.
#[derive(Debug)]
pub struct LeadUpload {
    pub upload: CheckedUpload,
    pub lead: Lead,
}

impl FromRequest for LeadUpload {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let lead = visitor::page(&request).await?;
            let upload = CheckedUpload::from_request(&request, &mut payload).await?;
            Ok(Self { upload, lead })
        })
    }
}

//! A request to read that an actor elsewhere has signed: for what is shown to its host alone.
//!
//! Invariant: fails closed, by the same checks as an inbox but for those of a body.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use belfry_edge::host::Hosted;
use futures::future::LocalBoxFuture;

use super::signed_by::SignedBy;
use super::{Refused, check_header, fits};
use crate::Gateway;

/// Who asks.
#[derive(Debug)]
pub struct SignedReader(String);

impl SignedReader {
    /// The id of the actor whose key signed the request.
    pub fn actor(&self) -> &str {
        &self.0
    }
}

impl FromRequest for SignedReader {
    type Error = Refused;
    type Future = LocalBoxFuture<'static, Result<Self, Refused>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { verify(&request).await })
    }
}

async fn verify(request: &HttpRequest) -> Result<SignedReader, Refused> {
    let gateway = request.app_data::<web::Data<Gateway>>().ok_or(Refused::UnknownHost)?;
    let Some(Hosted::Tenant(tenant)) = Hosted::of(request) else { return Err(Refused::UnknownHost) };
    let checked = check_header(gateway, request)?;
    let mut signed_by = SignedBy::reader(gateway.federation.clone(), tenant.scope());
    if !fits(request, &checked.normalised, &mut signed_by).await? {
        return Err(Refused::Forged);
    }
    signed_by.actor().map(SignedReader).ok_or(Refused::Forged)
}

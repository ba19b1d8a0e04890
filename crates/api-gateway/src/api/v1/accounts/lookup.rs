//! `GET /api/v1/accounts/lookup`: a handle that this tenant knows. Nothing is fetched.

use actix_web::{HttpResponse, web};
use belfry_social::text::Handle;
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Visitor;
use crate::api::scope::ReadAccounts;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    acct: String,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadAccounts>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let handle: Handle = params.values.acct.parse().map_err(|_| ApiError::NotFound)?;
    let account = gateway.social.account_lookup(visitor.viewer(), &handle).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&visitor.tenant).account(&account)))
}

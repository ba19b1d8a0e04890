//! `GET /api/v1/accounts?id[]=…`: several accounts at once.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Visitor;
use crate::api::id::ids;
use crate::api::scope::ReadAccounts;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    id: Vec<String>,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadAccounts>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let accounts = gateway.social.account_list(visitor.viewer(), &ids(&params.values.id)).await?;
    let present = gateway.present(&visitor.tenant);
    Ok(HttpResponse::Ok().json(present.accounts(accounts.iter().map(|account| &**account))))
}

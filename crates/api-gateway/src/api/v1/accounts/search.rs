//! `GET /api/v1/accounts/search`: accounts to name, as somebody types.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::resolve::found_account;
use crate::api::scope::ReadAccounts;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    q: String,
    limit: Option<u64>,
    offset: Option<u64>,
    resolve: bool,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<ReadAccounts>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let params = params.values;
    let limit = params.limit.unwrap_or(40).clamp(1, 80);
    if params.resolve {
        // What is found joins what this tenant knows; the search below then meets it.
        found_account(&gateway, me.viewer(), &params.q).await?;
    }
    let words = params.q.trim().trim_start_matches('@');
    let accounts =
        gateway.social.search_accounts(me.viewer(), words, params.offset.unwrap_or(0), limit).await?;
    let present = gateway.present(&me.tenant);
    Ok(HttpResponse::Ok().json(present.accounts(accounts.iter().map(|account| &**account))))
}

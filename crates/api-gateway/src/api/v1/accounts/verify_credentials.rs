//! `GET /api/v1/accounts/verify_credentials`: who the token acts as.

use actix_web::{HttpResponse, web};

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::entity::CredentialAccount;
use crate::api::scope::Profile;

pub async fn handle(gateway: web::Data<Gateway>, me: Authorised<Profile>) -> Result<HttpResponse, ApiError> {
    let account = gateway.social.account_fetch(me.viewer(), me.actor).await?;
    Ok(HttpResponse::Ok().json(CredentialAccount::new(&account, gateway.platform.names())))
}

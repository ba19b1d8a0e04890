//! `GET /api/v1/apps/verify_credentials`: whose token is this.

use actix_web::HttpResponse;

use crate::api::auth::AppToken;
use crate::api::entity::CredentialApplication;

pub async fn handle(token: AppToken) -> HttpResponse {
    HttpResponse::Ok().json(CredentialApplication::new(token.bearer.app))
}

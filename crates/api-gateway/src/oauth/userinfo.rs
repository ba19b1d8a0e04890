//! `GET /oauth/userinfo`: who the token acts as, in OpenID's words.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::scope::Profile;

#[derive(Debug, Serialize)]
struct UserInfo {
    iss: String,
    sub: String,
    name: String,
    preferred_username: String,
    profile: String,
    picture: String,
}

pub async fn handle(gateway: web::Data<Gateway>, me: Authorised<Profile>) -> Result<HttpResponse, ApiError> {
    let view = gateway.social.account_fetch(me.viewer(), me.actor).await?;
    let present = gateway.present(&me.tenant);
    let account = present.account(&view);
    Ok(HttpResponse::Ok().json(UserInfo {
        iss: present.origin.at("/"),
        sub: account.uri,
        name: account.display_name,
        preferred_username: account.username,
        profile: account.url,
        picture: account.avatar,
    }))
}

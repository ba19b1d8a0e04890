//! `PATCH /api/v1/accounts/update_credentials`: the account's own profile.

use actix_web::{HttpResponse, web};
use belfry_social::account::{Picture, Profile};
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::entity::CredentialAccount;
use crate::api::scope::WriteAccounts;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    display_name: Option<String>,
    note: Option<String>,
    /// A list, or members named by their number.
    fields_attributes: Option<Vec<Field>>,
    locked: Option<bool>,
    bot: Option<bool>,
    discoverable: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Field {
    name: String,
    value: String,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteAccounts>,
    mut params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let avatar = params.take_upload("avatar").map(|upload| Picture::New(upload.bytes));
    let header = params.take_upload("header").map(|upload| Picture::New(upload.bytes));
    let params = params.values;
    let profile = Profile {
        display_name: params.display_name,
        note: params.note,
        fields: params
            .fields_attributes
            .map(|fields| fields.into_iter().map(|field| (field.name, field.value)).collect()),
        avatar,
        header,
        locked: params.locked,
        bot: params.bot,
        discoverable: params.discoverable,
    };
    let account = gateway.social.account_update(&me.poster(), profile).await?;
    Ok(HttpResponse::Ok().json(CredentialAccount::new(&account, gateway.platform.names())))
}

//! `/admin/me/confirm`: proves that it is them, before they change how they sign in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::OwnConfirmView;
use belfry_model::Secret;
use belfry_tenancy::sign_in::{CodeError, prove};
use serde::Deserialize;

use super::{Me, MyForm};

#[derive(Debug, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    password: Secret,
    code: Secret,
}

impl Default for Form {
    fn default() -> Self {
        Self { password: Secret::new(""), code: Secret::new("") }
    }
}

pub(crate) async fn get(me: Me) -> HttpResponse {
    show(&me, StatusCode::OK, None)
}

pub(crate) async fn post(sent: MyForm<Form>) -> HttpResponse {
    let MyForm { form, me } = sent;
    let session = me.session.id;
    match prove(me.tenancy(), me.scope(), session, me.staff(), &form.password, &form.code, me.address).await {
        Ok(()) => me.back(),
        Err(CodeError::Wrong) => show(&me, StatusCode::UNPROCESSABLE_ENTITY, Some("proof-wrong")),
        Err(CodeError::TooMany { .. }) => show(&me, StatusCode::TOO_MANY_REQUESTS, Some("too-many")),
        Err(CodeError::Expired) => me.redirect_to_sign_in(),
        Err(CodeError::Internal(error)) => me.broken(&error),
    }
}

fn show(me: &Me, status: StatusCode, problem: Option<&'static str>) -> HttpResponse {
    me.respond_with(status, &OwnConfirmView { own: me.own_path(), has_app: me.session.has_factor, problem })
}

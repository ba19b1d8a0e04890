//! `POST /admin/me/codes`: new recovery codes, shown in the answer and nowhere else.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::OwnCodesView;
use belfry_model::Secret;
use belfry_tenancy::factor::{self, FactorError};
use serde::de::IgnoredAny;

use super::{Me, MyForm};

pub(crate) async fn post(sent: MyForm<IgnoredAny>) -> HttpResponse {
    let me = sent.me;
    if let Some(elsewhere) = me.unproved() {
        return elsewhere;
    }
    match factor::renew(me.tenancy(), &me.tenant, me.staff(), &me.by).await {
        Ok(codes) => show(&me, &codes),
        Err(FactorError::Nothing | FactorError::Taken | FactorError::Wrong) => me.back(),
        Err(FactorError::Internal(error)) => me.broken(&error),
    }
}

pub(super) fn show(me: &Me, codes: &[Secret]) -> HttpResponse {
    let codes = codes.iter().map(|code| code.expose().to_owned()).collect();
    me.respond_with(StatusCode::CREATED, &OwnCodesView { own: me.own_path(), codes })
}

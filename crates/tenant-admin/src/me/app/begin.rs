//! `POST /admin/me/app/begin`: makes a secret for an app.

use actix_web::HttpResponse;
use belfry_tenancy::factor::{self, FactorError};
use serde::de::IgnoredAny;

use crate::me::MyForm;

pub(crate) async fn post(sent: MyForm<IgnoredAny>) -> HttpResponse {
    let me = sent.me;
    if let Some(elsewhere) = me.unproved() {
        return elsewhere;
    }
    match factor::begin(me.tenancy(), &me.tenant, me.staff()).await {
        Ok(()) => me.redirect(&format!("{}/app", me.own_path())),
        Err(FactorError::Taken | FactorError::Nothing | FactorError::Wrong) => me.back(),
        Err(FactorError::Internal(error)) => me.broken(&error),
    }
}

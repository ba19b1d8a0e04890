//! `POST /admin/me/tokens/{id}/revoke`: takes an app's access away.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::session;
use serde::de::IgnoredAny;

use crate::me::MyForm;

pub(crate) async fn post(named: web::Path<String>, sent: MyForm<IgnoredAny>) -> HttpResponse {
    let me = sent.me;
    let Ok(id) = named.parse() else { return me.error(ErrorKind::NotFound) };
    match session::revoke_token(me.tenancy(), me.scope(), me.id(), id, &me.by).await {
        Ok(true) => me.back(),
        Ok(false) => me.error(ErrorKind::NotFound),
        Err(error) => me.broken(&error),
    }
}

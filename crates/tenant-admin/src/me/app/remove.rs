//! `POST /admin/me/app/remove`: signing in asks for the password alone again.

use actix_web::HttpResponse;
use belfry_tenancy::factor;
use serde::de::IgnoredAny;

use crate::me::MyForm;

pub(crate) async fn post(sent: MyForm<IgnoredAny>) -> HttpResponse {
    let me = sent.me;
    if let Some(elsewhere) = me.unproved() {
        return elsewhere;
    }
    match factor::remove(me.tenancy(), &me.tenant, me.staff(), &me.by).await {
        Ok(_) => me.back(),
        Err(error) => me.broken(&error),
    }
}

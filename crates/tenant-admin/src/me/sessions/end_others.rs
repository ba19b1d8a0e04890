//! `POST /admin/me/sessions/end_others`: ends all of one's own sessions but this one.

use actix_web::HttpResponse;
use belfry_tenancy::session;
use serde::de::IgnoredAny;

use crate::me::MyForm;

pub(crate) async fn post(sent: MyForm<IgnoredAny>) -> HttpResponse {
    let me = sent.me;
    match session::end_others(me.tenancy(), me.scope(), me.id(), me.session.id, &me.by).await {
        Ok(_) => me.back(),
        Err(error) => me.broken(&error),
    }
}

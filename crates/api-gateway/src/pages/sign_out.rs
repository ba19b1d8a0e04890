//! `POST /auth/sign_out`.

use actix_web::HttpResponse;
use belfry_edge::{CheckedForm, sign_in};
use serde::de::IgnoredAny;

pub(super) async fn post(checked: CheckedForm<IgnoredAny>) -> HttpResponse {
    sign_in::sign_out(&checked.page).await
}

//! `POST /console/sign_out`.

use actix_web::{HttpRequest, HttpResponse};
use belfry_edge::{CheckedForm, client_address, sign_in};
use serde::de::IgnoredAny;

pub(super) async fn post(request: HttpRequest, checked: CheckedForm<IgnoredAny>) -> HttpResponse {
    sign_in::sign_out(&checked.page, client_address(&request)).await
}

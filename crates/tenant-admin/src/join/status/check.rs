//! `POST /join/status/check`: has the domain looked at.

use actix_web::{HttpRequest, HttpResponse};
use belfry_edge::{CheckedForm, client_address};
use belfry_tenancy::admission;

use super::{Form, respond};

pub(crate) async fn post(request: HttpRequest, checked: CheckedForm<Form>) -> HttpResponse {
    let CheckedForm { form, page } = checked;
    let settings = &page.platform.settings.admission;
    let asked =
        admission::check(&page.platform.tenancy, settings, &form.key(), client_address(&request)).await;
    respond(&page, &form, asked)
}

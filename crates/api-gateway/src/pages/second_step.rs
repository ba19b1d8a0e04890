//! `/auth/second_step` on an agency's host: the code that follows the password.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::sign_in::{self, CodeForm, SignInQuery};
use belfry_edge::{CheckedForm, Page, TenantHost, client_address};

use super::sign_in::door;

pub(super) async fn get(page: Page, _: TenantHost, query: web::Query<SignInQuery>) -> HttpResponse {
    sign_in::show_second(&page, &query)
}

pub(super) async fn post(
    request: HttpRequest,
    checked: CheckedForm<CodeForm>,
    tenant: TenantHost,
) -> HttpResponse {
    sign_in::submit_second(&checked.page, door(&tenant), &checked.form, client_address(&request)).await
}

//! `/auth/sign_in` on an agency's host.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::sign_in::{self, Door, SignInForm, SignInQuery};
use belfry_edge::{CheckedForm, Page, TenantHost, client_address};

/// Also for somebody who is signed in already: an app may ask to sign in anew.
pub(super) async fn get(page: Page, tenant: TenantHost, query: web::Query<SignInQuery>) -> HttpResponse {
    sign_in::show(&page, door(&tenant), &query)
}

pub(super) async fn post(
    request: HttpRequest,
    checked: CheckedForm<SignInForm>,
    tenant: TenantHost,
) -> HttpResponse {
    sign_in::submit(&checked.page, door(&tenant), &checked.form, client_address(&request)).await
}

pub(super) fn door(tenant: &TenantHost) -> Door {
    Door { scope: tenant.scope(), only: None }
}

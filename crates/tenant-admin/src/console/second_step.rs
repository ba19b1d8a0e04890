//! `/console/second_step`: the code that follows the password.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::sign_in::{self, CodeForm, SignInQuery};
use belfry_edge::view::ErrorKind;
use belfry_edge::{CheckedForm, Page, client_address};

use super::sign_in::door;

pub(super) async fn get(page: Page, query: web::Query<SignInQuery>) -> HttpResponse {
    sign_in::show_second(&page, &query)
}

pub(super) async fn post(request: HttpRequest, checked: CheckedForm<CodeForm>) -> HttpResponse {
    let CheckedForm { form, page } = checked;
    match door(&page) {
        Some(door) => sign_in::submit_second(&page, door, &form, client_address(&request)).await,
        None => page.error(ErrorKind::NotFound),
    }
}

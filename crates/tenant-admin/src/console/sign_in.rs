//! `/console/sign_in`: for people of the lead agency with the role `lead`.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::sign_in::{Door, SignInForm, SignInQuery};
use belfry_edge::view::ErrorKind;
use belfry_edge::{CheckedForm, Page, client_address, sign_in};
use belfry_model::Role;

pub(super) async fn get(page: Page, query: web::Query<SignInQuery>) -> HttpResponse {
    match door(&page) {
        Some(_) if page.signed_in.is_some() => page.redirect(page.overview_path()),
        Some(door) => sign_in::show(&page, door, &query),
        None => page.error(ErrorKind::NotFound),
    }
}

pub(super) async fn post(request: HttpRequest, checked: CheckedForm<SignInForm>) -> HttpResponse {
    let CheckedForm { form, page } = checked;
    match door(&page) {
        Some(door) => sign_in::submit(&page, door, &form, client_address(&request)).await,
        None => page.error(ErrorKind::NotFound),
    }
}

/// `None` on a platform that has no lead agency yet.
pub(super) fn door(page: &Page) -> Option<Door> {
    let lead = page.platform.directory().lead().filter(|lead| lead.is_live())?;
    Some(Door { scope: lead.scope(), only: Some(Role::Lead) })
}

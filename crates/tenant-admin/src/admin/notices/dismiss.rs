//! `POST /admin/notices/{id}/dismiss`: by those who administer, for all people of the agency.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_edge::{CheckedForm, TenantHost, client_address};
use belfry_tenancy::{By, notice};
use serde::de::IgnoredAny;

pub(crate) async fn post(
    request: HttpRequest,
    tenant: TenantHost,
    id: web::Path<String>,
    checked: CheckedForm<IgnoredAny>,
) -> HttpResponse {
    let page = checked.page;
    let Some(signed_in) = &page.signed_in else { return page.redirect_to_sign_in() };
    if !signed_in.staff.role.administers() {
        return page.error(ErrorKind::Forbidden);
    }
    let Ok(id) = id.parse() else { return page.error(ErrorKind::NotFound) };
    let by = By::staff(tenant.id, &signed_in.staff).from(client_address(&request));
    match notice::dismiss(&page.platform.tenancy, tenant.scope(), id, &by).await {
        Ok(true) => page.redirect("/admin"),
        Ok(false) => page.error(ErrorKind::NotFound),
        Err(error) => page.broken(&error),
    }
}

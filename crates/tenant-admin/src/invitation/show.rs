//! `GET /invitation`: the form.

use actix_web::HttpResponse;
use belfry_edge::{Page, TenantHost};

use super::{Typed, view};

pub(super) async fn get(page: Page, tenant: TenantHost) -> HttpResponse {
    page.respond(&view(&page, &tenant.name, Typed::default(), None))
}

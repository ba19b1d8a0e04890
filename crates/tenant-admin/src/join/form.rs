//! `GET /join`: the form.

use actix_web::HttpResponse;
use belfry_edge::Page;
use belfry_edge::view::{JoinProblem, JoinView, TypedRequest};
use belfry_model::BodyType;

pub(super) async fn get(page: Page) -> HttpResponse {
    page.respond(&view(&page, TypedRequest::default(), None))
}

pub(super) fn view(page: &Page, typed: TypedRequest, problem: Option<JoinProblem>) -> JoinView {
    JoinView {
        shared_domain: page.platform.names().shared_domain.to_string(),
        typed,
        types: BodyType::ALL,
        text_length: page.platform.settings.admission.text_length,
        problem,
    }
}

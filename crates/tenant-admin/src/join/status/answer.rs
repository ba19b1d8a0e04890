//! `POST /join/status/answer`: answers what the lead agency asked.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use belfry_edge::view::JoinProblem;
use belfry_edge::{CheckedForm, client_address};
use belfry_tenancy::admission::{self, OpenError};

use super::{Form, respond, view};

pub(crate) async fn post(request: HttpRequest, checked: CheckedForm<Form>) -> HttpResponse {
    let CheckedForm { form, page } = checked;
    let (tenancy, settings) = (&page.platform.tenancy, &page.platform.settings.admission);
    let (key, address) = (form.key(), client_address(&request));
    match admission::answer(tenancy, settings, &key, &form.answer, address).await {
        // What was typed stays.
        Err(OpenError::Answer) => match admission::open(tenancy, settings, &key, address).await {
            Ok(seen) => {
                let problem = JoinProblem { field: "answer", key: "answer" };
                let view = view(&page, &form, seen, Some(problem));
                page.respond_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
            }
            other => respond(&page, &form, other),
        },
        answered => respond(&page, &form, answered),
    }
}

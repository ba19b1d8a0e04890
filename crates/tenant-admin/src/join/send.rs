//! `POST /join`: files the request, and mails its code. What was typed comes back with a problem.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use belfry_edge::view::{JoinProblem, JoinSentView, TypedRequest};
use belfry_edge::{CheckedForm, client_address};
use belfry_tenancy::admission::{self, Application, Raw, Unfit};
use serde::Deserialize;

use super::form::view;

/// Whatever else a form may hold decides nothing: the lead agency does.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Form {
    name: String,
    email: String,
    body_name: String,
    body_type: String,
    purpose: String,
    slug: String,
    domain: String,
    contact: String,
}

pub(super) async fn post(request: HttpRequest, checked: CheckedForm<Form>) -> HttpResponse {
    let CheckedForm { form, page } = checked;
    let again = |unfit: Unfit| {
        let status = match unfit {
            Unfit::TooMany | Unfit::Full => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        page.respond_with(status, &view(&page, typed(&form), Some(problem(unfit))))
    };
    let settings = &page.platform.settings.admission;
    let asked = match Application::parse(&raw(&form), page.platform.names(), settings.text_length) {
        Ok(asked) => asked,
        Err(unfit) => return again(unfit),
    };
    let (tenancy, address) = (&page.platform.tenancy, client_address(&request));
    match admission::file(tenancy, settings, &asked, page.language.code(), address).await {
        Ok(Ok(number)) => page.respond(&JoinSentView { number, email: asked.email.to_string() }),
        Ok(Err(unfit)) => again(unfit),
        Err(error) => page.broken(&error),
    }
}

fn raw(form: &Form) -> Raw {
    Raw {
        name: form.name.clone(),
        email: form.email.clone(),
        body_name: form.body_name.clone(),
        body_type: form.body_type.clone(),
        purpose: form.purpose.clone(),
        slug: form.slug.clone(),
        domain: form.domain.clone(),
        contact: form.contact.clone(),
    }
}

fn typed(form: &Form) -> TypedRequest {
    TypedRequest {
        name: form.name.clone(),
        email: form.email.clone(),
        body_name: form.body_name.clone(),
        body_type: form.body_type.clone(),
        purpose: form.purpose.clone(),
        slug: form.slug.clone(),
        domain: form.domain.clone(),
        contact: form.contact.clone(),
    }
}

fn problem(unfit: Unfit) -> JoinProblem {
    let (field, key) = match unfit {
        Unfit::Name => ("name", "name"),
        Unfit::Email => ("email", "email"),
        Unfit::BodyName => ("body_name", "body-name"),
        Unfit::BodyType => ("body_type", "body-type"),
        Unfit::Purpose => ("purpose", "purpose"),
        Unfit::Slug => ("slug", "slug"),
        Unfit::SlugTaken => ("slug", "slug-taken"),
        Unfit::Domain => ("domain", "domain"),
        Unfit::Contact => ("contact", "contact"),
        Unfit::Full => ("", "full"),
        Unfit::TooMany => ("", "too-many"),
    };
    JoinProblem { field, key }
}

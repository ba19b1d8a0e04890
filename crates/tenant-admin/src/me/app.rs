//! `/admin/me/app`: sets up an app that shows codes.

pub(crate) mod begin;
pub(crate) mod remove;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::qr::Picture;
use belfry_edge::view::{AppSetup, OwnAppView};
use belfry_model::Secret;
use belfry_tenancy::factor::{self, Enrolment, FactorError};
use serde::Deserialize;

use super::{Me, MyForm, codes};

#[derive(Debug, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    code: Secret,
}

impl Default for Form {
    fn default() -> Self {
        Self { code: Secret::new("") }
    }
}

pub(crate) async fn get(me: Me) -> HttpResponse {
    show(&me, None).await
}

pub(crate) async fn post(sent: MyForm<Form>) -> HttpResponse {
    let MyForm { form, me } = sent;
    if let Some(elsewhere) = me.unproved() {
        return elsewhere;
    }
    match factor::confirm(me.tenancy(), &me.tenant, me.staff(), &form.code, &me.by).await {
        Ok(made) if made.is_empty() => me.back(),
        Ok(made) => codes::show(&me, &made),
        Err(FactorError::Wrong) => show(&me, Some("code-wrong")).await,
        Err(FactorError::Taken | FactorError::Nothing) => me.back(),
        Err(FactorError::Internal(error)) => me.broken(&error),
    }
}

async fn show(me: &Me, problem: Option<&'static str>) -> HttpResponse {
    if me.session.has_factor {
        return me.back();
    }
    // The secret is for whoever has just proved who they are.
    let enrolling = if me.session.is_proved(me.tenancy()) {
        factor::enrolling(me.tenancy(), &me.tenant, me.staff()).await
    } else {
        Ok(None)
    };
    let setup = match enrolling {
        Ok(enrolling) => enrolling.as_ref().and_then(setup),
        Err(error) => return me.broken(&error),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    me.respond_with(status, &OwnAppView { own: me.own_path(), setup, problem })
}

fn setup(enrolment: &Enrolment) -> Option<AppSetup> {
    let letters: Vec<char> = enrolment.secret.expose().chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Some(AppSetup { picture: Picture::of(enrolment.url.expose())?, secret: groups.join(" ") })
}

//! `POST /invitation`: uses the invitation up. What was typed comes back with the problem,
//! passwords apart.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{InvitationDoneView, InvitationProblem};
use belfry_edge::{CheckedForm, TenantHost};
use belfry_model::Secret;
use belfry_tenancy::password::UnfitPassword;
use belfry_tenancy::staff::{AcceptError, Acceptance, accept};
use serde::Deserialize;

use super::{Typed, view};

#[derive(Debug, Deserialize)]
pub(super) struct Form {
    #[serde(default)]
    email: String,
    code: Secret,
    #[serde(default)]
    name: String,
    password: Secret,
    password_again: Secret,
}

pub(super) async fn post(checked: CheckedForm<Form>, tenant: TenantHost) -> HttpResponse {
    let CheckedForm { form, page } = checked;
    let again = |problem| {
        let typed = Typed { email: &form.email, code: form.code.expose(), name: &form.name };
        let view = view(&page, &tenant.name, typed, Some(problem));
        page.respond_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
    };
    if form.password != form.password_again {
        return again(InvitationProblem::PasswordsDiffer);
    }
    let acceptance = Acceptance {
        email: form.email.clone(),
        code: form.code.clone(),
        password: form.password.clone(),
        display_name: form.name.clone(),
    };
    match accept(&page.platform.tenancy, &tenant.0, &acceptance).await {
        Ok(staff) => page.respond(&InvitationDoneView { agency: tenant.name.clone(), email: staff.email }),
        Err(AcceptError::Invalid) => again(InvitationProblem::Code),
        Err(AcceptError::Password(UnfitPassword::TooShort { .. })) => again(InvitationProblem::PasswordShort),
        Err(AcceptError::Password(UnfitPassword::TooLong { .. })) => again(InvitationProblem::PasswordLong),
        Err(AcceptError::UsedUp(_)) => again(InvitationProblem::NoPlace),
        Err(AcceptError::Internal(error)) => page.broken(&error),
    }
}

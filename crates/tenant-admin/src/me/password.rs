//! `POST /admin/me/password`: sets one's own password anew.

use actix_web::HttpResponse;
use belfry_model::Secret;
use belfry_tenancy::password::UnfitPassword;
use belfry_tenancy::staff::own::{PasswordError, change_password};
use serde::Deserialize;

use super::{MyForm, show};

#[derive(Debug, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    password: Secret,
    password_again: Secret,
}

impl Default for Form {
    fn default() -> Self {
        Self { password: Secret::new(""), password_again: Secret::new("") }
    }
}

pub(crate) async fn post(sent: MyForm<Form>) -> HttpResponse {
    let MyForm { form, me } = sent;
    if let Some(elsewhere) = me.unproved() {
        return elsewhere;
    }
    if form.password != form.password_again {
        return show::show(&me, Some("password-differs")).await;
    }
    let keep = me.session.id;
    match change_password(me.tenancy(), &me.tenant, me.staff(), &form.password, keep, &me.by).await {
        Ok(()) => me.back(),
        Err(PasswordError::Unfit(UnfitPassword::TooShort { .. })) => {
            show::show(&me, Some("password-short")).await
        }
        Err(PasswordError::Unfit(UnfitPassword::TooLong { .. })) => {
            show::show(&me, Some("password-long")).await
        }
        Err(PasswordError::Internal(error)) => me.broken(&error),
    }
}

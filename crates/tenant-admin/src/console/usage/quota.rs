//! `POST /console/usage/quota`: the plan of every agency that has none of its own.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_tenancy::usage::{self, QuotaError};

use super::Query;
use crate::lead::LeadForm;
use crate::quota_form::TypedQuota;

pub(in crate::console) async fn post(sent: LeadForm<TypedQuota>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(quota) = form.read() else {
        return super::show(&lead, &Query::default(), StatusCode::UNPROCESSABLE_ENTITY, &form).await;
    };
    let by = lead.by.clone().because(&form.reason);
    match usage::quota_default_set(lead.admin(), quota, &by).await {
        Ok(_) => lead.redirect("/console/usage?saved=1"),
        Err(QuotaError::Unfit(_)) => {
            super::show(&lead, &Query::default(), StatusCode::UNPROCESSABLE_ENTITY, &form).await
        }
        Err(QuotaError::Internal(error)) => lead.broken(&error),
    }
}

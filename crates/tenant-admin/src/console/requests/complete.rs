//! `POST /console/requests/{number}/complete`: goes on where making the namespace was interrupted.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::admission;
use serde::de::IgnoredAny;

use super::{Typed, answer, case};
use crate::lead::LeadForm;

pub(crate) async fn post(number: web::Path<String>, sent: LeadForm<IgnoredAny>) -> HttpResponse {
    let lead = sent.lead;
    let case = match case(&lead, &number).await {
        Ok(Some(case)) => case,
        Ok(None) => return lead.error(ErrorKind::NotFound),
        Err(error) => return lead.broken(&error),
    };
    let done = admission::complete(lead.tenancy(), lead.admin(), &case, &lead.by).await.map(|_| ());
    answer(&lead, &case, done, Typed::default(), "provision").await
}

//! `POST /console/confirmations/{id}/withdraw`

use actix_web::{HttpResponse, web};
use belfry_tenancy::confirm::{self, ConfirmError};

use super::again;
use super::confirm::Nothing;
use crate::lead::LeadForm;

pub(crate) async fn post(id: web::Path<i64>, sent: LeadForm<Nothing>) -> HttpResponse {
    let lead = sent.lead;
    match confirm::withdraw(lead.admin(), *id, &lead.by).await {
        Ok(true) => lead.redirect("/console/confirmations"),
        Ok(false) => again(&lead, Some(ConfirmError::Over), None).await,
        Err(error) => again(&lead, Some(error), None).await,
    }
}

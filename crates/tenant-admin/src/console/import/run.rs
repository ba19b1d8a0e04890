//! `POST /console/agencies/import/{id}/run`: a process of ours takes the list within moments.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use serde::Deserialize;

use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct RunForm {}

pub(crate) async fn post(id: web::Path<i64>, sent: LeadForm<RunForm>) -> HttpResponse {
    let LeadForm { lead, .. } = sent;
    let import = match lead.admin().tenant_import_fetch(*id).await {
        Ok(Some(import)) => import,
        Ok(None) => return lead.error(ErrorKind::NotFound),
        Err(error) => return lead.broken(&error),
    };
    let by = lead.by.clone().because(&import.reason);
    match lead.admin().tenant_import_start(import.id, by.actor()).await {
        // Sent twice it runs once.
        Ok(_) => lead.redirect(&format!("/console/agencies/import/{}", import.id)),
        Err(error) => lead.broken(&error),
    }
}

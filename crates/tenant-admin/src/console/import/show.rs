//! `GET /console/agencies/import/{id}`, and the part of it that moves.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{AgencyImportView, ErrorKind, Room};
use belfry_storage::row;

use super::part as of;
use crate::lead::Lead;

/// Tells the script when to stop asking.
const PROGRESS: &str = "belfry-progress";

pub(crate) async fn get(lead: Lead, id: web::Path<i64>) -> HttpResponse {
    let (import, rows) = match find(&lead, *id).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let names = lead.platform.names();
    lead.respond(&AgencyImportView {
        room: Room::Agencies,
        shared_domain: names.shared_domain.to_string(),
        id: import.id.to_string(),
        file_name: import.file_name.clone(),
        at: import.created_at,
        part: of(&import, &rows, names),
    })
}

pub(crate) async fn part(lead: Lead, id: web::Path<i64>) -> HttpResponse {
    let (import, rows) = match find(&lead, *id).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    match lead.part(&of(&import, &rows, lead.platform.names())) {
        Some(html) => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((PROGRESS, if import.state == "running" { "running" } else { "done" }))
            .body(html),
        None => lead.error(ErrorKind::Broken),
    }
}

pub(super) async fn find(
    lead: &Lead,
    id: i64,
) -> Result<(row::TenantImport, Vec<row::TenantImportRow>), HttpResponse> {
    let import = match lead.admin().tenant_import_fetch(id).await {
        Ok(Some(import)) => import,
        Ok(None) => return Err(lead.error(ErrorKind::NotFound)),
        Err(error) => return Err(lead.broken(&error)),
    };
    match lead.admin().tenant_import_rows(id).await {
        Ok(rows) => Ok((import, rows)),
        Err(error) => Err(lead.broken(&error)),
    }
}

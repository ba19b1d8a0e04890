//! `GET /console/agencies/import/{id}/report.csv`: what became of each row, for a spreadsheet.
//!
//! Invariant: no cell begins as a formula does. What somebody else wrote into a list must not be
//! run by the program that opens the report.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_storage::row;
use belfry_tenancy::spreadsheet::harmless;

use super::show::find;
use crate::lead::Lead;

pub(crate) async fn get(lead: Lead, id: web::Path<i64>) -> HttpResponse {
    let (import, rows) = match find(&lead, *id).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let Some(report) = report(&rows) else { return lead.error(ErrorKind::Broken) };
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"import-{}.csv\"", import.id)))
        .body(report)
}

fn report(rows: &[row::TenantImportRow]) -> Option<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["line", "slug", "name", "owner_email", "outcome", "reason", "detail"]).ok()?;
    for row in rows {
        let line = row.line.to_string();
        let cells = [&line, &row.slug, &row.name, &row.owner_email, &row.outcome, &row.reason, &row.detail];
        writer.write_record(cells.map(|cell| harmless(cell).into_owned())).ok()?;
    }
    writer.into_inner().ok()
}

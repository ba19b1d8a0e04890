//! `GET /console/baseline/imports/{id}`: what a list that waits comes to.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{BaselinePart, ChangedRow, ErrorKind, ImportView, RefusedRow, Room};
use belfry_storage::WaitingImport;
use belfry_tenancy::baseline::import::{self, Preview};

use crate::console::baseline::domains::row;
use crate::lead::Lead;

/// As many rows of each kind as a page bears.
const SHOWN: usize = 200;

pub(crate) async fn get(lead: Lead, id: web::Path<String>) -> HttpResponse {
    let Ok(id) = id.parse() else { return lead.error(ErrorKind::NotFound) };
    match import::preview(lead.tenancy(), lead.admin(), id).await {
        Ok(Some((waiting, preview))) => lead.respond(&view(waiting, preview)),
        Ok(None) => lead.error(ErrorKind::NotFound),
        Err(error) => lead.broken(&error),
    }
}

fn view(waiting: WaitingImport, preview: Preview) -> ImportView {
    let Preview { new, changed, same, refused, hit } = preview;
    ImportView {
        room: Room::Baseline,
        part: BaselinePart::Domains,
        id: waiting.id.to_string(),
        source: waiting.source,
        at: waiting.created_at,
        new_total: new.len(),
        new: new.into_iter().take(SHOWN).map(row).collect(),
        changed_total: changed.len(),
        changed: changed
            .into_iter()
            .take(SHOWN)
            .map(|(before, after)| ChangedRow { before: row(before), after: row(after) })
            .collect(),
        same,
        refused_total: refused.len(),
        refused: refused
            .into_iter()
            .take(SHOWN)
            .map(|one| RefusedRow { line: one.line.to_string(), text: one.text, reason: one.reason })
            .collect(),
        agencies: hit.agencies,
        follows: hit.follows,
        followers: hit.followers,
    }
}

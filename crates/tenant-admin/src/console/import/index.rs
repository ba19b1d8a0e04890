//! `GET` and `POST /console/agencies/import`: a list is uploaded and checked.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{ImportsView, ListedImport, Room};
use belfry_tenancy::import::{self, LARGEST_LIST, MOST_ROWS, UnreadableList};

use crate::lead::{Lead, LeadUpload};

/// As many as anybody looks back on.
const LISTS: u64 = 20;

pub(crate) async fn get(lead: Lead) -> HttpResponse {
    show(&lead, None).await
}

pub(crate) async fn post(sent: LeadUpload) -> HttpResponse {
    let LeadUpload { upload, lead } = sent;
    let Some((file_name, bytes)) = upload.file.as_ref().filter(|(_, bytes)| !bytes.is_empty()) else {
        return show(&lead, Some(("none", String::new()))).await;
    };
    let lines = match import::read(bytes) {
        Ok(lines) => lines,
        Err(error) => return show(&lead, Some(problem(&error))).await,
    };
    let rows = match import::check(lead.tenancy(), lead.admin(), &lines).await {
        Ok(rows) => rows,
        Err(error) => return lead.broken(&error),
    };
    let by = lead.by.clone().because(upload.field("reason"));
    match lead.admin().tenant_import_insert(file_name, rows, by.actor()).await {
        Ok(id) => lead.redirect(&format!("/console/agencies/import/{id}")),
        Err(error) => lead.broken(&error),
    }
}

async fn show(lead: &Lead, problem: Option<(&'static str, String)>) -> HttpResponse {
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let lists = match lead.admin().tenant_import_list(LISTS).await {
        Ok(lists) => lists,
        Err(error) => return lead.broken(&error),
    };
    let lists = lists.into_iter().map(|list| ListedImport {
        id: list.id.to_string(),
        file_name: list.file_name,
        at: list.created_at,
        state: list.state,
    });
    let view = ImportsView {
        room: Room::Agencies,
        lists: lists.collect(),
        problem,
        kilobytes: LARGEST_LIST / 1024,
        rows: MOST_ROWS,
    };
    lead.respond_with(status, &view)
}

fn problem(error: &UnreadableList) -> (&'static str, String) {
    match error {
        UnreadableList::TooLarge => ("too-large", String::new()),
        UnreadableList::TooMany => ("too-many", String::new()),
        UnreadableList::Empty => ("empty", String::new()),
        UnreadableList::NotUtf8 => ("not-utf8", String::new()),
        UnreadableList::Missing(column) => ("missing", (*column).to_owned()),
        UnreadableList::Unknown(column) => ("unknown", column.clone()),
        UnreadableList::Twice(column) => ("twice", column.clone()),
        UnreadableList::Broken { line } => ("broken", line.to_string()),
    }
}

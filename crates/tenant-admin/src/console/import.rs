//! `/console/agencies/import`: agencies from a list, checked before anything is made.

pub(super) mod index;
pub(super) mod report;
pub(super) mod run;
pub(super) mod show;

use belfry_edge::view::{ImportPart, ImportRow};
use belfry_model::PlatformNames;
use belfry_storage::row;

/// Rows that wait for the run, or were made by it.
const OF_THE_RUN: &[&str] = &["new", "unfinished", "created", "completed", "failed"];

fn part(import: &row::TenantImport, rows: &[row::TenantImportRow], names: &PlatformNames) -> ImportPart {
    let waiting = rows.iter().filter(|row| matches!(row.outcome.as_str(), "new" | "unfinished")).count();
    let count = match import.state.as_str() {
        "checked" => waiting,
        // What the run found changed meanwhile counts as worked off.
        _ => rows.iter().filter(|row| OF_THE_RUN.contains(&row.outcome.as_str())).count(),
    };
    let done = count - waiting.min(count);
    ImportPart {
        state: import.state.clone(),
        shared_domain: names.shared_domain.to_string(),
        count,
        done,
        width: (done * 1000).checked_div(count).unwrap_or(1000),
        rows: rows.iter().map(line).collect(),
    }
}

fn line(row: &row::TenantImportRow) -> ImportRow {
    ImportRow {
        line: row.line,
        slug: row.slug.clone(),
        name: row.name.clone(),
        outcome: row.outcome.clone(),
        reason: match row.reason.as_str() {
            "" => None,
            // Of the list; the others are those of the form for one agency.
            word @ ("twice" | "differs" | "internal") => Some(format!("bulk-reason-{word}")),
            word => Some(format!("agency-new-problem-{word}")),
        },
        detail: row.detail.clone(),
        exists: matches!(row.outcome.as_str(), "same" | "differs" | "created" | "completed"),
    }
}

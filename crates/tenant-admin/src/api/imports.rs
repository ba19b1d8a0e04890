//! `/api/belfry/v1/imports`: many agencies from one list.

pub mod create;
pub mod run;
pub mod show;

use belfry_storage::{AdminDb, row};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiError;

/// A list and what became of its rows, or would.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgencyImport)]
pub struct ImportEntity {
    /// 64 bits, as text.
    pub id: String,
    /// `checked` (nothing was made), `running` or `done`.
    pub state: String,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<DateTime<Utc>>,
    pub rows: Vec<RowEntity>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgencyImportRow)]
pub struct RowEntity {
    pub line: i32,
    pub slug: String,
    /// `new`, `unfinished`, `created`, `completed`, `same`, `differs`, `refused` or `failed`.
    pub outcome: String,
    /// A word for programs; empty where nothing is amiss.
    pub reason: String,
    /// For people.
    pub detail: String,
}

impl ImportEntity {
    async fn find(admin: &AdminDb, id: &str) -> Result<Self, ApiError> {
        let internal = |error: belfry_storage::Error| ApiError::internal(&error);
        let id = id.parse().map_err(|_| ApiError::NotFound)?;
        let import = admin.tenant_import_fetch(id).await.map_err(internal)?.ok_or(ApiError::NotFound)?;
        let rows = admin.tenant_import_rows(id).await.map_err(internal)?;
        Ok(Self {
            id: import.id.to_string(),
            state: import.state,
            created_at: import.created_at,
            finished_at: import.finished_at,
            rows: rows.into_iter().map(RowEntity::of).collect(),
        })
    }
}

impl RowEntity {
    fn of(row: row::TenantImportRow) -> Self {
        Self { line: row.line, slug: row.slug, outcome: row.outcome, reason: row.reason, detail: row.detail }
    }
}

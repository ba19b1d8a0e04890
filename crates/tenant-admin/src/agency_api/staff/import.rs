//! `POST /api/belfry/v1/agency/staff/import`

use actix_web::HttpResponse;
use belfry_tenancy::staff::bulk::{self, ListError, Outcome, Row};
use serde::{Deserialize, Serialize};

use crate::agency_api::AgentCall;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct List {
    /// Comma-separated values with the columns `email`, `role` and perhaps `accounts`.
    #[schema(example = "email,role\nann@moe.example,editor\n")]
    csv: String,
    /// Sends nothing and says what would be.
    #[serde(default)]
    dry_run: bool,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = StaffImportRow)]
pub struct RowEntity {
    line: usize,
    email: String,
    /// `invited`, `as_before` or `refused`.
    outcome: &'static str,
    /// Why it was refused; empty otherwise.
    reason: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = StaffImport)]
pub struct Report {
    dry_run: bool,
    rows: Vec<RowEntity>,
}

/// Invites everybody on a list, one line for each. Run again, it changes nothing.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/agency/staff/import",
    tag = "staff",
    security(("token" = ["manage:write"])),
    request_body = List,
    responses((status = 200, body = Report), (status = 422, body = ErrorBody)),
)]
pub async fn handle(call: AgentCall<ManagesStaff, List>) -> Result<HttpResponse, ApiError> {
    let AgentCall { agent, body } = call;
    let by = agent.because(None);
    let manager = agent.manager(&by);
    match bulk::invite_all(agent.tenancy(), &agent.tenant, &body.csv, body.dry_run, manager).await {
        Ok(rows) => Ok(HttpResponse::Ok().json(Report::of(rows, body.dry_run))),
        Err(ListError::Internal(error)) => Err(ApiError::internal(&error)),
        Err(error) => Err(ApiError::Unprocessable(error.to_string())),
    }
}

impl Report {
    pub(crate) fn of(rows: Vec<Row>, dry_run: bool) -> Self {
        Self { dry_run, rows: rows.into_iter().map(RowEntity::of).collect() }
    }

    pub(crate) fn rows(&self) -> &[RowEntity] {
        &self.rows
    }
}

impl RowEntity {
    fn of(row: Row) -> Self {
        let (outcome, reason) = match row.outcome {
            Outcome::Invited => ("invited", String::new()),
            Outcome::AsBefore => ("as_before", String::new()),
            Outcome::Refused(why) => ("refused", why),
        };
        Self { line: row.line, email: row.email, outcome, reason }
    }
}

impl std::fmt::Display for RowEntity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:>4}  {:<40} {:<9} {}", self.line, self.email, self.outcome, self.reason)
    }
}

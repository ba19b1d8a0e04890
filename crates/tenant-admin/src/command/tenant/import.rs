//! `belfry tenant import`

use std::fmt;
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

use belfry_storage::row;
use belfry_tenancy::By;
use belfry_tenancy::import::{self, LARGEST_LIST};
use clap::Args;
use serde::Serialize;

use crate::command::staff::InvitationLine;
use crate::command::{CommandError, Context, render};

/// Between two looks at a list that another process works off.
const LOOK: Duration = Duration::from_millis(500);

/// Running it again changes nothing, and completes what was interrupted.
#[derive(Debug, Args)]
pub struct Import {
    /// CSV in UTF-8. The first line names the columns: slug, name, `owner_email`, and where wanted phase,
    /// language, `body_type`, host, `official_handle`.
    pub file: PathBuf,
    /// Say what each row would come to, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Why, for the record; the tenants see it.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"dry_run": false, "rows": [{"line": 2, "slug": "fin", "outcome": "created", "reason": "", "detail": "",
/// "invitation": {…}}]}`. The outcome is `new` or `unfinished` in a dry run; `created`, `completed` or `failed`
/// after a run; `same`, `differs` or `refused` in both. A code is shown this once.
#[derive(Debug, Serialize)]
struct Report {
    dry_run: bool,
    rows: Vec<RowLine>,
}

#[derive(Debug, Serialize)]
struct RowLine {
    line: i32,
    slug: String,
    outcome: String,
    reason: String,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation: Option<InvitationLine>,
}

impl RowLine {
    fn of(row: &row::TenantImportRow) -> Self {
        Self {
            line: row.line,
            slug: row.slug.clone(),
            outcome: row.outcome.clone(),
            reason: row.reason.clone(),
            detail: row.detail.clone(),
            invitation: None,
        }
    }
}

pub(super) async fn run(context: &Context, args: &Import) -> Result<String, CommandError> {
    let (tenancy, admin) = (&context.tenancy, &context.admin);
    let lines = import::read(&read(args)?)?;
    let checked = import::check(tenancy, admin, &lines).await?;
    let mut rows: Vec<RowLine> = checked.iter().map(RowLine::of).collect();
    let to_do = checked.iter().filter(|row| matches!(row.outcome.as_str(), "new" | "unfinished")).count();
    if args.dry_run || to_do == 0 {
        return render(args.json, &Report { dry_run: args.dry_run, rows });
    }
    let by = By::command().because(&args.reason);
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let id = admin.tenant_import_insert(&name, checked, by.actor()).await?;
    admin.tenant_import_start(id, by.actor()).await?;
    let mut done = 0;
    let ours = import::run(tenancy, admin, Some(id), |settled| {
        done += 1;
        (context.progress)(done, to_do);
        if let Some(line) = rows.iter_mut().find(|line| line.line == settled.row.line) {
            let invitation = settled.invitation.as_ref().map(InvitationLine::of);
            *line = RowLine { invitation, ..RowLine::of(settled.row) };
        }
    })
    .await?;
    if !ours {
        // A process that serves was faster; the codes of its invitations are in the letters alone.
        while admin.tenant_import_fetch(id).await?.is_some_and(|import| import.state != "done") {
            tokio::time::sleep(LOOK).await;
        }
        rows = admin.tenant_import_rows(id).await?.iter().map(RowLine::of).collect();
    }
    render(args.json, &Report { dry_run: false, rows })
}

/// No more than a list may have, whatever the file is.
fn read(args: &Import) -> Result<Vec<u8>, CommandError> {
    let failed = |source| CommandError::File { path: args.file.clone(), source };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&args.file).map_err(failed)?;
    let limit = u64::try_from(LARGEST_LIST).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

impl fmt::Display for RowLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {:<5} {:<20} {}", self.line, self.slug, self.outcome)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        self.invitation.as_ref().map_or(Ok(()), |invitation| {
            write!(f, "  {}  {}  {}", invitation.email, invitation.invitation_url, invitation.code)
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.iter().try_for_each(|row| writeln!(f, "{row}"))?;
        let count = |outcome: &str| self.rows.iter().filter(|row| row.outcome == outcome).count();
        let counts: Vec<String> =
            ["new", "unfinished", "created", "completed", "same", "differs", "refused", "failed"]
                .into_iter()
                .filter(|outcome| count(outcome) > 0)
                .map(|outcome| format!("{} {outcome}", count(outcome)))
                .collect();
        write!(f, "{}.", counts.join(", "))?;
        if self.dry_run { write!(f, " Nothing was changed.") } else { Ok(()) }
    }
}

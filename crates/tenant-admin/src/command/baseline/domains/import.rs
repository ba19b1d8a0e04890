//! `belfry baseline domains import`

use std::fmt;
use std::io::Read;
use std::path::PathBuf;

use belfry_tenancy::By;
use belfry_tenancy::baseline::import::{self, LONGEST_BODY};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Import {
    pub file: PathBuf,
    /// Apply it; without this nothing changes.
    #[arg(long)]
    pub apply: bool,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"new": 3, "changed": 1, "same": 0, "refused": [{"line", "text", "reason"}], "agencies", "follows",
/// "followers", "applied": false}`
#[derive(Debug, Serialize)]
struct Report {
    new: usize,
    changed: usize,
    same: usize,
    refused: Vec<Refused>,
    agencies: u64,
    follows: u64,
    followers: u64,
    applied: bool,
}

#[derive(Debug, Serialize)]
struct Refused {
    line: usize,
    text: String,
    reason: String,
}

pub(super) async fn run(context: &Context, args: &Import) -> Result<String, CommandError> {
    let (tenancy, admin) = (&context.tenancy, &context.admin);
    let by = By::command().because(&args.reason);
    let id = import::receive(tenancy, admin, "", &read(&args.file)?).await?;
    let Some((_, preview)) = import::preview(tenancy, admin, id).await? else {
        return Err(CommandError::NoImport);
    };
    if args.apply {
        import::apply(tenancy, admin, id, &by).await?;
    } else {
        import::discard(tenancy, admin, id, &by).await?;
    }
    let refused = preview.refused.into_iter();
    let report = Report {
        new: preview.new.len(),
        changed: preview.changed.len(),
        same: preview.same,
        refused: refused.map(|one| Refused { line: one.line, text: one.text, reason: one.reason }).collect(),
        agencies: preview.hit.agencies,
        follows: preview.hit.follows,
        followers: preview.hit.followers,
        applied: args.apply,
    };
    render(args.json, &report)
}

/// No more than a list may hold, and one byte that tells that there is more.
fn read(path: &PathBuf) -> Result<String, CommandError> {
    let failed = |source| CommandError::File { path: path.clone(), source };
    let most = u64::try_from(LONGEST_BODY).unwrap_or(u64::MAX).saturating_add(1);
    let mut text = String::new();
    std::fs::File::open(path).map_err(failed)?.take(most).read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.refused {
            writeln!(f, "line {}: {} ({})", one.line, one.reason, one.text)?;
        }
        let Self { new, changed, same, .. } = self;
        writeln!(f, "{new} new, {changed} changed, {same} stand already, {} refused.", self.refused.len())?;
        let Self { agencies, follows, followers, .. } = self;
        writeln!(f, "{agencies} agencies are concerned: {follows} follows, {followers} followers.")?;
        f.write_str(if self.applied { "Applied." } else { "Nothing was applied: add --apply." })
    }
}

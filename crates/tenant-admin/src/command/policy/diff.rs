//! `belfry policy diff`

use std::fmt;

use belfry_model::{PolicyKind, Slug};
use belfry_tenancy::policies;
use clap::Args;
use serde::Serialize;

use super::show::{edition, number};
use crate::command::{CommandError, Context, render};
use crate::policy_entity::{Piece, pieces};

#[derive(Debug, Args)]
pub struct Diff {
    pub policy: PolicyKind,
    /// Such as `3.2`, or `3` of the baseline.
    pub version: String,
    /// The slug of a tenant; without it the baseline.
    #[arg(long)]
    pub tenant: Option<Slug>,
    /// Compare with this one of the tenant's versions, and not with the one before.
    #[arg(long, requires = "tenant")]
    pub from: Option<String>,
    /// en or nl.
    #[arg(long, default_value = "en")]
    pub language: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"policy": "rules", "version": "3.2", "language": "en", "lines": [[{"kind": "same", "text": "…"}]]}`; a kind
/// is `same`, `added` or `removed`.
#[derive(Debug, Serialize)]
struct Report {
    policy: PolicyKind,
    version: String,
    language: &'static str,
    lines: Vec<Vec<Piece>>,
}

pub(super) async fn run(context: &Context, args: &Diff) -> Result<String, CommandError> {
    let language = policies::language(&args.language);
    let lines = if let Some(slug) = &args.tenant {
        let tenant = context.tenant_in_any_state(slug)?;
        let this = edition(Some(&args.version))?.ok_or(CommandError::NoEdition)?;
        let from = edition(args.from.as_deref())?;
        let found = policies::changes(&context.tenancy, &tenant, args.policy, this, from, language).await?;
        found.map(|(_, lines)| lines)
    } else {
        let version = number(Some(&args.version))?.ok_or(CommandError::NoEdition)?;
        let found = policies::baseline_changes(&context.admin, args.policy, version, language).await?;
        found.map(|(_, lines)| lines)
    };
    let lines = lines.ok_or(CommandError::NoEdition)?.into_iter().map(pieces).collect();
    render(args.json, &Report { policy: args.policy, version: args.version.clone(), language, lines })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.lines.iter().filter(|line| line.iter().any(|piece| piece.kind != "same")) {
            for piece in line {
                match piece.kind {
                    "added" => write!(f, "{{+{}+}}", piece.text)?,
                    "removed" => write!(f, "[-{}-]", piece.text)?,
                    _ => f.write_str(&piece.text)?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

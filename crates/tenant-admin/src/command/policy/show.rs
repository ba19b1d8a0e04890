//! `belfry policy show`

use std::fmt;

use belfry_model::{Edition, PolicyKind, Slug};
use belfry_tenancy::policies;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Show {
    pub policy: PolicyKind,
    /// The slug of a tenant; without it the baseline, or the template where none is published.
    #[arg(long)]
    pub tenant: Option<Slug>,
    /// Such as `3.2`, or `3` of the baseline; the one that holds without it.
    #[arg(long)]
    pub version: Option<String>,
    /// en or nl.
    #[arg(long, default_value = "en")]
    pub language: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"policy": "rules", "version": "3.2", "language": "en", "text": "…"}`; the version is `null` for the
/// template.
#[derive(Debug, Serialize)]
struct Report {
    policy: PolicyKind,
    version: Option<String>,
    language: &'static str,
    text: String,
}

pub(super) async fn run(context: &Context, args: &Show) -> Result<String, CommandError> {
    let (tenancy, policy) = (&context.tenancy, args.policy);
    let language = policies::language(&args.language);
    let (version, text) = match &args.tenant {
        Some(slug) => {
            let tenant = context.tenant_in_any_state(slug)?;
            let found = match edition(args.version.as_deref())? {
                Some(edition) => policies::at(tenancy, &tenant, policy, edition, language).await?,
                None => policies::in_force(tenancy, &tenant, policy, language).await?,
            };
            let (entry, document) = found.ok_or(CommandError::NoEdition)?;
            (Some(entry.edition.to_string()), document.source)
        }
        None => baseline(context, args, language).await?,
    };
    render(args.json, &Report { policy, version, language, text })
}

async fn baseline(
    context: &Context,
    args: &Show,
    language: &'static str,
) -> Result<(Option<String>, String), CommandError> {
    let version = match number(args.version.as_deref())? {
        Some(version) => version,
        None => match context.admin.policy_baseline_heads(Some(args.policy)).await?.last() {
            Some(head) => head.version,
            None => return Ok((None, policies::template(args.policy, language).to_owned())),
        },
    };
    let found = policies::baseline_changes(&context.admin, args.policy, version, language).await?;
    let (text, _) = found.ok_or(CommandError::NoEdition)?;
    Ok((Some(version.to_string()), text))
}

pub(super) fn edition(text: Option<&str>) -> Result<Option<Edition>, CommandError> {
    text.map(|text| text.parse().map_err(|_| CommandError::NoEdition)).transpose()
}

pub(super) fn number(text: Option<&str>) -> Result<Option<i32>, CommandError> {
    text.map(|text| text.parse().map_err(|_| CommandError::NoEdition)).transpose()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim_end())
    }
}

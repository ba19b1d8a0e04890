//! `belfry baseline domains set`

use std::fmt;

use belfry_model::{Host, Severity};
use belfry_tenancy::By;
use belfry_tenancy::baseline::domains::{self, NewRule};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Set {
    pub domain: Host,
    /// suspend (nothing in or out), limit (seen by who follows) or none (with --reject-media).
    pub severity: Severity,
    /// Show posts from there without what is attached.
    #[arg(long)]
    pub reject_media: bool,
    /// Why, for everybody.
    #[arg(long, default_value = "")]
    pub public_comment: String,
    /// Why, for the lead agency alone.
    #[arg(long, default_value = "")]
    pub private_comment: String,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"domain": "bad.example", "severity": "suspend", "changed": true}`; `null` once it is lifted.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub domain: String,
    pub severity: Option<Severity>,
    pub changed: bool,
}

pub(super) async fn run(context: &Context, args: &Set) -> Result<String, CommandError> {
    let rule = NewRule {
        severity: args.severity,
        reject_media: args.reject_media,
        public_comment: args.public_comment.clone(),
        private_comment: args.private_comment.clone(),
        ..NewRule::suspending(args.domain.clone())
    };
    domains::set(&context.tenancy, &context.admin, &rule, &By::command().because(&args.reason)).await?;
    let domain = args.domain.to_string();
    render(args.json, &Report { domain, severity: Some(args.severity), changed: true })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.severity, self.changed) {
            (Some(severity), _) => write!(f, "`{}` and all below it: {severity}, from now on.", self.domain),
            (None, true) => write!(f, "There is no rule about `{}` any more.", self.domain),
            (None, false) => write!(f, "There was no rule about `{}`.", self.domain),
        }
    }
}

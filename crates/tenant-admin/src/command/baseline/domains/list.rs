//! `belfry baseline domains list`

use std::fmt;

use belfry_model::Severity;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct List {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"rules": [{"domain", "severity", "reject_media", "public_comment", "private_comment", "source"}]}`
#[derive(Debug, Serialize)]
struct Report {
    rules: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    domain: String,
    severity: Severity,
    reject_media: bool,
    public_comment: String,
    private_comment: String,
    source: String,
}

pub(super) async fn run(context: &Context, args: &List) -> Result<String, CommandError> {
    let rules = context.admin.domain_rule_list().await?;
    let line = |rule: belfry_storage::KeptRule| Line {
        domain: rule.domain,
        severity: rule.severity,
        reject_media: rule.reject_media,
        public_comment: rule.public_comment,
        private_comment: rule.private_comment,
        source: rule.source,
    };
    render(args.json, &Report { rules: rules.into_iter().map(line).collect() })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rules.is_empty() {
            return f.write_str("There is no rule about any server.");
        }
        self.rules.iter().try_for_each(|rule| {
            let media = if rule.reject_media { ", no media" } else { "" };
            writeln!(f, "{:<40} {}{media}  {}", rule.domain, rule.severity, rule.public_comment)
        })
    }
}

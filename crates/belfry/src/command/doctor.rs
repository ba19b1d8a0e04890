//! `belfry doctor`: looks at everything a platform stands on, and says what to do about it.
//!
//! Invariant: one part that is away never hides the others; each is asked for itself.

mod database;
mod names;
mod services;

use anyhow::bail;
use belfry_settings::Settings;
use clap::Args;
use serde::Serialize;

use crate::output::print;

#[derive(Debug, Args)]
pub struct Doctor {
    #[arg(long)]
    json: bool,
}

/// What was found of one part.
#[derive(Debug, Serialize)]
pub struct Finding {
    part: &'static str,
    verdict: Verdict,
    message: String,
    /// What to do, where there is something to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Good,
    /// Works, but not as a platform in service should.
    Warning,
    /// Doesn't work, or isn't safe.
    Problem,
}

impl Finding {
    fn good(part: &'static str, message: impl Into<String>) -> Self {
        Self { part, verdict: Verdict::Good, message: message.into(), remedy: None }
    }

    fn warning(part: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { part, verdict: Verdict::Warning, message: message.into(), remedy: Some(remedy.into()) }
    }

    fn problem(part: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { part, verdict: Verdict::Problem, message: message.into(), remedy: Some(remedy.into()) }
    }

    fn line(&self) -> String {
        let mark = match self.verdict {
            Verdict::Good => "ok      ",
            Verdict::Warning => "warning ",
            Verdict::Problem => "PROBLEM ",
        };
        let remedy = self.remedy.as_ref().map(|text| format!("\n          → {text}")).unwrap_or_default();
        format!("{mark}  {:<18}  {}{remedy}", self.part, self.message)
    }
}

/// Exits with an error if there is a problem; warnings are only said.
pub async fn run(args: &Doctor, settings: &Settings) -> anyhow::Result<()> {
    let mut findings = database::findings(&settings.database).await;
    findings.extend(services::findings(settings).await);
    findings.extend(names::findings(settings).await);
    let problems = findings.iter().filter(|finding| finding.verdict == Verdict::Problem).count();
    print(args.json, &findings, || findings.iter().map(Finding::line).collect::<Vec<_>>().join("\n"))?;
    if problems > 0 {
        bail!("{problems} of {} checks found a problem", findings.len());
    }
    Ok(())
}

//! `belfry audit verify`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::audit::{Chain, Fault, Verdict, verify};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Verify {
    /// This tenant's chain alone; else the platform's and every tenant's.
    #[arg(long)]
    pub tenant: Option<Slug>,
    /// A hash that an earlier run printed: fails unless it is still part of a chain.
    #[arg(long, value_name = "HASH")]
    pub head: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"sound": true, "chains": [{"chain": "platform", "acts": 12, "head": "<hex>", "broken_at": null,
/// "fault": null}]}`
#[derive(Debug, Serialize)]
struct Report {
    sound: bool,
    chains: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    chain: String,
    acts: i64,
    head: String,
    broken_at: Option<i64>,
    fault: Option<&'static str>,
}

/// An error where a chain is broken, so that a script notices.
pub(super) async fn run(context: &Context, args: &Verify) -> Result<String, CommandError> {
    let app = &context.tenancy.app;
    let mut chains = Vec::new();
    let mut found = false;
    let mut check = async |name: String, chain: Chain<'_>| -> Result<(), CommandError> {
        if let Some(head) = &args.head {
            found = found || holds(chain, head).await?;
        }
        chains.push(Line::of(name, &verify(chain).await?));
        Ok(())
    };
    if let Some(slug) = &args.tenant {
        check(slug.to_string(), Chain::Tenant(app, context.tenant_in_any_state(slug)?.scope())).await?;
    } else {
        check("platform".to_owned(), Chain::Platform(&context.admin)).await?;
        for tenant in context.tenancy.directory.list() {
            check(tenant.slug.to_string(), Chain::Tenant(app, tenant.scope())).await?;
        }
    }
    let sound = chains.iter().all(|line| line.broken_at.is_none());
    let text = render(args.json, &Report { sound, chains })?;
    match &args.head {
        _ if !sound => Err(CommandError::BrokenChain(text)),
        Some(head) if !found => Err(CommandError::HeadGone(head.clone())),
        _ => Ok(text),
    }
}

/// Whether a chain still has a link with this hash.
async fn holds(chain: Chain<'_>, head: &str) -> Result<bool, CommandError> {
    let mut after = 0;
    loop {
        let links = chain.links(after).await?;
        let Some(last) = links.last() else { return Ok(false) };
        after = last.seq;
        if links.iter().any(|link| hex::encode(&link.hash).eq_ignore_ascii_case(head)) {
            return Ok(true);
        }
    }
}

impl Line {
    fn of(chain: String, verdict: &Verdict) -> Self {
        Self {
            chain,
            acts: verdict.acts,
            head: hex::encode(&verdict.head),
            broken_at: verdict.broken.map(|broken| broken.seq),
            fault: verdict.broken.map(|broken| match broken.fault {
                Fault::Missing => "acts before it are missing",
                Fault::Unlinked => "it does not follow from the act before",
                Fault::Changed => "it was changed",
            }),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.chains {
            write!(f, "{:<20} {:>8} acts  {}", line.chain, line.acts, line.head)?;
            match (line.broken_at, line.fault) {
                (Some(seq), Some(fault)) => writeln!(f, "  BROKEN at act {seq}: {fault}")?,
                _ => writeln!(f, "  sound")?,
            }
        }
        Ok(())
    }
}

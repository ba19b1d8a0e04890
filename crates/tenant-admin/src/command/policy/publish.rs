//! `belfry policy publish`

use std::fmt;
use std::io::Read;
use std::path::Path;

use belfry_model::{Law, PolicyKind, Slug};
use belfry_storage::PolicyText;
use belfry_tenancy::By;
use belfry_tenancy::policies::{self, LONGEST_TEXT, Publication};
use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Publish {
    pub policy: PolicyKind,
    /// The slug of a tenant, to publish its additions; without it the baseline for all.
    #[arg(long)]
    pub tenant: Option<Slug>,
    /// The template that comes with this program, as it is.
    #[arg(long, conflicts_with_all = ["en", "nl"])]
    pub template: bool,
    /// A file with the English text, Markdown.
    #[arg(long)]
    pub en: Option<std::path::PathBuf>,
    /// A file with the Dutch text, Markdown.
    #[arg(long)]
    pub nl: Option<std::path::PathBuf>,
    /// What `{{agency}}` stands for; the tenant's name without it.
    #[arg(long, requires = "tenant", default_value = "")]
    pub agency: String,
    /// What `{{contact}}` stands for, an e-mail address; the tenant's without it.
    #[arg(long, requires = "tenant", default_value = "")]
    pub contact: String,
    /// What `{{channel}}` stands for; the tenant's address without it.
    #[arg(long, requires = "tenant", default_value = "")]
    pub channel: String,
    /// Whose law `{{law}}` names: eu, nl, nz, uk or other (none by name).
    #[arg(long, requires = "tenant")]
    pub law: Option<Law>,
    /// Whether people accept it before they post; for the house rules and the social media policy they
    /// do without it.
    #[arg(long)]
    pub demand: Option<bool>,
    /// The day from which it holds; today without it.
    #[arg(long)]
    pub effective_on: Option<NaiveDate>,
    /// Why; it is published with the version.
    #[arg(long)]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"policy": "rules", "version": 3, "tenant": null}`
#[derive(Debug, Serialize)]
struct Report {
    policy: PolicyKind,
    version: i32,
    tenant: Option<Slug>,
}

pub(super) async fn run(context: &Context, args: &Publish) -> Result<String, CommandError> {
    let policy = args.policy;
    let text = if args.template {
        policies::of_template(policy)
    } else {
        PolicyText {
            text_en: read(args.en.as_deref())?,
            text_nl: read(args.nl.as_deref())?,
            ..PolicyText::default()
        }
    };
    let text = PolicyText {
        agency: args.agency.clone(),
        contact: args.contact.clone(),
        channel: args.channel.clone(),
        law: args.law.map(|law| law.to_string()).unwrap_or_default(),
        demands: args.demand.unwrap_or_else(|| policy.demands_by_default()),
        ..text
    };
    let publication = Publication { policy, text, effective_on: args.effective_on, draft: None };
    let by = By::command().because(&args.reason);
    let version = match &args.tenant {
        Some(slug) => {
            let tenant = context.tenant(slug)?;
            policies::publish(&context.tenancy, &tenant, &publication, &by).await?
        }
        None => policies::publish_baseline(&context.tenancy, &context.admin, &publication, &by).await?,
    };
    render(args.json, &Report { policy, version, tenant: args.tenant.clone() })
}

/// No more than a text may hold, and a little that tells that there is more.
fn read(path: Option<&Path>) -> Result<String, CommandError> {
    let Some(path) = path else { return Ok(String::new()) };
    let failed = |source| CommandError::File { path: path.to_owned(), source };
    let most = u64::try_from(LONGEST_TEXT).unwrap_or(u64::MAX).saturating_mul(4).saturating_add(4);
    let mut text = String::new();
    std::fs::File::open(path).map_err(failed)?.take(most).read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { policy, version, tenant } = self;
        match tenant {
            Some(tenant) => {
                write!(f, "Version {version} of what `{tenant}` adds to `{policy}` is published.")
            }
            None => write!(f, "Version {version} of `{policy}` is published for all."),
        }
    }
}

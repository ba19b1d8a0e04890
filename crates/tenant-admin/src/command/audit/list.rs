//! `belfry audit list`

use std::fmt;

use belfry_model::Slug;
use belfry_storage::{Act, AuditFilter};
use belfry_tenancy::Directory;
use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct List {
    /// Every act of this tenant, and of governance about it.
    #[arg(long)]
    pub tenant: Option<Slug>,
    /// The beginning of the action, such as `tenant.` or `staff.invite`.
    #[arg(long, default_value = "")]
    pub action: String,
    /// Part of who, through which app, or why.
    #[arg(long, default_value = "")]
    pub text: String,
    /// From then on, such as 2026-11-01T00:00:00Z.
    #[arg(long)]
    pub since: Option<DateTime<Utc>>,
    /// Before then.
    #[arg(long)]
    pub until: Option<DateTime<Utc>>,
    /// At most so many.
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"id": "…", "at", "chain": "platform", "seq": 7, "action", "about": "moe", "origin", "who",
/// "client", "address", "reason", "detail": {…}}`
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Act)]
pub struct ActLine {
    pub id: String,
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// The tenant in whose record it stands, or `platform`.
    pub chain: String,
    /// Its place there, from 1.
    pub seq: i64,
    /// `noun.verb`
    pub action: String,
    /// The slug of the tenant that it is about.
    pub about: Option<String>,
    /// `staff`, `client`, `command`, `platform`; `lead` in an agency's own record.
    pub origin: String,
    pub who: String,
    pub client: String,
    pub address: String,
    pub reason: String,
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
}

/// `{"acts": [{…}]}`
#[derive(Debug, Serialize)]
struct Report {
    acts: Vec<ActLine>,
}

pub(super) async fn run(context: &Context, args: &List) -> Result<String, CommandError> {
    let filter = AuditFilter {
        action: args.action.clone(),
        text: args.text.clone(),
        since: args.since,
        until: args.until,
        ..AuditFilter::default()
    };
    let acts = match &args.tenant {
        None => context.admin.audit_search(&filter, args.limit).await?,
        Some(slug) => {
            let tenant = context.tenant_in_any_state(slug)?;
            let tx = context.tenancy.app.tenant(tenant.scope()).await?;
            let acts = tx.audit_search(&filter, args.limit).await?;
            tx.commit().await?;
            acts
        }
    };
    let directory = &context.tenancy.directory;
    render(args.json, &Report { acts: acts.into_iter().map(|act| ActLine::of(act, directory)).collect() })
}

impl ActLine {
    pub(crate) fn of(act: Act, directory: &Directory) -> Self {
        let name = |id: i64| {
            let known = directory.by_id(belfry_model::TenantId(id));
            known.map_or_else(|| id.to_string(), |tenant| tenant.slug.to_string())
        };
        Self {
            id: act.id.to_string(),
            at: act.at,
            chain: if act.chain == 0 { "platform".to_owned() } else { name(act.chain) },
            seq: act.seq,
            action: act.action,
            about: act.about.map(name),
            origin: act.origin,
            who: act.who,
            client: act.client,
            address: act.address,
            reason: act.reason,
            detail: act.detail,
        }
    }
}

impl fmt::Display for ActLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = self.about.as_deref().unwrap_or("-");
        let who = if self.who.is_empty() { &self.origin } else { &self.who };
        write!(f, "{}  {:<24} {about:<20} {who}", self.at.format("%Y-%m-%d %H:%M:%S"), self.action)?;
        if self.reason.is_empty() { Ok(()) } else { write!(f, ": {}", self.reason) }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.acts.is_empty() {
            return f.write_str("No act fits.");
        }
        self.acts.iter().try_for_each(|act| writeln!(f, "{act}"))
    }
}

//! `belfry request list`

use std::fmt;

use belfry_model::RequestState;
use belfry_tenancy::admission;
use clap::Args;
use serde::Serialize;

use crate::api::requests::RequestEntity;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct List {
    /// `waiting`, `asked`, `refused`, `approving` or `approved`; all if left out.
    #[arg(long)]
    pub state: Option<RequestState>,
    #[arg(long, default_value_t = 100)]
    pub limit: u64,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"requests": [{"number", "state", "body_name", "body_type", "slug", "domain", "proof", "created_at", "updated_at"}]}`
#[derive(Debug, Serialize)]
struct Report {
    requests: Vec<RequestEntity>,
}

pub(super) async fn run(context: &Context, args: &List) -> Result<String, CommandError> {
    let found = admission::cases(&context.admin, args.state, 1, args.limit).await?;
    render(args.json, &Report { requests: found.iter().map(RequestEntity::of).collect() })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.requests.is_empty() {
            return f.write_str("There is no such request. Bodies ask at /join of the shared domain.");
        }
        self.requests.iter().try_for_each(|one| {
            writeln!(
                f,
                "{:<12} {:<10} {:<30} {} ({})",
                one.number, one.state, one.slug, one.body_name, one.proof
            )
        })
    }
}

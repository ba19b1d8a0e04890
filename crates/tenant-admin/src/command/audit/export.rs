//! `belfry audit export`

use std::fmt;
use std::path::PathBuf;

use belfry_model::Slug;
use belfry_tenancy::audit::{Chain, export_line};
use clap::Args;
use serde::Serialize;
use tokio::fs::File;
use tokio::io::{AsyncWriteExt, BufWriter};

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Export {
    /// This tenant's chain; else the platform's.
    #[arg(long)]
    pub tenant: Option<Slug>,
    /// The file to write; one that is there is not overwritten.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"chain": "moe", "acts": 12, "file": "moe.ndjson", "head": "<hex>"}`
#[derive(Debug, Serialize)]
struct Report {
    chain: String,
    acts: i64,
    file: PathBuf,
    head: String,
}

pub(super) async fn run(context: &Context, args: &Export) -> Result<String, CommandError> {
    let (name, chain) = match &args.tenant {
        None => ("platform".to_owned(), Chain::Platform(&context.admin)),
        Some(slug) => (
            slug.to_string(),
            Chain::Tenant(&context.tenancy.app, context.tenant_in_any_state(slug)?.scope()),
        ),
    };
    let unwritten = |error| CommandError::Unwritten(args.to.clone(), error);
    let mut file = BufWriter::new(File::create_new(&args.to).await.map_err(unwritten)?);
    let (mut acts, mut head) = (0, Vec::new());
    loop {
        let links = chain.links(acts).await?;
        let Some(last) = links.last() else { break };
        (acts, head) = (last.seq, last.hash.clone());
        for link in &links {
            file.write_all(format!("{}\n", export_line(link)).as_bytes()).await.map_err(unwritten)?;
        }
    }
    file.flush().await.map_err(unwritten)?;
    render(args.json, &Report { chain: name, acts, file: args.to.clone(), head: hex::encode(head) })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} acts of `{}` are in {}.", self.acts, self.chain, self.file.display())?;
        if self.head.is_empty() { Ok(()) } else { write!(f, " The last one's hash is {}.", self.head) }
    }
}

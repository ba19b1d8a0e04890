//! `belfry api openapi`: what `cargo xtask generate` keeps in the reference. Hidden, since a running
//! server answers the same at `/api/belfry/v1/openapi.json`.

use clap::Subcommand;

use crate::output::print;

#[derive(Debug, Subcommand)]
pub enum ApiCommand {
    /// Print the description of our own endpoints.
    Openapi,
    /// Print that of the lead agency's, on the shared domain.
    Lead,
}

pub fn run(command: &ApiCommand) -> anyhow::Result<()> {
    match command {
        ApiCommand::Openapi => print(true, &belfry_api_gateway::openapi(), String::new),
        ApiCommand::Lead => print(true, &belfry_tenant_admin::openapi(), String::new),
    }
}

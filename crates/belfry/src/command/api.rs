//! `belfry api openapi`: what `cargo xtask generate` keeps in the reference. Hidden, since a running
//! server answers the same at `/api/belfry/v1/openapi.json`.

use clap::Subcommand;

use crate::output::{print, print_text};

#[derive(Debug, Subcommand)]
pub enum ApiCommand {
    /// Print the description of our own endpoints.
    Openapi,
    /// Print that of the lead agency's, on the shared domain.
    Lead,
    /// Print that of an agency's, on its host.
    Agency,
    /// Print who may do what.
    Permissions,
}

pub fn run(command: &ApiCommand) -> anyhow::Result<()> {
    match command {
        ApiCommand::Openapi => print(true, &belfry_api_gateway::openapi(), String::new),
        ApiCommand::Lead => print(true, &belfry_tenant_admin::openapi(), String::new),
        ApiCommand::Agency => print(true, &belfry_tenant_admin::agency_openapi(), String::new),
        ApiCommand::Permissions => print_text(&belfry_tenant_admin::permission_matrix()),
    }
}

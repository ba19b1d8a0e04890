//! The command line. Every command takes `--config`; what prints a result takes `--json`.

use std::path::PathBuf;

use belfry_delivery_worker::Duty;
use clap::{Args, Parser, Subcommand};

use crate::command;

/// Belfry: many public agencies on the fediverse, under one shared domain.
#[derive(Debug, Parser)]
#[command(name = "belfry", version, max_term_width = 100)]
pub struct Cli {
    /// Settings file; environment variables `BELFRY__SECTION__KEY` override it.
    #[arg(long, global = true, env = "BELFRY_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve everything in one process: gateway, admin and worker.
    All,
    /// Serve the public edge: federation, client API, OAuth, pages.
    Gateway,
    /// Run the worker's roles.
    Worker(WorkerArgs),
    /// Serve the lead agency's console and the departments' admin pages.
    Admin,
    /// Bring the database's schema up to date (as the owner).
    Migrate(command::migrate::Migrate),
    /// Check settings, database roles and policies, queue, cache, media and clock.
    Doctor(command::doctor::Doctor),
    /// Namespaces of agencies.
    #[command(subcommand)]
    Tenant(belfry_tenant_admin::command::tenant::TenantCommand),
    /// What holds for every namespace.
    #[command(subcommand)]
    Baseline(belfry_tenant_admin::command::baseline::BaselineCommand),
    /// The rules that are published: the baseline of all, and what tenants add.
    #[command(subcommand)]
    Policy(belfry_tenant_admin::command::policy::PolicyCommand),
    /// Accounts that agencies speak through.
    #[command(subcommand)]
    Account(belfry_tenant_admin::command::account::AccountCommand),
    /// People who sign in.
    #[command(subcommand)]
    Staff(belfry_tenant_admin::command::staff::StaffCommand),
    /// Access tokens for scripts and tests.
    #[command(subcommand)]
    Token(belfry_tenant_admin::command::token::TokenCommand),
    /// Who did what: acts of governance and of tenants.
    #[command(subcommand)]
    Audit(belfry_tenant_admin::command::audit::AuditCommand),
    /// What waits on its way to other servers, and what they refused.
    #[command(subcommand)]
    Delivery(belfry_tenant_admin::command::delivery::DeliveryCommand),
    /// Servers that are away.
    #[command(subcommand)]
    Host(belfry_tenant_admin::command::host::HostCommand),
    /// What agencies used in a month, to be charged back.
    Usage(belfry_tenant_admin::command::usage::UsageCommand),
    /// How much agencies may use.
    #[command(subcommand)]
    Quota(belfry_tenant_admin::command::quota::QuotaCommand),
    /// Bodies that ask for a namespace.
    #[command(subcommand)]
    Request(belfry_tenant_admin::command::request::RequestCommand),
    /// What the API says of itself.
    #[command(subcommand, hide = true)]
    Api(command::api::ApiCommand),
    /// Check the settings, or print their schema or a sample.
    #[command(subcommand)]
    Settings(command::settings::SettingsCommand),
}

#[derive(Debug, Args)]
pub struct WorkerArgs {
    /// Which duties this process takes: fanout, deliver, inbound, scheduler; all unless told.
    #[arg(long, value_delimiter = ',', value_name = "ROLE")]
    pub roles: Vec<Duty>,
}

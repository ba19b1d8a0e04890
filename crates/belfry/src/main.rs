//! The one binary: reads the settings, wires the crates together, runs a command or a service.
//!
//! Invariant: no rule lives here. What a command does is a use case of the crate that owns it.

mod cli;
mod command;
mod logging;
mod output;
mod parts;
mod serve;

use std::error::Error;
use std::process::ExitCode;

use belfry_settings::Settings;
use belfry_tenant_admin::command::{
    account, audit, baseline, delivery, host, policy, quota, request, staff, tenant, token, usage,
};
use clap::Parser;

use cli::{Cli, Command};
use command::tenancy::{context, operator_context};
use output::print_text;

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The logs may not be up yet, and a command's errors are for the person who typed it.
            use std::io::Write;
            drop(writeln!(std::io::stderr(), "belfry: {}", error_chain(error.as_ref())));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<()> {
    let config = cli.config.as_deref();
    if let Command::Settings(command) = &cli.command {
        return command::settings::run(command, config);
    }
    if let Command::Api(command) = &cli.command {
        return command::api::run(command);
    }
    let settings = Settings::load(config)?;
    logging::start(&settings.log)?;
    actix_web::rt::System::with_tokio_rt(|| {
        // The runtime's absence leaves nothing to run on: better a clear stop than a half-start.
        tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap_or_else(|error| {
            tracing::error!(%error, "the runtime can't start");
            std::process::exit(1)
        })
    })
    .block_on(dispatch(cli, settings))
}

async fn dispatch(cli: &Cli, settings: Settings) -> anyhow::Result<()> {
    match &cli.command {
        Command::All => serve::all(settings).await,
        Command::Gateway => serve::gateway(settings).await,
        Command::Worker(args) => serve::worker(settings, &args.roles).await,
        Command::Admin => serve::admin(settings).await,
        Command::Migrate(args) => command::migrate::run(args, &settings).await,
        Command::Doctor(args) => command::doctor::run(args, &settings).await,
        Command::Tenant(command) => print_text(&tenant::run(&context(&settings).await?, command).await?),
        Command::Policy(command) => print_text(&policy::run(&context(&settings).await?, command).await?),
        Command::Baseline(command) => print_text(&baseline::run(&context(&settings).await?, command).await?),
        Command::Account(command) => print_text(&account::run(&context(&settings).await?, command).await?),
        Command::Staff(command) => print_text(&staff::run(&context(&settings).await?, command).await?),
        Command::Token(command) => print_text(&token::run(&context(&settings).await?, command).await?),
        Command::Audit(command) => print_text(&audit::run(&context(&settings).await?, command).await?),
        Command::Delivery(command) => {
            print_text(&delivery::run(&operator_context(&settings).await?, command).await?)
        }
        Command::Host(command) => print_text(&host::run(&operator_context(&settings).await?, command).await?),
        Command::Usage(args) => print_text(&usage::run(&context(&settings).await?, args).await?),
        Command::Quota(command) => print_text(&quota::run(&context(&settings).await?, command).await?),
        Command::Request(command) => {
            print_text(&request::run(&context(&settings).await?, &settings.admission, command).await?)
        }
        Command::Api(command) => command::api::run(command),
        Command::Settings(command) => command::settings::run(command, cli.config.as_deref()),
    }
}

/// The whole chain of causes in one line.
fn error_chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let words = next.to_string();
        // Some libraries repeat their cause in their own words.
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        cause = next.source();
    }
    text
}

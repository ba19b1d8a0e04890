//! `belfry settings check | schema | sample`.

use std::path::Path;

use belfry_settings::Settings;
use clap::Subcommand;
use serde_json::json;

use crate::output::print;

#[derive(Debug, Subcommand)]
pub enum SettingsCommand {
    /// Read the settings as a service would, and say what is wrong.
    Check {
        #[arg(long)]
        json: bool,
    },
    /// Print the JSON schema of the settings file.
    Schema,
    /// Print a settings file with every key, its description and its default.
    Sample,
}

pub fn run(command: &SettingsCommand, config: Option<&Path>) -> anyhow::Result<()> {
    match command {
        SettingsCommand::Check { json } => {
            let settings = Settings::load(config)?;
            let domain = settings.names().shared_domain;
            print(*json, &json!({"valid": true, "shared_domain": domain}), || {
                format!("The settings are valid; the shared domain is {domain}.")
            })
        }
        SettingsCommand::Schema => print(true, &belfry_settings::schema(), String::new),
        SettingsCommand::Sample => print(false, &(), belfry_settings::sample),
    }
}

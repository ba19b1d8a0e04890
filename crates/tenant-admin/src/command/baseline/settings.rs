//! `belfry baseline show | set | reserve | release`

use std::fmt;

use belfry_storage::Baseline;
use belfry_tenancy::By;
use belfry_tenancy::baseline::{handles, settings};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Show {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// What is not named stays as it is.
#[derive(Debug, Args)]
pub struct Set {
    /// Kept and shown; sign-in asks for it once it knows second factors.
    #[arg(long)]
    pub require_second_factor: Option<Switch>,
    /// Refuse posts with pictures that aren't described.
    #[arg(long)]
    pub require_alt_text: Option<Switch>,
    /// Keep records for at least so many days; 0 is no minimum.
    #[arg(long)]
    pub retention_days: Option<i32>,
    /// The longest post in characters; 0 is no bound.
    #[arg(long)]
    pub post_length: Option<i32>,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

#[derive(Debug, Args)]
pub struct Pattern {
    /// A handle, or a pattern such as `*-police`.
    pub pattern: String,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"require_second_factor": false, "require_alt_text": true, "retention_days": 0, "post_length": null,
/// "reserved_handles": ["*-police"]}`
#[derive(Debug, Serialize)]
struct Report {
    require_second_factor: bool,
    require_alt_text: bool,
    retention_days: i32,
    post_length: Option<i32>,
    reserved_handles: Vec<String>,
}

pub(super) async fn show(context: &Context, json: bool) -> Result<String, CommandError> {
    let baseline = context.admin.baseline_fetch().await?;
    let report = Report {
        require_second_factor: baseline.require_second_factor,
        require_alt_text: baseline.require_alt_text,
        retention_days: baseline.retention_days,
        post_length: baseline.post_length,
        reserved_handles: context.admin.reserved_list().await?,
    };
    render(json, &report)
}

pub(super) async fn set(context: &Context, args: &Set) -> Result<String, CommandError> {
    let stands = context.admin.baseline_fetch().await?;
    let on = |switch: Option<Switch>, stands: bool| switch.map_or(stands, |switch| switch == Switch::On);
    let new = Baseline {
        require_second_factor: on(args.require_second_factor, stands.require_second_factor),
        require_alt_text: on(args.require_alt_text, stands.require_alt_text),
        retention_days: args.retention_days.unwrap_or(stands.retention_days),
        post_length: match args.post_length {
            None => stands.post_length,
            Some(0) => None,
            Some(length) => Some(length),
        },
    };
    settings::set(&context.admin, &new, &By::command().because(&args.reason)).await?;
    show(context, args.json).await
}

pub(super) async fn reserve(context: &Context, args: &Pattern) -> Result<String, CommandError> {
    let by = By::command().because(&args.reason);
    handles::reserve(&context.tenancy, &context.admin, &args.pattern, &by).await?;
    show(context, args.json).await
}

pub(super) async fn release(context: &Context, args: &Pattern) -> Result<String, CommandError> {
    let by = By::command().because(&args.reason);
    handles::release(&context.tenancy, &context.admin, &args.pattern, &by).await?;
    show(context, args.json).await
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |is: bool| if is { "required" } else { "not required" };
        writeln!(f, "Second factor: {}.", word(self.require_second_factor))?;
        writeln!(f, "Descriptions of pictures: {}.", word(self.require_alt_text))?;
        writeln!(f, "Records are kept for at least {} days.", self.retention_days)?;
        match self.post_length {
            Some(length) => writeln!(f, "Posts have at most {length} characters.")?,
            None => writeln!(f, "The length of posts is each agency's to decide.")?,
        }
        write!(f, "Reserved handles: {}.", self.reserved_handles.join(", "))
    }
}

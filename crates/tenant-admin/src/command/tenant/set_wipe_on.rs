//! `belfry tenant set-wipe-on`

use std::fmt;
use std::str::FromStr;

use belfry_model::Slug;
use belfry_tenancy::{By, operate};
use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct SetWipeOn {
    pub slug: Slug,
    /// The day, as 2027-01-31, or `never`.
    pub date: WipeOn,
    /// Why, for the record; the tenant sees it.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct WipeOn(Option<NaiveDate>);

impl FromStr for WipeOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "never" {
            return Ok(Self(None));
        }
        let day =
            text.parse().map_err(|_| format!("`{text}` is neither a day like 2027-01-31 nor `never`"))?;
        Ok(Self(Some(day)))
    }
}

/// `{"slug": "moe", "wipe_on": "2027-01-31", "changed": true}`; `null` for one that stays.
#[derive(Debug, Serialize)]
struct Report {
    slug: Slug,
    wipe_on: Option<NaiveDate>,
    changed: bool,
}

pub(super) async fn run(context: &Context, args: &SetWipeOn) -> Result<String, CommandError> {
    let tenant = context.tenant(&args.slug)?;
    let by = By::command().because(&args.reason);
    let WipeOn(wipe_on) = args.date;
    let changed = operate::wipe_on_set(&context.tenancy, &context.admin, &tenant, wipe_on, &by).await?;
    render(args.json, &Report { slug: args.slug.clone(), wipe_on, changed })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.wipe_on {
            Some(day) => write!(f, "`{}` is a sandbox: everything in it is to be wiped on {day}.", self.slug),
            None => write!(f, "`{}` is no sandbox: it stays.", self.slug),
        }
    }
}

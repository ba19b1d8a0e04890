//! `belfry delivery show`: one post's ledger, with a bar.

use std::fmt;

use belfry_model::{Lane, Slug};
use belfry_social::delivery;
use belfry_storage::ActivityLedger;
use chrono::{DateTime, SecondsFormat, Utc};
use clap::Args;
use serde::Serialize;

use super::line::HostLine;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Show {
    /// The slug of the tenant.
    #[arg(long, value_name = "SLUG")]
    pub tenant: Slug,
    /// The id of a post or of an activity; the post's is the last part of its address.
    #[arg(value_name = "STATUS_OR_ACTIVITY_ID", value_parser = clap::value_parser!(i64).range(1..))]
    pub id: i64,
    /// How many hosts that wait, and that refused, at most.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(..=10_000))]
    pub limit: u32,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"tenant": "moe", "status": "…", "activities": [{…}], "hosts": [{…}], "hosts_left_off": 0}`,
/// with the shapes of [`ActivityLine`] and [`HostLine`]. The hosts are those of the newest
/// version.
#[derive(Debug, Serialize)]
struct Report {
    tenant: Slug,
    status: Option<String>,
    activities: Vec<ActivityLine>,
    hosts: Vec<HostLine>,
    hosts_left_off: u64,
}

/// `{"id": "…", "kind": "Create", "lane": "normal", "servers": 1310, "taken": 1204, "waiting": 96,
/// "under_way": 0, "refused": 10, "gone": 0, "withdrawn": 0, "complete": false, "created_at": "…",
/// "walked_at": "…"}`: every server is counted in one of the six.
#[derive(Debug, Serialize)]
struct ActivityLine {
    id: String,
    kind: String,
    lane: Lane,
    servers: u64,
    taken: u64,
    waiting: u64,
    under_way: u64,
    refused: u64,
    gone: u64,
    withdrawn: u64,
    complete: bool,
    created_at: DateTime<Utc>,
    /// When every server had been come to; until then `servers` grows.
    walked_at: Option<DateTime<Utc>>,
}

pub(super) async fn run(context: &Context, args: &Show) -> Result<String, CommandError> {
    let tenancy = &context.tenancy;
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let found = delivery::find(&tenancy.app, tenant.scope(), args.id, args.limit).await?;
    let found = found.ok_or_else(|| CommandError::NoLedger { tenant: args.tenant.clone(), id: args.id })?;
    let report = Report {
        tenant: args.tenant.clone(),
        status: found.status.map(|id| id.to_string()),
        activities: found.activities.into_iter().map(ActivityLine::of).collect(),
        hosts: found.troubles.into_iter().map(HostLine::of).collect(),
        hosts_left_off: found.troubles_left_off,
    };
    render(args.json, &report)
}

impl ActivityLine {
    fn of(one: ActivityLedger) -> Self {
        let ledger = one.ledger;
        Self {
            id: one.activity.to_string(),
            kind: one.kind,
            lane: one.lane,
            servers: ledger.published,
            taken: ledger.taken,
            waiting: ledger.waiting(),
            under_way: ledger.under_way(),
            refused: ledger.refused,
            gone: ledger.gone,
            withdrawn: ledger.withdrawn,
            complete: ledger.is_complete(),
            created_at: one.created_at,
            walked_at: one.walked_at,
        }
    }

    /// Each part, how it is drawn and what it is called. Those who have it are in the sentence.
    fn parts(&self) -> [(u64, char, &'static str); 6] {
        [
            (self.taken, '█', ""),
            (self.under_way, '▒', "under way"),
            (self.waiting, '░', "waiting"),
            (self.refused, '×', "refused"),
            (self.gone, '·', "gone"),
            (self.withdrawn, '·', "withdrawn"),
        ]
    }

    /// Forty characters wide; whatever is more than nothing shows.
    fn bar(&self) -> String {
        const WIDTH: u64 = 40;
        let mut bar = String::new();
        for (count, sign, _) in self.parts() {
            let part = count.saturating_mul(WIDTH).checked_div(self.servers).unwrap_or(0);
            let part = part.max(u64::from(count > 0));
            bar.extend(std::iter::repeat_n(sign, usize::try_from(part).unwrap_or(0)));
        }
        bar
    }
}

impl fmt::Display for ActivityLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.created_at.to_rfc3339_opts(SecondsFormat::Secs, true);
        writeln!(f, "{} {} in the {} lane, of {at}", self.kind, self.id, self.lane)?;
        if self.servers == 0 && self.walked_at.is_some() {
            return f.write_str("  No other server had to hear of it.");
        }
        if self.servers > 0 {
            writeln!(f, "  {}", self.bar())?;
        }
        let so_far = if self.walked_at.is_none() { " so far" } else { "" };
        write!(f, "  {} of {} servers{so_far} have it", self.taken, self.servers)?;
        for (count, _, name) in self.parts().into_iter().skip(1).filter(|(count, ..)| *count > 0) {
            write!(f, ", {count} {name}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.activities.iter().try_for_each(|line| writeln!(f, "{line}"))?;
        self.hosts.iter().try_for_each(|line| writeln!(f, "  {line}"))?;
        match self.hosts_left_off {
            0 => Ok(()),
            more => write!(f, "  and {more} more (--limit)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_shows_whatever_is_more_than_nothing() {
        let line = ActivityLine {
            id: "7".into(),
            kind: "Create".into(),
            lane: Lane::Normal,
            servers: 1310,
            taken: 1204,
            waiting: 96,
            under_way: 0,
            refused: 10,
            gone: 0,
            withdrawn: 0,
            complete: false,
            created_at: DateTime::from_timestamp_millis(1_769_860_800_000).unwrap(),
            walked_at: None,
        };
        let text = line.to_string();
        assert!(text.contains(&format!("{}░░×\n", "█".repeat(36))), "{text}");
        assert!(text.ends_with("1204 of 1310 servers so far have it, 96 waiting, 10 refused"), "{text}");
    }
}

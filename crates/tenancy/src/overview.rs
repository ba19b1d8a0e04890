//! How the platform stands, for those who lead it: numbers and times, and nothing that is said.

use belfry_storage::{AdminDb, HostAway, Standing};
use chrono::{DateTime, Utc};

use crate::Result;
use crate::usage::{self, Day};

/// Days of the plots.
const DAYS: u32 = 30;

#[derive(Debug, Clone)]
pub struct Overview {
    pub standing: Standing,
    /// Of the hosts that are away, the one where the most waits.
    pub worst: Option<HostAway>,
    /// What all agencies did together, the oldest first and today last.
    pub days: Vec<Day>,
}

pub async fn overview(admin: &AdminDb, at: DateTime<Utc>) -> Result<Overview> {
    let (first, end) = usage::last_days(at, DAYS);
    Ok(Overview {
        standing: admin.standing().await?,
        worst: admin.hosts_away(1).await?.pop(),
        days: usage::days_of_all(admin, first, end).await?,
    })
}

impl Overview {
    pub fn today(&self) -> belfry_model::Usage {
        self.days.last().map(|day| day.usage).unwrap_or_default()
    }
}

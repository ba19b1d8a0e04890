//! How the platform stands, as the lead agency may see it: numbers, times and hosts.
//!
//! Invariant: the columns that are read here are the only ones of the machinery that its role has
//! a grant on.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;

use super::statement;
use crate::{AdminDb, Result};

/// What is on its way, and what keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Standing {
    /// Activities that are not fanned out to the end.
    pub open: i64,
    pub open_since: Option<DateTime<Utc>>,
    /// Deliveries that wait for a time or for a host.
    pub waiting: i64,
    pub waiting_since: Option<DateTime<Utc>>,
    pub hosts_down: i64,
    /// Those for which nothing is kept any more.
    pub hosts_gone: i64,
}

/// A host that is not up.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct HostAway {
    pub host: String,
    /// `down` or `gone`.
    pub state: String,
    pub since: DateTime<Utc>,
    /// When it is asked next for a sign of life, and how often it was.
    pub probe_at: DateTime<Utc>,
    pub probes: i32,
    /// Deliveries that wait there, of all tenants.
    pub waiting: i64,
}

const STANDING: &str = "
    SELECT o.open, o.open_since, p.waiting, p.waiting_since, h.hosts_down, h.hosts_gone
    FROM (SELECT count(*) AS open, min(created_at) AS open_since
          FROM machinery.outbox WHERE finished_at IS NULL) o,
         (SELECT count(*) AS waiting, min(first_at) AS waiting_since FROM machinery.parked_delivery) p,
         (SELECT count(*) FILTER (WHERE state = 'down') AS hosts_down,
                 count(*) FILTER (WHERE state = 'gone') AS hosts_gone
          FROM machinery.host_state) h";

const HOSTS: &str = "
    SELECT h.host, h.state, h.since, h.probe_at, h.probes, coalesce(p.waiting, 0) AS waiting
    FROM machinery.host_state h
    LEFT JOIN (SELECT host, count(*) AS waiting FROM machinery.parked_delivery GROUP BY host) p ON p.host = h.host
    ORDER BY p.waiting DESC NULLS LAST, h.since, h.host LIMIT $1";

impl AdminDb {
    pub async fn standing(&self) -> Result<Standing> {
        Ok(Standing::find_by_statement(statement(STANDING, [])).one(self.pool()).await?.unwrap_or_default())
    }

    /// The one where the most waits first.
    pub async fn hosts_away(&self, limit: u32) -> Result<Vec<HostAway>> {
        Ok(HostAway::find_by_statement(statement(HOSTS, [i64::from(limit).into()])).all(self.pool()).await?)
    }
}

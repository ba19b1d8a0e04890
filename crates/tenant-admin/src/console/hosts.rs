//! `GET /console/hosts`: other servers that are away, and what waits there.

use actix_web::HttpResponse;
use belfry_edge::view::{HostRow, HostsView, Room};
use belfry_storage::HostAway;

use crate::lead::Lead;

/// On the page; one more tells whether there are others.
const HOSTS: u32 = 200;

pub(super) async fn get(lead: Lead) -> HttpResponse {
    match lead.admin().hosts_away(HOSTS + 1).await {
        Ok(mut hosts) => {
            let shown = usize::try_from(HOSTS).unwrap_or(usize::MAX);
            let more = hosts.len() > shown;
            hosts.truncate(shown);
            let hosts = hosts.into_iter().map(row).collect();
            lead.respond(&HostsView { room: Room::Hosts, hosts, more })
        }
        Err(error) => lead.broken(&error),
    }
}

pub(super) fn row(away: HostAway) -> HostRow {
    let HostAway { host, state, since, probe_at, probes, waiting } = away;
    HostRow { host, state, since, probe_at, probes, waiting }
}

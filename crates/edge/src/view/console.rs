//! For staff: the lead agency's console on the shared domain, and an agency's own overview.

use belfry_model::{Phase, Role, TenantState};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

#[cfg(test)]
use super::OwnUsageView;
use super::{AccountCard, Closure, DeliveryTile, Gauge, NoticeItem, Plot};
use crate::render::View;

/// Where in the console a page is: what the navigation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Room {
    Overview,
    Agencies,
    Audit,
    Mailbox,
    Usage,
    Confirmations,
    Requests,
    Hosts,
    Baseline,
}

/// `/console`: how the platform stands.
#[derive(Debug, Clone, Serialize)]
pub struct ConsoleView {
    pub room: Room,
    pub shared_domain: String,
    pub agencies: usize,
    /// The live ones.
    pub phases: Vec<PhaseCount>,
    pub suspended: usize,
    /// Requests that wait for the lead agency.
    pub requests: u64,
    pub due: Vec<DueRow>,
    /// There is nobody but the lead agency yet.
    pub is_new: bool,
    pub standing: StandingTiles,
    /// Over all agencies, of the last days.
    pub plots: Vec<Plot>,
}

/// An agency whose agreement or domain wants to be looked at.
#[derive(Debug, Clone, Serialize)]
pub struct DueRow {
    pub slug: String,
    pub name: String,
    pub is_review: bool,
}

/// What is on its way, what keeps it, and what was done today.
#[derive(Debug, Clone, Serialize)]
pub struct StandingTiles {
    pub open: i64,
    pub open_since: Option<DateTime<Utc>>,
    pub waiting: i64,
    pub waiting_since: Option<DateTime<Utc>>,
    pub hosts_down: i64,
    pub hosts_gone: i64,
    /// Where the most waits.
    pub worst: Option<HostRow>,
    pub posts_today: u64,
    pub deliveries_today: u64,
}

/// A server that is away.
#[derive(Debug, Clone, Serialize)]
pub struct HostRow {
    pub host: String,
    /// `down` or `gone`.
    pub state: String,
    pub since: DateTime<Utc>,
    pub probe_at: DateTime<Utc>,
    pub probes: i32,
    pub waiting: i64,
}

/// `/console/hosts`: servers that are away, the one where the most waits first.
#[derive(Debug, Clone, Serialize)]
pub struct HostsView {
    pub room: Room,
    pub hosts: Vec<HostRow>,
    /// There are more.
    pub more: bool,
}

impl View for HostsView {
    const TEMPLATE: &'static str = "console/hosts.html";
}

#[derive(Debug, Clone, Serialize)]
pub struct PhaseCount {
    pub phase: Phase,
    pub agencies: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct TenantRow {
    pub slug: String,
    pub name: String,
    pub host: String,
    pub href: String,
    pub state: TenantState,
    pub phase: Phase,
    pub is_lead: bool,
}

impl View for ConsoleView {
    const TEMPLATE: &'static str = "console/overview.html";
}

/// `/admin`: one agency's accounts, and what the person who signed in may do.
#[derive(Debug, Clone, Serialize)]
pub struct AdminView {
    /// The agency is closed for now.
    pub closure: Option<Closure>,
    pub agency: String,
    pub host: String,
    pub state: TenantState,
    pub phase: Phase,
    pub your_name: String,
    pub your_role: Role,
    /// What others did to the agency, the newest first.
    pub notices: Vec<NoticeItem>,
    /// When this sandbox is wiped.
    pub wipe_on: Option<NaiveDate>,
    pub accounts: Vec<AccountCard>,
    pub deliveries: DeliveryTile,
    /// What is near its limit, or has reached it.
    pub warnings: Vec<Gauge>,
    /// They can't post until they accept what their agency asks of them.
    pub to_accept: bool,
}

impl View for AdminView {
    const TEMPLATE: &'static str = "admin/overview.html";
}

#[cfg(test)]
impl ConsoleView {
    pub(crate) fn samples() -> Vec<Self> {
        let count = |(agencies, phase): (usize, &Phase)| PhaseCount { phase: *phase, agencies };
        let full = Self {
            room: Room::Overview,
            shared_domain: "social.example".to_owned(),
            agencies: 5,
            phases: Phase::ALL.iter().enumerate().map(count).collect(),
            suspended: 1,
            requests: 2,
            due: [true, false]
                .map(|is_review| DueRow { slug: "moe".to_owned(), name: "Education".to_owned(), is_review })
                .to_vec(),
            is_new: false,
            standing: StandingTiles {
                open: 1204,
                open_since: Some(DateTime::UNIX_EPOCH),
                waiting: 3,
                waiting_since: Some(DateTime::UNIX_EPOCH),
                hosts_down: 2,
                hosts_gone: 1,
                worst: HostsView::samples().remove(0).hosts.pop(),
                posts_today: 8,
                deliveries_today: 4096,
            },
            plots: OwnUsageView::samples().remove(0).plots,
        };
        let quiet = StandingTiles {
            open: 0,
            open_since: None,
            waiting: 0,
            waiting_since: None,
            hosts_down: 0,
            hosts_gone: 0,
            worst: None,
            posts_today: 0,
            deliveries_today: 0,
        };
        let new = Self {
            agencies: 1,
            suspended: 0,
            is_new: true,
            requests: 0,
            due: Vec::new(),
            standing: quiet,
            ..full.clone()
        };
        vec![Self { agencies: 0, ..new.clone() }, new, full]
    }
}

#[cfg(test)]
impl HostsView {
    pub(crate) fn samples() -> Vec<Self> {
        let row = |state: &str| HostRow {
            host: "far.example".to_owned(),
            state: state.to_owned(),
            since: DateTime::UNIX_EPOCH,
            probe_at: DateTime::UNIX_EPOCH,
            probes: 7,
            waiting: 1204,
        };
        let full = Self { room: Room::Hosts, hosts: vec![row("down"), row("gone")], more: true };
        vec![full, Self { room: Room::Hosts, hosts: Vec::new(), more: false }]
    }
}

#[cfg(test)]
impl AdminView {
    pub(crate) fn samples() -> Vec<Self> {
        let owner = Self {
            closure: None,
            agency: "Ministry of Education".to_owned(),
            host: "moe.social.example".to_owned(),
            state: TenantState::Live,
            phase: Phase::Pilot,
            your_name: "Ann".to_owned(),
            your_role: Role::Owner,
            notices: NoticeItem::samples(),
            wipe_on: NaiveDate::from_ymd_opt(2027, 1, 31),
            accounts: AccountCard::of_each_kind(),
            deliveries: DeliveryTile { waiting: 1204, refused: 10 },
            warnings: Gauge::samples(),
            to_accept: false,
        };
        let author = Self {
            to_accept: true,
            your_role: Role::Author,
            wipe_on: None,
            accounts: Vec::new(),
            deliveries: DeliveryTile::default(),
            ..owner.clone()
        };
        let closed =
            Self { state: TenantState::Suspended, closure: Some(Closure::sample()), ..owner.clone() };
        vec![owner, author, closed]
    }
}

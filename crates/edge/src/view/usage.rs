//! What agencies use: the console's pages, and an agency's own.

use belfry_model::{Measure, Month, Quota, Usage};
use belfry_tenancy::usage::{Day, Level};
use serde::Serialize;

use super::chart::{Amount, Chart, Shape, Unit};
use super::{Room, Tab, TenantRow};
use crate::render::View;

/// One figure beside its limit.
#[derive(Debug, Clone, Serialize)]
pub struct Gauge {
    pub measure: Measure,
    pub used: Amount,
    pub is_limited: bool,
    pub limit: Option<Amount>,
    /// Of a thousand; more than the limit is drawn as all of it.
    pub share: u64,
    pub level: Level,
}

impl Gauge {
    pub fn new(measure: Measure, used: u64, limit: Option<u64>, level: Level) -> Self {
        let unit = unit(measure);
        let share = match limit {
            None => 0,
            Some(0) => 1000,
            Some(limit) => {
                u64::try_from((u128::from(used) * 1000 / u128::from(limit)).min(1000)).unwrap_or(1000)
            }
        };
        Self {
            measure,
            used: Amount::new(used, unit),
            is_limited: limit.is_some(),
            limit: limit.map(|limit| Amount::new(limit, unit)),
            share,
            level,
        }
    }

    /// All five.
    pub fn all(usage: &Usage, quota: &Quota, warning_percent: u8) -> Vec<Self> {
        let gauge = |&measure: &Measure| {
            let (used, limit) = (usage.of(measure), quota.of(measure));
            Self::new(measure, used, limit, Level::of(used, limit, warning_percent))
        };
        Measure::ALL.iter().map(gauge).collect()
    }

    /// Of a month: what is limited by the day has no limit beside its sum.
    pub fn month(usage: &Usage, quota: &Quota, warning_percent: u8) -> Vec<Self> {
        let of_now = Quota { posts_per_day: None, deliveries_per_day: None, ..*quota };
        Self::all(usage, &of_now, warning_percent)
    }
}

/// How a figure is written.
pub fn unit(measure: Measure) -> Unit {
    match measure {
        Measure::MediaBytes => Unit::Bytes,
        Measure::Accounts | Measure::Staff | Measure::Posts | Measure::Deliveries => Unit::Count,
    }
}

/// A plot with the measure that names it.
#[derive(Debug, Clone, Serialize)]
pub struct Plot {
    pub measure: Measure,
    pub chart: Chart,
}

impl Plot {
    /// One measure, day by day, against its limit.
    pub fn new(measure: Measure, days: &[Day], limit: Option<u64>) -> Self {
        let shape = match measure {
            Measure::Accounts | Measure::Staff | Measure::MediaBytes => Shape::Line,
            Measure::Posts | Measure::Deliveries => Shape::Bars,
        };
        let points = days.iter().map(|day| (day.day, day.usage.of(measure)));
        let chart = Chart::new(&format!("chart-{measure}"), shape, unit(measure), points, limit);
        Self { measure, chart }
    }

    /// All five.
    pub fn all(days: &[Day], quota: &Quota) -> Vec<Self> {
        Measure::ALL.iter().map(|&measure| Self::new(measure, days, quota.of(measure))).collect()
    }
}

/// One agency in the list of all.
#[derive(Debug, Clone, Serialize)]
pub struct UsageRow {
    pub slug: String,
    pub name: String,
    pub is_lead: bool,
    pub own_plan: bool,
    /// In the order of the columns.
    pub cells: Vec<Gauge>,
}

/// A column that the list can be sorted by.
#[derive(Debug, Clone, Serialize)]
pub struct SortLink {
    /// `None`: the name.
    pub measure: Option<Measure>,
    pub href: String,
    /// What a table says of it: `ascending`, `descending` or nothing.
    pub sorted: Option<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MonthChoice {
    pub month: Month,
    /// A time in it, for its name.
    pub at: String,
}

/// `/console/usage`: all agencies in a month.
#[derive(Debug, Clone, Serialize)]
pub struct UsageView {
    pub room: Room,
    pub query: String,
    pub month: Month,
    pub months: Vec<MonthChoice>,
    /// What stays as it is when another month is chosen.
    pub sort: String,
    pub columns: Vec<SortLink>,
    pub rows: Vec<UsageRow>,
    /// On all pages.
    pub total: usize,
    /// Of those that the search found.
    pub sums: Vec<Amount>,
    pub plots: Vec<Plot>,
    pub csv: String,
    pub newer: Option<String>,
    pub older: Option<String>,
    /// Gauges of the platform's own plan have no use beside them.
    pub default_form: QuotaForm,
    pub saved: bool,
}

/// A plan as it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct QuotaForm {
    pub action: String,
    /// An agency has its own plan or the platform's; the platform's form has no such choice.
    pub has_choice: bool,
    pub is_own: bool,
    pub fields: Vec<QuotaField>,
    /// Some field is.
    pub is_wrong: bool,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct QuotaField {
    pub measure: Measure,
    pub value: String,
    /// What is typed can't be.
    pub wrong: bool,
}

/// `/console/agencies/{slug}/usage`
#[derive(Debug, Clone, Serialize)]
pub struct AgencyUsageView {
    pub room: Room,
    pub tab: Tab,
    pub tenant: TenantRow,
    pub gauges: Vec<Gauge>,
    pub days: u32,
    pub plots: Vec<Plot>,
    pub form: QuotaForm,
    /// The platform's plan, which holds for an agency without its own.
    pub default_plan: Vec<Gauge>,
    pub saved: bool,
}

/// `/admin/usage`: an agency's own figures.
#[derive(Debug, Clone, Serialize)]
pub struct OwnUsageView {
    pub agency: String,
    pub gauges: Vec<Gauge>,
    pub days: u32,
    pub plots: Vec<Plot>,
}

impl View for UsageView {
    const TEMPLATE: &'static str = "console/usage.html";
    const HAS_FORM: bool = true;
}

impl View for AgencyUsageView {
    const TEMPLATE: &'static str = "console/agency_usage.html";
    const HAS_FORM: bool = true;
}

impl View for OwnUsageView {
    const TEMPLATE: &'static str = "admin/usage.html";
}

#[cfg(test)]
mod samples {
    use super::*;

    impl Gauge {
        /// Those that are near their limit, or at it.
        pub(crate) fn samples() -> Vec<Self> {
            gauges().into_iter().filter(|gauge| gauge.level > Level::Fine).collect()
        }
    }

    fn gauges() -> Vec<Gauge> {
        let usage = Usage { accounts: 5, staff: 80, media_bytes: 1, posts: 9, deliveries: 4_000 };
        let quota = Quota { accounts: Some(5), staff: Some(100), media_bytes: Some(0), ..Quota::default() };
        Gauge::all(&usage, &quota, 80)
    }

    fn plots() -> Vec<Plot> {
        let plot = |&measure: &Measure| Plot { measure, chart: Chart::sample(&format!("chart-{measure}")) };
        Measure::ALL.iter().map(plot).collect()
    }

    impl QuotaForm {
        pub(crate) fn sample(own: Option<bool>, wrong: bool) -> Self {
            let value = "\"><b>Ann".to_owned();
            let field = |&measure: &Measure| QuotaField { measure, value: value.clone(), wrong };
            Self {
                action: "/console/agencies/moe/usage".to_owned(),
                has_choice: own.is_some(),
                is_own: own == Some(true),
                fields: Measure::ALL.iter().map(field).collect(),
                is_wrong: wrong,
                reason: String::new(),
            }
        }
    }

    impl UsageView {
        pub(crate) fn samples() -> Vec<Self> {
            let month: Month = "2026-11".parse().unwrap();
            let row = UsageRow {
                slug: "moe".to_owned(),
                name: "<b>Ann".to_owned(),
                is_lead: true,
                own_plan: true,
                cells: gauges(),
            };
            let full = Self {
                room: Room::Usage,
                query: "moe".to_owned(),
                month,
                months: vec![MonthChoice { month, at: "2026-11-01T00:00:00Z".to_owned() }],
                sort: "-posts".to_owned(),
                columns: [None, Some(Measure::Posts)]
                    .map(|measure| SortLink {
                        measure,
                        href: "/console/usage?sort=posts".to_owned(),
                        sorted: measure.map(|_| "descending"),
                    })
                    .to_vec(),
                rows: vec![row],
                total: 1,
                sums: vec![Amount::Count(1); 5],
                plots: plots(),
                csv: "/console/usage.csv?month=2026-11".to_owned(),
                newer: Some("/console/usage?page=1".to_owned()),
                older: Some("/console/usage?page=3".to_owned()),
                default_form: QuotaForm::sample(None, true),
                saved: true,
            };
            let nothing = Self {
                rows: Vec::new(),
                total: 0,
                newer: None,
                older: None,
                default_form: QuotaForm::sample(None, false),
                saved: false,
                ..full.clone()
            };
            let empty = Self { query: String::new(), ..nothing.clone() };
            vec![full, nothing, empty]
        }
    }

    impl AgencyUsageView {
        pub(crate) fn samples() -> Vec<Self> {
            let tenant = TenantRow::samples().remove(0);
            [(Some(true), true), (Some(false), false)]
                .into_iter()
                .map(|(own, wrong)| Self {
                    room: Room::Agencies,
                    tab: Tab::Usage,
                    tenant: tenant.clone(),
                    gauges: gauges(),
                    days: 30,
                    plots: plots(),
                    form: QuotaForm::sample(own, wrong),
                    default_plan: gauges(),
                    saved: wrong,
                })
                .collect()
        }
    }

    impl OwnUsageView {
        pub(crate) fn samples() -> Vec<Self> {
            let agency = "Ministry of Education".to_owned();
            vec![Self { agency, gauges: gauges(), days: 90, plots: plots() }]
        }
    }
}

//! `/console/usage`: what all agencies used in a month, to look at and to charge back.

pub(super) mod csv;
pub(super) mod quota;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{Amount, Gauge, MonthChoice, Plot, Room, SortLink, UsageRow, UsageView, unit};
use belfry_model::{Measure, Month};
use belfry_storage::TenantUsage;
use belfry_tenancy::usage;
use serde::Deserialize;

use crate::lead::Lead;
use crate::quota_form::TypedQuota;

const PER_PAGE: usize = 100;
/// Longer is nobody's name.
const LONGEST_SEARCH: usize = 100;
/// As far back as the list of months goes; older ones are asked for by address.
const MONTHS: u32 = 24;

/// A form sends what was not chosen as empty text, and what nobody could have chosen is as good.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    #[serde(default)]
    month: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: String,
    #[serde(default)]
    saved: String,
}

pub(super) async fn get(lead: Lead, query: web::Query<Query>) -> HttpResponse {
    let plan = match lead.admin().quota_default().await {
        Ok(plan) => plan,
        Err(error) => return lead.broken(&error),
    };
    show(&lead, &query, StatusCode::OK, &TypedQuota::of(&plan)).await
}

/// With the plan's form as it was typed.
async fn show(lead: &Lead, query: &Query, status: StatusCode, typed: &TypedQuota) -> HttpResponse {
    match view(lead, query, typed).await {
        Ok(view) => lead.respond_with(status, &view),
        Err(error) => lead.broken(&error),
    }
}

async fn view(lead: &Lead, query: &Query, typed: &TypedQuota) -> belfry_tenancy::Result<UsageView> {
    let this_month = Month::of(lead.tenancy().clock.now());
    let month = query.month.parse().unwrap_or(this_month);
    let order = Order::read(&query.sort);
    let q: String = query.q.trim().chars().take(LONGEST_SEARCH).collect();
    let mut tenants = usage::month(lead.admin(), month).await?;
    let wanted = q.to_lowercase();
    tenants.retain(|one| one.slug.contains(&wanted) || one.name.to_lowercase().contains(&wanted));
    order.sort(&mut tenants);
    let sums = usage::total(&tenants);
    let end = month.end().min(usage::last_days(lead.tenancy().clock.now(), 1).1);
    let days = usage::days_of_all(lead.admin(), month.first(), end).await?;

    let page = query.page.parse::<usize>().unwrap_or(1).max(1);
    let shown = tenants.iter().skip((page - 1).saturating_mul(PER_PAGE)).take(PER_PAGE);
    let warning = lead.platform.settings.usage.warning_percent;
    let link = |sort: &str, page: usize| href(month, &q, sort, page);
    Ok(UsageView {
        room: Room::Usage,
        month,
        months: (0..MONTHS).map(|back| choice(this_month.back(back))).collect(),
        sort: query.sort.clone(),
        columns: order.columns(|sort| link(sort, 1)),
        rows: shown.map(|one| row(one, warning)).collect(),
        total: tenants.len(),
        sums: Measure::ALL.iter().map(|&measure| Amount::new(sums.of(measure), unit(measure))).collect(),
        plots: [Measure::Deliveries, Measure::Posts].map(|measure| Plot::new(measure, &days, None)).to_vec(),
        csv: format!("/console/usage.csv?month={month}"),
        newer: (page > 1).then(|| link(&query.sort, page - 1)),
        older: (page.saturating_mul(PER_PAGE) < tenants.len()).then(|| link(&query.sort, page + 1)),
        default_form: typed.view("/console/usage/quota".to_owned(), None),
        saved: query.saved == "1",
        query: q,
    })
}

fn href(month: Month, q: &str, sort: &str, page: usize) -> String {
    let (month, page) = (month.to_string(), page.to_string());
    let fields = [("month", month.as_str()), ("q", q), ("sort", sort), ("page", &page)];
    let set: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("/console/usage?{}", serde_urlencoded::to_string(set).unwrap_or_default())
}

fn choice(month: Month) -> MonthChoice {
    MonthChoice { month, at: format!("{}T00:00:00Z", month.first()) }
}

fn row(one: &TenantUsage, warning_percent: u8) -> UsageRow {
    UsageRow {
        slug: one.slug.clone(),
        name: one.name.clone(),
        is_lead: one.is_lead,
        own_plan: one.own_plan,
        cells: Gauge::month(&one.usage, &one.quota, warning_percent),
    }
}

/// By one measure or, with none, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Order {
    by: Option<Measure>,
    descending: bool,
}

impl Order {
    /// `posts`, `-posts`, `-name` …
    fn read(text: &str) -> Self {
        let (descending, word) = match text.strip_prefix('-') {
            Some(word) => (true, word),
            None => (false, text),
        };
        Self { by: word.parse().ok(), descending }
    }

    fn sort(self, tenants: &mut [TenantUsage]) {
        match self.by {
            Some(measure) => tenants.sort_by_key(|one| one.usage.of(measure)),
            None => tenants.sort_by_cached_key(|one| one.name.to_lowercase()),
        }
        if self.descending {
            tenants.reverse();
        }
    }

    /// A second choice of the same column turns it round. Of figures the largest come first.
    fn columns(self, href: impl Fn(&str) -> String) -> Vec<SortLink> {
        let column = |measure: Option<Measure>| {
            let is_this = self.by == measure;
            let word = measure.map_or("name", Measure::as_str);
            let descending = if is_this { !self.descending } else { measure.is_some() };
            let sort = if descending { format!("-{word}") } else { word.to_owned() };
            let sorted = is_this.then_some(if self.descending { "descending" } else { "ascending" });
            SortLink { measure, href: href(&sort), sorted }
        };
        std::iter::once(None).chain(Measure::ALL.iter().copied().map(Some)).map(column).collect()
    }
}

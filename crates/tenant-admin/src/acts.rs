//! Searching acts by page: what the console and an agency's own page share.
//!
//! Invariant: what somebody typed only ever narrows a search that their role allows.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use belfry_edge::view::{ActRow, FoundActs};
use belfry_storage::{Act, AuditFilter};
use belfry_tenancy::Directory;
use belfry_tenancy::spreadsheet::harmless;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Deserialize;

use crate::command::audit::ActLine;

/// Acts on a page; one more tells whether there are older ones.
pub(crate) const PER_PAGE: u32 = 50;
/// Acts in a file: as many as a spreadsheet opens well.
pub(crate) const PER_FILE: u32 = 50_000;
const LONGEST: usize = 100;

/// What the form sends: empty is not asked.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    text: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    since: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    before: String,
}

impl Query {
    /// What nobody could have chosen is as good as not asked.
    pub(crate) fn filter(&self) -> AuditFilter {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let midnight = |day: NaiveDate| Some(day.and_hms_opt(0, 0, 0)?.and_utc());
        AuditFilter {
            tenant: None,
            action: short(&self.action),
            text: short(&self.text),
            origin: String::new(),
            since: day(&self.since).and_then(midnight),
            // The last day counts whole.
            until: day(&self.until).and_then(|day| day.checked_add_days(Days::new(1))).and_then(midnight),
            before: self.before.parse().ok(),
        }
    }

    /// The page's own fields, with the acts that were found for it.
    pub(crate) fn found(&self, path: &'static str, mut acts: Vec<Act>, directory: &Directory) -> FoundActs {
        let shown = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
        let more = acts.len() > shown;
        acts.truncate(shown);
        let older = acts.last().filter(|_| more).map(|act| self.href(path, Some(act.id)));
        FoundActs {
            path,
            text: short(&self.text),
            action: short(&self.action),
            agency_slug: short(&self.agency),
            since: self.since.parse::<NaiveDate>().map(|day| day.to_string()).unwrap_or_default(),
            until: self.until.parse::<NaiveDate>().map(|day| day.to_string()).unwrap_or_default(),
            csv: self.href(&format!("{path}.csv"), None),
            narrowed: [&self.text, &self.action, &self.agency, &self.since, &self.until, &self.before]
                .iter()
                .any(|field| !field.is_empty()),
            acts: acts.into_iter().map(|act| row(ActLine::of(act, directory))).collect(),
            older,
        }
    }

    fn href(&self, path: &str, before: Option<i64>) -> String {
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let fields = [
            ("text", &self.text),
            ("action", &self.action),
            ("agency", &self.agency),
            ("since", &self.since),
            ("until", &self.until),
            ("before", &before),
        ];
        let set: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = serde_urlencoded::to_string(set).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

fn short(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

fn row(line: ActLine) -> ActRow {
    ActRow {
        at: line.at,
        action: line.action,
        about: line.about,
        who: line.who,
        origin: line.origin,
        client: line.client,
        address: line.address,
        reason: line.reason,
        detail: match line.detail {
            serde_json::Value::Object(pairs) => {
                pairs.into_iter().map(|(name, value)| (name, plain(&value))).collect()
            }
            _ => Vec::new(),
        },
        seq: line.seq,
    }
}

/// A JSON value as people read it: text without its quotes.
fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The acts as a CSV file.
pub(crate) fn csv(
    acts: Vec<Act>,
    directory: &Directory,
    now: DateTime<Utc>,
) -> Result<HttpResponse, csv::Error> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record([
        "at", "record", "seq", "act", "about", "origin", "who", "client", "address", "reason", "detail",
    ])?;
    for act in acts {
        let line = ActLine::of(act, directory);
        let cells = [
            line.at.to_rfc3339(),
            line.chain,
            line.seq.to_string(),
            line.action,
            line.about.unwrap_or_default(),
            line.origin,
            line.who,
            line.client,
            line.address,
            line.reason,
            line.detail.to_string(),
        ];
        file.write_record(cells.iter().map(|cell| harmless(cell).into_owned()))?;
    }
    let name = format!("attachment; filename=\"audit-{}.csv\"", now.format("%Y-%m-%d"));
    let bytes = file.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes))
}

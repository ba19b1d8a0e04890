//! What a row would come to: the dry run, and the look right before a row is worked off.

use std::collections::HashMap;
use std::fmt::Display;

use belfry_model::slug::InvalidSlug;
use belfry_model::{BodyType, Host, Phase, Slug, Tenant, Username};
use belfry_storage::{AdminDb, row};

use super::{Line, is_settled};
use crate::provision::{self, NewTenant, ProvisionError, UnfitHost};
use crate::{EmailAddress, Result, Tenancy, official};

/// Why a row is refused: a word for programs and translations, and a sentence.
#[derive(Debug)]
pub(super) struct Refusal {
    word: &'static str,
    detail: String,
}

impl Refusal {
    fn new(word: &'static str, detail: &dyn Display) -> Self {
        Self { word, detail: detail.to_string() }
    }

    pub(super) fn write(self, row: &mut row::TenantImportRow) {
        settle(row, "refused", self.word, self.detail);
    }
}

fn settle(row: &mut row::TenantImportRow, outcome: &str, reason: &str, detail: String) {
    outcome.clone_into(&mut row.outcome);
    reason.clone_into(&mut row.reason);
    row.detail = detail;
}

/// What each row would come to as things are now. Changes nothing.
pub async fn check(tenancy: &Tenancy, admin: &AdminDb, lines: &[Line]) -> Result<Vec<row::TenantImportRow>> {
    let mut rows = Vec::with_capacity(lines.len());
    let mut slugs: HashMap<&str, u32> = HashMap::new();
    let mut hosts: HashMap<&str, u32> = HashMap::new();
    for line in lines {
        let mut row = of(line);
        let (slug, host) = (line.field("slug"), line.field("host"));
        let before = slugs.get(slug).or_else(|| hosts.get(host).filter(|_| !host.is_empty()));
        if let Some(before) = before {
            settle(&mut row, "refused", "twice", format!("line {before} has the same slug or host"));
        } else {
            slugs.insert(slug, line.line);
            hosts.insert(host, line.line);
            again(tenancy, admin, &mut row).await?;
        }
        rows.push(row);
    }
    Ok(rows)
}

fn of(line: &Line) -> row::TenantImportRow {
    let or = |name: &str, otherwise: &str| match line.field(name) {
        "" => otherwise.to_owned(),
        text => text.to_owned(),
    };
    row::TenantImportRow {
        import_id: 0,
        line: i32::try_from(line.line).unwrap_or(i32::MAX),
        slug: line.field("slug").to_owned(),
        name: line.field("name").to_owned(),
        owner_email: line.field("owner_email").to_owned(),
        phase: or("phase", Phase::Invited.as_str()),
        language: or("language", "en"),
        body_type: or("body_type", BodyType::Other.as_str()),
        host: line.field("host").to_owned(),
        official_handle: line.field("official_handle").trim_start_matches('@').to_owned(),
        outcome: "new".to_owned(),
        reason: String::new(),
        detail: String::new(),
    }
}

/// What this row would come to now.
pub(super) async fn again(tenancy: &Tenancy, admin: &AdminDb, row: &mut row::TenantImportRow) -> Result<()> {
    let new = match parse(row) {
        Ok(new) => new,
        Err(refusal) => {
            refusal.write(row);
            return Ok(());
        }
    };
    let host = match provision::fit(&tenancy.names, &new) {
        Ok((_, host)) => host,
        Err(error) => {
            refusal(&error).write(row);
            return Ok(());
        }
    };
    if tenancy.directory.list().iter().any(|tenant| tenant.host == host && tenant.slug != new.slug) {
        Refusal::new("host-taken", &ProvisionError::HostTaken(host)).write(row);
        return Ok(());
    }
    let known = admin.tenant_fetch(&new.slug).await?;
    if let Some(known) = &known {
        let tenant = Tenant::try_from(known.clone())?;
        let differs = differences(&new, &tenant, &known.owner_email);
        let (outcome, reason) = match (is_settled(tenant.state), differs.is_empty()) {
            (true, true) => ("same", ""),
            (true, false) => ("differs", "differs"),
            (false, true) => ("unfinished", ""),
            (false, false) => ("refused", "begun"),
        };
        settle(row, outcome, reason, differs.join(", "));
        // Cut off between the two, the namespace is there and its handle is not.
        if outcome == "same" && tenant.is_live() && lacks_handle(admin, row, &tenant).await? {
            settle(row, "unfinished", "", String::new());
        }
        if row.outcome != "unfinished" {
            return Ok(());
        }
    } else {
        settle(row, "new", "", String::new());
    }
    if let Some(handle) = handle(row)
        && !official::is_free(admin, &new.slug, &handle).await?
    {
        Refusal::new("handle-taken", &"the official handle is kept for somebody else").write(row);
    }
    Ok(())
}

/// Whether a tenant is to have an official handle that it does not hold.
async fn lacks_handle(admin: &AdminDb, row: &row::TenantImportRow, tenant: &Tenant) -> Result<bool> {
    let Some(handle) = handle(row) else { return Ok(false) };
    Ok(admin.official_handle_holder(&handle).await? != Some(tenant.id))
}

/// The columns in which a tenant is not what the row says. What it became since is not undone.
fn differences(new: &NewTenant, tenant: &Tenant, owner_email: &str) -> Vec<&'static str> {
    let host = new.host.as_ref().is_some_and(|host| *host != tenant.host);
    [
        ("name", new.name.trim() != tenant.name),
        ("owner_email", !owner_email.eq_ignore_ascii_case(new.owner_email.as_str())),
        ("phase", new.phase != tenant.phase),
        ("language", new.language != tenant.language),
        ("body_type", new.body_type != tenant.body_type),
        ("host", host),
        ("state", tenant.state == belfry_model::TenantState::Deleted),
    ]
    .into_iter()
    .filter_map(|(column, differs)| differs.then_some(column))
    .collect()
}

pub(super) fn handle(row: &row::TenantImportRow) -> Option<Username> {
    row.official_handle.parse().ok()
}

pub(super) fn parse(row: &row::TenantImportRow) -> std::result::Result<NewTenant, Refusal> {
    if !row.official_handle.is_empty() && handle(row).is_none() {
        return Err(Refusal::new("handle", &"the official handle can't be one"));
    }
    if row.name.trim().is_empty() {
        return Err(Refusal::new("name", &"the name is missing"));
    }
    let host = match row.host.as_str() {
        "" => None,
        text => Some(text.parse::<Host>().map_err(|error| Refusal::new("host", &error))?),
    };
    Ok(NewTenant {
        slug: row.slug.parse::<Slug>().map_err(|error| match &error {
            InvalidSlug::Malformed(_) => Refusal::new("slug", &error),
            InvalidSlug::Reserved(_) => Refusal::new("slug-reserved", &error),
        })?,
        name: row.name.clone(),
        owner_email: row
            .owner_email
            .parse::<EmailAddress>()
            .map_err(|error| Refusal::new("email", &error))?,
        phase: row.phase.parse::<Phase>().map_err(|error| Refusal::new("phase", &error))?,
        language: row.language.clone(),
        body_type: row.body_type.parse::<BodyType>().map_err(|error| Refusal::new("body-type", &error))?,
        request: None,
        host,
        lead: false,
    })
}

/// Of what making a tenant refused.
pub(super) fn refusal(error: &ProvisionError) -> Refusal {
    Refusal::new(error.word().unwrap_or("internal"), error)
}

impl ProvisionError {
    /// A word for translations. `None` for what is no mistake of whoever asked.
    pub fn word(&self) -> Option<&'static str> {
        match self {
            Self::Taken(_) => Some("slug-taken"),
            Self::Reserved(_) => Some("slug-reserved"),
            Self::Gone(_) => Some("slug-gone"),
            Self::BegunForAnother(_) | Self::BegunElsewhere(..) => Some("begun"),
            Self::Nameless => Some("name"),
            Self::NameTooLong => Some("name-long"),
            Self::Language(_) => Some("language"),
            Self::Host(UnfitHost::BelowShared(_)) => Some("host-shared"),
            Self::Host(UnfitHost::NoName(_)) => Some("host"),
            Self::Host(UnfitHost::Port { .. }) => Some("host-port"),
            Self::HostTaken(_) => Some("host-taken"),
            Self::LeadTaken(_) | Self::Account(_) | Self::Internal(_) => None,
        }
    }
}

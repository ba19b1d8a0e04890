//! A policy as people read it: the lead agency's text, then what the agency adds, with the
//! variables filled in.
//!
//! Invariant: each part is made into HTML by itself, so that nothing in an addition reaches into the
//! baseline above it.

use std::fmt::Write as _;

use belfry_model::{Edition, Law, PolicyKind, Tenant};
use belfry_storage::{PolicyText, TenantTx};
use chrono::{DateTime, NaiveDate, Utc};
use fluent_bundle::FluentArgs;

use super::compare::{Line, compare as compare_texts};
use super::history::{Entry, entries, holding};
use super::variables::{Form, Values, Variable, missing_of};
use super::{markdown, title};
use crate::{Error, Result, Tenancy, texts};

/// A policy that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub policy: PolicyKind,
    pub title: String,
    /// Sanitised; its headings begin at the second level.
    pub html: String,
    /// Markdown, filled in.
    pub source: String,
    /// Named in the text, and not known of this agency.
    pub missing: Vec<Variable>,
}

/// What variables stand for where an agency says nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    pub agency: String,
    pub contact: String,
    pub channel: String,
}

/// What a tenant's settings say.
pub async fn home(tenancy: &Tenancy, tenant: &Tenant) -> Result<Home> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let home = home_in(tenancy, &tx, tenant).await?;
    tx.commit().await?;
    Ok(home)
}

pub(super) async fn home_in(tenancy: &Tenancy, tx: &TenantTx, tenant: &Tenant) -> Result<Home> {
    let setting = tx.tenant_setting_fetch().await?;
    Ok(Home {
        agency: tenant.name.clone(),
        contact: setting.map(|setting| setting.contact_email).unwrap_or_default(),
        channel: tenancy.names.origin(tenant).at("/"),
    })
}

pub(super) fn values(home: &Home, addition: Option<&PolicyText>) -> Values {
    let or = |own: fn(&PolicyText) -> &String, default: &String| {
        addition.map(own).filter(|own| !own.is_empty()).unwrap_or(default).clone()
    };
    Values {
        agency: or(|text| &text.agency, &home.agency),
        contact: or(|text| &text.contact, &home.contact),
        channel: or(|text| &text.channel, &home.channel),
        law: addition.and_then(|text| text.law.parse::<Law>().ok()),
    }
}

/// The text in this language or, where it isn't written in that, in the other; and which it is.
pub(super) fn wording<'a>(text: &'a PolicyText, language: &'static str) -> (&'a str, &'static str) {
    let (asked, other, other_language) = match language {
        "nl" => (&text.text_nl, &text.text_en, "en"),
        _ => (&text.text_en, &text.text_nl, "nl"),
    };
    if asked.is_empty() && !other.is_empty() { (other, other_language) } else { (asked, language) }
}

/// Both parts as one page. `language` is one of [`super::LANGUAGES`].
pub fn compose(
    policy: PolicyKind,
    baseline: Option<&PolicyText>,
    addition: Option<&PolicyText>,
    home: &Home,
    language: &'static str,
) -> Result<Document> {
    let values = values(home, addition);
    // Writing to a string does not fail.
    let (mut html, mut source, mut named) = (String::new(), String::new(), Vec::new());
    if let Some((text, written_in)) = baseline.map(|text| wording(text, language)) {
        html.push_str(&marked(
            language,
            written_in,
            markdown::html(&values.fill(text, policy, written_in, Form::Markdown), 2),
        ));
        source.push_str(&values.fill(text, policy, written_in, Form::Plain));
        named.push(text);
    }
    let added = addition.map(|text| wording(text, language)).filter(|(text, _)| !text.is_empty());
    if let Some((text, written_in)) = added {
        let below = baseline.is_some();
        if below {
            let mut args = FluentArgs::new();
            args.set("agency", values.agency.clone());
            let heading = texts::text(language, "policy-additions", &args)?;
            let _ = writeln!(html, "<h2>{}</h2>", markdown::words(&heading));
            let _ = write!(source, "\n\n## {heading}\n\n");
        }
        let filled = values.fill(text, policy, written_in, Form::Markdown);
        html.push_str(&marked(language, written_in, markdown::html(&filled, if below { 3 } else { 2 })));
        source.push_str(&values.fill(text, policy, written_in, Form::Plain));
        named.push(text);
    }
    source.push('\n');
    let missing = missing_of(named, &values);
    Ok(Document { policy, title: title(policy, language)?, html, source, missing })
}

/// Says to screen readers where the language changes.
fn marked(page: &str, written_in: &str, html: String) -> String {
    if page == written_in { html } else { format!("<div lang=\"{written_in}\">{html}</div>") }
}

/// What an edition says. `None` if it has no such version.
async fn parts(
    tx: &TenantTx,
    policy: PolicyKind,
    edition: Edition,
) -> Result<Option<(Option<PolicyText>, Option<PolicyText>)>> {
    let baseline = match edition.baseline {
        0 => None,
        version => Some(tx.policy_baseline_fetch(policy, version).await?),
    };
    let addition = match edition.addition {
        0 => None,
        version => Some(tx.policy_addition_fetch(policy, version).await?),
    };
    Ok(match (baseline, addition) {
        (Some(None), _) | (_, Some(None)) => None,
        (baseline, addition) => Some((baseline.flatten(), addition.flatten())),
    })
}

pub(super) async fn texts_in(
    tx: &TenantTx,
    policy: PolicyKind,
    now: DateTime<Utc>,
) -> Result<Option<(Entry, Option<PolicyText>, Option<PolicyText>)>> {
    let entries = entries(&tx.policy_heads(Some(policy)).await?);
    let Some(entry) = holding(&entries, now) else { return Ok(None) };
    let Some((baseline, addition)) = parts(tx, policy, entry.edition).await? else { return Ok(None) };
    Ok(Some((entry.clone(), baseline, addition)))
}

/// What holds now.
pub async fn in_force(
    tenancy: &Tenancy,
    tenant: &Tenant,
    policy: PolicyKind,
    language: &'static str,
) -> Result<Option<(Entry, Document)>> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let found = texts_in(&tx, policy, tenancy.clock.now()).await?;
    let home = home_in(tenancy, &tx, tenant).await?;
    tx.commit().await?;
    let Some((entry, baseline, addition)) = found else { return Ok(None) };
    let document = compose(policy, baseline.as_ref(), addition.as_ref(), &home, language)?;
    Ok(Some((entry, document)))
}

/// An edition that holds, held, or is announced.
pub async fn at(
    tenancy: &Tenancy,
    tenant: &Tenant,
    policy: PolicyKind,
    edition: Edition,
    language: &'static str,
) -> Result<Option<(Entry, Document)>> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let found = entries(&tx.policy_heads(Some(policy)).await?);
    let found = found.into_iter().find(|entry| entry.edition == edition);
    let texts = parts(&tx, policy, edition).await?;
    let home = home_in(tenancy, &tx, tenant).await?;
    tx.commit().await?;
    let (Some(entry), Some((baseline, addition))) = (found, texts) else { return Ok(None) };
    let document = compose(policy, baseline.as_ref(), addition.as_ref(), &home, language)?;
    Ok(Some((entry, document)))
}

/// What changed from the edition before this one, or from another; with which that is.
pub async fn changes(
    tenancy: &Tenancy,
    tenant: &Tenant,
    policy: PolicyKind,
    edition: Edition,
    from: Option<Edition>,
    language: &'static str,
) -> Result<Option<(Option<Edition>, Vec<Line>)>> {
    let Some((_, new)) = at(tenancy, tenant, policy, edition, language).await? else { return Ok(None) };
    let before = if from.is_some() {
        from
    } else {
        let entries = super::history(tenancy, tenant.scope(), policy).await?;
        entries.into_iter().map(|entry| entry.edition).take_while(|one| *one != edition).last()
    };
    let old = match before {
        None => String::new(),
        Some(before) => match at(tenancy, tenant, policy, before, language).await? {
            Some((_, document)) => document.source,
            None => return Ok(None),
        },
    };
    Ok(Some((before, compare_texts(&old, &new.source))))
}

/// A tenant's text that isn't published yet, below the baseline that holds; and what would change.
pub async fn preview(
    tenancy: &Tenancy,
    tenant: &Tenant,
    policy: PolicyKind,
    addition: &PolicyText,
    language: &'static str,
) -> Result<(Document, Vec<Line>)> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let found = texts_in(&tx, policy, tenancy.clock.now()).await?;
    let home = home_in(tenancy, &tx, tenant).await?;
    tx.commit().await?;
    let (baseline, before) = found.map_or((None, None), |(_, baseline, before)| (baseline, before));
    let new = compose(policy, baseline.as_ref(), Some(addition), &home, language)?;
    let old = compose(policy, baseline.as_ref(), before.as_ref(), &home, language)?;
    let lines = compare_texts(&old.source, &new.source);
    Ok((new, lines))
}

/// What the client API calls the extended description: who is behind this, and where the rest is.
/// HTML, and since when it says this; `None` where nothing is published.
pub async fn extended(
    tenancy: &Tenancy,
    tenant: &Tenant,
    language: &'static str,
) -> Result<Option<(String, DateTime<Utc>)>> {
    let heads = super::heads(tenancy, tenant.scope()).await?;
    let origin = tenancy.names.origin(tenant);
    let mut html = String::new();
    if let Some((_, imprint)) = in_force(tenancy, tenant, PolicyKind::Imprint, language).await? {
        html.push_str(&imprint.html);
    }
    let published: Vec<_> =
        heads.iter().filter_map(|(policy, now, _)| now.as_ref().map(|entry| (*policy, entry))).collect();
    let Some(since) = published.iter().map(|(_, entry)| entry.since).max() else { return Ok(None) };
    let more = texts::text(language, "policy-elsewhere", &FluentArgs::new())?;
    let _ = writeln!(html, "<p>{}</p>\n<ul>", markdown::words(&more));
    for (policy, _) in published {
        let href = origin.at(&format!("/about/{policy}"));
        let title = markdown::words(&title(policy, language)?);
        let _ = writeln!(html, "<li><a href=\"{href}\">{title}</a></li>");
    }
    html.push_str("</ul>\n");
    Ok(Some((html, since)))
}

/// The day on which something that is published now may begin to hold at the earliest.
pub(super) fn today(tenancy: &Tenancy) -> NaiveDate {
    tenancy.clock.now().date_naive()
}

pub(super) fn known(policy: &str) -> Result<PolicyKind> {
    policy.parse().map_err(|error| Error::Inconsistent(format!("{error}")))
}

//! Writing and publishing: the lead agency for all, an agency for itself.
//!
//! Invariant: what is published is whole: every variable that it names is known, and where it was
//! looked at before, it is what was looked at.

use belfry_model::{Law, PolicyKind, Tenant};
use belfry_storage::{AdminDb, NewPolicyDraft, NewPolicyText, PolicyDraft, PolicyText};
use chrono::{Days, NaiveDate};
use serde_json::json;

use super::compare::{Line, compare};
use super::compose::{home_in, today, values, wording};
use super::variables::{Unknown, Variable, missing_of};
use super::{LONGEST_REASON, LONGEST_TEXT, template, unknown};
use crate::provision::LONGEST_NAME;
use crate::{By, EmailAddress, Error, Result, Tenancy, audit, error};

/// Further ahead nothing is announced.
const FURTHEST: Days = Days::new(366);
const LONGEST_CHANNEL: usize = 200;

/// A version that is to be.
#[derive(Debug, Clone)]
pub struct Publication {
    pub policy: PolicyKind,
    pub text: PolicyText,
    /// From today without one.
    pub effective_on: Option<NaiveDate>,
    /// The draft that was looked at: another one isn't published unseen.
    pub draft: Option<i64>,
}

/// Why a text can't be taken. The words are for people.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error(transparent)]
    Unknown(#[from] Unknown),
    #[error("the text has no value for: {}", names(.0))]
    Missing(Vec<Variable>),
    #[error("a text is needed: in English and in Dutch for the baseline, in one of them for an agency's own")]
    Blank,
    #[error("a text is longer than {LONGEST_TEXT} characters")]
    TooLong,
    #[error("the reason is longer than {LONGEST_REASON} characters")]
    ReasonTooLong,
    #[error("say why: the reason is published with the version")]
    Reasonless,
    #[error("{0} is over: a version holds from today or from a later day")]
    Over(NaiveDate),
    #[error("{0} is more than a year ahead")]
    TooFar(NaiveDate),
    #[error("`{0}` is no e-mail address: the variable contact is one")]
    Contact(String),
    #[error("`{0}` is no address of a page: the variable channel is one that begins with https://")]
    Channel(String),
    #[error("the variable agency is longer than {LONGEST_NAME} characters")]
    AgencyTooLong,
    #[error("`{0}` is no law that we know: eu, nl, nz, uk or other")]
    Law(String),
    #[error("this is what the latest version says already")]
    Same,
    #[error("somebody changed or published this meanwhile: look at it again")]
    Changed,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(PublishError: Error);

impl From<belfry_storage::Error> for PublishError {
    fn from(source: belfry_storage::Error) -> Self {
        match source {
            // Somebody published the next version in this moment.
            belfry_storage::Error::Conflict { .. } => Self::Changed,
            other => Self::Internal(other.into()),
        }
    }
}

fn names(variables: &[Variable]) -> String {
    variables.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ")
}

/// As typed, made even: forms end lines in their own way.
fn even(text: &PolicyText) -> PolicyText {
    let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    let one = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    PolicyText {
        text_en: lines(&text.text_en),
        text_nl: lines(&text.text_nl),
        agency: one(&text.agency),
        contact: one(&text.contact),
        channel: one(&text.channel),
        law: one(&text.law),
        demands: text.demands,
    }
}

fn check(tenancy: &Tenancy, text: &PolicyText) -> Result<PolicyText, PublishError> {
    let mut text = even(text);
    for one in [&text.text_en, &text.text_nl] {
        if one.chars().count() > LONGEST_TEXT {
            return Err(PublishError::TooLong);
        }
        if let Some(unknown) = unknown(one) {
            return Err(unknown.into());
        }
    }
    if text.agency.chars().count() > LONGEST_NAME {
        return Err(PublishError::AgencyTooLong);
    }
    if !text.contact.is_empty() {
        let contact: EmailAddress =
            text.contact.parse().map_err(|_| PublishError::Contact(text.contact.clone()))?;
        contact.as_str().clone_into(&mut text.contact);
    }
    if !text.channel.is_empty() {
        let wrong = || PublishError::Channel(text.channel.clone());
        let url: url::Url = text.channel.parse().map_err(|_| wrong())?;
        let ours = url.scheme() == "https" || url.scheme() == tenancy.names.scheme;
        if !ours || url.host_str().is_none() || text.channel.len() > LONGEST_CHANNEL {
            return Err(wrong());
        }
        text.channel = url.into();
    }
    if !text.law.is_empty() && text.law.parse::<Law>().is_err() {
        return Err(PublishError::Law(text.law));
    }
    Ok(text)
}

fn day(tenancy: &Tenancy, asked: Option<NaiveDate>) -> Result<NaiveDate, PublishError> {
    let today = today(tenancy);
    match asked {
        None => Ok(today),
        Some(day) if day < today => Err(PublishError::Over(day)),
        Some(day) if today.checked_add_days(FURTHEST).is_some_and(|last| day > last) => {
            Err(PublishError::TooFar(day))
        }
        Some(day) => Ok(day),
    }
}

fn reason(by: &By) -> Result<&str, PublishError> {
    match by.reason() {
        "" => Err(PublishError::Reasonless),
        reason if reason.chars().count() > LONGEST_REASON => Err(PublishError::ReasonTooLong),
        reason => Ok(reason),
    }
}

/// Our template in both languages, as a text that can be published.
pub fn of_template(policy: PolicyKind) -> PolicyText {
    PolicyText {
        text_en: template(policy, "en").to_owned(),
        text_nl: template(policy, "nl").to_owned(),
        demands: policy.demands_by_default(),
        ..PolicyText::default()
    }
}

/// Makes our template the draft of the baseline.
pub async fn adopt_baseline(tenancy: &Tenancy, admin: &AdminDb, policy: PolicyKind) -> Result<()> {
    let new = NewPolicyDraft { policy, text: &of_template(policy), at: tenancy.clock.now() };
    Ok(admin.policy_draft_put(&new).await?)
}

/// What a version of the baseline says, in one language, and what it changed of the one before it.
pub async fn baseline_changes(
    admin: &AdminDb,
    policy: PolicyKind,
    version: i32,
    language: &'static str,
) -> Result<Option<(String, Vec<Line>)>> {
    let words = |text: &PolicyText| wording(text, language).0.to_owned();
    let Some(new) = admin.policy_baseline_fetch(policy, version).await? else { return Ok(None) };
    let old = admin.policy_baseline_fetch(policy, version - 1).await?;
    let new = words(&new);
    let lines = compare(&old.as_ref().map(words).unwrap_or_default(), &new);
    Ok(Some((new, lines)))
}

/// Keeps what is written of the baseline, for now for the lead agency alone.
pub async fn save_baseline(
    tenancy: &Tenancy,
    admin: &AdminDb,
    policy: PolicyKind,
    text: &PolicyText,
) -> Result<(), PublishError> {
    let text = check(tenancy, text)?;
    Ok(admin.policy_draft_put(&NewPolicyDraft { policy, text: &text, at: tenancy.clock.now() }).await?)
}

/// Publishes a version of the baseline, for all agencies. Its number.
pub async fn publish_baseline(
    tenancy: &Tenancy,
    admin: &AdminDb,
    publication: &Publication,
    by: &By,
) -> Result<i32, PublishError> {
    let policy = publication.policy;
    let text = check(tenancy, &publication.text)?;
    if text.text_en.is_empty() || text.text_nl.is_empty() {
        return Err(PublishError::Blank);
    }
    let effective_on = day(tenancy, publication.effective_on)?;
    let reason = reason(by)?;
    unchanged(publication.draft, admin.policy_draft_fetch(policy).await?)?;
    let heads = admin.policy_baseline_heads(Some(policy)).await?;
    if let Some(last) = heads.last()
        && admin.policy_baseline_fetch(policy, last.version).await?.is_some_and(|known| known == text)
    {
        return Err(PublishError::Same);
    }
    let who = by.person().unwrap_or_default();
    let new = NewPolicyText { policy, text: &text, effective_on, at: tenancy.clock.now(), by: who, reason };
    Ok(admin.policy_baseline_publish(&new, by.actor()).await?)
}

/// Keeps what a tenant writes, for now for its own people alone.
pub async fn save(
    tenancy: &Tenancy,
    tenant: &Tenant,
    policy: PolicyKind,
    text: &PolicyText,
) -> Result<(), PublishError> {
    let text = check(tenancy, text)?;
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    tx.policy_draft_put(&NewPolicyDraft { policy, text: &text, at: tenancy.clock.now() }).await?;
    Ok(tx.commit().await?)
}

/// Publishes a version of a tenant's own. Its number.
pub async fn publish(
    tenancy: &Tenancy,
    tenant: &Tenant,
    publication: &Publication,
    by: &By,
) -> Result<i32, PublishError> {
    let policy = publication.policy;
    let text = check(tenancy, &publication.text)?;
    let effective_on = day(tenancy, publication.effective_on)?;
    let reason = reason(by)?;
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let heads = tx.policy_heads(Some(policy)).await?;
    let baseline = match heads.iter().rfind(|head| !head.own) {
        Some(head) => tx.policy_baseline_fetch(policy, head.version).await?,
        None => None,
    };
    if text.text_en.is_empty() && text.text_nl.is_empty() && baseline.is_none() {
        return Err(PublishError::Blank);
    }
    let home = home_in(tenancy, &tx, tenant).await?;
    let texts = baseline.iter().chain([&text]).flat_map(|text| [&text.text_en, &text.text_nl]);
    let missing = missing_of(texts.map(String::as_str), &values(&home, Some(&text)));
    if !missing.is_empty() {
        return Err(PublishError::Missing(missing));
    }
    unchanged(publication.draft, tx.policy_draft_fetch(policy).await?)?;
    if let Some(last) = heads.iter().rfind(|head| head.own)
        && tx.policy_addition_fetch(policy, last.version).await?.is_some_and(|known| known == text)
    {
        return Err(PublishError::Same);
    }
    let now = tenancy.clock.now();
    let who = by.person().unwrap_or_default();
    let new = NewPolicyText { policy, text: &text, effective_on, at: now, by: who, reason };
    let version = tx.policy_addition_insert(&new).await?;
    tx.policy_draft_delete(policy).await?;
    let detail = json!({
        "policy": policy, "version": version, "effective_on": effective_on, "demands": text.demands
    });
    audit::record(&tx, &*tenancy.clock, by, "policy.publish", detail).await?;
    tx.commit().await?;
    Ok(version)
}

fn unchanged(seen: Option<i64>, draft: Option<PolicyDraft>) -> Result<(), PublishError> {
    match seen {
        Some(seen) if draft.is_none_or(|draft| draft.id != seen) => Err(PublishError::Changed),
        Some(_) | None => Ok(()),
    }
}

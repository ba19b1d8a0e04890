//! The lead agency's desk: what was asked for, and deciding on it.

use belfry_model::{COMMONS, Phase, ProofState, Quota, RequestState, Tenant, TenantState};
use belfry_settings::AdmissionSettings;
use belfry_storage::{AdminDb, NewMail, row};
use chrono::NaiveDate;

use super::applicant::looking;
use super::application::text;
use crate::mail::{self, Message};
use crate::provision::{self, NewTenant, ProvisionError};
use crate::{By, EmailAddress, Error, Result, Tenancy, error};

/// Agreements and proofs that the overview names at most.
const DUE: u32 = 20;

/// A request with everything that was said about it.
#[derive(Debug, Clone)]
pub struct Case {
    pub request: row::Request,
    pub state: RequestState,
    pub proof: ProofState,
    /// A look at the domain is due within moments.
    pub looking: bool,
    pub messages: Vec<row::RequestMessage>,
    pub agreement: Option<row::Agreement>,
}

/// What the lead agency settles when it approves.
#[derive(Debug, Clone)]
pub struct Approval {
    pub phase: Phase,
    pub owner_email: EmailAddress,
    /// A plan of its own; `None` for the platform's.
    pub quota: Option<Quota>,
    pub text: String,
    pub signatory: String,
    pub signed_on: NaiveDate,
    pub review_on: NaiveDate,
}

#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    #[error("the request is decided already")]
    Decided,
    #[error("a text is needed, of at most {0} characters")]
    Text(usize),
    #[error("an agreement needs the name of who signed it")]
    Signatory,
    #[error("the review has to be after the day of signing")]
    Review,
    #[error(transparent)]
    Quota(#[from] belfry_model::usage::UnfitQuota),
    #[error("nothing is left to complete: the request is decided, or still to be")]
    NothingToComplete,
    #[error(transparent)]
    Provision(#[from] ProvisionError),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(DecideError: Error, belfry_storage::Error);

/// Something about an agency that wants to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub slug: String,
    pub name: String,
    /// The agreement's review, and otherwise the domain's proof.
    pub is_review: bool,
}

/// The newest first.
pub async fn cases(
    admin: &AdminDb,
    state: Option<RequestState>,
    page: u64,
    per_page: u64,
) -> Result<Vec<row::Request>> {
    let skip = page.saturating_sub(1).saturating_mul(per_page);
    Ok(admin.request_list(state, per_page, skip).await?)
}

/// In the order of [`RequestState::ALL`].
pub async fn counts(admin: &AdminDb) -> Result<Vec<(RequestState, u64)>> {
    let counted = admin.request_count().await?;
    let of = |state: RequestState| {
        let count = counted.iter().find(|(word, _)| word == state.as_str()).map_or(0, |(_, count)| *count);
        (state, count.unsigned_abs())
    };
    Ok(RequestState::ALL.iter().copied().map(of).collect())
}

pub async fn find(tenancy: &Tenancy, admin: &AdminDb, number: &str) -> Result<Option<Case>> {
    match admin.request_fetch(&number.trim().to_ascii_uppercase()).await? {
        Some(request) => case(tenancy, admin, request).await.map(Some),
        None => Ok(None),
    }
}

/// The request that an agency was admitted by; `None` for one that the lead made by hand.
pub async fn of_tenant(tenancy: &Tenancy, admin: &AdminDb, tenant: &Tenant) -> Result<Option<Case>> {
    match admin.request_of(tenant.id).await? {
        Some(request) => case(tenancy, admin, request).await.map(Some),
        None => Ok(None),
    }
}

async fn case(tenancy: &Tenancy, admin: &AdminDb, request: row::Request) -> Result<Case> {
    let wrong = |error| Error::Inconsistent(format!("request {}: {error}", request.number));
    Ok(Case {
        state: request.state.parse().map_err(wrong)?,
        proof: request.proof.parse().map_err(wrong)?,
        looking: looking(request.due_at, tenancy.clock.now()),
        messages: admin.request_messages(request.id).await?,
        agreement: admin.agreement_fetch(request.id).await?,
        request,
    })
}

/// Reviews that are due and proofs that lapsed. Neither switches anything off.
pub async fn due(tenancy: &Tenancy, admin: &AdminDb) -> Result<Vec<Due>> {
    let today = tenancy.clock.now().date_naive();
    let due = admin.admission_due(today, DUE).await?;
    Ok(due.into_iter().map(|(slug, name, what)| Due { slug, name, is_review: what == "review" }).collect())
}

/// Asks the applicant something, by mail; they answer on the page of their request.
pub async fn ask(
    tenancy: &Tenancy,
    admin: &AdminDb,
    settings: &AdmissionSettings,
    case: &Case,
    question: &str,
    by: &By,
) -> Result<(), DecideError> {
    let question = text(question, settings.text_length).ok_or(DecideError::Text(settings.text_length))?;
    let letter =
        letter(tenancy, &case.request, "mail-request-asked", |message| message.with_text("text", &question))?;
    let asked = admin.request_ask(&case.request, &question, tenancy.clock.now(), by.actor(), &letter).await?;
    asked.then_some(()).ok_or(DecideError::Decided)
}

pub async fn refuse(
    tenancy: &Tenancy,
    admin: &AdminDb,
    settings: &AdmissionSettings,
    case: &Case,
    reason: &str,
    by: &By,
) -> Result<(), DecideError> {
    let reason = text(reason, settings.text_length).ok_or(DecideError::Text(settings.text_length))?;
    let letter =
        letter(tenancy, &case.request, "mail-request-refused", |message| message.with_text("text", &reason))?;
    let by = by.clone().because(&reason);
    let refused =
        admin.request_refuse(&case.request, &reason, tenancy.clock.now(), by.actor(), &letter).await?;
    refused.then_some(()).ok_or(DecideError::Decided)
}

/// Decides for the request and makes the namespace at once. Interrupted, it stays `approving`, and
/// [`complete`] goes on from there.
pub async fn approve(
    tenancy: &Tenancy,
    admin: &AdminDb,
    settings: &AdmissionSettings,
    case: &Case,
    approval: &Approval,
    by: &By,
) -> Result<Tenant, DecideError> {
    let longest = settings.agreement_length;
    let agreement = row::Agreement {
        text: text(&approval.text, longest).ok_or(DecideError::Text(longest))?,
        signatory: text(&approval.signatory, 200)
            .filter(|name| !name.contains('\n'))
            .ok_or(DecideError::Signatory)?,
        signed_on: approval.signed_on,
        review_on: approval.review_on,
    };
    if agreement.review_on <= agreement.signed_on {
        return Err(DecideError::Review);
    }
    if let Some(quota) = &approval.quota {
        quota.check()?;
    }
    if !case.state.is_open() {
        return Err(DecideError::Decided);
    }
    free(tenancy, admin, &case.request).await?;
    let approved = belfry_storage::Approval {
        phase: approval.phase,
        owner_email: approval.owner_email.as_str(),
        quota: approval.quota,
        agreement: &agreement,
    };
    if !admin.request_approve(&case.request, &approved, tenancy.clock.now(), by.actor()).await? {
        return Err(DecideError::Decided);
    }
    let case = find(tenancy, admin, &case.request.number).await?.ok_or(DecideError::Decided)?;
    complete(tenancy, admin, &case, by).await
}

/// Before anything is promised: the short name may have gone to another body meanwhile.
async fn free(tenancy: &Tenancy, admin: &AdminDb, request: &row::Request) -> Result<(), DecideError> {
    let slug = request.slug.parse().map_err(|error| Error::Inconsistent(format!("{error}")))?;
    match admin.tenant_fetch(&slug).await? {
        Some(_) if tenancy.directory.by_slug(&slug).is_some() => Err(ProvisionError::Taken(slug).into()),
        Some(_) => Err(ProvisionError::Gone(slug).into()),
        None => Ok(()),
    }
}

/// Makes the namespace of a request that was approved, or what an interrupted run left of it.
pub async fn complete(
    tenancy: &Tenancy,
    admin: &AdminDb,
    case: &Case,
    by: &By,
) -> Result<Tenant, DecideError> {
    let request = &case.request;
    let (RequestState::Approving, Some(phase), Some(owner_email)) =
        (case.state, &request.phase, &request.owner_email)
    else {
        return Err(DecideError::NothingToComplete);
    };
    let wrong = |error: String| Error::Inconsistent(format!("request {}: {error}", request.number));
    let new = NewTenant {
        slug: request.slug.parse().map_err(|error| wrong(format!("{error}")))?,
        name: request.body_name.clone(),
        owner_email: owner_email.parse().map_err(|error| wrong(format!("{error}")))?,
        phase: phase.parse().map_err(|error| wrong(format!("{error}")))?,
        language: request.language.clone(),
        body_type: request.body_type.parse().map_err(|error| wrong(format!("{error}")))?,
        request: Some(request.id),
        host: None,
        lead: false,
    };
    let tenant = match made_before(admin, &new).await? {
        Some(tenant) => tenant,
        None => provision::create_tenant(tenancy, admin, &new, by).await?.tenant,
    };
    let quota: Option<Quota> = request
        .quota
        .clone()
        .map(serde_json::from_value)
        .transpose()
        .map_err(|error| wrong(error.to_string()))?;
    if quota.is_some() {
        admin.quota_set(tenant.id, quota, by.actor()).await?;
    }
    let host = tenant.host.to_string();
    let letter = letter(tenancy, request, "mail-request-approved", |message| {
        message.with("address", host).with("owner", owner_email.as_str())
    })?;
    admin.request_complete(request, tenant.id, tenancy.clock.now(), by.actor(), &letter).await?;
    Ok(tenant)
}

/// An earlier run had got as far as the live namespace, and no further.
async fn made_before(admin: &AdminDb, new: &NewTenant) -> Result<Option<Tenant>, DecideError> {
    let Some(row) = admin.tenant_fetch(&new.slug).await? else { return Ok(None) };
    let ours = row.request_id == new.request;
    let tenant = Tenant::try_from(row)?;
    match tenant.state {
        TenantState::Live if ours => Ok(Some(tenant)),
        // Begun by another, it would be completed as if it were ours.
        TenantState::Provisioning if !ours => Err(ProvisionError::Taken(new.slug.clone()).into()),
        TenantState::Provisioning | TenantState::Live | TenantState::Suspended | TenantState::Deleted => {
            Ok(None)
        }
    }
}

/// Has the domain looked at, within moments and by a worker.
pub async fn check(tenancy: &Tenancy, admin: &AdminDb, case: &Case, by: &By) -> Result<()> {
    Ok(admin.proof_ask(&case.request, tenancy.clock.now(), by.actor()).await?)
}

/// To the applicant, in their language.
fn letter<'a>(
    tenancy: &Tenancy,
    request: &'a row::Request,
    key: &'static str,
    more: impl FnOnce(Message<'a>) -> Message<'a>,
) -> Result<NewMail> {
    let to: EmailAddress = request
        .email
        .parse()
        .map_err(|error| Error::Inconsistent(format!("request {}: {error}", request.number)))?;
    let url = format!("{}://{}/join/status", tenancy.names.scheme, tenancy.names.shared_domain);
    let message = Message::new(key)
        .with("body", request.body_name.as_str())
        .with("number", request.number.as_str())
        .with("url", url);
    mail::write(tenancy, COMMONS, &to, &request.language, &more(message))
}

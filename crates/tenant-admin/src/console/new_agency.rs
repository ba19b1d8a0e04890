//! `/console/agencies/new` and `POST /console/agencies`: an agency that the lead admits by hand.
//! What was typed comes back with the problem.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{AdmittedView, FieldProblem, NewAgencyView, Room, TypedAgency};
use belfry_model::Username;
use belfry_model::slug::InvalidSlug;
use belfry_tenancy::official::{self, OfficialError};
use belfry_tenancy::provision::{self, CreatedTenant, NewTenant};
use serde::Deserialize;

use super::agencies::row;
use crate::lead::{Lead, LeadForm};

#[derive(Debug, Deserialize)]
pub(super) struct Form {
    #[serde(default)]
    slug: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    owner_email: String,
    #[serde(default)]
    phase: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    body_type: String,
    #[serde(default)]
    host: String,
    #[serde(default)]
    official_handle: String,
}

pub(super) async fn get(lead: Lead) -> HttpResponse {
    let typed = TypedAgency::begin(lead.language.code());
    lead.respond(&form(&lead, typed, None))
}

pub(super) async fn post(sent: LeadForm<Form>) -> HttpResponse {
    let LeadForm { form: sent, lead } = sent;
    let again = |key| {
        let view = form(&lead, typed(&sent), FieldProblem::of(key));
        lead.respond_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
    };
    let new = match parse(&sent) {
        Ok(new) => new,
        Err(key) => return again(key),
    };
    let handle = match handle(&lead, &new, &sent).await {
        Ok(handle) => handle,
        Err(Refused::Field(key)) => return again(key),
        Err(Refused::Broken(error)) => return lead.broken(&error),
    };
    match provision::create_tenant(lead.tenancy(), lead.admin(), &new, &lead.by).await {
        Ok(created) => match give(&lead, &created, handle.as_ref()).await {
            Ok(given) => {
                lead.respond_with(StatusCode::CREATED, &admitted(&lead, created, handle.as_ref(), given))
            }
            Err(error) => lead.broken(&error),
        },
        Err(error) => match error.word() {
            Some(key) => again(key),
            None => lead.broken(&error),
        },
    }
}

fn form(lead: &Lead, typed: TypedAgency, problem: Option<FieldProblem>) -> NewAgencyView {
    let shared_domain = lead.platform.names().shared_domain.to_string();
    NewAgencyView { room: Room::Agencies, shared_domain, typed, problem }
}

fn typed(form: &Form) -> TypedAgency {
    TypedAgency {
        slug: form.slug.clone(),
        name: form.name.clone(),
        owner_email: form.owner_email.clone(),
        phase: form.phase.clone(),
        language: form.language.clone(),
        body_type: form.body_type.clone(),
        host: form.host.clone(),
        official_handle: form.official_handle.clone(),
    }
}

/// The key of the problem where a field is not what it should be.
fn parse(form: &Form) -> Result<NewTenant, &'static str> {
    let host = match form.host.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| "host")?),
    };
    Ok(NewTenant {
        slug: form.slug.trim().parse().map_err(|error| match error {
            InvalidSlug::Malformed(_) => "slug",
            InvalidSlug::Reserved(_) => "slug-reserved",
        })?,
        name: form.name.clone(),
        owner_email: form.owner_email.trim().parse().map_err(|_| "email")?,
        phase: form.phase.parse().map_err(|_| "phase")?,
        language: form.language.clone(),
        body_type: form.body_type.parse().map_err(|_| "body-type")?,
        request: None,
        host,
        lead: false,
    })
}

enum Refused {
    Field(&'static str),
    Broken(belfry_tenancy::Error),
}

/// Asked before anything is made: what is taken should be known while it can still be changed.
async fn handle(lead: &Lead, new: &NewTenant, form: &Form) -> Result<Option<Username>, Refused> {
    let handle: Username = match form.official_handle.trim().trim_start_matches('@') {
        "" => return Ok(None),
        text => text.parse().map_err(|_| Refused::Field("handle"))?,
    };
    match official::is_free(lead.admin(), &new.slug, &handle).await {
        Ok(true) => Ok(Some(handle)),
        Ok(false) => Err(Refused::Field("handle-taken")),
        Err(error) => Err(Refused::Broken(error)),
    }
}

/// Whether the account has the handle now. One that went to somebody else meanwhile is no reason
/// to withhold what was made.
async fn give(
    lead: &Lead,
    created: &CreatedTenant,
    handle: Option<&Username>,
) -> Result<bool, OfficialError> {
    let Some(handle) = handle else { return Ok(false) };
    let (tenant, slug) = (&created.tenant, created.tenant.slug.as_str());
    let Ok(account) = slug.parse::<Username>() else { return Ok(false) };
    match official::give(lead.tenancy(), lead.admin(), tenant, &account, handle, &lead.by).await {
        Ok(_) => Ok(true),
        Err(OfficialError::Internal(error)) => Err(error.into()),
        Err(_) => Ok(false),
    }
}

fn admitted(lead: &Lead, created: CreatedTenant, handle: Option<&Username>, given: bool) -> AdmittedView {
    let CreatedTenant { tenant, organisation, invitation, resumed } = created;
    AdmittedView {
        room: Room::Agencies,
        tenant: row(lead.platform.names(), &tenant),
        handle: format!("@{}@{}", organisation.username, organisation.domain),
        official_handle: handle
            .filter(|_| given)
            .map(|local| format!("@{local}@{}", lead.platform.names().shared_domain)),
        handle_refused: handle.is_some() && !given,
        owner_email: invitation.email.to_string(),
        invitation_url: invitation.url,
        code: invitation.code.expose().to_owned(),
        expires_at: invitation.expires_at,
        resumed,
    }
}

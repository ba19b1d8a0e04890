//! `/console/agencies/new` and `POST /console/agencies`: an agency that the lead admits by hand.
//! What was typed comes back with the problem.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{AdmittedView, FieldProblem, NewAgencyView, Room, TypedAgency};
use belfry_model::slug::InvalidSlug;
use belfry_tenancy::provision::{self, CreatedTenant, NewTenant, ProvisionError, UnfitHost};
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
    match provision::create_tenant(lead.tenancy(), lead.admin(), &new, &lead.by).await {
        Ok(created) => lead.respond_with(StatusCode::CREATED, &admitted(&lead, created)),
        Err(error) => match problem(&error) {
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

/// `None` for what is no mistake of the form's.
fn problem(error: &ProvisionError) -> Option<&'static str> {
    match error {
        ProvisionError::Taken(_) => Some("slug-taken"),
        ProvisionError::Gone(_) => Some("slug-gone"),
        ProvisionError::BegunForAnother(_) | ProvisionError::BegunElsewhere(..) => Some("begun"),
        ProvisionError::Nameless => Some("name"),
        ProvisionError::NameTooLong => Some("name-long"),
        ProvisionError::Language(_) => Some("language"),
        ProvisionError::Host(UnfitHost::BelowShared(_)) => Some("host-shared"),
        ProvisionError::Host(UnfitHost::NoName(_)) => Some("host"),
        ProvisionError::Host(UnfitHost::Port { .. }) => Some("host-port"),
        ProvisionError::HostTaken(_) => Some("host-taken"),
        ProvisionError::LeadTaken(_) | ProvisionError::Account(_) | ProvisionError::Internal(_) => None,
    }
}

fn admitted(lead: &Lead, created: CreatedTenant) -> AdmittedView {
    let CreatedTenant { tenant, organisation, invitation, resumed } = created;
    AdmittedView {
        room: Room::Agencies,
        tenant: row(lead.platform.names(), &tenant),
        handle: format!("@{}@{}", organisation.username, organisation.domain),
        official_handle: None,
        handle_refused: false,
        owner_email: invitation.email.to_string(),
        invitation_url: invitation.url,
        code: invitation.code.expose().to_owned(),
        expires_at: invitation.expires_at,
        resumed,
    }
}

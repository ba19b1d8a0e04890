//! `/console/confirmations`: acts that wait for a second person.

pub(super) mod confirm;
pub(super) mod withdraw;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{ConfirmationProblem, ConfirmationsView, OwnerInvitation, Room, WaitingAct};
use belfry_model::TenantId;
use belfry_tenancy::confirm::{ConfirmError, waiting};

use crate::lead::Lead;

pub(crate) async fn get(lead: Lead) -> HttpResponse {
    match view(&lead).await {
        Ok(view) => lead.respond(&view),
        Err(error) => lead.broken(&error),
    }
}

async fn view(lead: &Lead) -> Result<ConfirmationsView, ConfirmError> {
    let you = lead.by.identity();
    let waiting = waiting(lead.tenancy(), lead.admin()).await?;
    let waiting = waiting.into_iter().map(|row| WaitingAct {
        id: row.id.to_string(),
        agency: agency(lead, row.about_tenant),
        is_yours: you.as_deref() == Some(row.proposer.as_str()),
        unfinished: row.state == "confirmed",
        kind: row.kind,
        email: row.email,
        reason: row.reason,
        proposed_by: row.proposed_by,
        proposed_at: row.proposed_at,
        expires_at: row.expires_at,
    });
    Ok(ConfirmationsView {
        room: Room::Confirmations,
        waiting: waiting.collect(),
        problem: None,
        invitation: None,
    })
}

fn agency(lead: &Lead, id: i64) -> String {
    lead.platform.directory().by_id(TenantId(id)).map_or_else(|| id.to_string(), |tenant| tenant.name.clone())
}

/// The page once more with what was wrong, or with what came of it.
async fn again(
    lead: &Lead,
    problem: Option<ConfirmError>,
    invitation: Option<OwnerInvitation>,
) -> HttpResponse {
    let problem = match problem {
        None => None,
        Some(ConfirmError::Internal(error)) => return lead.broken(&error),
        Some(ConfirmError::SamePerson) => Some(ConfirmationProblem::SamePerson),
        Some(ConfirmError::ProposerGone) => Some(ConfirmationProblem::ProposerGone),
        Some(ConfirmError::Over) => Some(ConfirmationProblem::Over),
        Some(
            ConfirmError::Refused(_)
            | ConfirmError::Nobody
            | ConfirmError::Waits
            | ConfirmError::LeadsAlready(_)
            | ConfirmError::Ownerless(_)
            | ConfirmError::HasOwner(_),
        ) => Some(ConfirmationProblem::NotPossible),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match view(lead).await {
        Ok(view) => lead.respond_with(status, &ConfirmationsView { problem, invitation, ..view }),
        Err(error) => lead.broken(&error),
    }
}

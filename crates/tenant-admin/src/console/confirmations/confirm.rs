//! `POST /console/confirmations/{id}/confirm`

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, OwnerInvitation};
use belfry_tenancy::confirm::{self, Done};

use super::again;
use crate::lead::LeadForm;

#[derive(Debug, serde::Deserialize)]
pub(crate) struct Nothing {}

/// The code of an invitation stands in this answer and nowhere else: there is no redirect after it.
pub(crate) async fn post(id: web::Path<i64>, sent: LeadForm<Nothing>) -> HttpResponse {
    let lead = sent.lead;
    match confirm::confirm(lead.tenancy(), lead.admin(), *id, &lead.by).await {
        // Who led a moment ago may see nothing more here.
        Ok(Some(Done::Transferred)) => lead.redirect("/console"),
        Ok(Some(Done::Invited(invitation))) => {
            let shown = OwnerInvitation {
                email: invitation.email.to_string(),
                url: invitation.url.clone(),
                code: invitation.code.expose().to_owned(),
                expires_at: invitation.expires_at,
            };
            again(&lead, None, Some(shown)).await
        }
        Ok(None) => lead.error(ErrorKind::NotFound),
        Err(error) => again(&lead, Some(error), None).await,
    }
}

//! `POST /users/{name}/inbox`: an account's own inbox. Whom an activity concerns is in the
//! activity, so it goes the way of the shared one.

use actix_web::{HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_federation::Published;

use super::super::{FederationError, VerifiedActivity, inbox};
use super::username;
use crate::Gateway;

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    name: web::Path<String>,
    activity: VerifiedActivity,
) -> Result<HttpResponse, FederationError> {
    match gateway.federation.publish_account(&tenant, &username(&name)?).await? {
        Published::Here(_) => inbox::enqueue(&gateway, activity).await,
        Published::Gone(tombstone) => super::negotiate::answer::<()>(Published::Gone(tombstone)),
        Published::Missing => Err(FederationError::NotFound),
    }
}

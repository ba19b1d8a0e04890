//! `/console/agencies/{slug}`: one namespace, and what the lead agency may do with it.

pub(super) mod accounts;
pub(super) mod agreement;
pub(super) mod delete;
pub(super) mod lifecycle;
pub(super) mod peers;
pub(super) mod phase;
pub(super) mod propose;
pub(super) mod reach;
pub(super) mod rename;
pub(super) mod resume;
pub(super) mod show;
pub(super) mod suspend;
pub(super) mod usage;
pub(super) mod wipe_on;

use std::sync::Arc;

use belfry_model::{Slug, Tenant};
use serde::Deserialize;

use crate::lead::Lead;

/// An act that asks for nothing but why.
#[derive(Debug, Deserialize)]
pub(crate) struct ReasonForm {
    #[serde(default)]
    reason: String,
}

/// The tenant that the path names.
fn tenant(lead: &Lead, slug: &str) -> Option<Arc<Tenant>> {
    lead.platform.directory().by_slug(&slug.parse::<Slug>().ok()?)
}

/// Where this agency's page is.
fn path(tenant: &Tenant) -> String {
    format!("/console/agencies/{}", tenant.slug)
}

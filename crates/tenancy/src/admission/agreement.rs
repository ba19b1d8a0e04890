//! The agreement that a body is admitted by: a text with its names filled in, for people to change.

use belfry_storage::row;
use fluent_bundle::FluentArgs;

use crate::{Result, Tenancy, texts};

/// In the applicant's language.
pub fn draft(tenancy: &Tenancy, request: &row::Request) -> Result<String> {
    let lead = tenancy.directory.lead().map(|lead| lead.name.clone()).unwrap_or_default();
    let mut args = FluentArgs::new();
    args.set("lead", lead);
    args.set("body", request.body_name.as_str());
    args.set("domain", request.domain.as_str());
    args.set("host", format!("{}.{}", request.slug, tenancy.names.shared_domain));
    args.set("contact", request.contact.as_str());
    args.set("purpose", request.purpose.as_str());
    texts::text(&request.language, "agreement", &args)
}

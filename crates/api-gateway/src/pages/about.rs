//! `/about` on an agency's host: the policies that it follows, with all their versions.

pub(super) mod changes;
pub(super) mod edition;
pub(super) mod show;
pub(super) mod versions;

use actix_web::HttpResponse;
use belfry_edge::view::{AboutView, PolicyLink, PolicyView};
use belfry_edge::{Page, TenantHost};
use belfry_model::PolicyKind;
use belfry_tenancy::policies::{self, Document, Entry};

/// `GET /about`.
pub(super) async fn index(page: Page, tenant: TenantHost) -> HttpResponse {
    let language = page.language.code();
    let heads = match policies::heads(&page.platform.tenancy, tenant.scope()).await {
        Ok(heads) => heads,
        Err(error) => return page.broken(&error),
    };
    let mut links = Vec::new();
    for (policy, now, _) in heads {
        let Some(entry) = now else { continue };
        match policies::title(policy, language) {
            Ok(title) => links.push(PolicyLink {
                href: format!("/about/{policy}"),
                title,
                edition: entry.edition.to_string(),
                since: entry.since,
            }),
            Err(error) => return page.broken(&error),
        }
    }
    page.respond(&AboutView { agency: tenant.name.clone(), policies: links })
}

/// One edition, as it holds, held or is going to.
fn view(
    tenant: &TenantHost,
    page: &Page,
    policy: PolicyKind,
    shown: (Entry, Document),
    now: &Entry,
) -> PolicyView {
    let (entry, document) = shown;
    let origin = page.platform.origin(tenant);
    PolicyView {
        agency: tenant.name.clone(),
        title: document.title,
        html: document.html,
        edition: entry.edition.to_string(),
        since: entry.since,
        coming: entry.since > page.platform.tenancy.clock.now(),
        over: entry.since < now.since,
        current: format!("/about/{policy}"),
        versions: format!("/about/{policy}/versions"),
        changes: format!("/about/{policy}/{}/changes", entry.edition),
        canonical: origin.at(&format!("/about/{policy}")),
    }
}

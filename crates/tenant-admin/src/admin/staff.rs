//! `GET /admin/staff`: the agency's people and the invitations that are open. For those who
//! administer; anybody else's role is told so.

use actix_web::HttpResponse;
use belfry_edge::view::{ErrorKind, PendingInvitation, StaffMember, StaffView};
use belfry_edge::{Page, SignedIn, TenantHost};
use belfry_tenancy::staff;

pub(super) async fn get(page: Page, tenant: TenantHost) -> HttpResponse {
    match &page.signed_in {
        None => page.redirect_to_sign_in(),
        Some(signed_in) if !signed_in.staff.role.administers() => page.error(ErrorKind::Forbidden),
        Some(signed_in) => match view(&page, &tenant, signed_in).await {
            Ok(view) => page.respond(&view),
            Err(error) => page.broken(&error),
        },
    }
}

async fn view(page: &Page, tenant: &TenantHost, signed_in: &SignedIn) -> belfry_tenancy::Result<StaffView> {
    let tenancy = &page.platform.tenancy;
    let people = staff::list(tenancy, tenant.scope()).await?;
    let invitations = staff::invitations(tenancy, tenant.scope()).await?;
    Ok(StaffView {
        agency: tenant.name.clone(),
        slug: tenant.slug.to_string(),
        staff: people
            .into_iter()
            .map(|person| StaffMember {
                is_you: person.id == signed_in.staff.id,
                name: person.display_name,
                email: person.email,
                role: person.role,
                disabled: person.disabled,
            })
            .collect(),
        invitations: invitations
            .into_iter()
            .map(|open| PendingInvitation { email: open.email, role: open.role, expires_at: open.expires_at })
            .collect(),
    })
}

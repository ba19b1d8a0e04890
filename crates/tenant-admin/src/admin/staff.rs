//! `GET /admin/staff`: the agency's people and the invitations that are open. For those who
//! administer; anybody else's role is told so.

use actix_web::HttpResponse;
use belfry_edge::view::{PendingInvitation, StaffMember, StaffView};
use belfry_tenancy::staff;

use crate::member::{ManagesStaff, Member};

pub(super) async fn get(member: Member<ManagesStaff>) -> HttpResponse {
    match view(&member).await {
        Ok(view) => member.respond(&view),
        Err(error) => member.broken(&error),
    }
}

async fn view(member: &Member<ManagesStaff>) -> belfry_tenancy::Result<StaffView> {
    let (tenancy, tenant) = (member.tenancy(), &member.tenant);
    let people = staff::list(tenancy, tenant.scope()).await?;
    let invitations = staff::invitations(tenancy, tenant.scope()).await?;
    Ok(StaffView {
        agency: tenant.name.clone(),
        slug: tenant.slug.to_string(),
        staff: people
            .into_iter()
            .map(|person| StaffMember {
                is_you: person.id == member.staff.id,
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

//! `/invitation` on an agency's host: an invited person chooses a password.
//!
//! The code is typed or pasted, never part of the address: addresses end up in logs,
//! histories and referrers.

mod accept;
mod show;

use actix_web::web;
use belfry_edge::Page;
use belfry_edge::host::guard;
use belfry_edge::view::{InvitationProblem, InvitationView};

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config.service(web::resource("/invitation").guard(guard::tenant()).get(show::get).post(accept::post));
}

/// The form, with what was typed before.
fn view(page: &Page, agency: &str, typed: Typed<'_>, problem: Option<InvitationProblem>) -> InvitationView {
    InvitationView {
        agency: agency.to_owned(),
        email: typed.email.to_owned(),
        code: typed.code.to_owned(),
        name: typed.name.to_owned(),
        problem,
        password_least: page.platform.tenancy.settings.password_min_length,
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Typed<'a> {
    email: &'a str,
    code: &'a str,
    name: &'a str,
}

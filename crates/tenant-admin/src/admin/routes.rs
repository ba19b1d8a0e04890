//! Every page and form of a department, in one table, with the permission that it needs.
//!
//! A test walks it without a session, with other agencies' and with every role.

use actix_web::web;
use belfry_edge::host::guard;
use belfry_model::Permission;

use super::{audit, deliveries, notices, overview, policies, settings, staff, usage};
use crate::route::{self, Endpoint, get, post};
use crate::{account, me};

/// `None` is for everybody who signed in.
pub fn table() -> Vec<Endpoint<Option<Permission>>> {
    use Permission::{ManagePolicies, ManageSettings, ManageStaff, ReadAudit};
    vec![
        get("/admin", None, overview::get),
        post("/admin/notices/{id}/dismiss", Some(ManageSettings), notices::dismiss::post),
        get("/admin/audit", Some(ReadAudit), audit::get),
        get("/admin/audit.csv", Some(ReadAudit), audit::csv),
        get("/admin/deliveries", None, deliveries::get),
        get("/admin/me", None, me::show::get),
        get("/admin/me/confirm", None, me::confirm::get),
        post("/admin/me/confirm", None, me::confirm::post),
        get("/admin/me/app", None, me::app::get),
        post("/admin/me/app", None, me::app::post),
        post("/admin/me/app/begin", None, me::app::begin::post),
        post("/admin/me/app/remove", None, me::app::remove::post),
        post("/admin/me/codes", None, me::codes::post),
        post("/admin/me/password", None, me::password::post),
        post("/admin/me/sessions/end_others", None, me::sessions::end_others::post),
        post("/admin/me/sessions/{id}/end", None, me::sessions::end::post),
        post("/admin/me/tokens/{id}/revoke", None, me::tokens::revoke::post),
        get("/admin/staff", Some(ManageStaff), staff::get),
        post("/admin/staff", Some(ManageStaff), staff::post),
        get("/admin/staff/import", Some(ManageStaff), staff::import::get),
        post("/admin/staff/import", Some(ManageStaff), staff::import::post),
        post("/admin/staff/second_factor", Some(ManageStaff), staff::second_factor::post),
        get("/admin/staff/sets", Some(ManageStaff), staff::sets::get),
        post("/admin/staff/sets", Some(ManageStaff), staff::sets::post),
        post("/admin/staff/sets/{id}/remove", Some(ManageStaff), staff::sets::remove::post),
        post("/admin/staff/invitations/{id}/withdraw", Some(ManageStaff), staff::withdraw::post),
        get("/admin/staff/{id}", Some(ManageStaff), staff::show::get),
        post("/admin/staff/{id}/grant", Some(ManageStaff), staff::grant::post),
        post("/admin/staff/{id}/disable", Some(ManageStaff), staff::disable::post),
        post("/admin/staff/{id}/enable", Some(ManageStaff), staff::enable::post),
        get("/admin/policies", Some(ManagePolicies), policies::get),
        get("/admin/policies/accepted", Some(ManageStaff), policies::accepted::get),
        get("/admin/policies/{policy}", Some(ManagePolicies), policies::show::get),
        post("/admin/policies/{policy}", Some(ManagePolicies), policies::save::post),
        post("/admin/policies/{policy}/begin", Some(ManagePolicies), policies::begin::post),
        post("/admin/policies/{policy}/discard", Some(ManagePolicies), policies::discard::post),
        get("/admin/policies/{policy}/preview", Some(ManagePolicies), policies::preview::get),
        post("/admin/policies/{policy}/publish", Some(ManagePolicies), policies::publish::post),
        get("/account/policies", None, account::policies::get),
        post("/account/policies/accept", None, account::policies::accept::post),
        post("/admin/staff/{id}/reset_factor", Some(ManageStaff), staff::reset_factor::post),
        post("/admin/staff/{id}/end_sessions", Some(ManageStaff), staff::end_sessions::post),
        get("/admin/settings", Some(ManageSettings), settings::get),
        post("/admin/settings", Some(ManageSettings), settings::post),
        get("/admin/usage", None, usage::get),
    ]
}

/// Registers the table on the hosts of agencies.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    route::register(config, table(), guard::tenant);
}

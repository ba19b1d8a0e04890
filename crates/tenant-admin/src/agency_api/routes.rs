//! Every method of the agencies' API, in one table, with the permission that it needs.
//!
//! A test walks it with no token, with other agencies' and with those of every role.

use actix_web::web;
use belfry_edge::host::guard;
use belfry_model::Permission;

use super::{openapi, policies, show, staff};
use crate::route::{self, Endpoint, delete, get, post, put};

const INVITATION: &str = "/api/belfry/v1/agency/staff/invitations/{id}";
const SESSIONS: &str = "/api/belfry/v1/agency/staff/{id}/sessions";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Public,
    /// Everybody with a token for managing.
    Anybody,
    Needs(Permission),
}

/// A `GET` needs the scope `manage:read`, the rest `manage:write`.
pub fn table() -> Vec<Endpoint<Access>> {
    use Access::{Anybody, Needs, Public};
    use Permission::{ManagePolicies, ManageStaff};
    vec![
        get("/api/belfry/v1/agency/openapi.json", Public, openapi::handle),
        get("/api/belfry/v1/agency", Anybody, show::handle),
        get("/api/belfry/v1/agency/policies", Needs(ManagePolicies), policies::index::handle),
        get("/api/belfry/v1/agency/policies/accepted", Needs(ManageStaff), policies::accepted::handle),
        get("/api/belfry/v1/agency/policies/{policy}", Needs(ManagePolicies), policies::show::handle),
        post(
            "/api/belfry/v1/agency/policies/{policy}/versions",
            Needs(ManagePolicies),
            policies::publish::handle,
        ),
        get(
            "/api/belfry/v1/agency/policies/{policy}/versions/{version}",
            Needs(ManagePolicies),
            policies::words::handle,
        ),
        get("/api/belfry/v1/agency/staff", Needs(ManageStaff), staff::index::handle),
        put("/api/belfry/v1/agency/staff/{id}/grant", Needs(ManageStaff), staff::grant::handle),
        post("/api/belfry/v1/agency/staff/{id}/disable", Needs(ManageStaff), staff::disable::handle),
        post("/api/belfry/v1/agency/staff/{id}/enable", Needs(ManageStaff), staff::enable::handle),
        post(
            "/api/belfry/v1/agency/staff/{id}/reset_factor",
            Needs(ManageStaff),
            staff::reset_factor::handle,
        ),
        put("/api/belfry/v1/agency/staff/second_factor", Needs(ManageStaff), staff::second_factor::handle),
        get(SESSIONS, Needs(ManageStaff), staff::sessions::index::handle),
        delete(SESSIONS, Needs(ManageStaff), staff::sessions::end_all::handle),
        delete(
            "/api/belfry/v1/agency/staff/{id}/sessions/{session}",
            Needs(ManageStaff),
            staff::sessions::end::handle,
        ),
        get("/api/belfry/v1/agency/staff/invitations", Needs(ManageStaff), staff::invitations::index::handle),
        post(
            "/api/belfry/v1/agency/staff/invitations",
            Needs(ManageStaff),
            staff::invitations::create::handle,
        ),
        delete(INVITATION, Needs(ManageStaff), staff::invitations::withdraw::handle),
        post("/api/belfry/v1/agency/staff/import", Needs(ManageStaff), staff::import::handle),
        get("/api/belfry/v1/agency/staff/sets", Needs(ManageStaff), staff::sets::index::handle),
        post("/api/belfry/v1/agency/staff/sets", Needs(ManageStaff), staff::sets::save::handle),
        delete("/api/belfry/v1/agency/staff/sets/{id}", Needs(ManageStaff), staff::sets::remove::handle),
    ]
}

/// Registers the table on the hosts of agencies.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    route::register(config, table(), guard::tenant);
}

//! Every method of the agencies' API, in one table, with the permission that it needs.
//!
//! A test walks it with no token, with other agencies' and with those of every role.

use actix_web::web;
use belfry_edge::host::guard;
use belfry_model::Permission;

use super::{openapi, show};
use crate::route::{self, Endpoint, get};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Public,
    /// Everybody with a token for managing.
    Anybody,
    Needs(Permission),
}

/// A `GET` needs the scope `manage:read`, the rest `manage:write`.
pub fn table() -> Vec<Endpoint<Access>> {
    use Access::{Anybody, Public};
    vec![
        get("/api/belfry/v1/agency/openapi.json", Public, openapi::handle),
        get("/api/belfry/v1/agency", Anybody, show::handle),
    ]
}

/// Registers the table on the hosts of agencies.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    route::register(config, table(), guard::tenant);
}

//! Every method of the lead agency's API, in one table.
//!
//! A test walks it with no token, with other agencies' and with other roles'.

use actix_web::web;
use belfry_edge::host::guard;

use super::{
    ApiError, audit, baseline, confirmations, imports, openapi, overview, quota, requests, tenants, usage,
};
use crate::route::{self, Endpoint, delete, get, post, put};

/// The largest body of a method: the list of a hundred agencies is a tenth of this.
const LARGEST_BODY: usize = 1024 * 1024;

const OFFICIAL: &str = "/api/belfry/v1/tenants/{slug}/accounts/{name}/official";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Public,
    Read,
    Write,
}

pub fn table() -> Vec<Endpoint<Access>> {
    use Access::{Public, Read, Write};
    vec![
        get("/api/belfry/v1/openapi.json", Public, openapi::handle),
        get("/api/belfry/v1/audit", Read, audit::index::handle),
        post("/api/belfry/v1/imports", Write, imports::create::handle),
        get("/api/belfry/v1/imports/{id}", Read, imports::show::handle),
        post("/api/belfry/v1/imports/{id}/run", Write, imports::run::handle),
        get("/api/belfry/v1/tenants", Read, tenants::index::handle),
        post("/api/belfry/v1/tenants", Write, tenants::create::handle),
        get("/api/belfry/v1/tenants/{slug}", Read, tenants::show::handle),
        get("/api/belfry/v1/tenants/{slug}/accounts", Read, tenants::accounts::index::handle),
        put(OFFICIAL, Write, tenants::accounts::official::give::handle),
        delete(OFFICIAL, Write, tenants::accounts::official::release::handle),
        put("/api/belfry/v1/tenants/{slug}/phase", Write, tenants::phase::handle),
        post("/api/belfry/v1/tenants/{slug}/resume", Write, tenants::resume::handle),
        post("/api/belfry/v1/tenants/{slug}/delete", Write, tenants::delete::delete),
        post("/api/belfry/v1/tenants/{slug}/keep", Write, tenants::delete::keep),
        put("/api/belfry/v1/tenants/{slug}/name", Write, tenants::rename::handle),
        post("/api/belfry/v1/tenants/{slug}/transfer-lead", Write, confirmations::propose::transfer_lead),
        post("/api/belfry/v1/tenants/{slug}/break-glass", Write, confirmations::propose::break_glass),
        get("/api/belfry/v1/confirmations", Read, confirmations::index::handle),
        post("/api/belfry/v1/confirmations/{id}/confirm", Write, confirmations::confirm::handle),
        post("/api/belfry/v1/confirmations/{id}/withdraw", Write, confirmations::withdraw::handle),
        post("/api/belfry/v1/tenants/{slug}/suspend", Write, tenants::suspend::handle),
        get("/api/belfry/v1/tenants/{slug}/usage", Read, tenants::usage::handle),
        get("/api/belfry/v1/tenants/{slug}/quota", Read, tenants::quota::show),
        put("/api/belfry/v1/tenants/{slug}/quota", Write, tenants::quota::handle),
        get("/api/belfry/v1/requests", Read, requests::index::handle),
        get("/api/belfry/v1/requests/{number}", Read, requests::show::handle),
        post("/api/belfry/v1/requests/{number}/ask", Write, requests::ask::handle),
        post("/api/belfry/v1/requests/{number}/refuse", Write, requests::refuse::handle),
        post("/api/belfry/v1/requests/{number}/approve", Write, requests::approve::handle),
        post("/api/belfry/v1/requests/{number}/complete", Write, requests::complete::handle),
        post("/api/belfry/v1/requests/{number}/check", Write, requests::check::handle),
        get("/api/belfry/v1/overview", Read, overview::handle),
        get("/api/belfry/v1/usage", Read, usage::handle),
        get("/api/belfry/v1/usage.csv", Read, usage::csv::handle),
        get("/api/belfry/v1/quota", Read, quota::show),
        put("/api/belfry/v1/quota", Write, quota::handle),
        get("/api/belfry/v1/tenants/{slug}/peers", Read, tenants::peers::index::handle),
        put("/api/belfry/v1/tenants/{slug}/peers/{host}", Write, tenants::peers::add::handle),
        delete("/api/belfry/v1/tenants/{slug}/peers/{host}", Write, tenants::peers::remove::handle),
        put("/api/belfry/v1/tenants/{slug}/wipe_on", Write, tenants::wipe_on::handle),
        get("/api/belfry/v1/baseline/domains", Read, baseline::domains::index::handle),
        put("/api/belfry/v1/baseline/domains/{host}", Write, baseline::domains::set::handle),
        delete("/api/belfry/v1/baseline/domains/{host}", Write, baseline::domains::remove::handle),
        get("/api/belfry/v1/baseline/policies", Read, baseline::policies::index::handle),
        get("/api/belfry/v1/baseline/policies/{policy}", Read, baseline::policies::show::handle),
        post(
            "/api/belfry/v1/baseline/policies/{policy}/versions",
            Write,
            baseline::policies::publish::handle,
        ),
        get(
            "/api/belfry/v1/baseline/policies/{policy}/versions/{version}",
            Read,
            baseline::policies::words::handle,
        ),
        get("/api/belfry/v1/baseline/settings", Read, baseline::settings::show::handle),
        put("/api/belfry/v1/baseline/settings", Write, baseline::settings::set::handle),
        get("/api/belfry/v1/baseline/reserved_handles", Read, baseline::handles::index::handle),
        put("/api/belfry/v1/baseline/reserved_handles/{pattern}", Write, baseline::handles::reserve::handle),
        delete(
            "/api/belfry/v1/baseline/reserved_handles/{pattern}",
            Write,
            baseline::handles::release::handle,
        ),
        post("/api/belfry/v1/baseline/imports", Write, baseline::imports::create::handle),
        put("/api/belfry/v1/baseline/imports/{id}/applied", Write, baseline::imports::apply::handle),
    ]
}

/// Registers the table on the shared domain.
pub fn configure(config: &mut web::ServiceConfig) {
    let bodies = web::JsonConfig::default().limit(LARGEST_BODY);
    config.app_data(bodies.error_handler(|error, _| ApiError::body(&error).into()));
    route::register(config, table(), guard::shared_domain);
}

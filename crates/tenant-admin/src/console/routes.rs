//! Every page and form of the console, in one table.
//!
//! A test walks it without a session, with other agencies' and with other roles'.

use actix_web::web;
use belfry_edge::host::guard;

use super::{
    agencies, agency, audit, baseline, confirmations, hosts, import, mailbox, new_agency, overview, policies,
    requests, usage,
};
use crate::me;
use crate::route::{self, Endpoint, get, post};

/// None needs more than the role that whoever is at the console has.
pub fn table() -> Vec<Endpoint<()>> {
    vec![
        get("/console", (), overview::get),
        get("/console/audit", (), audit::get),
        get("/console/audit.csv", (), audit::csv),
        get("/console/audit/check", (), audit::check::get),
        get("/console/agencies", (), agencies::get),
        post("/console/agencies", (), new_agency::post),
        get("/console/agencies/new", (), new_agency::get),
        get("/console/agencies/import", (), import::index::get),
        post("/console/agencies/import", (), import::index::post),
        get("/console/agencies/import/{id}", (), import::show::get),
        get("/console/agencies/import/{id}/part", (), import::show::part),
        get("/console/agencies/import/{id}/report.csv", (), import::report::get),
        post("/console/agencies/import/{id}/run", (), import::run::post),
        get("/console/agencies/{slug}", (), agency::show::get),
        get("/console/agencies/{slug}/lifecycle", (), agency::lifecycle::get),
        get("/console/agencies/{slug}/accounts", (), agency::accounts::get),
        post("/console/agencies/{slug}/accounts/give", (), agency::accounts::give::post),
        post("/console/agencies/{slug}/accounts/release", (), agency::accounts::release::post),
        post("/console/agencies/{slug}/phase", (), agency::phase::post),
        post("/console/agencies/{slug}/resume", (), agency::resume::post),
        post("/console/agencies/{slug}/suspend", (), agency::suspend::post),
        post("/console/agencies/{slug}/delete", (), agency::delete::post),
        post("/console/agencies/{slug}/keep", (), agency::delete::keep),
        post("/console/agencies/{slug}/name", (), agency::rename::post),
        post("/console/agencies/{slug}/transfer-lead", (), agency::propose::transfer),
        post("/console/agencies/{slug}/break-glass", (), agency::propose::break_glass),
        get("/console/confirmations", (), confirmations::get),
        post("/console/confirmations/{id}/confirm", (), confirmations::confirm::post),
        post("/console/confirmations/{id}/withdraw", (), confirmations::withdraw::post),
        get("/console/agencies/{slug}/agreement", (), agency::agreement::get),
        get("/console/me", (), me::show::get),
        get("/console/me/confirm", (), me::confirm::get),
        post("/console/me/confirm", (), me::confirm::post),
        get("/console/me/app", (), me::app::get),
        post("/console/me/app", (), me::app::post),
        post("/console/me/app/begin", (), me::app::begin::post),
        post("/console/me/app/remove", (), me::app::remove::post),
        post("/console/me/codes", (), me::codes::post),
        post("/console/me/password", (), me::password::post),
        post("/console/me/sessions/end_others", (), me::sessions::end_others::post),
        post("/console/me/sessions/{id}/end", (), me::sessions::end::post),
        post("/console/me/tokens/{id}/revoke", (), me::tokens::revoke::post),
        get("/console/mailbox", (), mailbox::get),
        get("/console/agencies/{slug}/usage", (), agency::usage::get),
        post("/console/agencies/{slug}/usage", (), agency::usage::post),
        get("/console/hosts", (), hosts::get),
        get("/console/usage", (), usage::get),
        get("/console/usage.csv", (), usage::csv::get),
        post("/console/usage/quota", (), usage::quota::post),
        get("/console/requests", (), requests::get),
        get("/console/requests/{number}", (), requests::show::get),
        post("/console/requests/{number}/approve", (), requests::approve::post),
        post("/console/requests/{number}/ask", (), requests::ask::post),
        post("/console/requests/{number}/check", (), requests::check::post),
        post("/console/requests/{number}/complete", (), requests::complete::post),
        post("/console/requests/{number}/refuse", (), requests::refuse::post),
        get("/console/agencies/{slug}/reach", (), agency::reach::get),
        post("/console/agencies/{slug}/peers", (), agency::peers::add::post),
        post("/console/agencies/{slug}/peers/remove", (), agency::peers::remove::post),
        post("/console/agencies/{slug}/wipe_on", (), agency::wipe_on::post),
        get("/console/policies", (), policies::get),
        get("/console/policies/{policy}", (), policies::show::get),
        post("/console/policies/{policy}", (), policies::save::post),
        post("/console/policies/{policy}/begin", (), policies::begin::post),
        post("/console/policies/{policy}/discard", (), policies::discard::post),
        get("/console/policies/{policy}/preview", (), policies::preview::get),
        post("/console/policies/{policy}/publish", (), policies::publish::post),
        get("/console/policies/{policy}/versions/{version}", (), policies::version::get),
        get("/console/baseline", (), baseline::domains::get),
        post("/console/baseline/domains", (), baseline::domains::set::post),
        post("/console/baseline/domains/remove", (), baseline::domains::remove::post),
        get("/console/baseline/domains.csv", (), baseline::domains::export::get),
        get("/console/baseline/settings", (), baseline::settings::get),
        post("/console/baseline/settings", (), baseline::settings::post),
        post("/console/baseline/handles", (), baseline::handles::reserve::post),
        post("/console/baseline/handles/release", (), baseline::handles::release::post),
        post("/console/baseline/imports", (), baseline::imports::create::post),
        get("/console/baseline/imports/{id}", (), baseline::imports::show::get),
        post("/console/baseline/imports/{id}/apply", (), baseline::imports::apply::post),
        post("/console/baseline/imports/{id}/discard", (), baseline::imports::discard::post),
    ]
}

/// Registers the table on the shared domain.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    route::register(config, table(), guard::shared_domain);
}

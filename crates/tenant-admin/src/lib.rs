//! The lead agency's console, the departments' admin pages and the tenant commands.

mod admin;
pub mod command;
mod console;
mod invitation;

use actix_web::web;
use belfry_edge::assets;

/// The routes of this edge: `/console` on the shared domain, `/admin` and `/invitation` on
/// agencies' hosts.
pub fn configure(config: &mut web::ServiceConfig) {
    assets::configure(config);
    console::configure(config);
    admin::configure(config);
    invitation::configure(config);
}

//! What other servers ask of us: who is here, what they said, and an inbox to write to.
//!
//! Invariant: no inbox handler can be written without [`VerifiedActivity`], and there is no
//! way to make one but by a signature that fits.

pub mod actor;
pub mod error;
pub mod host_meta;
pub mod inbox;
pub mod negotiate;
pub mod nodeinfo;
pub mod users;
pub mod verified;
pub mod webfinger;

use actix_web::web::{self, ServiceConfig};
use belfry_edge::host::guard;

pub use error::FederationError;
pub use verified::{SignedReader, VerifiedActivity};

/// Registers every endpoint that other servers use, on tenants' hosts and on the shared domain.
pub fn configure_federation(config: &mut ServiceConfig) {
    config
        .route("/.well-known/webfinger", web::get().to(webfinger::handle))
        .route("/.well-known/host-meta", web::get().to(host_meta::xml))
        .route("/.well-known/host-meta.json", web::get().to(host_meta::json))
        .route("/.well-known/nodeinfo", web::get().to(nodeinfo::discovery::handle))
        .route("/nodeinfo/2.0", web::get().to(nodeinfo::v2_0))
        .route("/nodeinfo/2.1", web::get().to(nodeinfo::v2_1))
        .route("/actor", web::get().guard(guard::tenant()).to(actor::handle))
        .route("/inbox", web::post().to(inbox::handle))
        .route("/actor/inbox", web::post().guard(guard::tenant()).to(inbox::handle))
        .route("/users/{name}", web::get().to(users::show::handle))
        .route("/users/{name}/inbox", web::post().to(users::inbox::handle))
        .route("/users/{name}/outbox", web::get().to(users::outbox::handle))
        .route("/users/{name}/followers", web::get().to(users::followers::handle))
        .route(
            "/users/{name}/followers_synchronization",
            web::get().to(users::followers_synchronization::handle),
        )
        .route("/users/{name}/following", web::get().to(users::following::handle))
        .route("/users/{name}/collections/featured", web::get().to(users::collections_featured::handle))
        .route("/users/{name}/statuses/{id}", web::get().to(users::statuses::handle))
        .route("/users/{name}/statuses/{id}/activity", web::get().to(users::statuses_activity::handle));
}

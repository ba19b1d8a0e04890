//! Lists of what this tenant has none of, because nothing can put anything in: empty, as at a
//! Mastodon where nobody has used the feature. Reading only; a write is a 404.

use actix_web::HttpResponse;
use belfry_edge::TenantHost;

use super::auth::Authorised;
use super::scope::Scope;

/// For whoever acts as an account.
pub async fn own<S: Scope>(_: Authorised<S>) -> HttpResponse {
    empty()
}

/// The same for everybody.
pub async fn public(_: TenantHost) -> HttpResponse {
    empty()
}

fn empty() -> HttpResponse {
    HttpResponse::Ok().json([(); 0])
}

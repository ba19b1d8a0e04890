//! Every endpoint of the client API and of OAuth, in one table.
//!
//! A test walks this table with another tenant's token and with another tenant's ids: an
//! endpoint added here is covered by it or fails it.

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::{FromRequest, Handler, Responder, Route, web};

use super::rate_limit::rate_limit;
use super::scope::{ReadAccounts, ReadFilters, ReadFollows, ReadLists, ReadStatuses};
use super::v1::{accounts, apps, follow_requests, instance, media, notifications, statuses, timelines};
use super::{belfry, nothing, v1, v2};
use crate::oauth;

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, and tokens make no difference.
    Public,
    /// Anybody; a token that is brought must be good.
    Visitor,
    /// Any token of this tenant, an app's own too.
    App,
    /// A token with an account behind it.
    Account,
}

/// One endpoint.
pub struct Endpoint {
    pub method: Method,
    /// `{id}` is an id of ours.
    pub path: &'static str,
    pub access: Access,
    route: Route,
}

/// A path is before the patterns that it would match as well.
pub fn table() -> Vec<Endpoint> {
    use Access::{Account, App, Public, Visitor};
    vec![
        get("/.well-known/oauth-authorization-server", Public, oauth::metadata::handle),
        get("/oauth/userinfo", Account, oauth::userinfo::handle),
        post("/oauth/userinfo", Account, oauth::userinfo::handle),
        post("/oauth/token", Public, oauth::token::handle),
        post("/oauth/revoke", Public, oauth::revoke::handle),
        post("/api/v1/apps", Public, apps::create::handle),
        get("/api/v1/apps/verify_credentials", App, apps::verify_credentials::handle),
        get("/api/v1/instance", Public, instance::show::handle),
        get("/api/v2/instance", Public, v2::instance::handle),
        get("/api/v1/instance/rules", Public, instance::rules::handle),
        get("/api/v1/instance/privacy_policy", Public, instance::privacy_policy::handle),
        get("/api/v1/instance/terms_of_service", Public, instance::terms_of_service::current),
        get("/api/v1/instance/terms_of_service/{date}", Public, instance::terms_of_service::dated),
        get("/api/v1/instance/extended_description", Public, instance::extended_description::handle),
        get("/api/v1/accounts/verify_credentials", Account, accounts::verify_credentials::handle),
        patch("/api/v1/accounts/update_credentials", Account, accounts::update_credentials::handle),
        put("/api/v1/accounts/update_credentials", Account, accounts::update_credentials::handle),
        get("/api/v1/accounts/lookup", Visitor, accounts::lookup::handle),
        get("/api/v1/accounts/search", Account, accounts::search::handle),
        get("/api/v1/accounts/relationships", Account, accounts::relationships::handle),
        get("/api/v1/accounts", Visitor, accounts::index::handle),
        get("/api/v1/accounts/{id}", Visitor, accounts::show::handle),
        get("/api/v1/accounts/{id}/statuses", Visitor, accounts::statuses::handle),
        get("/api/v1/accounts/{id}/followers", Visitor, accounts::followers::handle),
        get("/api/v1/accounts/{id}/following", Visitor, accounts::following::handle),
        post("/api/v1/accounts/{id}/follow", Account, accounts::follow::handle),
        post("/api/v1/accounts/{id}/unfollow", Account, accounts::unfollow::handle),
        get("/api/v1/follow_requests", Account, follow_requests::index::handle),
        post("/api/v1/follow_requests/{id}/authorize", Account, follow_requests::authorize::handle),
        post("/api/v1/follow_requests/{id}/reject", Account, follow_requests::reject::handle),
        get("/api/v1/statuses", Visitor, statuses::index::handle),
        post("/api/v1/statuses", Account, statuses::create::handle),
        get("/api/v1/statuses/{id}", Visitor, statuses::show::handle),
        put("/api/v1/statuses/{id}", Account, statuses::update::handle),
        patch("/api/v1/statuses/{id}", Account, statuses::update::handle),
        delete("/api/v1/statuses/{id}", Account, statuses::delete::handle),
        get("/api/v1/statuses/{id}/context", Visitor, statuses::context::handle),
        get("/api/v1/statuses/{id}/source", Account, statuses::source::handle),
        get("/api/v1/statuses/{id}/history", Visitor, statuses::history::handle),
        post("/api/v1/statuses/{id}/favourite", Account, statuses::favourite::handle),
        post("/api/v1/statuses/{id}/unfavourite", Account, statuses::unfavourite::handle),
        get("/api/v1/statuses/{id}/favourited_by", Visitor, statuses::favourited_by::handle),
        post("/api/v1/statuses/{id}/reblog", Account, statuses::reblog::handle),
        post("/api/v1/statuses/{id}/unreblog", Account, statuses::unreblog::handle),
        get("/api/v1/statuses/{id}/reblogged_by", Visitor, statuses::reblogged_by::handle),
        get("/api/v1/timelines/home", Account, timelines::home::handle),
        get("/api/v1/timelines/public", Visitor, timelines::public::handle),
        get("/api/v1/timelines/tag/{tag}", Visitor, timelines::tag::handle),
        get("/api/v2/search", Visitor, v2::search::handle),
        get("/api/v1/notifications", Account, notifications::index::handle),
        get("/api/v1/notifications/{id}", Account, notifications::show::handle),
        post("/api/v1/notifications/clear", Account, notifications::clear::handle),
        post("/api/v1/notifications/{id}/dismiss", Account, notifications::dismiss::handle),
        post("/api/v1/media", Account, media::create::handle),
        post("/api/v2/media", Account, media::create::handle),
        get("/api/v1/media/{id}", Account, media::show::handle),
        put("/api/v1/media/{id}", Account, media::update::handle),
        patch("/api/v1/media/{id}", Account, media::update::handle),
        get("/api/v1/preferences", Account, v1::preferences::handle),
        get("/api/v1/custom_emojis", Public, nothing::public),
        get("/api/v1/trends", Public, nothing::public),
        get("/api/v1/trends/tags", Public, nothing::public),
        get("/api/v1/trends/statuses", Public, nothing::public),
        get("/api/v1/trends/links", Public, nothing::public),
        get("/api/v1/announcements", Account, nothing::own::<ReadAccounts>),
        get("/api/v1/bookmarks", Account, nothing::own::<ReadStatuses>),
        get("/api/v1/blocks", Account, nothing::own::<ReadFollows>),
        get("/api/v1/mutes", Account, nothing::own::<ReadFollows>),
        get("/api/v1/domain_blocks", Account, nothing::own::<ReadFollows>),
        get("/api/v1/endorsements", Account, nothing::own::<ReadAccounts>),
        get("/api/v1/featured_tags", Account, nothing::own::<ReadAccounts>),
        get("/api/v1/filters", Account, nothing::own::<ReadFilters>),
        get("/api/v2/filters", Account, nothing::own::<ReadFilters>),
        get("/api/v1/followed_tags", Account, nothing::own::<ReadFollows>),
        get("/api/v1/lists", Account, nothing::own::<ReadLists>),
        get("/api/v1/scheduled_statuses", Account, nothing::own::<ReadStatuses>),
        get("/api/belfry/v1/statuses/{id}/delivery", Account, belfry::v1::statuses::delivery::handle),
        get("/api/belfry/v1/openapi.json", Public, belfry::v1::openapi::handle),
    ]
}

/// Registers the table.
pub fn configure(config: &mut web::ServiceConfig) {
    for endpoint in table() {
        let route = endpoint.route.method(endpoint.method);
        config.route(endpoint.path, route.wrap(from_fn(rate_limit)));
    }
}

fn endpoint<F, Args>(method: Method, path: &'static str, access: Access, handler: F) -> Endpoint
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Endpoint { method, path, access, route: web::to(handler) }
}

macro_rules! methods {
    ($($name:ident $method:ident),* $(,)?) => {$(
        fn $name<F, Args>(path: &'static str, access: Access, handler: F) -> Endpoint
        where
            F: Handler<Args>,
            Args: FromRequest + 'static,
            F::Output: Responder + 'static,
        {
            endpoint(Method::$method, path, access, handler)
        }
    )*};
}
methods!(get GET, post POST, put PUT, patch PATCH, delete DELETE);

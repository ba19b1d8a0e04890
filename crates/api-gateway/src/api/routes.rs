//! Every endpoint of the client API and of OAuth, in one table.
//!
//! A test walks this table with another tenant's token and with another tenant's ids: an
//! endpoint added here is covered by it or fails it.

use actix_web::http::Method;
use actix_web::{FromRequest, Handler, Responder, Route, web};

use super::scope::{ReadAccounts, ReadFilters, ReadFollows, ReadLists, ReadStatuses};
use super::{nothing, v1, v2};
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
    use Access::{Account, App, Public};
    vec![
        get("/.well-known/oauth-authorization-server", Public, oauth::metadata::handle),
        post("/oauth/token", Public, oauth::token::handle),
        post("/oauth/revoke", Public, oauth::revoke::handle),
        post("/api/v1/apps", Public, v1::apps::create::handle),
        get("/api/v1/apps/verify_credentials", App, v1::apps::verify_credentials::handle),
        get("/api/v1/instance", Public, v1::instance::show::handle),
        get("/api/v2/instance", Public, v2::instance::handle),
        get("/api/v1/instance/rules", Public, v1::instance::rules::handle),
        get("/api/v1/instance/extended_description", Public, v1::instance::extended_description::handle),
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
    ]
}

/// Registers the table.
pub fn configure(config: &mut web::ServiceConfig) {
    for endpoint in table() {
        config.route(endpoint.path, endpoint.route.method(endpoint.method));
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
methods!(get GET, post POST);

//! Pages for people without an account anywhere: agencies, profiles, posts, feeds, the
//! register, policies; and signing in.
//!
//! Invariant: what a page shows is what anybody may read. A session changes what stands
//! around a page, never which posts are on it; how far a post has come stands around it.

mod about;
mod feed;
mod front;
mod not_found;
mod post;
mod post_delivery;
mod present;
mod profile;
mod register;
mod second_step;
mod sign_in;
mod sign_out;

use actix_web::web;
use belfry_edge::host::guard;
use belfry_edge::view::ErrorKind;
use belfry_edge::{Page, assets};

/// How many posts a profile or a feed has at a time.
const PER_PAGE: u64 = 20;

/// Registered after everything else: `/@…` and the page for what is not there are theirs to
/// catch.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    assets::configure(config);
    config
        .service(web::resource("/").guard(guard::shared_domain()).get(register::get))
        .service(web::resource("/register.json").guard(guard::shared_domain()).get(register::json::get))
        .service(web::resource("/register.rss").guard(guard::shared_domain()).get(register::feed::get))
        .service(web::resource("/register/check").guard(guard::shared_domain()).get(register::check::get))
        .service(
            web::resource("/register/follow")
                .guard(guard::shared_domain())
                .get(register::follow::get)
                .post(register::follow::post),
        )
        .service(
            web::resource("/register/@{handle}.json")
                .guard(guard::shared_domain())
                .get(register::entry::json),
        )
        .service(web::resource("/register/@{handle}").guard(guard::shared_domain()).get(register::entry::get))
        .service(web::resource("/").guard(guard::tenant()).get(front::get))
        .service(web::resource("/about").guard(guard::tenant()).get(about::index))
        .service(web::resource("/about/{policy}").guard(guard::tenant()).get(about::show::get))
        .service(web::resource("/about/{policy}/versions").guard(guard::tenant()).get(about::versions::get))
        .service(web::resource("/about/{policy}/{edition}").guard(guard::tenant()).get(about::edition::get))
        .service(
            web::resource("/about/{policy}/{edition}/changes")
                .guard(guard::tenant())
                .get(about::changes::get),
        )
        .service(web::resource("/auth/sign_in").guard(guard::tenant()).get(sign_in::get).post(sign_in::post))
        .service(
            web::resource("/auth/second_step")
                .guard(guard::tenant())
                .get(second_step::get)
                .post(second_step::post),
        )
        .service(web::resource("/auth/sign_out").guard(guard::tenant()).post(sign_out::post))
        .service(web::resource("/@{name}.rss").guard(guard::tenant()).get(feed::get))
        .service(web::resource("/@{name}").guard(guard::tenant()).get(profile::get))
        .service(web::resource("/@{name}/{id}").guard(guard::tenant()).get(post::get))
        .service(web::resource("/@{name}/{id}/delivery.json").guard(guard::tenant()).get(post_delivery::get))
        .default_service(web::to(not_found::any));
}

/// What a use case answers instead of something to show, as a page.
fn failed(page: &Page, error: &belfry_social::Error) -> actix_web::HttpResponse {
    use belfry_social::Error;
    match error {
        Error::NotFound => page.error(ErrorKind::NotFound),
        Error::Invalid(_) => page.error(ErrorKind::BadRequest),
        Error::Forbidden(_) => page.error(ErrorKind::Forbidden),
        Error::TooManyUrgent { .. } | Error::UsedUp { .. } => page.error(ErrorKind::TooMany),
        Error::Storage(_) | Error::Tenancy(_) | Error::Store(_) | Error::Task(_) | Error::Corrupt(_) => {
            page.broken(error)
        }
    }
}

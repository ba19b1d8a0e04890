//! `GET /@{name}/{id}/delivery.json`: how far a post has come, for the script of its page.
//!
//! Invariant: by the session of somebody of the post's own agency, and by nothing else. To anybody
//! else the address is not there, whether there is such a post or not.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use belfry_edge::view::DeliveryPart;
use belfry_edge::{Page, SignedIn, TenantHost};
use belfry_model::{StatusId, Username};
use belfry_social::{Error, Result};
use serde::Serialize;

use crate::Gateway;

/// Servers of each state that the page names: the rest is a number.
const HOSTS: u32 = 25;

/// What the script goes by, and the part of the page as it reads now.
#[derive(Debug, Serialize)]
struct Live {
    complete: bool,
    walked: bool,
    under_way: u64,
    html: String,
}

pub(super) async fn get(
    page: Page,
    _: TenantHost,
    gateway: web::Data<Gateway>,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (name, id) = path.into_inner();
    let (Ok(name), Ok(id)) = (name.parse::<Username>(), id.parse::<StatusId>()) else {
        return nothing();
    };
    let Some(signed_in) = &page.signed_in else { return nothing() };
    match part(&gateway, signed_in, &name, id).await {
        Ok(part) => answer(&page, &part),
        Err(Error::NotFound) => nothing(),
        Err(error) => super::failed(&page, &error),
    }
}

/// For somebody of the agency whose host was asked: a session is of that agency, or it is none.
pub(super) async fn part(
    gateway: &Gateway,
    signed_in: &SignedIn,
    name: &Username,
    id: StatusId,
) -> Result<DeliveryPart> {
    let delivery = gateway.social.status_delivery_at(signed_in.scope, name, id, HOSTS).await?;
    let forgotten = delivery.current.is_none();
    Ok(DeliveryPart::new(&delivery.ledger(), forgotten, delivery.troubles, delivery.troubles_left_off))
}

fn answer(page: &Page, part: &DeliveryPart) -> HttpResponse {
    let Some(html) = page.part(part) else { return HttpResponse::InternalServerError().finish() };
    let under_way = part.bar.parts.iter().find(|one| one.kind == "under-way").map_or(0, |one| one.count);
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(Live {
        complete: part.bar.complete,
        walked: part.bar.walked,
        under_way,
        html,
    })
}

fn nothing() -> HttpResponse {
    HttpResponse::NotFound().insert_header((CACHE_CONTROL, "no-store")).finish()
}

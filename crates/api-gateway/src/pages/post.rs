//! `GET /@{name}/{id}`: a post in its thread, as anybody may read it. People of its agency also
//! see how far it has come.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{DeliveryPart, ErrorKind, ThreadView};
use belfry_edge::{Page, TenantHost};
use belfry_model::{StatusId, Tenant, Username};
use belfry_social::status::{AtAddress, Context};
use belfry_social::{Result, StatusView, Viewer};

use super::{failed, post_delivery, present};
use crate::Gateway;

pub(super) async fn get(
    page: Page,
    tenant: TenantHost,
    gateway: web::Data<Gateway>,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (name, id) = path.into_inner();
    let (Ok(name), Ok(id)) = (name.parse::<Username>(), id.parse::<StatusId>()) else {
        return page.error(ErrorKind::NotFound);
    };
    match look_up(&gateway, &page, &tenant, &name, id).await {
        Ok(Found::Here(here)) => page.respond(&view(&page, &tenant, &here)),
        Ok(Found::Gone) => page.error(ErrorKind::Gone),
        Err(error) => failed(&page, &error),
    }
}

enum Found {
    Here(Box<Here>),
    Gone,
}

struct Here {
    post: StatusView,
    context: Context,
    /// For people of the agency alone.
    delivery: Option<DeliveryPart>,
}

async fn look_up(
    gateway: &Gateway,
    page: &Page,
    tenant: &Tenant,
    name: &Username,
    id: StatusId,
) -> Result<Found> {
    let viewer = Viewer::anonymous(tenant.scope());
    match gateway.social.status_at(viewer, name, id).await? {
        AtAddress::Gone(_) => Ok(Found::Gone),
        AtAddress::Here(post) => {
            let context = gateway.social.status_context(viewer, id).await?;
            let delivery = match &page.signed_in {
                Some(signed_in) => Some(post_delivery::part(gateway, signed_in, name, id).await?),
                None => None,
            };
            Ok(Found::Here(Box::new(Here { post, context, delivery })))
        }
    }
}

fn view(page: &Page, tenant: &Tenant, here: &Here) -> ThreadView {
    let (names, Here { post, context, delivery }) = (page.platform.names(), here);
    let shown = present::post(post, names);
    // A text under a warning is not for previews.
    let summary = match shown.warning.as_str() {
        "" => present::summary(&shown.content_html),
        warning => warning.to_owned(),
    };
    let image = shown.attachments.iter().find(|file| file.preview.is_some() && shown.warning.is_empty());
    ThreadView {
        summary,
        image: image.map(|file| file.href.clone()),
        image_description: image.map(|file| file.description.clone()).unwrap_or_default(),
        ancestors: context.ancestors.iter().map(|post| present::post(post, names)).collect(),
        replies: context.descendants.iter().map(|post| present::post(post, names)).collect(),
        agency: tenant.name.clone(),
        object_uri: post.row.uri.clone(),
        canonical: shown.href.clone(),
        delivery: delivery.clone(),
        delivery_json: format!("/@{}/{}/delivery.json", post.author.row.username, post.row.id),
        post: belfry_edge::view::Post { is_focus: true, ..shown },
    }
}

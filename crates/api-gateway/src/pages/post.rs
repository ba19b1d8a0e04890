//! `GET /@{name}/{id}`: a post in its thread, as anybody may read it.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, ThreadView};
use belfry_edge::{Page, TenantHost};
use belfry_model::{StatusId, Tenant, Username};
use belfry_social::status::{AtAddress, Context};
use belfry_social::{Result, StatusView, Viewer};

use super::{failed, present};
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
    match look_up(&gateway, &tenant, &name, id).await {
        Ok(Found::Here(post, context)) => page.respond(&view(&page, &tenant, &post, &context)),
        Ok(Found::Gone) => page.error(ErrorKind::Gone),
        Err(error) => failed(&page, &error),
    }
}

enum Found {
    Here(Box<StatusView>, Context),
    Gone,
}

async fn look_up(gateway: &Gateway, tenant: &Tenant, name: &Username, id: StatusId) -> Result<Found> {
    let viewer = Viewer::anonymous(tenant.scope());
    match gateway.social.status_at(viewer, name, id).await? {
        AtAddress::Gone(_) => Ok(Found::Gone),
        AtAddress::Here(post) => {
            let context = gateway.social.status_context(viewer, id).await?;
            Ok(Found::Here(Box::new(post), context))
        }
    }
}

fn view(page: &Page, tenant: &Tenant, post: &StatusView, context: &Context) -> ThreadView {
    let names = page.platform.names();
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
        post: belfry_edge::view::Post { is_focus: true, ..shown },
    }
}

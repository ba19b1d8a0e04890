//! `GET /@{name}`: an account of this agency.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{Paging, ProfileView, account};
use belfry_edge::{Page, TenantHost};
use belfry_model::Tenant;
use belfry_social::text::Handle;
use belfry_social::{AccountFilter, AccountView, Page as Slice, Result, StatusView, Viewer};
use serde::Deserialize;

use super::{PER_PAGE, failed, present};
use crate::Gateway;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    max_id: Option<i64>,
    min_id: Option<i64>,
}

pub(super) async fn get(
    page: Page,
    tenant: TenantHost,
    gateway: web::Data<Gateway>,
    name: web::Path<String>,
    query: Option<web::Query<Query>>,
) -> HttpResponse {
    // An address with a mangled id in it shows the newest posts: there is nothing to hide.
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    match view(&page, &tenant, &gateway, name.into_inner(), &query).await {
        Ok(view) => page.respond(&view),
        Err(error) => failed(&page, &error),
    }
}

async fn view(
    page: &Page,
    tenant: &Tenant,
    gateway: &Gateway,
    username: String,
    query: &Query,
) -> Result<ProfileView> {
    let viewer = Viewer::anonymous(tenant.scope());
    let found = gateway.social.account_lookup(viewer, &Handle { username, host: None }).await?;
    let filter = AccountFilter { exclude_replies: true, ..AccountFilter::default() };
    // One more than shown tells whether there is another page.
    let slice = Slice { max: query.max_id, since: None, min: query.min_id, limit: PER_PAGE + 1 };
    let posts = gateway.social.timeline_account(viewer, found.id(), &filter, slice).await?;
    Ok(present(page, tenant, &found, posts, query))
}

fn present(
    page: &Page,
    tenant: &Tenant,
    found: &AccountView,
    mut posts: Vec<StatusView>,
    query: &Query,
) -> ProfileView {
    let (names, row) = (page.platform.names(), &found.row);
    let paging = paging(&mut posts, query);
    ProfileView {
        account: present::account(found, names),
        agency: tenant.name.clone(),
        note_html: row.note_html.clone(),
        summary: present::summary(&row.note_html),
        fields: present::fields(&row.fields),
        header: found.header.as_ref().and_then(account::picture).map(|key| names.media_url(key)),
        since: row.created_at,
        posts_count: found.counts.statuses,
        followers_count: found.counts.followers,
        following_count: found.counts.following,
        posts: posts.iter().map(|post| present::post(post, names)).collect(),
        paging,
        actor_uri: row.uri.clone(),
        feed: format!("/@{}.rss", row.username),
        register_entry: row.official_handle.as_deref().map(|local| names.register_entry(local)),
        canonical: names.origin(tenant).profile(&row.username),
    }
}

/// Cuts the surplus post off, on the side that the page was not asked from.
fn paging(posts: &mut Vec<StatusView>, query: &Query) -> Paging {
    let more = posts.len() > usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let upwards = query.min_id.is_some();
    if more && upwards {
        posts.remove(0);
    } else if more {
        posts.pop();
    }
    let newest = posts.first().map(|post| format!("?min_id={}", post.row.id));
    let oldest = posts.last().map(|post| format!("?max_id={}", post.row.id));
    Paging {
        newer: newest.filter(|_| if upwards { more } else { query.max_id.is_some() }),
        older: oldest.filter(|_| upwards || more),
    }
}

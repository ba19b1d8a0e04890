//! `GET /@{name}.rss`: an account's public posts for feed readers.

use actix_web::http::header::{CACHE_CONTROL, LAST_MODIFIED};
use actix_web::{HttpResponse, web};
use belfry_edge::{Page, TenantHost};
use belfry_model::{PlatformNames, Tenant};
use belfry_social::text::Handle;
use belfry_social::{AccountFilter, AccountView, Page as Slice, Result, StatusView, Viewer};
use rss::{Channel, Guid, Item};

use super::{PER_PAGE, failed, present};
use crate::Gateway;

pub(super) async fn get(
    page: Page,
    tenant: TenantHost,
    gateway: web::Data<Gateway>,
    name: web::Path<String>,
) -> HttpResponse {
    let (account, posts) = match load(&gateway, &tenant, name.into_inner()).await {
        Ok(found) => found,
        Err(error) => return failed(&page, &error),
    };
    let mut response = HttpResponse::Ok();
    if let Some(newest) = posts.first() {
        response.insert_header((LAST_MODIFIED, newest.row.created_at.to_rfc2822().replace("+0000", "GMT")));
    }
    response
        .content_type("application/rss+xml; charset=utf-8")
        // Feed readers ask often and share caches: what they get is public and the same for all.
        .insert_header((CACHE_CONTROL, "public, max-age=60"))
        .body(channel(page.platform.names(), &tenant, &account, &posts))
}

type Found = (std::sync::Arc<AccountView>, Vec<StatusView>);

async fn load(gateway: &Gateway, tenant: &Tenant, username: String) -> Result<Found> {
    let viewer = Viewer::anonymous(tenant.scope());
    let account = gateway.social.account_lookup(viewer, &Handle { username, host: None }).await?;
    let filter = AccountFilter { exclude_replies: true, exclude_reblogs: true, ..AccountFilter::default() };
    let posts =
        gateway.social.timeline_account(viewer, account.id(), &filter, Slice::newest(PER_PAGE)).await?;
    Ok((account, posts))
}

fn channel(names: &PlatformNames, tenant: &Tenant, account: &AccountView, posts: &[StatusView]) -> String {
    let card = present::account(account, names);
    let channel = Channel {
        title: format!("{} ({})", card.name, card.handle),
        link: names.origin(tenant).profile(&account.row.username),
        description: present::summary(&account.row.note_html),
        generator: Some("Belfry".to_owned()),
        items: posts.iter().map(item).collect(),
        ..Channel::default()
    };
    channel.to_string()
}

/// Posts have no titles, and the feed invents none: readers show the beginning of the text.
fn item(post: &StatusView) -> Item {
    let address = post.row.url.clone().unwrap_or_else(|| post.row.uri.clone());
    let text = match post.row.spoiler_text.as_str() {
        "" => post.row.content_html.clone(),
        // Readers show markup: a warning stands for its text, which is a click away.
        warning => warning.replace('&', "&amp;").replace('<', "&lt;"),
    };
    Item {
        guid: Some(Guid { value: post.row.uri.clone(), permalink: true }),
        link: Some(address),
        pub_date: Some(post.row.created_at.to_rfc2822()),
        description: Some(text),
        ..Item::default()
    }
}

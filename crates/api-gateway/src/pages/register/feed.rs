//! `GET /register.rss`: agencies and official accounts that came into the register lately.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use belfry_edge::Platform;
use belfry_model::TenantId;
use chrono::{DateTime, Utc};
use rss::{Channel, Guid, Item};

const NEWEST: usize = 50;

pub(in crate::pages) async fn get(platform: web::Data<Platform>) -> HttpResponse {
    match items(&platform).await {
        Ok(items) => HttpResponse::Ok()
            .content_type("application/rss+xml; charset=utf-8")
            .insert_header((CACHE_CONTROL, "public, max-age=300"))
            .body(channel(&platform, items).to_string()),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the register can't be read");
            HttpResponse::InternalServerError().finish()
        }
    }
}

fn channel(platform: &Platform, items: Vec<Item>) -> Channel {
    let names = platform.names();
    Channel {
        title: format!("New at {}", names.shared_domain),
        link: format!("{}://{}/", names.scheme, names.shared_domain),
        description: format!(
            "Agencies and official accounts that are new in the register of {}",
            names.shared_domain
        ),
        generator: Some("Belfry".to_owned()),
        items,
        ..Channel::default()
    }
}

async fn items(platform: &Platform) -> belfry_storage::Result<Vec<Item>> {
    let names = platform.names();
    let mut items: Vec<(DateTime<Utc>, Item)> = Vec::new();
    for tenant in platform.directory().list().into_iter().filter(|tenant| tenant.is_listed()) {
        if let Some(at) = tenant.listed_at {
            let link = names.origin(&tenant).at("/");
            items.push((at, item(at, &tenant.name, link.clone(), link)));
        }
    }
    items.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    items.truncate(NEWEST);
    let limit = u64::try_from(NEWEST).unwrap_or(u64::MAX);
    for account in platform.app().register_officials(limit).await? {
        let (Some(at), Some(local)) = (account.official_since, &account.official_handle) else { continue };
        let listed = platform.directory().by_id(TenantId(account.tenant_id)).is_some_and(|of| of.is_listed());
        if listed {
            let title = format!("{} (@{local}@{})", account.display_name, names.shared_domain);
            let entry = names.register_entry(local);
            // Given anew it is news again.
            items.push((at, item(at, &title, entry.clone(), format!("{entry}#{}", at.timestamp()))));
        }
    }
    items.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    items.truncate(NEWEST);
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

fn item(at: DateTime<Utc>, title: &str, link: String, id: String) -> Item {
    Item {
        title: Some(title.to_owned()),
        guid: Some(Guid { permalink: id == link, value: id }),
        link: Some(link),
        pub_date: Some(at.to_rfc2822()),
        ..Item::default()
    }
}

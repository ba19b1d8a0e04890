//! `GET /register/check?handle=…`: is this account real?

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_activitypub::document::webfinger::Acct;
use belfry_edge::view::{CheckView, ErrorKind, Verdict};
use belfry_edge::{Page, Platform};
use serde::Deserialize;

use super::listing::card;
use super::whose::whose;
use super::{lookalike, too_often};

/// Longer is no handle.
const LONGEST: usize = 330;

#[derive(Debug, Default, Deserialize)]
pub(in crate::pages) struct Query {
    #[serde(default)]
    handle: String,
}

pub(in crate::pages) async fn get(
    request: HttpRequest,
    page: Page,
    query: web::Query<Query>,
) -> HttpResponse {
    let typed: String = query.handle.trim().chars().take(LONGEST).collect();
    let most = page.platform.settings.http.checks_per_five_minutes;
    if !typed.is_empty() && too_often(&page.platform, &request, "check", most).await {
        return page.error(ErrorKind::TooMany);
    }
    let verdict = match verdict(&page.platform, &typed).await {
        Ok(verdict) => verdict,
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a handle can't be checked");
            return page.error(ErrorKind::Broken);
        }
    };
    let shared_domain = page.platform.names().shared_domain.to_string();
    page.respond(&CheckView { shared_domain, typed, verdict })
}

async fn verdict(platform: &Platform, typed: &str) -> belfry_storage::Result<Option<Verdict>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let Some(acct) = Acct::parse(&as_handle(typed)) else { return Ok(Some(Verdict::Malformed)) };
    let names = platform.names();
    if let Some((tenant, account)) = whose(platform, &acct).await?.filter(|(tenant, _)| tenant.is_listed()) {
        let entry = account.official_handle.as_deref().map(|local| names.register_entry(local));
        let agency = tenant.name.clone();
        return Ok(Some(Verdict::Real { account: card(names, &tenant, account), agency, entry }));
    }
    let resembles = lookalike::of(platform, &acct).await?;
    Ok(Some(Verdict::Unknown { resembles }))
}

/// People paste the address of a profile as well: `https://host/@name`.
fn as_handle(typed: &str) -> String {
    let Ok(url) = url::Url::parse(typed) else { return typed.to_owned() };
    let name =
        url.path().trim_end_matches('/').strip_prefix("/@").or_else(|| url.path().strip_prefix("/users/"));
    match name {
        Some(name) if url.has_host() => match name.split_once('@') {
            // Another server's page of the account names its own server.
            Some(_) => name.to_owned(),
            None => format!("{name}@{}", belfry_activitypub::uri::host(&url)),
        },
        _ => typed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::as_handle;

    #[test]
    fn the_address_of_a_profile_stands_for_its_handle() {
        assert_eq!(as_handle("https://moe.social.example/@moe"), "moe@moe.social.example");
        assert_eq!(as_handle("https://else.example/@moe@social.example"), "moe@social.example");
        assert_eq!(as_handle("@moe@social.example"), "@moe@social.example");
        assert_eq!(as_handle("javascript:alert(1)"), "javascript:alert(1)");
    }
}

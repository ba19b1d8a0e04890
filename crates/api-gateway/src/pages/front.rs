//! `GET /` on an agency's host.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{FrontView, Rule};
use belfry_edge::{Page, TenantHost};
use belfry_social::{Page as Slice, Reach, Viewer};
use belfry_storage::row;
use belfry_tenancy::about::about;

use super::{failed, present};
use crate::Gateway;

const LATEST: u64 = 8;

pub(super) async fn get(page: Page, tenant: TenantHost, gateway: web::Data<Gateway>) -> HttpResponse {
    let about = match about(&page.platform.tenancy, &tenant).await {
        Ok(about) => about,
        Err(error) => return page.broken(&error),
    };
    let viewer = Viewer::anonymous(tenant.scope());
    let accounts = match gateway.social.account_local_list(viewer).await {
        Ok(accounts) => accounts,
        Err(error) => return failed(&page, &error),
    };
    let posts = match gateway.social.timeline_public(viewer, Reach::Local, false, Slice::newest(LATEST)).await
    {
        Ok(posts) => posts,
        Err(error) => return failed(&page, &error),
    };
    let names = page.platform.names();
    let mut accounts: Vec<_> = accounts.iter().map(|account| present::account(account, names)).collect();
    // The organisation itself first, then offices, teams and people.
    accounts.sort_by_key(|card| (card.kind, card.handle.clone()));
    page.respond(&FrontView {
        name: tenant.name.clone(),
        host: tenant.host.to_string(),
        description: about.setting.description,
        contact_email: about.setting.contact_email,
        is_official: tenant.host == names.tenant_host(&tenant.slug),
        shared_domain: names.shared_domain.to_string(),
        accounts,
        posts: posts.iter().map(|post| present::post(post, names)).collect(),
        rules: in_language(about.rules, page.language.code(), &tenant.language),
        canonical: names.origin(&tenant).at("/"),
    })
}

/// The rules in the page's language; else in the agency's; else as they are.
fn in_language(rules: Vec<row::Rule>, asked: &str, own: &str) -> Vec<Rule> {
    let has = |language: &str| rules.iter().any(|rule| rule.language == language);
    let language = [asked, own].into_iter().find(|language| has(language)).map(str::to_owned);
    rules
        .into_iter()
        .filter(|rule| language.as_ref().is_none_or(|language| rule.language == *language))
        .map(|rule| Rule { text: rule.text, hint: rule.hint, language: rule.language })
        .collect()
}

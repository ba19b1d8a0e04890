//! `GET /api/v2/search`: accounts, posts and hashtags; with `resolve=true` also what lies
//! elsewhere, by its address or handle.

use actix_web::{HttpResponse, web};
use belfry_social::{AccountView, StatusView};
use serde::Deserialize;
use std::sync::Arc;

use crate::Gateway;
use crate::api::auth::Visitor;
use crate::api::entity::{Search, Tag};
use crate::api::page::PageParams;
use crate::api::resolve::{Found, found};
use crate::api::scope::ReadSearch;
use crate::api::{ApiError, Params};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Accounts,
    Statuses,
    Hashtags,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    #[serde(flatten)]
    page: PageParams,
    q: String,
    #[serde(rename = "type")]
    kind: Option<Kind>,
    resolve: bool,
    offset: Option<u64>,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadSearch>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let params = params.values;
    let (words, offset) = (params.q.trim(), params.offset.unwrap_or(0));
    let page = params.page.page(20, 40);
    let viewer = visitor.viewer();
    let wants = |kind| params.kind.is_none_or(|asked| asked == kind);
    let mut accounts: Vec<Arc<AccountView>> = Vec::new();
    let mut statuses: Vec<StatusView> = Vec::new();
    let mut tags: Vec<String> = Vec::new();
    // Fetching costs others something: only for people whom we know.
    match found(&gateway, viewer, words, params.resolve && viewer.actor.is_some()).await? {
        Found::Account(account) => accounts.push(account),
        Found::Status(status) => statuses.push(*status),
        Found::Nothing => {
            let bare = words.trim_start_matches('@');
            if wants(Kind::Accounts) && !words.starts_with('#') {
                accounts = gateway.social.search_accounts(viewer, bare, offset, page.limit).await?;
            }
            if wants(Kind::Statuses) && viewer.actor.is_some() {
                statuses = gateway.social.search_statuses(viewer, words, page).await?;
            }
            if wants(Kind::Hashtags) && !words.starts_with('@') {
                tags = gateway.social.search_tags(viewer, words, offset, page.limit).await?;
            }
        }
    }
    accounts.retain(|_| wants(Kind::Accounts));
    statuses.retain(|_| wants(Kind::Statuses));
    let present = gateway.present(&visitor.tenant);
    Ok(HttpResponse::Ok().json(Search {
        accounts: present.accounts(accounts.iter().map(|account| &**account)),
        statuses: present.statuses(&statuses),
        hashtags: tags.iter().map(|name| Tag::new(name, &present.origin)).collect(),
    }))
}

//! What people type, as the account or post that it means: known here, or fetched on behalf of
//! this tenant.
//!
//! Invariant: another server being slow, away or wrong is nothing found, never an error.

use std::sync::Arc;

use belfry_federation::Resolved as Remote;
use belfry_model::TenantScope;
use belfry_social::status::Resolved;
use belfry_social::text::{self, Handle};
use belfry_social::{AccountView, StatusView, Viewer};
use futures::future::join_all;

use super::ApiError;
use crate::Gateway;

/// Lookups that one post may cause.
const MENTIONS: usize = 20;

#[derive(Debug)]
pub enum Found {
    Account(Arc<AccountView>),
    Status(Box<StatusView>),
    Nothing,
}

/// An address or a full handle. What is not known here is fetched only if `fetch` says so.
pub async fn found(gateway: &Gateway, viewer: Viewer, words: &str, fetch: bool) -> Result<Found, ApiError> {
    if words.starts_with("https://") || words.starts_with("http://") {
        return at_address(gateway, viewer, words, fetch).await;
    }
    if !fetch {
        return Ok(Found::Nothing);
    }
    Ok(found_account(gateway, viewer, words).await?.map_or(Found::Nothing, Found::Account))
}

/// The account that a full handle names, fetched if it isn't known here.
pub async fn found_account(
    gateway: &Gateway,
    viewer: Viewer,
    words: &str,
) -> Result<Option<Arc<AccountView>>, ApiError> {
    let Some(handle) = full_handle(words) else {
        return Ok(None);
    };
    match gateway.federation.resolve_account(viewer.scope, &handle.to_string()).await {
        Ok(Some(account)) => known(gateway.social.account_fetch(viewer, account.id).await),
        Ok(None) => Ok(None),
        Err(error) => {
            unreachable_elsewhere(&error);
            Ok(None)
        }
    }
}

async fn at_address(
    gateway: &Gateway,
    viewer: Viewer,
    address: &str,
    fetch: bool,
) -> Result<Found, ApiError> {
    if !fetch {
        return Ok(Found::Nothing);
    }
    match gateway.federation.resolve_url(viewer.scope, address).await {
        Ok(Some(Remote::Account(account))) => {
            let account = known(gateway.social.account_fetch(viewer, account.id).await)?;
            Ok(account.map_or(Found::Nothing, Found::Account))
        }
        Ok(Some(Remote::Status(status))) => {
            let status = known(gateway.social.status_fetch(viewer, status.id).await)?;
            Ok(status.map_or(Found::Nothing, |status| Found::Status(Box::new(status))))
        }
        Ok(None) => Ok(Found::Nothing),
        Err(error) => {
            unreachable_elsewhere(&error);
            Ok(Found::Nothing)
        }
    }
}

/// Those named in a text who are elsewhere, so that the post reaches them.
pub async fn mentions(gateway: &Gateway, scope: TenantScope, text: &str) -> Vec<Resolved> {
    let handles = text::handles(text).into_iter().filter(|handle| handle.host.is_some()).take(MENTIONS);
    let lookups = handles.map(|handle| async move {
        match gateway.federation.resolve_account(scope, &handle.to_string()).await {
            Ok(found) => found.map(|account| Resolved { handle, actor: account.id }),
            Err(error) => {
                unreachable_elsewhere(&error);
                None
            }
        }
    });
    join_all(lookups).await.into_iter().flatten().collect()
}

fn full_handle(words: &str) -> Option<Handle> {
    words.parse::<Handle>().ok().filter(|handle| handle.host.is_some())
}

fn known<T>(result: belfry_social::Result<T>) -> Result<Option<T>, ApiError> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(belfry_social::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn unreachable_elsewhere(error: &belfry_federation::Error) {
    tracing::info!(error = error as &dyn std::error::Error, "what was asked for elsewhere can't be had");
}

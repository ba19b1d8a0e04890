//! A page of accounts that is paged by something else than the account's id.

use std::sync::Arc;

use belfry_model::ActorId;
use belfry_storage::TenantTx;

use crate::{AccountView, Result, view};

/// An account in a list of follows, favourites or boosts.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// What the list is paged by: goes into `max_id` and `min_id`.
    pub cursor: i64,
    pub account: Arc<AccountView>,
}

impl Listed {
    pub(crate) async fn load(tx: &TenantTx, entries: Vec<(i64, ActorId)>) -> Result<Vec<Self>> {
        let ids: Vec<ActorId> = entries.iter().map(|(_, id)| *id).collect();
        let accounts = view::accounts(tx, &ids).await?;
        Ok(entries
            .into_iter()
            .filter_map(|(cursor, id)| Some(Self { cursor, account: Arc::clone(accounts.get(&id)?) }))
            .collect())
    }
}

//! What those whom an account follows say.

use belfry_storage::Page;

use crate::{Poster, Result, Social, StatusView, view};

impl Social {
    pub async fn timeline_home(&self, poster: &Poster, page: Page) -> Result<Vec<StatusView>> {
        let tx = self.app.tenant(poster.scope).await?;
        let rows = tx.status_home(poster.actor, page).await?;
        view::statuses(&tx, rows, Some(poster.actor)).await
    }
}

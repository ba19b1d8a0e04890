//! The text as typed, for its author to edit.

use belfry_model::StatusId;

use crate::{Poster, Result, Social};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: StatusId,
    pub text: String,
    pub spoiler_text: String,
}

impl Social {
    pub async fn status_source(&self, poster: &Poster, id: StatusId) -> Result<Source> {
        let tx = self.app.tenant(poster.scope).await?;
        let row = super::own(&tx, poster, id).await?;
        Ok(Source { id, text: row.text, spoiler_text: row.spoiler_text })
    }
}

//! Describing an attachment, for those who can't see it.

use belfry_model::{ActorId, MediaId};
use belfry_storage::{TenantTx, row};

use super::Focus;
use super::store::Stored;
use crate::{Error, Invalid, Poster, Result, Social};

const DESCRIPTION: usize = 1500;

impl Social {
    /// The poster's own upload.
    pub async fn media_fetch(&self, poster: &Poster, id: MediaId) -> Result<row::MediaAttachment> {
        let tx = self.app.tenant(poster.scope).await?;
        tx.media_fetch(id, poster.actor).await?.ok_or(Error::NotFound)
    }

    /// `None` leaves a part as it is; an empty description takes it away.
    pub async fn media_describe(
        &self,
        poster: &Poster,
        id: MediaId,
        description: Option<String>,
        focus: Option<Focus>,
    ) -> Result<row::MediaAttachment> {
        let tx = self.app.tenant(poster.scope).await?;
        let row = self.describe_in(&tx, poster, id, description, focus).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// A stored file, to serve at `media.<shared domain>/<key>`. Knowing the key is all it takes.
    pub async fn media_file(&self, key: &str) -> Result<Option<Stored>> {
        self.media.fetch(key).await
    }

    pub(crate) async fn describe_in(
        &self,
        tx: &TenantTx,
        poster: &Poster,
        id: MediaId,
        description: Option<String>,
        focus: Option<Focus>,
    ) -> Result<row::MediaAttachment> {
        check_description(description.as_deref())?;
        let actor: ActorId = poster.actor;
        let media = tx.media_fetch(id, actor).await?.ok_or(Error::NotFound)?;
        if description.is_none() && focus.is_none() {
            return Ok(media);
        }
        let description = description.map(|text| Some(text).filter(|text| !text.trim().is_empty()));
        let meta = focus.map(|focus| {
            let mut meta = media.meta;
            focus.write(&mut meta);
            meta
        });
        tx.media_describe(id, actor, description, meta).await?.ok_or(Error::NotFound)
    }
}

pub(super) fn check_description(description: Option<&str>) -> Result<(), Invalid> {
    match description {
        Some(text) if text.chars().count() > DESCRIPTION => Err(Invalid::DescriptionTooLong(DESCRIPTION)),
        Some(_) | None => Ok(()),
    }
}

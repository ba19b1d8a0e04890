//! Taking an upload.

use belfry_model::{Measure, UsedUp};
use belfry_storage::{NewMedia, TenantTx, row};
use bytes::Bytes;
use serde_json::{Value as Json, json};

use super::Focus;
use super::describe::check_description;
use super::image::{Encoded, process};
use crate::{Error, Invalid, Poster, Result, Social};

impl Social {
    /// Stores the image and its preview, then the row: a crash in between leaves files that
    /// nothing names, never a row without files.
    pub async fn media_upload(
        &self,
        poster: &Poster,
        bytes: Bytes,
        description: Option<String>,
        focus: Option<Focus>,
    ) -> Result<row::MediaAttachment> {
        check_description(description.as_deref())?;
        let limits = self.limits;
        if bytes.len() > limits.upload_bytes {
            return Err(Invalid::FileTooLarge(limits.upload_bytes).into());
        }
        // Whether there is such an account, and room, is asked before any work is done for it.
        let tx = self.app.tenant(poster.scope).await?;
        self.poster(&tx, poster).await?;
        self.check_room(&tx).await?;
        drop(tx);
        let done =
            tokio::task::spawn_blocking(move || process(&bytes, limits.upload_pixels, limits.preview_pixels))
                .await??;

        let file_key = self.keep(&done.original).await?;
        let (preview_key, preview) = match &done.preview {
            Some(preview) => (self.keep(preview).await?, preview),
            None => (file_key.clone(), &done.original),
        };
        let stored =
            done.original.bytes.len() + done.preview.as_ref().map_or(0, |preview| preview.bytes.len());
        let mut meta = json!({ "original": size(&done.original), "small": size(preview) });
        if let Some(focus) = focus {
            focus.write(&mut meta);
        }
        let new = NewMedia {
            actor: Some(poster.actor),
            status: None,
            position: 0,
            media_type: done.original.media_type.to_owned(),
            file_key: Some(file_key.clone()),
            preview_key: Some(preview_key.clone()),
            remote_url: None,
            description: description.filter(|text| !text.trim().is_empty()),
            blurhash: done.blurhash,
            meta,
            bytes: i64::try_from(stored).unwrap_or(i64::MAX),
            created_at: self.clock.now(),
        };
        let tx = self.app.tenant(poster.scope).await?;
        match tx.media_insert(new).await {
            Ok(row) => {
                tx.commit().await?;
                Ok(row)
            }
            Err(error) => {
                // Of two that took the last room, this one is the other: its files go again.
                drop(tx);
                self.media.remove(&file_key).await?;
                self.media.remove(&preview_key).await?;
                Err(error.into())
            }
        }
    }

    /// The plan is kept by the database when the row is written. This saves the work for an agency
    /// whose room is all used up.
    async fn check_room(&self, tx: &TenantTx) -> Result<()> {
        let (usage, quota) = tx.usage_fetch(self.clock.now().date_naive()).await?;
        match quota.media_bytes.filter(|&limit| usage.media_bytes >= limit) {
            Some(limit) => {
                Err(Error::UsedUp { used_up: UsedUp { measure: Measure::MediaBytes, limit }, opens_in: None })
            }
            None => Ok(()),
        }
    }

    async fn keep(&self, encoded: &Encoded) -> Result<String> {
        let key = random_key(encoded.extension)?;
        self.media.put(&key, encoded.bytes.clone()).await?;
        Ok(key)
    }
}

/// 128 bits, spread over 256 folders.
fn random_key(extension: &str) -> Result<String> {
    let mut random = [0u8; 16];
    openssl::rand::rand_bytes(&mut random).map_err(|_| Error::Corrupt("the source of randomness"))?;
    let [folder, rest @ ..] = random;
    Ok(format!(
        "{folder:02x}/{:030x}.{extension}",
        rest.iter().fold(0u128, |n, byte| n << 8 | u128::from(*byte))
    ))
}

fn size(image: &Encoded) -> Json {
    let aspect = f64::from(image.width) / f64::from(image.height.max(1));
    json!({
        "width": image.width,
        "height": image.height,
        "size": format!("{}x{}", image.width, image.height),
        "aspect": aspect,
    })
}

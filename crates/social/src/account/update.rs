//! What an account's owner changes of it. Followers' servers hear of it.

use std::sync::Arc;

use belfry_storage::{ActorChange, TenantTx, row};
use bytes::Bytes;
use serde_json::{Value as Json, json};

use crate::outgoing::{Kind, Outgoing, record};
use crate::text::{self, Named};
use crate::{AccountView, Invalid, Poster, Result, Social, view};

const NAME: usize = 30;
const NOTE: usize = 500;
const FIELDS: usize = 4;
const FIELD: usize = 255;

/// What becomes of a profile. `None` leaves a part as it is.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub display_name: Option<String>,
    pub note: Option<String>,
    /// All `(name, value)` that there are from now on.
    pub fields: Option<Vec<(String, String)>>,
    pub avatar: Option<Picture>,
    pub header: Option<Picture>,
    pub locked: Option<bool>,
    pub bot: Option<bool>,
    pub discoverable: Option<bool>,
}

#[derive(Debug, Clone)]
pub enum Picture {
    /// A file as it was uploaded.
    New(Bytes),
    None,
}

impl Social {
    pub async fn account_update(&self, poster: &Poster, profile: Profile) -> Result<Arc<AccountView>> {
        check(&profile)?;
        // Pictures first: decoding takes time that no transaction should wait for.
        let avatar = self.picture(poster, profile.avatar).await?;
        let header = self.picture(poster, profile.header).await?;

        let tx = self.app.tenant(poster.scope).await?;
        let actor = self.poster(&tx, poster).await?;
        let origin = self.origin(&actor)?;
        let note = match profile.note {
            Some(note) => {
                let named = named(&tx, &actor, &note).await?;
                let html = text::render(&note, &named, &origin);
                Some((note.trim().to_owned(), html))
            }
            None => None,
        };
        let fields = profile.fields.map(|fields| {
            fields
                .into_iter()
                .filter(|(name, value)| !name.trim().is_empty() || !value.trim().is_empty())
                .map(|(name, value)| {
                    let html = text::render_line(value.trim(), &[], &origin);
                    json!({ "name": name.trim(), "value": html, "source": value.trim(), "verified_at": null })
                })
                .collect::<Json>()
        });
        let change = ActorChange {
            display_name: profile.display_name.map(|name| name.trim().to_owned()),
            note,
            fields,
            avatar_media_id: avatar,
            header_media_id: header,
            locked: profile.locked,
            bot: profile.bot,
            discoverable: profile.discoverable,
        };
        let now = self.clock.now();
        let actor = tx.actor_update(poster.actor, change, now).await?.ok_or(crate::Error::NotFound)?;
        let update = Outgoing { to_followers: true, ..Outgoing::new(Kind::Update, &actor, now) };
        record(&tx, update).await?;
        let view = view::one_account(&tx, poster.actor).await?;
        self.act(&tx, poster, "account.update", json!({ "actor": poster.actor.to_string() })).await?;
        let picture =
            view.avatar.as_ref().and_then(|file| file.preview_key.as_deref().or(file.file_key.as_deref()));
        tx.public_account_present(poster.actor, &view.row.display_name, &view.row.note, picture).await?;
        tx.commit().await?;
        Ok(view)
    }

    async fn picture(&self, poster: &Poster, picture: Option<Picture>) -> Result<Option<Option<i64>>> {
        match picture {
            None => Ok(None),
            Some(Picture::None) => Ok(Some(None)),
            Some(Picture::New(bytes)) => {
                Ok(Some(Some(self.media_upload(poster, bytes, None, None).await?.id)))
            }
        }
    }
}

fn check(profile: &Profile) -> Result<(), Invalid> {
    if profile.display_name.as_deref().is_some_and(|name| text::length(name.trim()) > NAME) {
        return Err(Invalid::NameTooLong(NAME));
    }
    if profile.note.as_deref().is_some_and(|note| text::length(note.trim()) > NOTE) {
        return Err(Invalid::NoteTooLong(NOTE));
    }
    let fits = |text: &str| text.chars().count() <= FIELD;
    if let Some(fields) = &profile.fields
        && (fields.len() > FIELDS || !fields.iter().all(|(name, value)| fits(name) && fits(value)))
    {
        return Err(Invalid::Fields(FIELDS, FIELD));
    }
    Ok(())
}

/// Whom a note names, of those that this tenant knows.
async fn named(tx: &TenantTx, actor: &row::Actor, note: &str) -> Result<Vec<Named>> {
    let mut named = Vec::new();
    for handle in text::handles(note) {
        let domain = handle.host.as_ref().map_or(actor.domain.as_str(), |host| host.as_str());
        if let Some(found) = tx.actor_by_handle(&handle.username, domain).await? {
            let url = found.url.unwrap_or(found.uri);
            named.push(Named { handle, username: found.username, url });
        }
    }
    Ok(named)
}

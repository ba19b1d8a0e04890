//! From what the use cases answer to what the pages show.

use belfry_edge::view::{AccountCard, Attachment, Field, Post, account};
use belfry_model::PlatformNames;
use belfry_social::text::plain;
use belfry_social::{AccountView, StatusView};
use belfry_storage::row;
use serde::Deserialize;
use serde_json::Value;

/// As long as a preview elsewhere shows.
const SUMMARY: usize = 200;

pub(super) fn account(view: &AccountView, names: &PlatformNames) -> AccountCard {
    AccountCard::new(&view.row, view.avatar.as_ref(), names)
}

/// A boost is shown as what it boosts, and who did.
pub(super) fn post(view: &StatusView, names: &PlatformNames) -> Post {
    let (shown, booster) = match &view.reblog {
        Some(original) => (&**original, Some(account(&view.author, names))),
        None => (view, None),
    };
    let row = &shown.row;
    Post {
        href: row.url.clone().unwrap_or_else(|| row.uri.clone()),
        at: row.created_at,
        edited_at: row.edited_at,
        author: account(&shown.author, names),
        content_html: row.content_html.clone(),
        warning: row.spoiler_text.clone(),
        language: row.language.clone(),
        attachments: shown.media.iter().filter_map(|media| attachment(media, names)).collect(),
        boosted_by: booster,
        replies: shown.counts.replies,
        boosts: shown.counts.reblogs,
        favourites: shown.counts.favourites,
        is_focus: false,
    }
}

fn attachment(media: &row::MediaAttachment, names: &PlatformNames) -> Option<Attachment> {
    let here = media.file_key.as_deref().map(|key| names.media_url(key));
    Some(Attachment {
        href: here.or_else(|| media.remote_url.clone())?,
        preview: account::picture(media).map(|key| names.media_url(key)),
        description: media.description.clone().unwrap_or_default(),
    })
}

pub(super) fn fields(fields: &Value) -> Vec<Field> {
    #[derive(Deserialize)]
    struct Stored {
        name: String,
        value: String,
        #[serde(default)]
        verified_at: Option<chrono::DateTime<chrono::Utc>>,
    }
    let Value::Array(fields) = fields else { return Vec::new() };
    fields
        .iter()
        .filter_map(|field| Stored::deserialize(field).ok())
        .map(|field| Field { name: field.name, value_html: field.value, verified_at: field.verified_at })
        .collect()
}

/// The beginning of a text without its markup, on one line.
pub(super) fn summary(html: &str) -> String {
    let text = unescape(&plain(html));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SUMMARY) {
        None => words,
        Some((end, _)) => {
            let cut = words.get(..end).unwrap_or_default();
            let whole = cut.rsplit_once(' ').map_or(cut, |(before, _)| before);
            format!("{whole}…")
        }
    }
}

/// What `plain` leaves escaped: the template escapes again.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        // Last, or what was written as `&amp;lt;` would become markup.
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_short_plain_text_that_ends_at_a_word() {
        assert_eq!(summary("<p>A &lt;b&gt; &amp;amp; c</p><p>d</p>"), "A <b> &amp; c d");
        let long = summary(&format!("<p>{}</p>", "word ".repeat(100)));
        assert!(long.ends_with("word…") && long.chars().count() <= SUMMARY + 1, "{long}");
    }
}

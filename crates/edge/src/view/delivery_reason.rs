//! Why a server does not have a post, for people who don't run servers: the engine's reasons
//! (`answered 503`) as keys of texts; one that is not known here is shown as it is.

use serde::Serialize;

/// The end of `delivery-reason-…`, with what stands in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    pub key: &'static str,
    /// What the server answered; 0 where it did not.
    pub status: u16,
    /// As the engine says it.
    pub words: String,
    /// The end of `delivery-end-…`: why it is not tried again, where that is not the server's answer.
    pub end: Option<&'static str>,
}

impl Reason {
    pub fn of(text: &str) -> Self {
        let ends = [
            ("given up: ", Some("given-up")),
            ("dropped by the operator: ", Some("dropped")),
            ("not sent: ", None),
            ("refused: ", None),
            ("gone: ", None),
        ];
        let (end, words) = ends
            .into_iter()
            .find_map(|(prefix, end)| Some((end, text.strip_prefix(prefix)?)))
            .unwrap_or((None, text));
        let status = status(words);
        Self {
            key: status.map_or_else(|| unanswered(words), answered),
            status: status.unwrap_or(0),
            words: words.to_owned(),
            end,
        }
    }

    #[cfg(test)]
    pub(crate) fn samples() -> Vec<&'static str> {
        vec![
            "answered 503",
            "refused: answered 403",
            "answered 429",
            "gone: answered 404 on three days",
            "refused: answered 422",
            "mastodon.example took too long",
            "mastodon.example: connecting failed: connection refused",
            "mastodon.example broke off: reset",
            "mastodon.example: the name does not resolve",
            "its host is down",
            "its host is slow to answer",
            "waits for an earlier one of its thread",
            belfry_storage::HELD,
            "released by the operator",
            "replayed by the operator",
            "given up: answered 500",
            "dropped by the operator: answered 500",
            "not sent: the platform's rules bar this server",
            "something <b>Ann</b> new",
        ]
    }
}

/// The number in `answered 503`, or in `… answered 404 on three days`.
fn status(words: &str) -> Option<u16> {
    let (_, rest) = words.split_once("answered ")?;
    rest.split(' ').next()?.parse().ok()
}

fn answered(status: u16) -> &'static str {
    match status {
        401 | 403 => "forbidden",
        404 | 410 => "missing",
        429 => "busy",
        500..=599 => "broken",
        _ => "answered",
    }
}

fn unanswered(words: &str) -> &'static str {
    const KNOWN: [(&str, &str); 11] = [
        ("took too long", "slow"),
        ("slow to answer", "slow"),
        ("connecting failed", "unreachable"),
        ("broke off", "broke-off"),
        ("does not resolve", "no-name"),
        ("is down", "down"),
        ("waits for an earlier one", "earlier"),
        ("rules bar", "barred"),
        ("held by the operator", "held"),
        ("released by the operator", "released"),
        ("replayed by the operator", "released"),
    ];
    KNOWN.iter().find(|(part, _)| words.contains(part)).map_or("other", |(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn the_engines_words_become_a_text_or_stay_as_they_are() {
        for (text, key, status, end) in [
            ("answered 503", "broken", 503, None),
            ("refused: answered 403", "forbidden", 403, None),
            ("gone: answered 404 on three days", "missing", 404, None),
            ("given up: a.example took too long", "slow", 0, Some("given-up")),
            ("dropped by the operator: answered 429", "busy", 429, Some("dropped")),
            ("a mystery", "other", 0, None),
        ] {
            let reason = Reason::of(text);
            assert_eq!((reason.key, reason.status, reason.end), (key, status, end), "{text}");
        }
        assert_eq!(Reason::of("refused: a mystery").words, "a mystery");
    }
}

//! Dates as headers and documents spell them.

use chrono::{DateTime, SecondsFormat, Utc};

/// `Sun, 22 Nov 2026 05:40:00 GMT` (RFC 9110 §5.6.7).
pub fn http(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Reads a Date header. `None` for anything that isn't a date: it never passes for one.
pub fn parse_http(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text.trim()).ok().map(|at| at.to_utc())
}

/// `2026-11-22T05:40:00Z`: whole seconds, as Mastodon writes them.
pub fn document(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Reads `published` and its like, fractions and offsets included. Threads writes offsets
/// without the colon.
pub fn parse_document(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .ok()
        .map(|at| at.to_utc())
}

/// For `#[serde(serialize_with)]`.
pub(crate) mod as_document {
    use chrono::{DateTime, Utc};
    use serde::Serializer;

    #[expect(clippy::ref_option, reason = "serde hands fields over by reference")]
    pub fn some<S: Serializer>(at: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => serializer.serialize_str(&super::document(*at)),
            None => serializer.serialize_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_date_survives_the_round_trip() {
        let at = parse_http("Tue, 20 Apr 2021 02:07:55 GMT").unwrap();
        assert_eq!(http(at), "Tue, 20 Apr 2021 02:07:55 GMT");
        assert_eq!(document(at), "2021-04-20T02:07:55Z");
        assert_eq!(parse_document("2021-04-20T04:07:55.000+02:00"), Some(at));
        assert_eq!(parse_document("2021-04-20T02:07:55+0000"), Some(at));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "yesterday", "2021-04-20T02:07:55Z", "Tue, 99 Apr 2021 02:07:55 GMT"] {
            assert!(parse_http(text).is_none(), "{text}");
        }
    }
}

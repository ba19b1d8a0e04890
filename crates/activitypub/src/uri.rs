//! Ids as peers write them: absolute http(s) addresses of bounded length.

use url::Url;

/// Longer ids exist only to harm: Mastodon's column takes 2,048 characters too.
pub const MAX_LENGTH: usize = 2048;

/// An absolute `http` or `https` address with a host and without credentials.
pub fn parse(text: &str) -> Option<Url> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let plain = url.username().is_empty() && url.password().is_none();
    (matches!(url.scheme(), "http" | "https") && url.has_host() && plain).then_some(url)
}

/// Whether two ids are of one host (port included): what may speak for what.
pub fn same_host(one: &str, other: &str) -> bool {
    match (parse(one), parse(other)) {
        (Some(one), Some(other)) => host(&one) == host(&other),
        _ => false,
    }
}

/// `host` or `host:port` as the Host header has it: the port only where it isn't the scheme's.
pub fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

/// The id without its fragment: the document that a key id lies in.
pub fn without_fragment(id: &str) -> &str {
    id.split_once('#').map_or(id, |(document, _)| document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_web_addresses_are_ids() {
        assert!(parse("https://a.example/users/x#main-key").is_some());
        let long = format!("https://a.example/{}", "x".repeat(MAX_LENGTH));
        for text in ["", "/users/x", "acct:x@a.example", "ftp://a.example/x", "https://u:p@a.example/", &long]
        {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn another_port_is_another_host() {
        assert!(same_host("https://a.example/1", "https://A.example:443/2"));
        assert!(!same_host("https://a.example/1", "https://a.example:8443/1"));
        assert!(!same_host("https://a.example/1", "https://a.example.evil/1"));
    }
}

//! The little of HTTP/1.1 that a delivery needs: a request line, a length, a body.

/// `/users/<user>/inbox` at a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Inbox {
    pub host: u32,
    pub user: u32,
}

/// What a request's head says.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    /// `None`: it isn't a POST to an inbox.
    pub user: Option<u32>,
    /// Of the head with the empty line after it.
    pub length: usize,
    pub body_length: usize,
}

/// `None` until the head is there whole.
pub fn head(bytes: &[u8]) -> Option<Head> {
    let end = find(bytes, b"\r\n\r\n")?;
    let mut lines = bytes.get(..end)?.split(|byte| *byte == b'\n');
    let user = user(lines.next()?);
    let body_length = lines.find_map(content_length).unwrap_or(0);
    Some(Head { user, length: end + 4, body_length })
}

/// The first `"id"` of a document is the activity's: contexts write theirs as `"@id"`.
pub fn activity(body: &[u8]) -> Option<&str> {
    const KEY: &[u8] = b"\"id\":\"";
    let value = body.get(find(body, KEY)? + KEY.len()..)?;
    let end = value.iter().position(|byte| *byte == b'"')?;
    std::str::from_utf8(value.get(..end)?).ok()
}

fn user(line: &[u8]) -> Option<u32> {
    let path = line.strip_prefix(b"POST /users/")?;
    let digits = path.get(..path.iter().position(|byte| *byte == b'/')?)?;
    let rest = path.get(digits.len()..)?;
    if !rest.starts_with(b"/inbox ") {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn content_length(line: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length:";
    let (name, value) = line.split_at_checked(NAME.len())?;
    if !name.eq_ignore_ascii_case(NAME) {
        return None;
    }
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::{Head, activity, head};

    #[test]
    fn a_delivery_names_its_inbox_and_its_length() {
        let bytes = b"POST /users/42/inbox HTTP/1.1\r\nhost: a\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(head(bytes), Some(Head { user: Some(42), length: bytes.len() - 5, body_length: 5 }));
        assert_eq!(head(b"POST /users/42/inbox HTTP/1.1\r\nhost: a\r\n"), None);
    }

    #[test]
    fn anything_else_is_no_delivery() {
        assert_eq!(head(b"GET /users/42 HTTP/1.1\r\n\r\n").unwrap().user, None);
        assert_eq!(head(b"POST /users/42/outbox HTTP/1.1\r\n\r\n").unwrap().user, None);
    }

    #[test]
    fn the_activitys_id_comes_first() {
        let body =
            br#"{"@context":["x",{"toot":{"@id":"y"}}],"id":"http://a/1/activity","object":{"id":"http://a/1"}}"#;
        assert_eq!(activity(body), Some("http://a/1/activity"));
        assert_eq!(activity(b"{}"), None);
    }
}

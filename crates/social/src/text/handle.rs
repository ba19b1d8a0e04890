//! A handle as it stands in a text.

use std::fmt;
use std::str::FromStr;

use belfry_model::Host;

/// `user` or `user@host`, folded to lower case, the host in its ASCII form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Handle {
    pub username: String,
    pub host: Option<Host>,
}

/// Not a handle: expected `user`, `@user` or `user@host`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a handle: expected something like `user` or `user@example.org`")]
pub struct InvalidHandle(pub String);

impl FromStr for Handle {
    type Err = InvalidHandle;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidHandle(text.to_owned());
        let bare = text.trim().trim_start_matches('@');
        let (username, host) = match bare.split_once('@') {
            Some((username, host)) => (username, Some(host.parse::<Host>().map_err(|_| invalid())?)),
            None => (bare, None),
        };
        if username.is_empty() || username_length(username) != username.len() {
            return Err(invalid());
        }
        Ok(Self { username: username.to_lowercase(), host })
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Some(host) => write!(f, "{}@{host}", self.username),
            None => f.write_str(&self.username),
        }
    }
}

/// How many bytes at the start of `text` can be a user's name: letters, digits and `_`, with
/// `.` and `-` between them.
pub(super) fn username_length(text: &str) -> usize {
    run(text, |c| c.is_ascii_alphanumeric() || c == '_', |c| c == '.' || c == '-')
}

/// How many bytes at the start of `text` can be a host, with a port if there is one.
pub(super) fn host_length(text: &str) -> usize {
    let name = run(text, |c| c.is_alphanumeric() || c == '_', |c| c == '.' || c == '-');
    let port = text.get(name..).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
    let digits = port.bytes().take_while(u8::is_ascii_digit).count();
    if name > 0 && (1..=5).contains(&digits) { name + 1 + digits } else { name }
}

/// The length of the longest start of `text` of inner characters that ends with an outer one.
fn run(text: &str, outer: impl Fn(char) -> bool, inner: impl Fn(char) -> bool) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if outer(c) {
            end = at + c.len_utf8();
        } else if at == 0 || !inner(c) {
            break;
        }
    }
    end
}

//! Cutting a text into links, mentions, hashtags and the rest. Length, HTML and the lists of
//! handles and tags all work on the same cut, so that they never disagree.

use linkify::{LinkFinder, LinkKind};
use unicode_segmentation::UnicodeSegmentation;
use url::Url;

use super::Handle;
use super::handle::{host_length, username_length};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    /// An http or https address.
    Link(&'a str),
    /// With its `@`.
    Mention {
        raw: &'a str,
        handle: Handle,
    },
    /// Without its `#`.
    Tag {
        name: &'a str,
    },
}

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut found = Vec::new();
    let mut before = None;
    for span in finder.spans(text) {
        let part = span.as_str();
        if span.kind().is_some() && is_web_address(part) {
            found.push(Token::Link(part));
        } else {
            words(part, before, &mut found);
        }
        before = part.chars().next_back();
    }
    found
}

fn is_web_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Cuts what is no link. `before` is the character in front of it.
fn words<'a>(text: &'a str, mut before: Option<char>, found: &mut Vec<Token<'a>>) {
    let mut rest = text;
    // Bytes at the start of `rest` that are plain text so far.
    let mut plain = 0;
    while let Some((at, sign)) = rest.get(plain..).and_then(|tail| {
        tail.char_indices().find(|(_, c)| matches!(c, '@' | '#')).map(|(at, c)| (plain + at, c))
    }) {
        let previous = rest.get(..at).and_then(|head| head.chars().next_back()).or(before);
        let tail = rest.get(at + 1..).unwrap_or_default();
        let taken = if sign == '@' { mention(rest, at, previous) } else { tag(tail, previous) };
        let Some((token, length)) = taken else {
            plain = at + 1;
            continue;
        };
        let (head, whole) = rest.split_at(at);
        if !head.is_empty() {
            found.push(Token::Text(head));
        }
        found.push(token);
        let (whole, after) = whole.split_at(length);
        before = whole.chars().next_back();
        rest = after;
        plain = 0;
    }
    if !rest.is_empty() {
        found.push(Token::Text(rest));
    }
}

/// The mention whose `@` is at `at`, with its length.
fn mention(text: &str, at: usize, previous: Option<char>) -> Option<(Token<'_>, usize)> {
    if previous.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '=' | '/' | '@')) {
        return None;
    }
    let tail = text.get(at + 1..)?;
    let name = username_length(tail);
    if name == 0 {
        return None;
    }
    let host = tail.get(name..).and_then(|rest| rest.strip_prefix('@')).map_or(0, host_length);
    let with_host = if host > 0 { name + 1 + host } else { name };
    [with_host, name].into_iter().find_map(|length| {
        let handle = tail.get(..length)?.parse().ok()?;
        let raw = text.get(at..=at + length)?;
        Some((Token::Mention { raw, handle }, length + 1))
    })
}

/// The hashtag that `tail` begins with, and its length with the `#`.
fn tag(tail: &str, previous: Option<char>) -> Option<(Token<'_>, usize)> {
    if previous.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '=' | '/' | '#' | '&')) {
        return None;
    }
    // By graphemes, because the marks of many scripts are no letters by themselves.
    let length: usize = tail.graphemes(true).take_while(|g| is_tag_part(g)).map(str::len).sum();
    let name = tail.get(..length)?;
    // `#1` is a number.
    name.chars().any(char::is_alphabetic).then_some((Token::Tag { name }, length + 1))
}

fn is_tag_part(grapheme: &str) -> bool {
    const KEYCAP: char = '\u{20e3}';
    grapheme.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '\u{b7}' | '\u{30fb}'))
        && !grapheme.contains(KEYCAP)
}

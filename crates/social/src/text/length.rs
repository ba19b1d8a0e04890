//! How long a post is, as its limit counts.

use unicode_segmentation::UnicodeSegmentation;

use super::{Token, tokens};

/// What every address counts, however long.
const LINK: usize = 23;

/// In graphemes: what a reader takes for one character is one. An address counts 23, and of
/// `@user@host` only `@user`.
pub fn length(text: &str) -> usize {
    tokens(text)
        .iter()
        .map(|token| match token {
            Token::Text(text) => graphemes(text),
            Token::Link(_) => LINK,
            Token::Mention { handle, .. } => 1 + graphemes(&handle.username),
            Token::Tag { name } => 1 + graphemes(name),
        })
        .sum()
}

fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_emoji_is_one_character() {
        assert_eq!(length("👨‍👩‍👧‍👦"), 1);
        assert_eq!(length("e\u{301}"), 1);
        assert_eq!(length("🇳🇱🇳🇿"), 2);
    }

    #[test]
    fn an_address_counts_twenty_three_and_a_handle_its_user() {
        assert_eq!(length("see https://example.org/a/very/long/path?with=parameters"), 4 + 23);
        assert_eq!(length("@moe@a.very.long.host.example hi"), 4 + 3);
    }
}

//! Words: from what people type to the HTML that the network shows, and from the network's
//! HTML to what is safe to show.
//!
//! Invariant: whatever is typed is escaped; whatever arrives is reduced to Mastodon's
//! allow-list. No other HTML leaves this crate.

mod handle;
mod length;
mod render;
mod sanitise;
mod token;

pub use handle::Handle;
pub use length::length;
pub use render::{Named, render, render_line};
pub use sanitise::{plain, sanitise};

use token::{Token, tokens};

/// Every `@user` and `@user@host` in the text, each once, in order.
pub fn handles(text: &str) -> Vec<Handle> {
    let mut found: Vec<Handle> = Vec::new();
    for token in tokens(text) {
        if let Token::Mention { handle, .. } = token
            && !found.contains(&handle)
        {
            found.push(handle);
        }
    }
    found
}

/// Every hashtag in the text, each once, in lower case and without the `#`.
pub fn hashtags(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for token in tokens(text) {
        if let Token::Tag { name, .. } = token {
            let name = name.to_lowercase();
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_found_with_and_without_a_host() {
        let found = handles("@Moe hi @press@social.example, @x@moe.localhost:8080: and @moe again");
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["moe", "press@social.example", "x@moe.localhost:8080"]);
    }

    #[test]
    fn an_address_or_a_path_is_no_handle() {
        for text in ["mail moe@example.org", "https://example.org/@moe", "a=@moe", "x/@moe", "@", "@-"] {
            assert_eq!(handles(text), [], "{text}");
        }
    }

    #[test]
    fn a_host_in_another_script_is_compared_in_its_ascii_form() {
        let found = handles("@user@bücher.example");
        assert_eq!(found[0].to_string(), "user@xn--bcher-kva.example");
    }

    #[test]
    fn hashtags_take_letters_of_any_script_and_marks_with_them() {
        let found =
            hashtags("#Open #हिन्दी #日本語 #עברית #straße_2 #2026 #a-b ##x c#d https://e.example/#f #🐈");
        assert_eq!(found, ["open", "हिन्दी", "日本語", "עברית", "straße_2", "a"]);
    }
}

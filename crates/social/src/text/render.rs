//! Plain text in, Mastodon's HTML out: paragraphs, line breaks, shortened links, `h-card`
//! mentions and hashtag links.

use belfry_model::Origin;

use super::{Handle, Token, tokens};

/// A handle that was found to be somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub handle: Handle,
    /// What is shown after the `@`.
    pub username: String,
    /// The profile's page.
    pub url: String,
}

/// Tags link to `origin`. A handle that is nobody's stays as typed.
pub fn render(text: &str, named: &[Named], origin: &Origin) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut html = String::with_capacity(text.len() * 2);
    for paragraph in paragraphs(&text) {
        html.push_str("<p>");
        for (at, line) in paragraph.iter().enumerate() {
            if at > 0 {
                html.push_str("<br />");
            }
            line_into(line, named, origin, &mut html);
        }
        html.push_str("</p>");
    }
    html
}

/// One line, without a paragraph around it: for the fields of a profile.
pub fn render_line(text: &str, named: &[Named], origin: &Origin) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    line_into(&text.replace(['\r', '\n'], " "), named, origin, &mut html);
    html
}

/// Lines between blank lines.
fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut paragraphs = vec![Vec::new()];
    for line in text.trim().lines() {
        if line.trim().is_empty() {
            paragraphs.push(Vec::new());
        } else if let Some(last) = paragraphs.last_mut() {
            last.push(line.trim_end());
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    paragraphs
}

fn line_into(line: &str, named: &[Named], origin: &Origin, html: &mut String) {
    for token in tokens(line) {
        match token {
            Token::Text(text) => escape_into(text, html),
            Token::Link(url) => link_into(url, html),
            Token::Mention { raw, handle } => match named.iter().find(|named| named.handle == handle) {
                Some(named) => mention_into(named, html),
                None => escape_into(raw, html),
            },
            Token::Tag { name } => tag_into(name, origin, html),
        }
    }
}

/// Shows 30 characters of the address and hides the rest, which copying still takes along.
fn link_into(url: &str, html: &mut String) {
    const SHOWN: usize = 30;
    let scheme = url.find("://").map_or(0, |at| at + 3);
    let rest = url.get(scheme..).unwrap_or_default();
    let prefix = scheme + if rest.starts_with("www.") { 4 } else { 0 };
    let (prefix, rest) = url.split_at(prefix);
    let cut = rest.char_indices().nth(SHOWN).map_or(rest.len(), |(at, _)| at);
    let (shown, hidden) = rest.split_at(cut);
    html.push_str("<a href=\"");
    escape_into(url, html);
    html.push_str(
        "\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">",
    );
    escape_into(prefix, html);
    html.push_str("</span><span class=\"");
    html.push_str(if hidden.is_empty() { "" } else { "ellipsis" });
    html.push_str("\">");
    escape_into(shown, html);
    html.push_str("</span><span class=\"invisible\">");
    escape_into(hidden, html);
    html.push_str("</span></a>");
}

fn mention_into(named: &Named, html: &mut String) {
    html.push_str("<span class=\"h-card\" translate=\"no\"><a href=\"");
    escape_into(&named.url, html);
    html.push_str("\" class=\"u-url mention\">@<span>");
    escape_into(&named.username, html);
    html.push_str("</span></a></span>");
}

fn tag_into(name: &str, origin: &Origin, html: &mut String) {
    html.push_str("<a href=\"");
    escape_into(&origin.at(&format!("/tags/{}", name.to_lowercase())), html);
    html.push_str("\" class=\"mention hashtag\" rel=\"tag\">#<span>");
    escape_into(name, html);
    html.push_str("</span></a>");
}

fn escape_into(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            // No character that a reader can't see ends up in a page, but for the tab.
            c if c.is_control() && c != '\t' => {}
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let origin = Origin { scheme: "https".into(), host: "moe.social.example".parse().unwrap() };
        let named = Named {
            handle: "press@other.example".parse().unwrap(),
            username: "Press".into(),
            url: "https://other.example/@Press".into(),
        };
        render(text, &[named], &origin)
    }

    #[test]
    fn blank_lines_part_paragraphs_and_line_ends_break_lines() {
        assert_eq!(html("one\r\ntwo\n\n\n three \n"), "<p>one<br />two</p><p> three</p>");
    }

    #[test]
    fn markup_that_is_typed_is_shown_and_never_run() {
        let shown = html("<script>alert('x')</script> & \"q\" https://e.example/\"onmouseover=alert(1)");
        assert!(shown.starts_with("<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;q&quot; "));
        assert!(!shown.contains("<script"));
        assert!(!shown.contains("\"onmouseover"));
    }

    #[test]
    fn a_long_link_is_shortened_and_stays_whole_underneath() {
        assert_eq!(
            html("https://www.example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            "<p><a href=\"https://www.example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" target=\"_blank\" \
             rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">https://www.</span>\
             <span class=\"ellipsis\">example.org/aaaaaaaaaaaaaaaaaa</span>\
             <span class=\"invisible\">aaaaaaaaaaaaaaaaaa</span></a></p>"
        );
    }

    #[test]
    fn somebody_is_linked_and_nobody_stays_as_typed() {
        assert_eq!(
            html("@press@other.example @nobody"),
            "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://other.example/@Press\" \
             class=\"u-url mention\">@<span>Press</span></a></span> @nobody</p>"
        );
    }

    #[test]
    fn a_hashtag_links_to_the_tenants_own_page_of_it() {
        assert_eq!(
            html("#Überall"),
            "<p><a href=\"https://moe.social.example/tags/überall\" class=\"mention hashtag\" rel=\"tag\">#\
             <span>Überall</span></a></p>"
        );
    }

    #[test]
    fn right_to_left_text_and_emoji_come_through_as_they_are() {
        assert_eq!(html("שלום 🇳🇿 مرحبا"), "<p>שלום 🇳🇿 مرحبا</p>");
    }

    #[test]
    fn only_web_addresses_become_links() {
        for text in ["javascript://e.example/%0aalert(1)", "data:text/html,x", "ftp://e.example/x"] {
            assert!(!html(text).contains("<a "), "{text}");
        }
    }

    #[test]
    fn control_characters_are_left_out() {
        assert_eq!(html("a\u{0}b\u{1b}[31m"), "<p>ab[31m</p>");
    }
}

//! Markdown as a page shows it.
//!
//! Invariant: what comes out may stand in any page: a text's own HTML is shown as text, and what is
//! left goes through a list of what is allowed.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd, html as writer};

const TAGS: [&str; 18] = [
    "p",
    "br",
    "strong",
    "em",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "hr",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "del",
];

static ALLOWED: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener"));
    builder
});

/// HTML whose highest heading is of the level `top`, each no more than one below the one before.
pub(super) fn html(markdown: &str, top: usize) -> String {
    let events: Vec<Event<'_>> = Parser::new(markdown).collect();
    let written = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as usize),
        _ => None,
    });
    let highest = written.min().unwrap_or(1);
    let mut last = top.saturating_sub(1);
    let events = events.into_iter().map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => {
            last = (level as usize - highest + top).clamp(top, last + 1).min(6);
            Event::Start(Tag::Heading {
                level: heading(last),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(heading(last))),
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        other => other,
    });
    let mut html = String::new();
    writer::push_html(&mut html, events);
    ALLOWED.clean(&html).to_string()
}

/// Words that are no markup, as HTML.
pub(super) fn words(text: &str) -> String {
    let mut html = String::new();
    writer::push_html(&mut html, std::iter::once(Event::Text(text.into())));
    html
}

fn heading(level: usize) -> HeadingLevel {
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_gets_through() {
        for bad in [
            "<script>alert(1)</script>",
            "x <img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "![x](javascript:alert(1))",
            "<javascript:alert(1)>",
            "<div style=\"position:fixed\">over everything</div>",
            "<!-- hidden\n\nrest",
            "</div></main><form action=//evil.example>",
            "# <b onclick=x>y</b>",
            "`<script>`",
            "[x]: javascript:alert(1)\n\n[x]",
        ] {
            let html = html(bad, 2);
            let lower = html.to_ascii_lowercase();
            for tag in ["<script", "<img", "<div", "<form", "<b ", "<!--", "href=\"javascript", "href=\"data"]
            {
                assert!(!lower.contains(tag), "{bad} became {html}");
            }
        }
        assert!(html("<!-- hidden\n\nrest", 2).contains("rest"), "a comment hides nothing");
    }

    #[test]
    fn headings_go_down_one_by_one() {
        assert_eq!(html("### a\n\n##### b\n\n## c", 2), "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>\n");
        assert_eq!(html("# a\n\n## b", 3), "<h3>a</h3>\n<h4>b</h4>\n");
    }
}

//! What arrives as HTML, reduced to what Mastodon allows.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Mastodon 4.5, `Sanitize::Config::MASTODON_STRICT`.
const TAGS: [&str; 20] = [
    "p",
    "br",
    "span",
    "a",
    "del",
    "s",
    "pre",
    "blockquote",
    "code",
    "b",
    "strong",
    "u",
    "i",
    "em",
    "ul",
    "ol",
    "li",
    "ruby",
    "rt",
    "rp",
];
const SCHEMES: [&str; 11] =
    ["http", "https", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet", "gemini"];
const CLASSES: [&str; 5] = ["mention", "hashtag", "ellipsis", "invisible", "quote-inline"];
const MICROFORMATS: [&str; 5] = ["h-", "p-", "u-", "dt-", "e-"];

static STRICT: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into())
        .clean_content_tags(HashSet::from(["script", "style", "title", "template", "noscript"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "class", "translate"])),
            ("span", HashSet::from(["class", "translate"])),
            ("p", HashSet::from(["class"])),
            ("ol", HashSet::from(["start", "reversed"])),
            ("li", HashSet::from(["value"])),
        ]))
        .url_schemes(SCHEMES.into())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(|_, attribute, value| match attribute {
            "class" => classes(value),
            "translate" => (value == "no").then_some(Cow::Borrowed(value)),
            _ => Some(Cow::Borrowed(value)),
        });
    builder
});

static NOTHING: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder.clean_content_tags(HashSet::from(["script", "style", "title", "template", "noscript"]));
    builder
});

/// Safe to put into a page: no script, style, form, frame, image, id or relative address.
pub fn sanitise(html: &str) -> String {
    STRICT.clean(html).to_string()
}

/// The words alone, with line ends where paragraphs and breaks were. Still escaped as HTML
/// is: `&lt;` stays `&lt;`.
pub fn plain(html: &str) -> String {
    let broken = html.replace("<br", "\n<br").replace("</p>", "\n\n</p>").replace("</li>", "\n</li>");
    NOTHING.clean(&broken).to_string().trim().to_owned()
}

fn classes(value: &str) -> Option<Cow<'_, str>> {
    let kept: Vec<&str> = value
        .split_ascii_whitespace()
        .filter(|class| {
            CLASSES.contains(class) || MICROFORMATS.iter().any(|prefix| class.starts_with(prefix))
        })
        .collect();
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mastodon_writes_comes_through() {
        let html = "<p>Hi <span class=\"h-card\" translate=\"no\"><a href=\"https://e.example/@moe\" \
                    class=\"u-url mention\">@<span>moe</span></a></span><br>x</p>";
        assert_eq!(
            sanitise(html),
            "<p>Hi <span class=\"h-card\" translate=\"no\"><a href=\"https://e.example/@moe\" \
             class=\"u-url mention\" target=\"_blank\" rel=\"nofollow noopener\">@<span>moe</span></a></span><br>x</p>"
        );
    }

    #[test]
    fn nothing_that_runs_loads_or_poses_comes_through() {
        let hostile = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<p onclick=alert(1) style='position:fixed' id=login>x</p>",
            "<a href='javascript:alert(1)'>x</a>",
            "<a href=' java\tscript:alert(1)'>x</a>",
            "<a href='/relative'>x</a>",
            "<iframe src=https://e.example></iframe><object></object><embed>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<form action=https://e.example><input name=password></form>",
            "<span class='btn-danger admin-bar'>x</span>",
            "<base href=https://e.example><meta http-equiv=refresh content=0>",
        ];
        for html in hostile {
            let clean = sanitise(html);
            let forbidden = [
                "<script",
                "onerror=",
                "onclick",
                "style",
                "javascript",
                "<img",
                "<svg",
                "<form",
                "<input",
                "<iframe",
                "href=\"/",
                "btn-",
                "<base",
                "<meta",
                "id=",
                "<math",
                "<object",
                "<embed",
            ];
            // An attribute's text may survive as words; as markup it may not.
            let markup: String = clean
                .split('<')
                .skip(1)
                .map(|part| format!("<{}", part.split('>').next().unwrap_or("")))
                .collect();
            for word in forbidden {
                assert!(!markup.contains(word), "{html} became {clean}");
            }
        }
    }

    #[test]
    fn the_words_alone_have_no_markup() {
        assert_eq!(plain("<p>a &lt;b&gt;<br />c</p><p>d</p>"), "a &lt;b&gt;\nc\n\nd");
    }
}

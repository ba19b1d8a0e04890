//! The main pages with a keyboard alone: everything is reached, in order, and shows that it is.

use belfry_test_support::Browser;
use belfry_test_support::browser::Tab;
use serde::Deserialize;

use crate::lived_in::{LEAD, LivedIn};
use crate::people::{PASSWORD, accept_invitation};

/// Where the focus is.
#[derive(Debug, Deserialize)]
struct Focus {
    /// Among all that can be reached, in the page's order; `None` for the page itself.
    place: Option<usize>,
    what: String,
    /// Something shows around it that it is there.
    shows: bool,
    /// Nothing lies over it, and it is in the window.
    is_seen: bool,
}

/// What the Tab key must come to. Of choices that exclude each other it comes to one.
const REACHABLE: &str = "[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')]
    .filter(element => element.type !== 'hidden' && !element.disabled && element.checkVisibility({ visibilityProperty: true }))
    .filter(element => element.type !== 'radio' || element.checked
        || (!document.querySelector(`input[name=\"${element.name}\"]:checked`) && element === document.querySelector(`input[name=\"${element.name}\"]`)))";

async fn focus(tab: &Tab) -> Focus {
    tab.evaluate(&format!(
        "(() => {{
            const element = document.activeElement;
            const place = ({REACHABLE}).indexOf(element);
            const style = getComputedStyle(element);
            const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
            const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return {{
                place: place < 0 ? null : place,
                what: element.outerHTML.slice(0, 160),
                shows: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                is_seen: over !== null && (element.contains(over) || over.contains(element)),
            }};
        }})()"
    ))
    .await
}

/// Presses Tab to the end of the page.
async fn walk(tab: &Tab, url: &str) {
    tab.goto(url).await;
    let all: usize = tab.evaluate(&format!("({REACHABLE}).length")).await;
    tab.key("Tab").await;
    let first = focus(tab).await;
    assert!(first.what.contains("class=\"skip\""), "{url} begins with {first:?}");
    for expected in 0..all {
        let now = focus(tab).await;
        assert_eq!(now.place, Some(expected), "{url}: {now:?}");
        assert!(now.shows && now.is_seen, "{url}: {now:?}");
        tab.key("Tab").await;
    }
    // Behind the last there is the browser's own, or the first again.
    let end = focus(tab).await;
    assert!(end.place.is_none() || end.place == Some(0), "{url} has no end: {end:?}");
}

/// The link over the header leads past it.
async fn skip(tab: &Tab, url: &str) {
    tab.goto(url).await;
    tab.key("Tab").await;
    tab.key("Enter").await;
    let is_main: bool = tab.evaluate("document.activeElement.id === 'main'").await;
    assert!(is_main, "{url}: the link leads to the content");
    tab.key("Tab").await;
    let is_within: bool =
        tab.evaluate("document.querySelector('main').contains(document.activeElement)").await;
    let has_any: bool = tab.evaluate("!!document.querySelector('main :is(a[href], button, input)')").await;
    assert!(is_within || !has_any, "{url}: the next key goes on from there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keyboard_comes_to_everything_and_shows_where_it_is() {
    let Some(browser) = Browser::start().await else { return };
    let platform = LivedIn::start().await;
    let running = &platform.running;
    let tab = browser.tab().await;
    let lea = ["staff", "invite", "lea@interior.example", "--tenant", LEAD, "--role", "lead"];
    accept_invitation(&tab, &running.told(&lea).await, "Lea").await;
    for url in [
        running.shared("/"),
        running.at("water", "/"),
        running.at("water", "/@water"),
        platform.post.clone(),
        running.at("water", "/invitation"),
    ] {
        walk(&tab, &url).await;
        skip(&tab, &url).await;
    }
    // Signing in without touching anything else.
    tab.goto(&running.shared("/console")).await;
    let _: bool = tab.evaluate("document.querySelector('#email').focus() === undefined").await;
    tab.fill("E-mail address", "lea@interior.example").await;
    tab.key("Tab").await;
    assert!(focus(&tab).await.what.contains("id=\"password\""));
    tab.fill("Password", PASSWORD).await;
    tab.leads_on("Enter", async || tab.key("Enter").await).await;
    for path in ["/console", "/console/agencies", "/console/agencies/water"] {
        walk(&tab, &running.shared(path)).await;
        skip(&tab, &running.shared(path)).await;
    }
}

//! That the browser sees what it is trusted to see: a page with known faults.

use super::{Browser, Look, Rules};

const PAGE: &str = "<!doctype html><html lang=en><title>Faults</title><main><h1>Faults</h1>
    <style>
        .pale { color: #999; background: #fff }
        @media (prefers-color-scheme: dark) { .night { color: #333; background: #000 } }
    </style>
    <img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>
    <p class=pale>Hard to read</p><p class=night>Hard to read at night</p>
    <div style='width: 400px; background: #eee'>Wider than a phone</div>
    <input name=nameless>
    <form action='?sent'><label for=word>Word</label><input id=word name=word>
        <label for=day>Day</label><input id=day name=day type=date>
        <label for=list>List</label><select id=list name=list><option>One<option>Two</select>
        <label><input type=radio name=side value=left> Left</label>
        <label><input type=radio name=side value=right> Right</label>
        <button hidden>Send it</button><button>Send</button></form></main>";

#[tokio::test]
async fn axe_and_a_narrow_window_show_the_faults_of_a_page() {
    let Some(browser) = Browser::start().await else { return };
    let tab = browser.tab().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, PAGE).unwrap();
    let url = format!("file://{}", file.display());
    tab.goto(&url).await;
    let all = tab.violations(Rules::Wcag22AA).await;
    let ids: Vec<_> = all.iter().map(|violation| violation.id.as_str()).collect();
    assert_eq!(ids, ["color-contrast", "image-alt", "label", "target-size"], "{all:?}");
    assert_eq!(tab.overflow().await, 0);
    tab.look(Look::default().dark().wide(Look::PHONE)).await;
    let dark = tab.violations(Rules::Appearance).await;
    assert_eq!(dark[0].nodes.len(), 2, "the pale and the night: {dark:?}");
    assert!(tab.overflow().await > 0);
    assert!(tab.sticking_out().await[0].contains("400px"));
}

#[tokio::test]
async fn a_form_is_filled_in_by_its_labels() {
    let Some(browser) = Browser::start().await else { return };
    let tab = browser.tab().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, PAGE).unwrap();
    tab.goto(&format!("file://{}", file.display())).await;
    tab.fill("Word", "not this").await;
    tab.fill("Word", "bell").await;
    tab.fill("Day", "2026-11-25").await;
    tab.choose("List", "Two").await;
    tab.press("Right").await;
    let sent = tab.follow("Send").await;
    assert!(sent.url.ends_with("?word=bell&day=2026-11-25&list=Two&side=right"), "{sent:?}");
    assert!(tab.text().await.contains("Wider than a phone"));
    assert!(tab.picture(2000).await.starts_with(b"\x89PNG"));
}

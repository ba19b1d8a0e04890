//! Every sample of every view in a real browser, looked over by axe-core: states that no walk
//! through the pages comes to are seen here, such as a form with a problem.

use belfry_test_support::Browser;
use belfry_test_support::browser::{Look, Rules, Tab};

use super::{Page, every_page};
use crate::Language;

const STYLESHEET: &str = include_str!("../../../static/belfry.css");

/// With the stylesheet in it: nothing is served here.
fn alone(page: &Page) -> String {
    let link = "<link rel=\"stylesheet\" href=\"/assets/belfry-0000.css\">";
    assert!(page.html.contains(link), "{}", page.template);
    page.html.replace(link, &format!("<style>{STYLESHEET}</style>"))
}

/// Texts are checked in both languages, colours and sizes once.
async fn look_over(tab: &Tab, language: Language) -> Vec<String> {
    let mut complaints = Vec::new();
    let look = Look::default();
    tab.look(look).await;
    if language == Language::English {
        complaints.extend(tab.violations(Rules::Wcag22AA).await);
        tab.look(look.dark()).await;
        complaints.extend(tab.violations(Rules::Appearance).await);
    }
    let mut complaints: Vec<_> = complaints.iter().map(ToString::to_string).collect();
    tab.look(look.wide(Look::PHONE)).await;
    let overflow = tab.overflow().await;
    if overflow > 0 {
        complaints.push(format!("{overflow} px wider than a phone: {:#?}", tab.sticking_out().await));
    }
    complaints
}

#[tokio::test]
async fn axe_finds_nothing_on_any_sample_of_a_page() {
    let Some(browser) = Browser::start().await else { return };
    let tab = browser.tab().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.html");
    let mut complaints = Vec::new();
    for (number, page) in every_page().iter().enumerate() {
        std::fs::write(&file, alone(page)).expect("written");
        tab.goto(&format!("file://{}?{number}", file.display())).await;
        for complaint in look_over(&tab, page.language).await {
            complaints.push(format!("{} in {:?}: {complaint}", page.template, page.language));
        }
    }
    // The same part of a layout breaks the same rule on every page.
    complaints.sort();
    complaints.dedup();
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

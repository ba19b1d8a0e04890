//! What people do at pages, whichever the journey.

use belfry_test_support::browser::Tab;
use serde_json::{Value, json};

use crate::running::Running;

pub const PASSWORD: &str = "correct horse battery";
/// Of the ministry that the lead agency onboards.
pub const OWNER: &str = "olga@finance.example";

/// Opens an invitation's page and chooses a password.
pub async fn accept_invitation(tab: &Tab, invitation: &Value, name: &str) {
    let text = |key: &str| invitation[key].as_str().unwrap();
    tab.goto(text("invitation_url")).await;
    tab.fill("E-mail address", text("email")).await;
    tab.fill("Code from the invitation", text("code")).await;
    tab.fill("Your name", name).await;
    tab.fill("New password", PASSWORD).await;
    tab.fill("The same password again", PASSWORD).await;
    let done = tab.follow("Accept").await;
    assert_eq!(done.status, 200, "{}", tab.text().await);
}

/// Signs in at a page that asks for it; gives the page that it leads to.
pub async fn sign_in(tab: &Tab, url: &str, email: &str) {
    tab.goto(url).await;
    tab.fill("E-mail address", email).await;
    tab.fill("Password", PASSWORD).await;
    let done = tab.follow("Sign in").await;
    assert_eq!(done.status, 200, "{}", tab.text().await);
}

/// Somebody new, invited by the operator's command, who has accepted and signed in.
pub async fn somebody(running: &Running, tab: &Tab, slug: &str, role: &str, name: &str) {
    let email = format!("{}@{slug}.example", name.to_lowercase());
    let invitation = running.told(&["staff", "invite", &email, "--tenant", slug, "--role", role]).await;
    accept_invitation(tab, &invitation, name).await;
    let door =
        if role == "lead" { running.shared("/console/sign_in") } else { running.at(slug, "/auth/sign_in") };
    sign_in(tab, &door, &email).await;
}

/// A body asks for a place, as anybody may.
pub async fn ask_for_a_place(running: &Running, tab: &Tab) {
    tab.goto(&running.shared("/join")).await;
    tab.fill("Name of the body", "Museum of Modern Art").await;
    tab.choose("Kind of body", "Ministry").await;
    tab.fill("Its own domain", "art.example").await;
    tab.fill("Contact for the public", "+31 70 000 0000").await;
    tab.fill("Short name", "art").await;
    tab.fill("Purpose", "To tell what there is to see.").await;
    tab.fill("Your name", "Ada").await;
    tab.fill("E-mail address", "ada@art.example").await;
    let sent = tab.follow("Send the request").await;
    assert!(sent.status < 300, "{}: {}", sent.status, tab.text().await);
}

/// Somebody who may begins a policy with its template.
pub async fn draft_a_policy(tab: &Tab, url: &str) {
    tab.goto(url).await;
    let begun = tab.follow("Begin with the template").await;
    assert_eq!(begun.status, 200, "{}", tab.text().await);
}

/// The lead agency pastes a list of servers and looks at what it comes to.
pub async fn paste_a_list(running: &Running, lead: &Tab) {
    lead.goto(&running.shared("/console/baseline")).await;
    lead.fill("List", "evil.example\nspam.example").await;
    let shown = lead.follow("Show what it comes to").await;
    assert_eq!(shown.status, 200, "{}", lead.text().await);
}

/// The lead agency has a list of agencies checked, and looks at what it comes to.
pub async fn check_a_list(running: &Running, lead: &Tab) {
    let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    let list = "slug,name,owner_email\nharbour,Harbour Authority,owner@harbour.example\n-,Nobody,nobody\n";
    std::fs::write(file.path(), list).unwrap();
    lead.goto(&running.shared("/console/agencies/import")).await;
    lead.attach("List", file.path()).await;
    let shown = lead.follow("Check the list").await;
    let text = lead.text().await;
    assert!(shown.status == 200 && text.contains("Harbour Authority"), "{text}");
}

/// The lead agency makes a ministry by one form: `finance`, whose account holds the official handle
/// `@ministry@…`. Gives the owner's invitation as the page shows it.
pub async fn onboard_finance(running: &Running, lead: &Tab) -> Value {
    lead.goto(&running.shared("/console/agencies")).await;
    lead.follow("New agency").await;
    lead.fill("Name", "Ministry of Finance").await;
    lead.fill("Short name", "finance").await;
    lead.fill("Owner’s e-mail address", OWNER).await;
    lead.press("Public").await;
    lead.choose("Kind of body", "Ministry").await;
    lead.fill("Official handle", "ministry").await;
    let made = lead.follow("Make the agency").await;
    let text = lead.text().await;
    assert_eq!(made.status, 201, "{text}");
    assert!(text.contains("Ministry of Finance is there"), "{text}");
    let shown: Vec<String> =
        lead.evaluate("[...document.querySelectorAll('.copy code')].map(code => code.innerText)").await;
    json!({ "invitation_url": shown[0], "code": shown[1], "email": OWNER })
}

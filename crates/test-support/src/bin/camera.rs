//! Takes pictures of pages, as a plan on the standard input says; `cargo xtask screenshots` calls it.

use std::collections::HashMap;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use belfry_test_support::Browser;
use belfry_test_support::browser::{Look, Scheme, Tab};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Plan {
    folder: PathBuf,
    people: Vec<Person>,
    pictures: Vec<Picture>,
}

#[derive(Debug, Deserialize)]
struct Person {
    name: String,
    sign_in: String,
    email: String,
    password: String,
}

#[derive(Debug, Deserialize)]
struct Picture {
    file: String,
    url: String,
    /// Who is signed in; nobody where it is left out.
    person: Option<String>,
    #[serde(default)]
    dark: bool,
    width: u32,
    /// In pixels; a page that ends earlier makes a smaller picture.
    tallest: u32,
}

#[tokio::main]
async fn main() -> Result<()> {
    let plan: Plan = serde_json::from_reader(std::io::stdin()).context("reading the plan")?;
    let Some(browser) = Browser::start().await else { bail!("there is no browser to look with") };
    std::fs::create_dir_all(&plan.folder)?;
    let stranger = browser.tab().await;
    let mut tabs = HashMap::new();
    for person in &plan.people {
        let tab = browser.tab().await;
        tab.goto(&person.sign_in).await;
        tab.fill("E-mail address", &person.email).await;
        tab.fill("Password", &person.password).await;
        let visit = tab.follow("Sign in").await;
        if visit.status != 200 {
            bail!("{} can't sign in: {visit:?}", person.name);
        }
        tabs.insert(person.name.as_str(), tab);
    }
    for picture in &plan.pictures {
        let tab = match &picture.person {
            Some(person) => tabs.get(person.as_str()).with_context(|| format!("nobody is {person}"))?,
            None => &stranger,
        };
        take(tab, &plan, picture).await?;
    }
    Ok(())
}

async fn take(tab: &Tab, plan: &Plan, picture: &Picture) -> Result<()> {
    let scheme = if picture.dark { Scheme::Dark } else { Scheme::Light };
    tab.look(Look { width: picture.width, scheme, ..Look::default() }).await;
    let visit = tab.goto(&picture.url).await;
    if visit.status != 200 {
        bail!("{} was answered with {}", picture.url, visit.status);
    }
    let png = tab.picture(picture.tallest).await;
    let file = plan.folder.join(&picture.file);
    std::fs::write(&file, png).with_context(|| format!("writing {}", file.display()))
}

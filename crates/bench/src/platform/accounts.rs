//! The agencies and accounts that post, made by the commands that an operator would use.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Site;

/// The agency with the large accounts, and its neighbour.
const LARGE: &str = "large";
const SMALL: &str = "small";

/// Who posts.
#[derive(Debug, Clone)]
pub struct Account {
    pub tenant: &'static str,
    pub handle: String,
    pub token: String,
}

#[derive(Debug)]
pub struct Accounts {
    /// The neighbour's one account.
    pub small: Account,
    /// As many as were asked for, all of the large agency, `a1` first.
    pub large: Vec<Account>,
}

impl Accounts {
    /// Makes both agencies, and `count` accounts of the large one.
    pub async fn make(site: &Site, count: u32) -> Result<Self> {
        for (slug, name) in [(LARGE, "A large agency"), (SMALL, "A small agency")] {
            let owner = format!("owner@{slug}.example");
            let words = ["tenant", "create", slug, "--name", name, "--owner-email", &owner];
            site.ask(&[&words[..], &["--phase", "public"]].concat()).await?;
        }
        let mut large = Vec::new();
        for number in 1..=count {
            let handle = format!("a{number}");
            site.ask(&["account", "create", &handle, "--tenant", LARGE, "--kind", "team"]).await?;
            large.push(account(site, LARGE, &handle).await?);
        }
        // An agency's organisation account is named after its slug.
        Ok(Self { small: account(site, SMALL, SMALL).await?, large })
    }

    /// The `number`th account of the large agency, from 0.
    pub fn large(&self, number: usize) -> Result<&Account> {
        self.large.get(number).with_context(|| format!("account {number} wasn't made"))
    }
}

async fn account(site: &Site, tenant: &'static str, handle: &str) -> Result<Account> {
    let words = ["token", "create", "--tenant", tenant, "--account", handle, "--scopes", "read write"];
    let created = site.ask(&words).await?;
    let token = created.get("access_token").and_then(Value::as_str);
    let token = token.with_context(|| format!("`token create` gave no token: {created}"))?;
    Ok(Account { tenant, handle: handle.to_owned(), token: token.to_owned() })
}

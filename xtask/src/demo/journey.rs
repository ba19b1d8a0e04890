//! The post's way: the other agency and the remote server follow, then the first agency
//! publishes, and we watch until it has arrived at both.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::agencies::{Account, Agencies, Agency};
use super::platform::Platform;
use super::remote::Remote;
use crate::http::{Request, escape};
use crate::progress::pause;

const TEXT: &str = "Good morning! From today you find us here, on an address of our own. #hello";
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Post {
    pub url: String,
    /// It is in the other agency's home timeline.
    pub delivered: bool,
    /// The remote server took it and has verified its signature.
    pub remote_delivered: bool,
    /// From before it was sent in until it was at both.
    pub milliseconds: u128,
}

impl Post {
    pub fn arrived(&self) -> bool {
        self.delivered && self.remote_delivered
    }

    pub fn summary(&self) -> &'static str {
        match (self.delivered, self.remote_delivered) {
            (true, true) => "arrived at the other agency and at the remote server",
            (true, false) => "arrived at the other agency, NOT at the remote server",
            (false, true) => "arrived at the remote server, NOT at the other agency",
            (false, false) => "arrived NOWHERE",
        }
    }
}

pub fn run(platform: &Platform, agencies: &Agencies, remote: &Remote) -> Result<Post> {
    let (first, second) = (&agencies.first, &agencies.second);
    follow(platform, second, &first.organisation)?;
    remote.follow(&first.organisation.handle)?;
    wait(|| followers(platform, first).map(|count| count >= 2))
        .context("waiting for the two followers")?
        .then_some(())
        .context("the other agency and the remote server didn't both become followers within a minute")?;

    let started = Instant::now();
    let status = client(platform, "POST", first, "/api/v1/statuses")
        .form(&[("status", TEXT), ("visibility", "public"), ("language", "en")])
        .send_for_json()
        .context("publishing the post")?;
    let (url, uri) = (text(&status, "url")?, text(&status, "uri")?);
    let (mut delivered, mut remote_delivered) = (false, false);
    wait(|| {
        delivered = delivered || is_at_home(platform, second, &uri)?;
        remote_delivered = remote_delivered || remote.has_post(&uri)?;
        Ok(delivered && remote_delivered)
    })?;
    Ok(Post { url, delivered, remote_delivered, milliseconds: started.elapsed().as_millis() })
}

/// Finds the account as a person would, by typing its handle into the search, and follows it.
fn follow(platform: &Platform, who: &Agency, whom: &Account) -> Result<()> {
    let path = format!("/api/v2/search?type=accounts&resolve=true&q={}", escape(&whom.handle));
    let found = client(platform, "GET", who, &path).send_for_json()?;
    let id = found.pointer("/accounts/0/id").and_then(Value::as_str);
    let id = id.with_context(|| format!("searching for {} found nothing", whom.handle))?;
    client(platform, "POST", who, &format!("/api/v1/accounts/{id}/follow")).send_for_json().map(drop)
}

fn followers(platform: &Platform, agency: &Agency) -> Result<u64> {
    let account = client(platform, "GET", agency, "/api/v1/accounts/verify_credentials").send_for_json()?;
    account.get("followers_count").and_then(Value::as_u64).context("an account without followers_count")
}

fn is_at_home(platform: &Platform, agency: &Agency, uri: &str) -> Result<bool> {
    let home = client(platform, "GET", agency, "/api/v1/timelines/home").send_for_json()?;
    let Some(statuses) = home.as_array() else { bail!("the home timeline isn't a list") };
    Ok(statuses.iter().any(|status| status.get("uri").and_then(Value::as_str) == Some(uri)))
}

fn client(platform: &Platform, method: &str, agency: &Agency, path: &str) -> Request {
    platform.request(method, &agency.host, path).bearer(&agency.organisation.token)
}

/// Whether it came true in time.
fn wait(mut is_so: impl FnMut() -> Result<bool>) -> Result<bool> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if is_so()? {
            return Ok(true);
        }
        pause(Duration::from_millis(20));
    }
    Ok(false)
}

fn text(value: &Value, key: &str) -> Result<String> {
    let text = value.get(key).and_then(Value::as_str);
    text.map(str::to_owned).with_context(|| format!("a post without `{key}`: {value}"))
}

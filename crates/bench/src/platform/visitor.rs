//! A person of the lead agency at the console: accepts an invitation, signs in, keeps cookies.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use reqwest::header::SET_COOKIE;
use serde_json::Value;

use super::{SHARED_DOMAIN, Whole};

const PASSWORD: &str = "a password of the benchmark";

/// By name.
#[derive(Debug, Default)]
struct Cookies(BTreeMap<String, String>);

impl Cookies {
    fn keep(&mut self, answer: &reqwest::Response) {
        let set = answer.headers().get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs = set.filter_map(|cookie| cookie.split(';').next()?.split_once('='));
        self.0.extend(pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())));
    }

    fn header(&self) -> String {
        self.0.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }
}

/// The cookies of a session at the console, for somebody whom this invitation of the agency's is for.
pub async fn sign_in(whole: &Whole, slug: &str, invitation: &Value) -> Result<String> {
    let text = |key: &str| invitation.get(key).and_then(Value::as_str).context("an invitation without it");
    let (email, code) = (text("email")?, text("code")?);
    let fields = [("email", email), ("code", code), ("password", PASSWORD), ("password_again", PASSWORD)];
    let host = format!("{slug}.{SHARED_DOMAIN}");
    submit(whole, &host, "/invitation", &fields).await?;
    submit(whole, SHARED_DOMAIN, "/console/sign_in", &[("email", email), ("password", PASSWORD)]).await
}

/// Fills in a page's form and sends it; gives the cookies afterwards.
async fn submit(whole: &Whole, host: &str, path: &str, fields: &[(&str, &str)]) -> Result<String> {
    let mut cookies = Cookies::default();
    let page = whole.get(host, path, "").await?;
    cookies.keep(&page);
    let html = page.text().await?;
    let token = html.split("name=\"csrf_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let token = token.with_context(|| format!("{path} has no form"))?;
    let fields = [fields, &[("csrf_token", token)]].concat();
    let answer = whole.post(host, path, &cookies.header(), &fields).await?;
    cookies.keep(&answer);
    let status = answer.status();
    if status.is_client_error() || status.is_server_error() {
        bail!("the form of {path} was answered with {status}: {}", answer.text().await?);
    }
    Ok(cookies.header())
}

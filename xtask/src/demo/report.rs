//! What came of it: for programs, and for the person who typed `cargo xtask demo`.

use std::net::ToSocketAddrs;

use serde_json::{Value, json};

use super::Parts;
use super::agencies::{Account, Agencies, Agency};
use super::journey::Post;
use super::platform::{Platform, SHARED_DOMAIN};
use super::remote::Remote;
use crate::progress;

/// As `target/demo/demo.json` holds it and `--once` prints it.
pub fn json(platform: &Platform, parts: Parts, agencies: &Agencies, post: &Post) -> Value {
    let account = |account: &Account| {
        json!({
            "handle": account.handle,
            "token": account.token,
            "email": account.person.email,
            "password": account.person.password,
        })
    };
    let tenants: Vec<Value> = agencies
        .all()
        .iter()
        .map(|agency| {
            json!({
                "slug": agency.slug,
                "host": with_port(platform, &agency.host),
                "accounts": [account(&agency.organisation), account(&agency.team)],
            })
        })
        .collect();
    json!({
        "shared_domain": SHARED_DOMAIN,
        "scheme": "http",
        "port": platform.port,
        "queue": match parts { Parts::Embedded => "embedded", Parts::Full => "rabbitmq" },
        "console": {
            "url": format!("http://{}/console", with_port(platform, SHARED_DOMAIN)),
            "email": agencies.lead.email,
            "password": agencies.lead.password,
        },
        "tenants": tenants,
        "post": {
            "url": post.url,
            "delivered": post.delivered,
            "remote_delivered": post.remote_delivered,
            "milliseconds": u64::try_from(post.milliseconds).unwrap_or(u64::MAX),
        },
    })
}

pub fn show(platform: &Platform, agencies: &Agencies, post: &Post, remote: &Remote) {
    let shared = with_port(platform, SHARED_DOMAIN);
    let first = &agencies.first;
    let host = with_port(platform, &first.host);
    progress::line(&format!(
        "\nA post by {}: {} after {} ms\n  {}\n",
        first.organisation.handle,
        post.summary(),
        post.milliseconds,
        post.url
    ));
    progress::line(&format!("Register of agencies   http://{shared}/"));
    progress::line(&format!(
        "Console                http://{shared}/console\n                       {} / {}",
        agencies.lead.email, agencies.lead.password
    ));
    for agency in agencies.all() {
        show_agency(platform, agency);
    }
    progress::line(&names_remedy(platform, agencies));
    progress::line(&format!(
        "Try next
  in a browser           http://{host}/@{slug}
  with an ordinary app   toot login --instance http://{host}
  with curl              curl -H 'Authorization: Bearer {token}' http://{host}/api/v1/timelines/home
  a remote account       search for {remote} and follow it

Everything of this run is in {folder}; ctrl-C stops it and removes the database.",
        slug = first.slug,
        token = first.organisation.token,
        remote = remote.account(),
        folder = platform.folder().display(),
    ));
}

fn show_agency(platform: &Platform, agency: &Agency) {
    progress::line(&format!("\n{}   http://{}/", agency.name, with_port(platform, &agency.host)));
    for account in [&agency.organisation, &agency.team] {
        progress::line(&format!(
            "  {}\n    sign-in {} / {}\n    token   {}",
            account.handle, account.person.email, account.person.password, account.token
        ));
    }
}

/// Browsers and curl know that names under `localhost` are this machine; other programs ask
/// the system, which may not.
fn names_remedy(platform: &Platform, agencies: &Agencies) -> String {
    let media = format!("media.{SHARED_DOMAIN}");
    let names = [SHARED_DOMAIN, &agencies.first.host, &agencies.second.host, &media];
    let unknown: Vec<&str> = names
        .into_iter()
        .filter(|name| {
            let addresses = (*name, platform.port).to_socket_addrs();
            !addresses.is_ok_and(|mut addresses| addresses.any(|address| address.ip().is_loopback()))
        })
        .collect();
    if unknown.is_empty() {
        return "\nThis machine resolves the demo's names.\n".to_owned();
    }
    format!(
        "\nThis machine doesn't resolve the demo's names. Browsers and curl do by themselves; for other programs\n\
         (toot, Python) add this line to /etc/hosts:\n\n    127.0.0.1 {}\n",
        unknown.join(" ")
    )
}

fn with_port(platform: &Platform, host: &str) -> String {
    format!("{host}:{}", platform.port)
}

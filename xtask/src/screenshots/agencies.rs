//! Agencies beside the demo's two, and what they say: invented, and plausible.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::demo::{Platform, SHARED_DOMAIN};

struct Plan {
    slug: &'static str,
    name: &'static str,
    phase: &'static str,
    says: &'static [&'static str],
}

const fn plan(
    slug: &'static str,
    name: &'static str,
    phase: &'static str,
    says: &'static [&'static str],
) -> Plan {
    Plan { slug, name, phase, says }
}

const PLANS: [Plan; 8] = [
    plan(
        "care",
        "Ministry of Health",
        "public",
        &["The flu vaccination is free for everybody over sixty. #flu"],
    ),
    plan("education", "Ministry of Education", "public", &["Schools in the north begin on Monday. #school"]),
    plan(
        "archives",
        "National Archives",
        "public",
        &["A thousand letters from 1848 can be read online from today."],
    ),
    plan(
        "weather",
        "Weather Service",
        "public",
        &["Gusts of up to 100 km/h along the coast tonight. #storm"],
    ),
    plan("statistics", "Statistics Office", "invited", &[]),
    plan("parks", "National Parks Agency", "invited", &[]),
    plan("museum", "Museum of Natural History", "pilot", &[]),
    plan("lindendal", "Municipality of Lindendal", "pilot", &[]),
];

/// What the demo's second agency says besides.
const WATER: [&str; 3] = [
    "The river is at 4.20 m at the old bridge and falling. The quays are open again. #highwater",
    "Swimming in the lake is safe: the samples of this week are all good.",
    "From Monday we drain the canal at Lindendal to mend the lock. It is closed for boats until Friday.",
];

pub fn make(platform: &Platform) -> Result<()> {
    for Plan { slug, name, phase, says } in PLANS {
        let owner = format!("owner@{slug}.example");
        platform.ask(&[
            "tenant",
            "create",
            slug,
            "--name",
            name,
            "--owner-email",
            &owner,
            "--phase",
            phase,
        ])?;
        platform.wait_for_host(&format!("{slug}.{SHARED_DOMAIN}"))?;
        say(platform, slug, says)?;
    }
    say(platform, "water", &WATER)
}

fn say(platform: &Platform, slug: &str, posts: &[&str]) -> Result<()> {
    if posts.is_empty() {
        return Ok(());
    }
    let words = ["token", "create", "--tenant", slug, "--account", slug, "--scopes", "read write"];
    let token = platform.ask(&words)?;
    let token = token.get("access_token").and_then(Value::as_str).context("a token without it")?;
    for text in posts {
        platform
            .request("POST", &format!("{slug}.{SHARED_DOMAIN}"), "/api/v1/statuses")
            .bearer(token)
            .form(&[("status", text), ("visibility", "public"), ("language", "en")])
            .send_for_json()
            .with_context(|| format!("posting as {slug}"))?;
    }
    Ok(())
}

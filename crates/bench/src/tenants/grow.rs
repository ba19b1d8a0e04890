//! Making agencies as an operator does, one after the other, while the platform runs.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::platform::{EMPTY, SHARED_DOMAIN, Site, Whole};
use crate::statistics::rounded;

/// An agency's own signing key and that of its account.
const KEYS_EACH: usize = 2;
/// Above what is needed: whoever finds the pool empty waits a fifth of a second.
const SPARE: usize = 10;
const A_KEY: Duration = Duration::from_secs(5);
const TRANSACTIONS: usize = 200;

pub fn slug(number: usize) -> String {
    format!("agency-{number:04}")
}

/// How many key pairs so many agencies take.
pub fn keys_for(tenants: usize) -> usize {
    tenants * KEYS_EACH + SPARE
}

/// `belfry tenant create`.
pub async fn tenant(site: &Site, number: usize) -> Result<Value> {
    let slug = slug(number);
    let (name, owner) = (format!("Agency number {number}"), format!("owner@{slug}.example"));
    let words = ["tenant", "create", &slug, "--name", &name, "--owner-email", &owner, "--phase", "public"];
    site.ask(&words).await
}

/// Until the running process has made so many keys ahead.
pub async fn wait_for_keys(site: &Site, wanted: usize) -> Result<()> {
    let began = Instant::now();
    let (mut best, mut since) = (0, Instant::now());
    loop {
        let count = site.psql(EMPTY, "SELECT count(*) FROM registry.key_pool;").await?;
        let count: usize = count.trim().parse().context("a count")?;
        if count >= wanted {
            crate::progress(&format!("✓ {count} keys made ahead ({:.0} s)", began.elapsed().as_secs_f64()));
            return Ok(());
        }
        if count > best {
            (best, since) = (count, Instant::now());
        } else if since.elapsed() > A_KEY * 12 {
            bail!("no key has been made for a minute: {count} of {wanted}");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// From `known` agencies to `wanted`: milliseconds of each, from the command's start until the
/// process that was running before serves the agency's page.
pub async fn from(site: &Site, whole: &Whole, known: usize, wanted: usize) -> Result<Vec<f64>> {
    let began = Instant::now();
    let mut times = Vec::new();
    for number in known + 1..=wanted {
        let began = Instant::now();
        tenant(site, number).await?;
        whole.wait_for(&format!("{}.{SHARED_DOMAIN}", slug(number))).await?;
        times.push(rounded(began.elapsed().as_secs_f64() * 1000.0));
    }
    crate::progress(&format!("✓ {wanted} agencies ({:.0} s)", began.elapsed().as_secs_f64()));
    Ok(times)
}

/// Milliseconds of bare transactions: a row that is inserted and committed, as `psql` times it.
pub async fn transactions(site: &Site) -> Result<Vec<f64>> {
    let mut script = String::from(
        "CREATE TABLE IF NOT EXISTS public.bare (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, t text);\n\
         \\timing on\n",
    );
    for _ in 0..TRANSACTIONS {
        script += "INSERT INTO public.bare (t) VALUES (repeat('x', 200));\n";
    }
    let said = site.psql("postgres", &script).await?;
    let times: Vec<f64> = said.lines().filter_map(milliseconds).collect();
    if times.len() != TRANSACTIONS {
        bail!("psql timed {} of {TRANSACTIONS} transactions: {said}", times.len());
    }
    Ok(times)
}

/// `Time: 0.512 ms`, with a comma in some languages.
fn milliseconds(line: &str) -> Option<f64> {
    line.strip_prefix("Time: ")?.split(' ').next()?.replace(',', ".").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{keys_for, milliseconds, slug};

    #[test]
    fn what_psql_times_is_read() {
        assert_eq!(milliseconds("Time: 0.512 ms"), Some(0.512));
        assert_eq!(milliseconds("Time: 1002,5 ms (00:01.003)"), Some(1002.5));
        assert_eq!(milliseconds("INSERT 0 1"), None);
    }

    #[test]
    fn agencies_have_names_in_order_and_keys_enough() {
        assert_eq!(slug(7), "agency-0007");
        assert!(keys_for(990) >= 1980);
    }
}

//! The platform's names: does every namespace's host resolve, and is this meant for service.

use belfry_settings::Settings;
use belfry_storage::AppDb;

use super::Finding;
use crate::parts::pool_options;

/// Looked up at once and no more: each costs a question to the name servers.
const OWN_HOSTS: usize = 100;

pub(super) async fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![wildcard(settings).await];
    findings.extend(own_hosts(settings).await);
    if settings.platform.is_development() {
        findings.push(Finding::warning(
            "scheme",
            "addresses begin with http: other servers will not federate with this platform",
            "set `platform.scheme = \"https\"` for anything but development",
        ));
    }
    findings
}

/// A label that nobody has set up by hand resolves only through a wildcard.
async fn wildcard(settings: &Settings) -> Finding {
    const PART: &str = "wildcard host";
    let domain = settings.names().shared_domain.name().to_owned();
    let probe = format!("belfry-doctor-probe.{domain}");
    match tokio::net::lookup_host((probe.as_str(), 443)).await.map(|mut found| found.next()) {
        Ok(Some(address)) => Finding::good(PART, format!("*.{domain} resolves to {}", address.ip())),
        Ok(None) | Err(_) => Finding::warning(
            PART,
            format!("{probe} does not resolve, so a new namespace would have no address"),
            format!("add a wildcard record `*.{domain}` that points at the gateway"),
        ),
    }
}

/// Namespaces outside the shared domain, whose names somebody else looks after: one that points
/// elsewhere could be taken over there. Without a database there is nothing to say here.
async fn own_hosts(settings: &Settings) -> Option<Finding> {
    const PART: &str = "hosts elsewhere";
    let names = settings.names();
    let app =
        AppDb::connect(settings.database.app_url().ok()?, pool_options(&settings.database)).await.ok()?;
    let tenants = app.tenant_list().await.ok()?;
    let own: Vec<_> = tenants
        .iter()
        .filter(|tenant| tenant.host != names.tenant_host(&tenant.slug))
        .map(|tenant| tenant.host.name())
        .take(OWN_HOSTS)
        .collect();
    if own.is_empty() {
        return None;
    }
    let ours = addresses(names.shared_domain.name()).await;
    let found = futures::future::join_all(own.iter().map(|host| addresses(host))).await;
    let dangling: Vec<_> = own
        .iter()
        .zip(&found)
        .filter(|(_, found)| !found.iter().any(|address| ours.contains(address)))
        .map(|(host, _)| *host)
        .collect();
    Some(if dangling.is_empty() {
        Finding::good(PART, format!("{} resolve to where the shared domain does", own.len()))
    } else {
        Finding::warning(
            PART,
            format!("{} resolve to nothing, or elsewhere than the shared domain", dangling.join(", ")),
            "have their DNS point at the gateway; behind a proxy of another address this is as it should be",
        )
    })
}

async fn addresses(name: &str) -> Vec<std::net::IpAddr> {
    tokio::net::lookup_host((name, 443))
        .await
        .map(|found| found.map(|address| address.ip()).collect())
        .unwrap_or_default()
}

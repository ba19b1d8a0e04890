//! The platform's names: does every namespace's host resolve, and is this meant for service.

use belfry_settings::Settings;

use super::Finding;

pub(super) async fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![wildcard(settings).await];
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

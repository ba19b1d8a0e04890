//! Servers elsewhere that are barred or limited for all agencies.
//!
//! Invariant: no rule covers this platform itself, or agencies could no longer speak with each other.

use belfry_model::{Host, PlatformNames, Severity};
use belfry_storage::{AdminDb, KeptRule};

use crate::{By, Error, Result, Tenancy, error};

/// Longer comments are nobody's.
pub const LONGEST_COMMENT: usize = 2000;

/// A rule that is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRule {
    /// Without port: a rule is about the name and all names below it.
    pub domain: Host,
    pub severity: Severity,
    pub reject_media: bool,
    pub reject_reports: bool,
    pub obfuscate: bool,
    pub public_comment: String,
    pub private_comment: String,
}

impl NewRule {
    pub fn suspending(domain: Host) -> Self {
        Self {
            domain,
            severity: Severity::Suspend,
            reject_media: false,
            reject_reports: false,
            obfuscate: false,
            public_comment: String::new(),
            private_comment: String::new(),
        }
    }

    pub(super) fn kept(self, source: &str) -> KeptRule {
        KeptRule {
            domain: self.domain.to_string(),
            severity: self.severity,
            reject_media: self.reject_media,
            reject_reports: self.reject_reports,
            obfuscate: self.obfuscate,
            public_comment: self.public_comment,
            private_comment: self.private_comment,
            source: source.to_owned(),
        }
    }

    /// Whether it does anything at all.
    fn does_something(&self) -> bool {
        self.severity > Severity::None || self.reject_media || self.reject_reports
    }
}

/// Why there can be no such rule.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    #[error("`{0}` is this platform's own, or covers it")]
    Ours(String),
    #[error("`{0}` covers too much: name a domain with at least two parts, such as `bad.example`")]
    TooBroad(String),
    #[error("`{0}` has a port: a rule is about a name, whatever the port")]
    Port(String),
    #[error("a comment is longer than {LONGEST_COMMENT} characters")]
    TooLong,
    #[error("a rule that neither suspends nor limits has to refuse media or reports")]
    Nothing,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(RuleError: Error, belfry_storage::Error);

/// Whether there can be such a rule.
pub(super) fn check(names: &PlatformNames, tenancy: &Tenancy, rule: &NewRule) -> Result<(), RuleError> {
    let domain = rule.domain.as_str();
    if rule.domain.name() != domain {
        return Err(RuleError::Port(domain.to_owned()));
    }
    if !domain.contains('.') {
        return Err(RuleError::TooBroad(domain.to_owned()));
    }
    let shared = names.shared_domain.name();
    let covers = |name: &str| name == domain || name.ends_with(&format!(".{domain}"));
    let below = domain.ends_with(&format!(".{shared}"));
    let hosts = tenancy.directory.list();
    if below || covers(shared) || hosts.iter().any(|tenant| covers(tenant.host.name())) {
        return Err(RuleError::Ours(domain.to_owned()));
    }
    let too_long = |text: &str| text.chars().count() > LONGEST_COMMENT;
    if too_long(&rule.public_comment) || too_long(&rule.private_comment) {
        return Err(RuleError::TooLong);
    }
    if rule.does_something() { Ok(()) } else { Err(RuleError::Nothing) }
}

/// Makes a rule by hand, or changes the one about this domain.
pub async fn set(tenancy: &Tenancy, admin: &AdminDb, rule: &NewRule, by: &By) -> Result<(), RuleError> {
    check(&tenancy.names, tenancy, rule)?;
    let now = tenancy.clock.now();
    admin.domain_rule_put(&[rule.clone().kept("")], "domain.rule", now, by.actor()).await?;
    Ok(tenancy.directory.refresh().await?)
}

/// Lifts a rule. `false` if there is none.
pub async fn remove(tenancy: &Tenancy, admin: &AdminDb, domain: &Host, by: &By) -> Result<bool> {
    let removed = admin.domain_rule_remove(domain.as_str(), by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(removed)
}

/// How many follows by and of how many agencies' accounts are at these domains. Counted, and
/// nothing of whom is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hit {
    pub agencies: u64,
    pub follows: u64,
    pub followers: u64,
}

pub async fn hit(tenancy: &Tenancy, domains: &[String]) -> Result<Hit> {
    let mut hit = Hit::default();
    if domains.is_empty() {
        return Ok(hit);
    }
    for tenant in tenancy.directory.list() {
        let tx = tenancy.app.tenant(tenant.scope()).await?;
        let (follows, followers) = tx.follow_count_at(domains).await?;
        tx.commit().await?;
        hit.agencies += u64::from(follows + followers > 0);
        hit.follows += follows;
        hit.followers += followers;
    }
    Ok(hit)
}

//! With whom an agency may speak: its phase, the servers listed for a pilot, and what holds for all.
//!
//! Invariant: asked for each inbox of each post and for each request, so it is a look-up in memory.
//! [`Directory`](crate::Directory) holds it and keeps it fresh in every process.

use std::collections::{HashMap, HashSet};

use belfry_model::{Phase, Severity, Tenant, TenantId};
use belfry_storage::{DomainRule, PolicyRows};

use crate::baseline::handles;

/// All that is barred and listed, as of one version.
#[derive(Debug, Default)]
pub struct Policy {
    version: i64,
    peers: HashMap<TenantId, HashSet<String>>,
    domains: HashMap<String, DomainRule>,
    reserved: Vec<String>,
}

/// What all rules about a server come to together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub severity: Severity,
    pub reject_media: bool,
    pub reject_reports: bool,
}

impl Standing {
    const FREE: Self = Self { severity: Severity::None, reject_media: false, reject_reports: false };
}

impl Policy {
    pub(crate) fn new(version: i64, rows: PolicyRows) -> Self {
        let mut policy = Self { version, reserved: rows.reserved, ..Self::default() };
        for (tenant, host) in rows.peers {
            policy.peers.entry(tenant).or_default().insert(host);
        }
        policy.domains = rows.domains.into_iter().map(|rule| (rule.domain.clone(), rule)).collect();
        policy
    }

    pub(crate) fn version(&self) -> i64 {
        self.version
    }

    /// What holds for a server: every rule about it or about a name above it counts. `host` is in
    /// lower case, with or without a port.
    pub fn standing(&self, host: &str) -> Standing {
        if self.domains.is_empty() {
            return Standing::FREE;
        }
        lineage(host).filter_map(|name| self.domains.get(name)).fold(Standing::FREE, |sum, rule| Standing {
            severity: sum.severity.max(rule.severity),
            reject_media: sum.reject_media || rule.reject_media,
            reject_reports: sum.reject_reports || rule.reject_reports,
        })
    }

    /// Nothing goes in or out, whichever agency it is.
    pub fn bars(&self, host: &str) -> bool {
        self.standing(host).severity == Severity::Suspend
    }

    /// Whether nobody is given this handle. Handles are in lower case.
    pub fn reserves(&self, handle: &str) -> bool {
        self.reserved.iter().any(|pattern| handles::fits(pattern, handle))
    }

    /// Whether an agency and a server may speak with each other.
    pub fn allows(&self, tenant: &Tenant, host: &str) -> bool {
        let listed = || self.peers.get(&tenant.id).is_some_and(|peers| peers.contains(host));
        (tenant.phase != Phase::Pilot || listed()) && !self.bars(host)
    }

    /// Whether two agencies of this platform may: each is to the other what any server is.
    pub fn allows_neighbours(&self, one: &Tenant, other: &Tenant) -> bool {
        self.allows(one, other.host.as_str()) && self.allows(other, one.host.as_str())
    }

    /// Whether it speaks with anybody at all: else it is to other servers as if it were not there.
    pub fn is_open(&self, tenant: &Tenant) -> bool {
        tenant.phase != Phase::Pilot || self.peers.get(&tenant.id).is_some_and(|peers| !peers.is_empty())
    }
}

/// A name and every name above it, without port.
fn lineage(host: &str) -> impl Iterator<Item = &str> {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, above)| above))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(domain: &str, severity: Severity, reject_media: bool) -> DomainRule {
        let domain = domain.to_owned();
        DomainRule { domain, severity, reject_media, reject_reports: false, public_comment: String::new() }
    }

    #[test]
    fn a_rule_covers_a_domain_and_all_below_it_and_nothing_beside_it() {
        let domains =
            vec![rule("bad.example", Severity::Suspend, false), rule("loud.example", Severity::Limit, true)];
        let policy = Policy::new(1, PolicyRows { domains, ..PolicyRows::default() });
        for host in ["bad.example", "a.bad.example", "a.b.bad.example:8080", "bad.example:443"] {
            assert!(policy.bars(host), "{host}");
        }
        for host in ["notbad.example", "example", "bad.example.org", "good.example", ""] {
            assert!(!policy.bars(host), "{host}");
        }
        let loud = policy.standing("x.loud.example");
        assert_eq!((loud.severity, loud.reject_media), (Severity::Limit, true));
    }

    #[test]
    fn the_strictest_of_all_rules_counts() {
        let domains =
            vec![rule("example", Severity::Limit, true), rule("bad.example", Severity::Suspend, false)];
        let policy = Policy::new(1, PolicyRows { domains, ..PolicyRows::default() });
        let standing = policy.standing("bad.example");
        assert_eq!((standing.severity, standing.reject_media), (Severity::Suspend, true));
    }
}

//! The host of a namespace: `<slug>.<shared domain>`, or one of its own elsewhere.
//!
//! Invariant: no namespace is at the shared domain itself, and below it only at its own slug: a
//! host there is a statement of the lead agency's.

use belfry_model::{Host, PlatformNames, Slug};

/// RFC 1035 §2.3.4, without the root's dot.
const LONGEST: usize = 253;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnfitHost {
    #[error(
        "`{0}` lies at the shared domain or below it: leave the host out, and the namespace is at its slug there"
    )]
    BelowShared(Host),
    #[error("`{0}` is no public host name: use one with a dot in it, such as `community.example`")]
    NoName(Host),
    #[error("`{host}` has another port than the platform: it is served at `{expected}`")]
    Port { host: Host, expected: Host },
}

/// Where this namespace is, with the port that the whole platform is at.
pub(super) fn of(names: &PlatformNames, slug: &Slug, wanted: Option<&Host>) -> Result<Host, UnfitHost> {
    let usual = names.tenant_host(slug);
    let Some(wanted) = wanted else { return Ok(usual) };
    let host = at_our_port(names, wanted)?;
    if host == usual {
        return Ok(usual);
    }
    let (name, shared) = (host.name(), names.shared_domain.name());
    if name == shared || name.ends_with(&format!(".{shared}")) {
        return Err(UnfitHost::BelowShared(host));
    }
    // The last label of a public name is never a number: addresses are not names.
    let labels: Vec<&str> = name.split('.').collect();
    let numeric = labels.last().is_none_or(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    let is_name = name.len() <= LONGEST
        && labels.len() >= 2
        && !numeric
        && labels.iter().all(|label| (1..=63).contains(&label.len()));
    if is_name { Ok(host) } else { Err(UnfitHost::NoName(host)) }
}

fn at_our_port(names: &PlatformNames, wanted: &Host) -> Result<Host, UnfitHost> {
    let shared = &names.shared_domain;
    let port = shared.as_str().strip_prefix(shared.name()).unwrap_or_default();
    let expected: Host =
        format!("{}{port}", wanted.name()).parse().map_err(|_| UnfitHost::NoName(wanted.clone()))?;
    let given = wanted.as_str() != wanted.name();
    if given && *wanted != expected {
        return Err(UnfitHost::Port { host: wanted.clone(), expected });
    }
    Ok(expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(shared: &str, wanted: &str) -> Result<String, UnfitHost> {
        let names = PlatformNames { scheme: "https".to_owned(), shared_domain: shared.parse().unwrap() };
        let host = wanted.parse().unwrap();
        of(&names, &"moe".parse().unwrap(), Some(&host)).map(String::from)
    }

    #[test]
    fn a_namespace_is_at_its_slug_or_outside_the_shared_domain() {
        assert_eq!(at("social.example", "moe.social.example").unwrap(), "moe.social.example");
        assert_eq!(at("social.example", "Community.Example").unwrap(), "community.example");
        assert_eq!(at("social.example", "b\u{fc}cher.example").unwrap(), "xn--bcher-kva.example");
        assert_eq!(at("social.example:8080", "community.example").unwrap(), "community.example:8080");
        for wanted in ["social.example", "fin.social.example", "a.moe.social.example", "media.social.example"]
        {
            assert!(matches!(at("social.example", wanted), Err(UnfitHost::BelowShared(_))), "{wanted}");
        }
        for wanted in ["localhost", "127.0.0.1", "[::1]"] {
            assert!(matches!(at("social.example", wanted), Err(UnfitHost::NoName(_))), "{wanted}");
        }
        assert!(matches!(at("social.example", "community.example:99"), Err(UnfitHost::Port { .. })));
    }
}

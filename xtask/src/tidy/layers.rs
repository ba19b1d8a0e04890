//! The direction of dependencies: down, and within a level only along the arrows.
//!
//! The table is the picture of `docs/architecture.md`; whoever changes one changes the other.

use super::Complaint;
use super::graph::Graph;

/// Levels from the bottom. A crate may depend on any level below its own.
const LEVELS: [&[&str]; 7] = [
    &["belfry-model", "belfry-activitypub"],
    &["belfry-storage", "belfry-queue", "belfry-cache", "belfry-settings"],
    &["belfry-federation", "belfry-social", "belfry-tenancy"],
    &["belfry-edge"],
    &["belfry-api-gateway", "belfry-tenant-admin", "belfry-delivery-worker"],
    &["belfry"],
    // Looks at the platform from outside, so nothing stands on it.
    &["belfry-bench"],
];

/// What one level allows within itself.
const ARROWS: [(&str, &str); 3] = [
    ("belfry-federation", "belfry-social"),
    ("belfry-federation", "belfry-tenancy"),
    ("belfry-social", "belfry-tenancy"),
];

/// `edge` is what HTTP edges share: nobody else has a use for it.
const EDGE_USERS: [&str; 3] = ["belfry-api-gateway", "belfry-tenant-admin", "belfry"];

/// The schema stands beside the levels: what runs it and what tests on it may see it.
const MIGRATIONS_USERS: [&str; 2] = ["belfry", "belfry-test-support"];

const TEST_SUPPORT: &str = "belfry-test-support";
const MIGRATIONS: &str = "belfry-migrations";

pub fn check(graph: &Graph) -> Vec<Complaint> {
    let ours: Vec<&str> = graph.crates.iter().map(|member| member.name.as_str()).collect();
    let mut complaints = Vec::new();
    for name in &ours {
        if level(name).is_none() && ![TEST_SUPPORT, MIGRATIONS, "xtask"].contains(name) {
            complaints.push(Complaint::new(
                *name,
                "this crate has no level",
                "give it one in xtask/src/tidy/layers.rs and in docs/architecture.md, with the reason why it is apart",
            ));
        }
    }
    for member in &graph.crates {
        for dependency in &member.dependencies {
            if ours.contains(&dependency.name.as_str())
                && let Err((rule, remedy)) = allowed(&member.name, &dependency.name, dependency.dev)
            {
                let rule = format!("must not depend on {}: {rule}", dependency.name);
                complaints.push(Complaint::new(&member.name, rule, remedy));
            }
        }
    }
    complaints
}

type Refusal = (&'static str, &'static str);

fn allowed(from: &str, to: &str, dev: bool) -> Result<(), Refusal> {
    if from == "xtask" {
        return Err(("xtask is built before anything else is there", "call the built binary instead"));
    }
    if to == TEST_SUPPORT {
        let refusal = ("test-support is for tests", "move it to [dev-dependencies]");
        return if dev { Ok(()) } else { Err(refusal) };
    }
    if to == MIGRATIONS {
        let refusal = ("only the binary and test-support run migrations", "ask storage for what you need");
        return if MIGRATIONS_USERS.contains(&from) { Ok(()) } else { Err(refusal) };
    }
    if to == "belfry-edge" && !EDGE_USERS.contains(&from) {
        return Err(("edge is what HTTP edges share", "what isn't about HTTP belongs to a use case below"));
    }
    let Some(upper) = level(from) else {
        // test-support stands on the protocol and the model only, so that every crate can use it.
        let refusal = ("it stands on level 0 only", "build what you need from the model and the protocol");
        return if level(to) == Some(0) { Ok(()) } else { Err(refusal) };
    };
    match level(to) {
        Some(lower) if lower < upper => Ok(()),
        Some(lower) if lower == upper && ARROWS.contains(&(from, to)) => Ok(()),
        Some(lower) if lower == upper => {
            Err(("they are on one level and no arrow joins them", "let a crate above use both"))
        }
        _ => Err(("dependencies point down", "move what is shared to the lower of the two, or pass it in")),
    }
}

fn level(name: &str) -> Option<usize> {
    LEVELS.iter().position(|level| level.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::super::graph::example::graph;
    use super::{allowed, check};

    #[test]
    fn a_use_case_may_not_know_an_edge() {
        let complaints =
            check(&graph(&[("belfry-social", &["belfry-api-gateway"]), ("belfry-api-gateway", &[])]));
        assert_eq!(complaints.len(), 1);
        assert!(complaints[0].rule.contains("dependencies point down"), "{complaints:?}");
    }

    #[test]
    fn arrows_within_a_level_go_one_way() {
        assert!(allowed("belfry-federation", "belfry-social", false).is_ok());
        assert!(allowed("belfry-social", "belfry-federation", false).is_err());
        assert!(allowed("belfry-queue", "belfry-storage", false).is_err());
        assert!(allowed("belfry-activitypub", "belfry-model", false).is_err());
    }

    #[test]
    fn only_http_edges_use_what_they_share() {
        assert!(allowed("belfry-tenant-admin", "belfry-edge", false).is_ok());
        assert!(allowed("belfry-delivery-worker", "belfry-edge", false).is_err());
    }

    #[test]
    fn nobody_stands_on_the_benchmarks() {
        assert!(allowed("belfry-bench", "belfry-federation", false).is_ok());
        assert!(allowed("belfry", "belfry-bench", false).is_err());
        assert!(allowed("belfry-queue", "belfry-bench", true).is_err());
    }

    #[test]
    fn test_support_is_for_tests() {
        assert!(allowed("belfry-queue", "belfry-test-support", true).is_ok());
        assert!(allowed("belfry-queue", "belfry-test-support", false).is_err());
    }

    #[test]
    fn a_crate_without_a_level_is_named() {
        let complaints = check(&graph(&[("belfry-common", &[])]));
        assert_eq!(complaints[0].place, "belfry-common");
        assert_eq!(complaints[0].rule, "this crate has no level");
    }
}

//! Which of our crates may know which library: what keeps SQL in one room, HTTP in another.

use super::Complaint;
use super::graph::Graph;

struct Rule {
    /// Names that begin with one of these.
    libraries: &'static [&'static str],
    rooms: &'static [&'static str],
    reason: &'static str,
}

const RULES: [Rule; 5] = [
    Rule {
        libraries: &["sea-orm", "sea-query"],
        rooms: &["belfry-storage", "belfry-migrations", "belfry-test-support"],
        reason: "storage is the only crate that speaks SQL: add a repository method there",
    },
    Rule {
        libraries: &["sqlx", "tokio-postgres"],
        rooms: &["belfry-storage", "belfry-queue", "belfry-test-support"],
        reason: "storage is the only crate that speaks SQL, the embedded queue's own table apart",
    },
    Rule {
        libraries: &["lapin"],
        rooms: &["belfry-queue"],
        reason: "the broker is behind the queue's contract: add to belfry-queue",
    },
    Rule {
        libraries: &["redis", "fred"],
        rooms: &["belfry-cache"],
        reason: "Redis is behind the cache's contract: add to belfry-cache",
    },
    Rule {
        libraries: &["actix", "http-signature-normalization-actix", "tracing-actix"],
        rooms: &[
            "belfry-edge",
            "belfry-api-gateway",
            "belfry-tenant-admin",
            "belfry-delivery-worker",
            "belfry",
            "belfry-test-support",
        ],
        reason: "below the edges nothing knows HTTP handlers: pass plain values down",
    },
];

pub fn check(graph: &Graph) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for member in &graph.crates {
        // Tests may look at everything from outside, as no part of the platform can.
        for dependency in member.dependencies.iter().filter(|dependency| !dependency.dev) {
            let broken = RULES.iter().find(|rule| {
                rule.libraries.iter().any(|library| is_of_family(&dependency.name, library))
                    && !rule.rooms.contains(&member.name.as_str())
            });
            if let Some(rule) = broken {
                let text = format!("must not use {}", dependency.name);
                complaints.push(Complaint::new(&member.name, text, rule.reason));
            }
        }
    }
    complaints
}

/// `sea-orm-migration` is of the family `sea-orm`; `redistribute` isn't of `redis`.
fn is_of_family(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::super::graph::example::graph;
    use super::{check, is_of_family};

    #[test]
    fn sql_stays_in_storage() {
        let complaints = check(&graph(&[("belfry-social", &["sea-orm"]), ("belfry-storage", &["sea-orm"])]));
        assert_eq!(complaints.len(), 1);
        assert_eq!(complaints[0].place, "belfry-social");
    }

    #[test]
    fn a_familys_members_are_recognised() {
        assert!(is_of_family("sea-orm-migration", "sea-orm"));
        assert!(is_of_family("lapin", "lapin"));
        assert!(!is_of_family("redistribute", "redis"));
    }
}

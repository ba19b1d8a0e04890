//! One TLS and cryptography stack: OpenSSL, which the operator patches with the system.

use super::Complaint;
use super::graph::Graph;

/// `rsa` is here too: it is open to a timing attack, and OpenSSL does the same.
const BANNED: [&str; 7] = ["rustls", "ring", "aws-lc-rs", "aws-lc-sys", "rsa", "boring", "openssl-src"];

pub fn check(graph: &Graph) -> Vec<Complaint> {
    BANNED
        .iter()
        .filter_map(|banned| graph.built.get(*banned).map(|parent| (banned, parent)))
        .map(|(banned, parent)| {
            Complaint::new(
                "Cargo.lock",
                format!("`{banned}` is in the build, by way of `{parent}`"),
                "choose features of that crate that use OpenSSL, or another crate; `cargo tree -i` shows the way",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::graph::Graph;
    use super::check;

    #[test]
    fn a_second_stack_is_named_with_the_crate_that_brings_it() {
        let built = [("rustls".to_owned(), "reqwest".to_owned())].into();
        let complaints = check(&Graph { built, ..Graph::default() });
        assert_eq!(complaints[0].rule, "`rustls` is in the build, by way of `reqwest`");
    }
}

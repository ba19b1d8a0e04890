//! The rules that a new tenant begins with; it changes them to its own.

use belfry_storage::{NewRule, TenantTx};
use serde::Deserialize;

use crate::{Error, Result};

/// `[{"language": {"text", "hint"}}]`, in order.
const DEFAULTS: &str = include_str!("../../data/default_rules.json");

#[derive(Debug, Deserialize)]
struct Wording {
    text: String,
    hint: String,
}

type Rule = std::collections::BTreeMap<String, Wording>;

pub(super) async fn write_defaults(tx: &TenantTx) -> Result<()> {
    let rules = defaults()?;
    let rows: Vec<NewRule<'_>> = (1..)
        .zip(&rules)
        .flat_map(|(position, rule)| {
            rule.iter().map(move |(language, wording)| NewRule {
                position,
                text: &wording.text,
                hint: &wording.hint,
                language,
            })
        })
        .collect();
    Ok(tx.rule_insert_all(&rows).await?)
}

fn defaults() -> Result<Vec<Rule>> {
    serde_json::from_str(DEFAULTS).map_err(|error| Error::Inconsistent(format!("the default rules: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_rule_is_there_in_english_and_dutch() {
        let rules = defaults().unwrap();
        assert!(!rules.is_empty());
        for rule in rules {
            assert_eq!(rule.keys().collect::<Vec<_>>(), ["en", "nl"]);
            for wording in rule.values() {
                // Clients show a rule as one short line.
                assert!(!wording.text.is_empty() && wording.text.chars().count() <= 80, "{wording:?}");
                assert!(!wording.hint.is_empty());
            }
        }
    }
}

//! The house rules as a list, for apps: the numbered items of what holds.

use belfry_model::{PolicyKind, Tenant};
use belfry_storage::{PolicyText, TenantTx, row};
use chrono::{DateTime, Utc};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::LANGUAGES;
use super::compose::{Home, texts_in, values, wording};
use super::variables::Form;
use crate::{Result, Tenancy};

/// A numbered item: what is strong at its beginning, and the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Item {
    text: String,
    hint: String,
}

/// What holds now as rules in every language. `None` where it has no numbered item, or where no house
/// rules are published.
pub(crate) async fn rules_in(
    tenancy: &Tenancy,
    tx: &TenantTx,
    tenant: &Tenant,
    now: DateTime<Utc>,
) -> Result<Option<Vec<row::Rule>>> {
    let Some((_, baseline, addition)) = texts_in(tx, PolicyKind::Rules, now).await? else { return Ok(None) };
    let home = super::compose::home_in(tenancy, tx, tenant).await?;
    let mut rules = Vec::new();
    for language in LANGUAGES {
        for (position, item) in (1..).zip(items(baseline.as_ref(), addition.as_ref(), &home, language)) {
            rules.push(row::Rule {
                tenant_id: tenant.id.0,
                id: i64::from(position),
                position,
                text: item.text,
                hint: item.hint,
                language: language.to_owned(),
            });
        }
    }
    rules.sort_by_key(|rule| rule.position);
    Ok((!rules.is_empty()).then_some(rules))
}

fn items(
    baseline: Option<&PolicyText>,
    addition: Option<&PolicyText>,
    home: &Home,
    language: &'static str,
) -> Vec<Item> {
    let values = values(home, addition);
    let of = |text: &PolicyText| {
        let (text, written_in) = wording(text, language);
        numbered(&values.fill(text, PolicyKind::Rules, written_in, Form::Markdown))
    };
    baseline.into_iter().chain(addition).flat_map(of).collect()
}

fn numbered(markdown: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let (mut depth, mut within, mut strong) = (0_u32, false, false);
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::List(first)) => {
                within |= depth == 0 && first.is_some();
                depth += 1;
            }
            Event::End(TagEnd::List(_)) => {
                depth = depth.saturating_sub(1);
                within &= depth > 0;
            }
            Event::Start(Tag::Item) if within && depth == 1 => items.push(Item::default()),
            Event::Start(Tag::Strong) => strong = true,
            Event::End(TagEnd::Strong) => strong = false,
            Event::Text(text) | Event::Code(text) if within => {
                if let Some(item) = items.last_mut() {
                    let leads = strong && item.hint.trim().is_empty();
                    if leads { &mut item.text } else { &mut item.hint }.push_str(&text);
                }
            }
            Event::Start(Tag::Item) | Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph)
                if within =>
            {
                if let Some(item) = items.last_mut() {
                    item.hint.push(' ');
                }
            }
            _ => {}
        }
    }
    items.iter().map(tidied).filter(|item| !item.text.is_empty()).collect()
}

/// Without strong words at its beginning an item is all rule and no hint.
fn tidied(item: &Item) -> Item {
    let (text, hint) = (item.text.trim(), item.hint.trim());
    let (text, hint) = if text.is_empty() { (hint, "") } else { (text, hint) };
    Item { text: text.trim_end_matches('.').to_owned(), hint: hint.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_items_are_rules_and_nothing_else_is() {
        let text = "Intro.\n\n- a bullet\n\n1. **Be kind.** Always, *really*.\n2. No spam\n   - at all\n\n## More\n\n1. **Listen.** Then **answer**.";
        let items = numbered(text);
        let shown: Vec<_> = items.iter().map(|item| (item.text.as_str(), item.hint.as_str())).collect();
        assert_eq!(
            shown,
            [("Be kind", "Always, really."), ("No spam at all", ""), ("Listen", "Then answer."),]
        );
    }

    #[test]
    fn the_template_has_short_rules_for_apps() {
        for language in LANGUAGES {
            let items = numbered(super::super::template(PolicyKind::Rules, language));
            assert_eq!(items.len(), 7);
            for item in items {
                assert!(item.text.chars().count() <= 80 && !item.hint.is_empty(), "{item:?}");
            }
        }
    }
}

//! Outboxes and follower lists: a collection that names its first page, and pages that name the next.

use serde::Serialize;
use serde_json::Value;

use crate::context;

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename = "OrderedCollection", rename_all = "camelCase")]
pub struct Collection {
    #[serde(rename = "@context")]
    pub context: Value,
    pub id: String,
    pub total_items: u64,
    /// Absent where the members are nobody's business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// For a short collection that needs no pages, as the featured posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered_items: Option<Vec<Value>>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename = "OrderedCollectionPage", rename_all = "camelCase")]
pub struct CollectionPage {
    #[serde(rename = "@context")]
    pub context: Value,
    pub id: String,
    pub part_of: String,
    pub total_items: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev: Option<String>,
    pub ordered_items: Vec<Value>,
}

impl Collection {
    /// Has pages, of which `first` is the first.
    pub fn paged(id: impl Into<String>, total_items: u64, first: impl Into<String>) -> Self {
        let first = Some(first.into());
        Self { context: context::plain(), id: id.into(), total_items, first, ordered_items: None }
    }

    /// Tells only how many there are.
    pub fn count_only(id: impl Into<String>, total_items: u64) -> Self {
        Self { context: context::plain(), id: id.into(), total_items, first: None, ordered_items: None }
    }

    /// Whole, without pages.
    pub fn whole(id: impl Into<String>, items: Vec<Value>) -> Self {
        Self {
            context: context::note(),
            id: id.into(),
            total_items: items.len() as u64,
            first: None,
            ordered_items: Some(items),
        }
    }
}

impl CollectionPage {
    pub fn new(
        id: impl Into<String>,
        part_of: impl Into<String>,
        total_items: u64,
        ordered_items: Vec<Value>,
    ) -> Self {
        Self {
            context: context::note(),
            id: id.into(),
            part_of: part_of.into(),
            total_items,
            next: None,
            prev: None,
            ordered_items,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_collection_points_at_its_first_page() {
        let id = "https://moe.example/users/moe/outbox";
        let value = serde_json::to_value(Collection::paged(id, 3, format!("{id}?page=true"))).unwrap();
        assert_eq!(value["type"], "OrderedCollection");
        assert_eq!(value["totalItems"], 3);
        assert_eq!(value["first"], format!("{id}?page=true"));
        assert!(value.get("orderedItems").is_none());
        let page = CollectionPage::new(format!("{id}?page=true"), id, 3, vec![json!("x")]);
        let value = serde_json::to_value(page).unwrap();
        assert_eq!((&value["type"], &value["partOf"]), (&json!("OrderedCollectionPage"), &json!(id)));
    }
}

//! What is left of a post that was deleted: its address, answered with 410, and nothing of its text.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::context;
use crate::date::as_document;

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub struct Tombstone {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    pub id: String,
    #[serde(serialize_with = "as_document::some", skip_serializing_if = "Option::is_none")]
    pub deleted: Option<DateTime<Utc>>,
}

impl Tombstone {
    pub fn new(id: impl Into<String>, deleted: Option<DateTime<Utc>>) -> Self {
        Self { context: None, id: id.into(), deleted }
    }

    #[must_use]
    pub fn into_document(mut self) -> Self {
        self.context = Some(context::plain());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_tombstone_says_no_more_than_where_and_that() {
        let value = serde_json::to_value(Tombstone::new("https://moe.example/1", None)).unwrap();
        assert_eq!(value, json!({"type": "Tombstone", "id": "https://moe.example/1"}));
    }
}

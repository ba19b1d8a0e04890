//! Pages of a list: which one is asked for, and the `Link` header to the next and the previous.

use serde::{Deserialize, Deserializer};

/// `max_id`, `since_id`, `min_id` and `limit` as sent. Text, because a client's empty or odd
/// value means "not given" rather than an error.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    #[serde(deserialize_with = "text")]
    max_id: Option<String>,
    #[serde(deserialize_with = "text")]
    since_id: Option<String>,
    #[serde(deserialize_with = "text")]
    min_id: Option<String>,
    #[serde(deserialize_with = "text")]
    limit: Option<String>,
}

/// A page to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Older than this one.
    pub max_id: Option<i64>,
    /// Newer than this one, the newest first.
    pub since_id: Option<i64>,
    /// Immediately newer than this one.
    pub min_id: Option<i64>,
    pub limit: u64,
}

impl PageParams {
    /// `usual` unless another limit is asked for, never more than `most`.
    pub fn page(&self, usual: u64, most: u64) -> Page {
        let id = |text: &Option<String>| text.as_deref().and_then(|text| text.trim().parse().ok());
        let limit = self.limit.as_deref().and_then(|text| text.trim().parse().ok()).unwrap_or(usual);
        Page {
            max_id: id(&self.max_id),
            since_id: id(&self.since_id),
            min_id: id(&self.min_id),
            limit: limit.clamp(1, most),
        }
    }
}

/// Numbers and text alike: a flattened struct sees values as they came.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(json: serde_json::Value) -> PageParams {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_limit_is_held_between_one_and_the_most() {
        for (limit, expected) in [("0", 1), ("20", 20), ("999", 40), ("many", 20)] {
            assert_eq!(params(serde_json::json!({ "limit": limit })).page(20, 40).limit, expected, "{limit}");
        }
    }

    #[test]
    fn an_odd_id_is_as_good_as_none() {
        let page = params(serde_json::json!({ "max_id": "", "min_id": 7, "since_id": null })).page(20, 40);
        assert_eq!((page.max_id, page.min_id, page.since_id), (None, Some(7), None));
    }
}

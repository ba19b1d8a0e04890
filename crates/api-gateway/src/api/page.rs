//! Pages of a list: which one is asked for, and the `Link` header to the next and the previous.

use actix_web::http::header::LINK;
use actix_web::{HttpRequest, HttpResponse};
use belfry_model::Origin;
use belfry_storage::Page;
use serde::{Deserialize, Deserializer, Serialize};
use url::form_urlencoded;

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

impl PageParams {
    /// `usual` rows unless another limit is asked for, never more than `most`.
    pub fn page(&self, usual: u64, most: u64) -> Page {
        let id = |text: &Option<String>| text.as_deref().and_then(|text| text.trim().parse().ok());
        let limit = self.limit.as_deref().and_then(|text| text.trim().parse().ok()).unwrap_or(usual);
        Page {
            max: id(&self.max_id),
            since: id(&self.since_id),
            min: id(&self.min_id),
            limit: limit.clamp(1, most),
        }
    }
}

/// The ids that the pages beside this one are found by; they need not be the items' own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    pub newest: i64,
    pub oldest: i64,
}

impl Ends {
    /// Of ids in any order; `None` without one.
    pub fn of(ids: impl IntoIterator<Item = i64>) -> Option<Self> {
        ids.into_iter().fold(None, |ends: Option<Self>, id| {
            Some(ends.map_or(Self { newest: id, oldest: id }, |ends| Self {
                newest: ends.newest.max(id),
                oldest: ends.oldest.min(id),
            }))
        })
    }
}

/// The answer with its items and where to go on.
pub fn paged<T: Serialize>(
    request: &HttpRequest,
    origin: &Origin,
    items: &[T],
    ends: Option<Ends>,
) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(ends) = ends {
        response.insert_header((LINK, link(request.path(), request.query_string(), origin, ends)));
    }
    response.json(items)
}

/// Absolute addresses, with the other parameters as they were.
fn link(path: &str, query: &str, origin: &Origin, ends: Ends) -> String {
    let at = |name: &str, id: i64| {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            // A token may be in a query; a link gets copied around.
            if !matches!(&*key, "max_id" | "since_id" | "min_id" | "access_token") {
                pairs.append_pair(&key, &value);
            }
        }
        pairs.append_pair(name, &id.to_string());
        origin.at(&format!("{path}?{}", pairs.finish()))
    };
    format!(r#"<{}>; rel="next", <{}>; rel="prev""#, at("max_id", ends.oldest), at("min_id", ends.newest))
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
        assert_eq!((page.max, page.min, page.since), (None, Some(7), None));
    }

    #[test]
    fn links_are_absolute_and_keep_the_other_parameters_but_no_token() {
        let origin = Origin { scheme: "https".into(), host: "moe.social.example".parse().unwrap() };
        let ends = Ends::of([5, 9, 7]).unwrap();
        assert_eq!(
            link("/api/v1/timelines/home", "limit=2&max_id=12&access_token=x", &origin, ends),
            "<https://moe.social.example/api/v1/timelines/home?limit=2&max_id=5>; rel=\"next\", \
             <https://moe.social.example/api/v1/timelines/home?limit=2&min_id=9>; rel=\"prev\"",
        );
    }
}

//! The JSON-LD contexts that we emit, written out. None is ever fetched, and what peers send
//! as theirs is not looked at: properties are read by the names that everybody uses.

use serde_json::{Value, json};

pub const ACTIVITYSTREAMS: &str = "https://www.w3.org/ns/activitystreams";
pub const SECURITY: &str = "https://w3id.org/security/v1";

/// For an activity that holds nothing but ActivityStreams' own words.
pub fn plain() -> Value {
    json!(ACTIVITYSTREAMS)
}

/// For actors.
pub fn actor() -> Value {
    json!([
        ACTIVITYSTREAMS,
        SECURITY,
        {
            "toot": "http://joinmastodon.org/ns#",
            "schema": "http://schema.org#",
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "discoverable": "toot:discoverable",
            "indexable": "toot:indexable",
            "featured": { "@id": "toot:featured", "@type": "@id" },
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
            "webfinger": "https://purl.archive.org/socialweb/webfinger#webfinger",
        }
    ])
}

/// For notes and for the activities that carry one.
pub fn note() -> Value {
    json!([
        ACTIVITYSTREAMS,
        {
            "toot": "http://joinmastodon.org/ns#",
            "ostatus": "http://ostatus.org#",
            "sensitive": "as:sensitive",
            "Hashtag": "as:Hashtag",
            "conversation": "ostatus:conversation",
            "blurhash": "toot:blurhash",
            "focalPoint": { "@container": "@list", "@id": "toot:focalPoint" },
        }
    ])
}

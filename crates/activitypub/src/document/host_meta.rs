//! host-meta (RFC 6415): where WebFinger is, for peers that still ask.

use serde_json::{Value, json};

pub const XML_CONTENT_TYPE: &str = "application/xrd+xml; charset=utf-8";
pub const JSON_CONTENT_TYPE: &str = "application/json; charset=utf-8";

/// `origin` is `https://moe.social.example`: a scheme and a host, so nothing in it needs escaping.
pub fn xml(origin: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n  \
         <Link rel=\"lrdd\" template=\"{}\"/>\n</XRD>\n",
        template(origin)
    )
}

pub fn json(origin: &str) -> Value {
    json!({ "links": [{ "rel": "lrdd", "template": template(origin) }] })
}

fn template(origin: &str) -> String {
    format!("{origin}/.well-known/webfinger?resource={{uri}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_lead_to_webfinger() {
        let expected = "https://moe.example/.well-known/webfinger?resource={uri}";
        assert!(xml("https://moe.example").contains(&format!("template=\"{expected}\"")));
        assert_eq!(json("https://moe.example")["links"][0]["template"], expected);
    }
}

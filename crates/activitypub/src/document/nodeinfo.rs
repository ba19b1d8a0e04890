//! NodeInfo 2.0 and 2.1: what software this is, for statistics and for clients that ask.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const SCHEMA: &str = "http://nodeinfo.diaspora.software/ns/schema/";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    V2_0,
    V2_1,
}

impl Version {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V2_1 => "2.1",
        }
    }

    pub fn content_type(self) -> String {
        format!("application/json; profile=\"{SCHEMA}{}#\"; charset=utf-8", self.as_str())
    }
}

/// `/.well-known/nodeinfo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    pub links: Vec<DiscoveryLink>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscoveryLink {
    pub rel: String,
    pub href: String,
}

impl Discovery {
    /// `origin` is `https://moe.social.example`.
    pub fn new(origin: &str) -> Self {
        let link = |version: Version| DiscoveryLink {
            rel: format!("{SCHEMA}{}", version.as_str()),
            href: format!("{origin}/nodeinfo/{}", version.as_str()),
        };
        Self { links: vec![link(Version::V2_0), link(Version::V2_1)] }
    }
}

/// What one tenant tells of itself.
#[derive(Debug, Clone, Default)]
pub struct NodeInfo {
    pub software_version: String,
    /// Where the source is: our licence asks for it.
    pub repository: Option<String>,
    pub node_name: String,
    pub node_description: String,
    pub users: u64,
    pub active_month: u64,
    pub active_half_year: u64,
    pub local_posts: u64,
    pub open_registrations: bool,
}

impl NodeInfo {
    pub fn document(&self, version: Version) -> Value {
        let mut software = json!({ "name": "belfry", "version": self.software_version });
        if let (Version::V2_1, Some(software)) = (version, software.as_object_mut()) {
            // 2.0's schema forbids what it doesn't know.
            if let Some(repository) = &self.repository {
                software.insert("repository".to_owned(), json!(repository));
            }
        }
        json!({
            "version": version.as_str(),
            "software": software,
            "protocols": ["activitypub"],
            "services": { "inbound": [], "outbound": ["rss2.0"] },
            "openRegistrations": self.open_registrations,
            "usage": {
                "users": {
                    "total": self.users,
                    "activeMonth": self.active_month,
                    "activeHalfyear": self.active_half_year,
                },
                "localPosts": self.local_posts,
            },
            "metadata": {
                "nodeName": self.node_name,
                "nodeDescription": self.node_description,
                // Clients that look here for the dialect of the API find the one that we speak.
                "upstream": { "name": "mastodon" },
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_are_announced_and_differ_only_where_the_schemas_do() {
        let discovery = Discovery::new("https://moe.example");
        assert_eq!(discovery.links[1].href, "https://moe.example/nodeinfo/2.1");
        let info = NodeInfo {
            software_version: "0.1.0".to_owned(),
            repository: Some("https://code.example/belfry".to_owned()),
            users: 3,
            ..NodeInfo::default()
        };
        let (old, new) = (info.document(Version::V2_0), info.document(Version::V2_1));
        assert_eq!(old["version"], "2.0");
        assert!(old["software"].get("repository").is_none());
        assert!(new["software"].get("repository").is_some());
        assert_eq!(new["usage"]["users"]["total"], 3);
        assert_eq!(new["metadata"]["upstream"]["name"], "mastodon");
    }
}

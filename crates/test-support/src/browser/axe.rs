//! Accessibility as axe-core checks it. The vendored program is in `vendor/axe-core`.

use std::fmt;

use serde::Deserialize;
use serde_json::json;

use super::Tab;

const AXE: &str = include_str!("../../vendor/axe-core/axe.min.js");

/// Which of axe's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// All of WCAG 2.0, 2.1 and 2.2, levels A and AA, and the headings' order.
    Wcag22AA,
    /// Of these what depends on colours and sizes: for another look at the same page.
    Appearance,
}

impl Rules {
    fn options(self) -> serde_json::Value {
        match self {
            Self::Wcag22AA => json!({
                "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
                // Asked for by none of these tags, and of as much use to who hears a page.
                "rules": {
                    "heading-order": { "enabled": true },
                    "page-has-heading-one": { "enabled": true },
                    "landmark-one-main": { "enabled": true },
                },
                "resultTypes": ["violations"],
            }),
            Self::Appearance => json!({
                "runOnly": { "type": "rule", "values": [
                    "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable",
                ] },
                "resultTypes": ["violations"],
            }),
        }
    }
}

/// A rule that elements of the page break.
#[derive(Debug, Clone, Deserialize)]
pub struct Violation {
    pub id: String,
    pub help: String,
    pub nodes: Vec<Node>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Node {
    pub html: String,
    #[serde(rename = "failureSummary", default)]
    pub why: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id, self.help)?;
        for node in self.nodes.iter().take(5) {
            let why = node.why.replace('\n', " ");
            write!(f, "\n    {}\n      {why}", node.html.chars().take(300).collect::<String>())?;
        }
        Ok(())
    }
}

impl Tab {
    /// What axe finds on the page that is shown.
    pub async fn violations(&self, rules: Rules) -> Vec<Violation> {
        if !self.evaluate::<bool>("'axe' in window").await {
            let _: bool = self.evaluate(&format!("{AXE};\ntrue")).await;
        }
        let run = format!("axe.run(document, {}).then(results => results.violations)", rules.options());
        self.evaluate(&run).await
    }
}

//! All rules in the form that Mastodon imports. What the lead agency notes for itself stays here.

use belfry_model::Severity;
use belfry_storage::KeptRule;

use crate::spreadsheet::field;

/// With the names of the columns in the first line.
pub fn export(rules: &[KeptRule]) -> String {
    let mut text =
        String::from("#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n");
    for rule in rules {
        let severity = match rule.severity {
            Severity::Suspend => "suspend",
            Severity::Limit => "silence",
            Severity::None => "noop",
        };
        let comment = field(&rule.public_comment);
        let line = [
            field(&rule.domain).as_str(),
            severity,
            flag(rule.reject_media),
            flag(rule.reject_reports),
            comment.as_str(),
            flag(rule.obfuscate),
        ]
        .join(",");
        text.push_str(&line);
        text.push_str("\r\n");
    }
    text
}

fn flag(set: bool) -> &'static str {
    if set { "true" } else { "false" }
}

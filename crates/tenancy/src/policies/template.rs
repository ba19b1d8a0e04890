//! The texts that an agency can adopt as they are, and what they say of the law of a country.

use belfry_model::{Law, PolicyKind};

type Texts = [(PolicyKind, &'static str); 9];

macro_rules! pack {
    ($language:literal) => {
        [
            (PolicyKind::Rules, include_str!(concat!("../../policies/", $language, "/rules.md"))),
            (
                PolicyKind::SocialMedia,
                include_str!(concat!("../../policies/", $language, "/social-media.md")),
            ),
            (PolicyKind::Moderation, include_str!(concat!("../../policies/", $language, "/moderation.md"))),
            (PolicyKind::Privacy, include_str!(concat!("../../policies/", $language, "/privacy.md"))),
            (
                PolicyKind::Accessibility,
                include_str!(concat!("../../policies/", $language, "/accessibility.md")),
            ),
            (
                PolicyKind::Transparency,
                include_str!(concat!("../../policies/", $language, "/transparency.md")),
            ),
            (PolicyKind::Imprint, include_str!(concat!("../../policies/", $language, "/imprint.md"))),
            (
                PolicyKind::ClosureNotice,
                include_str!(concat!("../../policies/", $language, "/closure-notice.md")),
            ),
            (
                PolicyKind::Participation,
                include_str!(concat!("../../policies/", $language, "/participation-agreement.md")),
            ),
        ]
    };
}

const ENGLISH: Texts = pack!("en");
const DUTCH: Texts = pack!("nl");

/// Markdown with variables, in one of our languages.
pub fn template(policy: PolicyKind, language: &str) -> &'static str {
    let texts = if language == "nl" { &DUTCH } else { &ENGLISH };
    texts.iter().find(|(kind, _)| *kind == policy).map_or("", |(_, text)| text)
}

macro_rules! laws {
    ($language:literal, $law:expr) => {
        match $law {
            None | Some(Law::Other) => include_str!(concat!("../../policies/", $language, "/law/general.md")),
            Some(Law::EuropeanUnion) => include_str!(concat!("../../policies/", $language, "/law/eu.md")),
            Some(Law::Netherlands) => include_str!(concat!("../../policies/", $language, "/law/nl.md")),
            Some(Law::NewZealand) => include_str!(concat!("../../policies/", $language, "/law/nz.md")),
            Some(Law::UnitedKingdom) => include_str!(concat!("../../policies/", $language, "/law/uk.md")),
        }
    };
}

/// What a policy of this kind says of the law; without a country what is true anywhere. Markdown
/// that may hold other variables.
pub(super) fn law(law: Option<Law>, policy: PolicyKind, language: &str) -> &'static str {
    let text = if language == "nl" { laws!("nl", law) } else { laws!("en", law) };
    let section = match policy {
        PolicyKind::Privacy => "## privacy\n",
        PolicyKind::Accessibility => "## accessibility\n",
        PolicyKind::Rules
        | PolicyKind::SocialMedia
        | PolicyKind::Moderation
        | PolicyKind::Transparency
        | PolicyKind::Imprint
        | PolicyKind::ClosureNotice
        | PolicyKind::Participation => "## openness\n",
    };
    let (_, after) = text.split_once(section).unwrap_or_default();
    after.split("\n## ").next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::{LANGUAGES, unknown};

    #[test]
    fn every_policy_and_every_law_is_there_in_both_languages() {
        for language in LANGUAGES {
            for &policy in PolicyKind::ALL {
                let text = template(policy, language);
                assert!(text.len() > 500, "{policy} in {language}");
                assert_eq!(unknown(text), None, "{policy} in {language}");
                for law_of in Law::ALL.iter().copied().map(Some).chain([None]) {
                    let text = law(law_of, policy, language);
                    assert!(text.len() > 100, "{law_of:?} for {policy} in {language}");
                    assert!(!text.contains("## ") && !text.contains("{{law"), "{law_of:?} for {policy}");
                    assert_eq!(unknown(text), None, "{law_of:?} for {policy}");
                }
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_parts() {
        let shape = |text: &str| {
            let count = |mark: &str| text.lines().filter(|line| line.starts_with(mark)).count();
            let rules = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
            (count("## "), count("- "), rules, text.matches("{{contact}}").count())
        };
        for &policy in PolicyKind::ALL {
            assert_eq!(shape(template(policy, "en")), shape(template(policy, "nl")), "{policy}");
        }
    }
}

//! Every text that people read, in their language: Fluent files under `locales/`, compiled in.
//!
//! Invariant: English and Dutch have the same keys, which a test compares; no text for people
//! stands in Rust code or in a template.

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::Serialize;
use unic_langid::LanguageIdentifier;

/// The languages that pages are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Language {
    #[serde(rename = "en")]
    English,
    #[serde(rename = "nl")]
    Dutch,
}

impl Language {
    pub const ALL: &[Self] = &[Self::English, Self::Dutch];

    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
        }
    }

    /// The language's name in itself: the one text that needs no translation.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Dutch => "Nederlands",
        }
    }

    /// `nl`, `nl-BE` and `NL_nl` are all Dutch.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
        Self::ALL.iter().copied().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// The best of an `Accept-Language` header (RFC 9110 §12.5.4); `q=0` excludes.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';');
            let Some(language) = parts.next().and_then(Self::parse) else { continue };
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |text| text.parse().unwrap_or(0.0));
            if quality > 0.0 && best.is_none_or(|(least, _)| quality > least) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }

    fn sources(self) -> &'static [&'static str] {
        macro_rules! locale {
            ($code:literal) => {
                &[
                    include_str!(concat!("../locales/", $code, "/layout.ftl")),
                    include_str!(concat!("../locales/", $code, "/account.ftl")),
                    include_str!(concat!("../locales/", $code, "/body-type.ftl")),
                    include_str!(concat!("../locales/", $code, "/post.ftl")),
                    include_str!(concat!("../locales/", $code, "/delivery.ftl")),
                    include_str!(concat!("../locales/", $code, "/front.ftl")),
                    include_str!(concat!("../locales/", $code, "/register.ftl")),
                    include_str!(concat!("../locales/", $code, "/own.ftl")),
                    include_str!(concat!("../locales/", $code, "/sign-in.ftl")),
                    include_str!(concat!("../locales/", $code, "/consent.ftl")),
                    include_str!(concat!("../locales/", $code, "/invitation.ftl")),
                    include_str!(concat!("../locales/", $code, "/people.ftl")),
                    include_str!(concat!("../locales/", $code, "/staff.ftl")),
                    include_str!(concat!("../locales/", $code, "/console.ftl")),
                    include_str!(concat!("../locales/", $code, "/console-usage.ftl")),
                    include_str!(concat!("../locales/", $code, "/console-baseline.ftl")),
                    include_str!(concat!("../locales/", $code, "/notice.ftl")),
                    include_str!(concat!("../locales/", $code, "/console-provision.ftl")),
                    include_str!(concat!("../locales/", $code, "/console-lifecycle.ftl")),
                    include_str!(concat!("../locales/", $code, "/audit.ftl")),
                    include_str!(concat!("../locales/", $code, "/console-admission.ftl")),
                    include_str!(concat!("../locales/", $code, "/console-import.ftl")),
                    include_str!(concat!("../locales/", $code, "/policy.ftl")),
                    include_str!(concat!("../locales/", $code, "/error.ftl")),
                ]
            };
        }
        match self {
            Self::English => locale!("en"),
            Self::Dutch => locale!("nl"),
        }
    }
}

/// A locale file that can't be read: found by a test, never by a visitor.
#[derive(Debug, thiserror::Error)]
#[error("the texts in `{language}` are broken: {reason}")]
pub struct BrokenTexts {
    language: &'static str,
    reason: String,
}

/// All texts of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Texts").field(&self.language).finish()
    }
}

impl Texts {
    pub fn load(language: Language) -> Result<Self, BrokenTexts> {
        let broken = |reason: String| BrokenTexts { language: language.code(), reason };
        let id: LanguageIdentifier = language.code().parse().map_err(|e| broken(format!("{e}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The marks that isolate arguments are for mixed writing directions; both languages run
        // from left to right, and the marks would end up in what people copy.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => thousands_by_comma,
            Language::Dutch => thousands_by_point,
        }));
        for source in language.sources() {
            let resource = FluentResource::try_new((*source).to_owned())
                .map_err(|(_, errors)| broken(format!("{errors:?}")))?;
            bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))?;
        }
        Ok(Self { language, bundle })
    }

    pub fn language(&self) -> Language {
        self.language
    }

    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// `None` for a key that does not exist or an argument that is missing.
    pub fn text(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        errors.is_empty().then(|| Cow::into_owned(text))
    }
}

fn thousands_by_comma<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, ',')
}

fn thousands_by_point<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, '.')
}

/// Whole numbers of four digits and more in groups of three, as people read them. Nothing else is
/// touched; a year is passed as text.
fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let text = number.as_string();
    if text.len() < 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut grouped = String::with_capacity(text.len() + text.len() / 3);
    for (place, digit) in text.chars().enumerate() {
        if place > 0 && (text.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    Some(grouped)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(language: Language) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for line in language.sources().iter().flat_map(|source| source.lines()) {
            let is_message = line.starts_with(|c: char| c.is_ascii_lowercase());
            if let Some((key, _)) = line.split_once(" =").filter(|_| is_message) {
                assert!(keys.insert(key.to_owned()), "`{key}` stands twice");
            }
        }
        keys
    }

    #[test]
    fn english_and_dutch_have_the_same_keys() {
        let (english, dutch) = (keys(Language::English), keys(Language::Dutch));
        let only: Vec<_> = english.symmetric_difference(&dutch).collect();
        assert!(only.is_empty(), "in one language only: {only:?}");
    }

    #[test]
    fn every_locale_file_is_compiled_in() {
        for language in Language::ALL {
            let folder = format!("{}/locales/{}", env!("CARGO_MANIFEST_DIR"), language.code());
            let files = std::fs::read_dir(folder).expect("the locale folder").count();
            assert_eq!(files, language.sources().len(), "{language:?}");
        }
    }

    #[test]
    fn the_language_is_the_best_one_that_we_have() {
        assert_eq!(Language::accepted("de, nl-BE;q=0.8, en;q=0.7"), Some(Language::Dutch));
        assert_eq!(Language::accepted("en;q=0, nl;q=0.1"), Some(Language::Dutch));
        assert_eq!(Language::accepted("fr,de"), None);
        assert_eq!(Language::accepted("*;q=x;;,=,"), None);
    }

    #[test]
    fn large_numbers_are_grouped_as_each_language_does() {
        for (language, expected) in [(Language::English, "1,204"), (Language::Dutch, "1.204")] {
            let texts = Texts::load(language).expect("texts");
            let text = |number: i64| {
                let mut args = FluentArgs::new();
                args.set("count", number);
                texts.text("delivery-count-refused", Some(&args)).expect("a text")
            };
            assert!(text(1204).starts_with(expected), "{}", text(1204));
            assert!(text(1_234_567).starts_with(&expected.replace("204", "234")), "{}", text(1_234_567));
            assert!(text(999).starts_with("999"), "{}", text(999));
        }
    }

    #[test]
    fn a_missing_argument_is_no_text_rather_than_half_a_sentence() {
        let texts = Texts::load(Language::English).expect("texts");
        assert_eq!(texts.text("consent-title", None), None);
        assert_eq!(texts.text("no-such-key", None), None);
    }
}

//! What this crate says to people: letters and agreements, in English and Dutch.
//!
//! These texts have files of their own, since the edges' (`belfry_edge::translate`) lie above:
//! a letter is written by a use case, and a command or a job may be what runs it.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use crate::{Error, Result};

type Bundle = FluentBundle<FluentResource>;

macro_rules! locale {
    ($code:literal) => {
        (
            $code,
            &[
                include_str!(concat!("../locales/", $code, "/mail.ftl")),
                include_str!(concat!("../locales/", $code, "/admission.ftl")),
                include_str!(concat!("../locales/", $code, "/policy.ftl")),
            ],
        )
    };
}
/// The first is for whoever asks for a language that we don't have.
const SOURCES: &[(&str, &[&str])] = &[locale!("en"), locale!("nl")];

/// The text in this language (BCP 47), or in English.
pub(crate) fn text(language: &str, key: &str, args: &FluentArgs<'_>) -> Result<String> {
    static BUNDLES: LazyLock<Result<Vec<(&'static str, Bundle)>, String>> =
        LazyLock::new(|| SOURCES.iter().map(|(code, files)| Ok((*code, bundle(code, files)?))).collect());
    let broken = |reason: String| Error::Inconsistent(format!("the text `{key}`: {reason}"));
    let bundles = BUNDLES.as_ref().map_err(|reason| broken(reason.clone()))?;
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let known = bundles.iter().find(|(code, _)| *code == primary).or(bundles.first());
    let (_, bundle) = known.ok_or_else(|| broken("no language".into()))?;
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    let pattern = pattern.ok_or_else(|| broken("there is none".into()))?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    match errors.first() {
        None => Ok(Cow::into_owned(text)),
        Some(error) => Err(broken(error.to_string())),
    }
}

fn bundle(code: &str, files: &[&str]) -> Result<Bundle, String> {
    let id = code.parse().map_err(|error| format!("{error}"))?;
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Both languages run from left to right, and the marks would end up in what people copy.
    bundle.set_use_isolating(false);
    for file in files {
        let resource = FluentResource::try_new((*file).to_owned());
        let resource = resource.map_err(|(_, errors)| format!("{errors:?}"))?;
        bundle.add_resource(resource).map_err(|errors| format!("{errors:?}"))?;
    }
    Ok(bundle)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Each text's key with the arguments that it names.
    fn keys(files: &[&str]) -> BTreeMap<String, Vec<String>> {
        let mut keys = BTreeMap::new();
        let mut last = String::new();
        for line in files.iter().flat_map(|file| file.lines()) {
            if let Some((key, _)) = line.split_once(" =").filter(|_| line.starts_with(char::is_lowercase)) {
                key.clone_into(&mut last);
            }
            let args: &mut Vec<String> = keys.entry(last.clone()).or_default();
            args.extend(
                line.split("{ $").skip(1).filter_map(|rest| rest.split(' ').next()).map(String::from),
            );
        }
        for args in keys.values_mut() {
            args.sort();
            args.dedup();
        }
        keys
    }

    #[test]
    fn both_languages_have_the_same_texts_with_the_same_arguments() {
        let [english, dutch] = SOURCES else { panic!("two languages") };
        assert!(bundle(english.0, english.1).is_ok() && bundle(dutch.0, dutch.1).is_ok());
        assert_eq!(keys(english.1), keys(dutch.1));
    }

    #[test]
    fn whoever_asks_for_another_language_is_answered_in_english() {
        let mut args = FluentArgs::new();
        args.set("host", "social.example");
        let of = |language: &str| text(language, "mail-foot", &args).unwrap();
        assert_eq!(of("nl-BE"), of("nl"));
        assert_eq!(of("de"), of("en"));
        assert_ne!(of("nl"), of("en"));
        assert!(text("en", "mail-nothing", &args).is_err());
    }
}

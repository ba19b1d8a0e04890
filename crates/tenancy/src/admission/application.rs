//! What a body says when it asks, as typed, and as something that can be decided on.

use std::net::IpAddr;

use belfry_model::slug::InvalidSlug;
use belfry_model::{BodyType, Host, PlatformNames, Slug};

use crate::EmailAddress;
use crate::provision::LONGEST_NAME;

/// As it was typed.
#[derive(Debug, Clone, Default)]
pub struct Raw {
    pub name: String,
    pub email: String,
    pub body_name: String,
    pub body_type: String,
    pub purpose: String,
    pub slug: String,
    pub domain: String,
    pub contact: String,
}

/// A request that makes sense.
#[derive(Debug, Clone)]
pub struct Application {
    pub name: String,
    pub email: EmailAddress,
    pub body_name: String,
    pub body_type: BodyType,
    pub purpose: String,
    pub slug: Slug,
    /// One that the body controls already.
    pub domain: Host,
    pub contact: String,
}

/// What isn't as it should be. The word is the problem's key on pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("a name of who asks, of at most 120 characters, is needed")]
    Name,
    #[error("an e-mail address is needed")]
    Email,
    #[error("the name of the body, of at most 120 characters, is needed")]
    BodyName,
    #[error("the kind of body is needed")]
    BodyType,
    #[error("the purpose is needed, and it may not be longer than the form says")]
    Purpose,
    #[error("the short name may have letters, digits and hyphens within")]
    Slug,
    #[error("this short name is not available")]
    SlugTaken,
    #[error("a domain that the body has already is needed, such as `education.example`")]
    Domain,
    #[error("a way to reach the body is needed, in at most 300 characters")]
    Contact,
    #[error("there are too many open requests: wait for an answer to those there are")]
    Full,
    #[error("too many requests came from here: try again in a quarter of an hour")]
    TooMany,
}

impl Application {
    /// The first thing that is wrong, in the order of the form.
    pub fn parse(raw: &Raw, names: &PlatformNames, longest_text: usize) -> Result<Self, Unfit> {
        Ok(Self {
            body_name: line(&raw.body_name, LONGEST_NAME).ok_or(Unfit::BodyName)?,
            body_type: raw.body_type.parse().map_err(|_| Unfit::BodyType)?,
            domain: domain(&raw.domain, names).ok_or(Unfit::Domain)?,
            slug: raw.slug.trim().to_ascii_lowercase().parse().map_err(|error| match error {
                InvalidSlug::Malformed(_) => Unfit::Slug,
                // As one that is taken: why it isn't to be had is nobody's business.
                InvalidSlug::Reserved(_) => Unfit::SlugTaken,
            })?,
            purpose: text(&raw.purpose, longest_text).ok_or(Unfit::Purpose)?,
            contact: line(&raw.contact, 300).ok_or(Unfit::Contact)?,
            name: line(&raw.name, LONGEST_NAME).ok_or(Unfit::Name)?,
            email: raw.email.parse().map_err(|_| Unfit::Email)?,
        })
    }
}

/// One line that says something.
fn line(text: &str, longest: usize) -> Option<String> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= longest && !text.contains(char::is_control);
    fits.then(|| text.to_owned())
}

/// Some lines that say something. Browsers end lines with CR and LF.
pub(super) fn text(text: &str, longest: usize) -> Option<String> {
    let text = text.trim().replace("\r\n", "\n");
    let fits = !text.is_empty()
        && text.chars().count() <= longest
        && !text.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
    fits.then_some(text)
}

/// A public name with a dot in it, and none of the platform's own.
fn domain(text: &str, names: &PlatformNames) -> Option<Host> {
    let text = text.trim().trim_start_matches("https://").trim_end_matches('/');
    let host: Host = text.parse().ok()?;
    let name = host.as_str();
    let shared = names.shared_domain.name();
    let ours = name == shared || name.ends_with(&format!(".{shared}"));
    let is_name =
        name.contains('.') && !name.contains([':', '[', '_']) && name.len() <= 253 && !name.ends_with('.');
    (is_name && !ours && name.parse::<IpAddr>().is_err()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> PlatformNames {
        PlatformNames { scheme: "https".into(), shared_domain: "social.example".parse().unwrap() }
    }

    #[test]
    fn a_domain_is_a_public_name_that_is_not_ours() {
        let of = |text: &str| domain(text, &names()).map(|host| host.to_string());
        assert_eq!(of(" https://Education.Example/ ").as_deref(), Some("education.example"));
        for text in [
            "",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "social.example",
            "moe.social.example",
            "a.example:8080",
            "https://a.example/path",
            "a b.example",
            "user@a.example",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_is_one_line_and_a_text_keeps_its_lines() {
        assert_eq!(line("Anna\r\nBcc: all@moe.example", 100), None);
        assert_eq!(line("  ", 100), None);
        assert_eq!(text("one\r\ntwo\n", 100).as_deref(), Some("one\ntwo"));
        assert_eq!(text("one\u{0}", 100), None);
        assert_eq!(text("four", 3), None);
    }
}

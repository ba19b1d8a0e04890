//! `{{agency}}` and the like: what stands in a text for what differs from agency to agency.
//!
//! Invariant: a value is no Markdown. Whatever an agency is called, it is shown as it is written.

use std::fmt;

use belfry_model::{Law, PolicyKind};

use super::template::law;

/// What a text may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// What the public calls it.
    Agency,
    /// An e-mail address.
    Contact,
    /// The address of its pages.
    Channel,
    /// What the law of a country says: a paragraph.
    Law,
}

impl Variable {
    pub const ALL: [Self; 4] = [Self::Agency, Self::Contact, Self::Channel, Self::Law];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Contact => "contact",
            Self::Channel => "channel",
            Self::Law => "law",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variable| variable.as_str() == name.trim())
    }
}

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that stands for nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{{{{{0}}}}}` is no variable: there are agency, contact, channel and law")]
pub struct Unknown(pub String);

/// What the variables stand for. An empty one is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub agency: String,
    pub contact: String,
    pub channel: String,
    pub law: Option<Law>,
}

/// What a text is filled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// To be shown as a page: addresses become links.
    Markdown,
    /// To be read as a source, and compared.
    Plain,
}

enum Piece<'a> {
    Text(&'a str),
    Name(&'a str),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split("{{").enumerate().flat_map(|(position, part)| {
        let (name, rest) = match part.split_once("}}") {
            Some((name, rest)) if position > 0 => (Some(Piece::Name(name)), rest),
            _ if position > 0 => (Some(Piece::Text("{{")), part),
            _ => (None, part),
        };
        name.into_iter().chain([Piece::Text(rest)])
    })
}

/// The first name in a text that stands for nothing.
pub fn unknown(text: &str) -> Option<Unknown> {
    pieces(text).find_map(|piece| match piece {
        Piece::Name(name) if Variable::named(name).is_none() => {
            Some(Unknown(name.trim().chars().take(40).collect()))
        }
        Piece::Name(_) | Piece::Text(_) => None,
    })
}

fn used(text: &str) -> Vec<Variable> {
    pieces(text)
        .filter_map(|piece| match piece {
            Piece::Name(name) => Variable::named(name),
            Piece::Text(_) => None,
        })
        .collect()
}

impl Values {
    fn has(&self, variable: Variable) -> bool {
        match variable {
            Variable::Agency => !self.agency.is_empty(),
            Variable::Contact => !self.contact.is_empty(),
            Variable::Channel => !self.channel.is_empty(),
            Variable::Law => self.law.is_some(),
        }
    }

    /// The text with what its variables stand for. Where no country was chosen, what is true of the
    /// law anywhere stands there.
    pub(super) fn fill(&self, text: &str, policy: PolicyKind, language: &str, form: Form) -> String {
        let mut filled = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Name(name) => match Variable::named(name) {
                    Some(Variable::Agency) => filled.push_str(&shown(&self.agency, form)),
                    Some(Variable::Contact) => filled.push_str(&link("mailto:", &self.contact, form)),
                    Some(Variable::Channel) => filled.push_str(&link("", &self.channel, form)),
                    // What we wrote names no law again, so that this ends.
                    Some(Variable::Law) => {
                        filled.push_str(&self.fill(law(self.law, policy, language), policy, language, form));
                    }
                    None => filled.push_str(&shown(&format!("{{{{{name}}}}}"), form)),
                },
            }
        }
        filled
    }
}

/// What these texts name and nobody has said, in the variables' order.
pub fn missing<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    has: impl Fn(Variable) -> bool,
) -> Vec<Variable> {
    let used: Vec<Variable> = texts.into_iter().flat_map(used).collect();
    Variable::ALL.into_iter().filter(|one| used.contains(one) && !has(*one)).collect()
}

pub(super) fn missing_of<'a>(texts: impl IntoIterator<Item = &'a str>, values: &Values) -> Vec<Variable> {
    missing(texts, |variable| values.has(variable))
}

fn link(scheme: &str, address: &str, form: Form) -> String {
    match form {
        Form::Plain => address.to_owned(),
        Form::Markdown if address.is_empty() => String::new(),
        Form::Markdown => {
            let escaped = escape(address);
            format!("[{escaped}]({scheme}{escaped})")
        }
    }
}

fn shown(value: &str, form: Form) -> String {
    if form == Form::Plain { value.to_owned() } else { escape(value) }
}

/// `CommonMark` §2.4: any punctuation of ASCII may be escaped, and then means nothing.
fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values {
            agency: "Roads & *Water* [x](http://evil.example)".into(),
            contact: "info_desk@moe.example".into(),
            channel: "https://moe.social.example/".into(),
            law: None,
        }
    }

    #[test]
    fn an_unknown_name_is_said() {
        assert_eq!(unknown("{{agency}} and {{ law }}, but {{nobody}}"), Some(Unknown("nobody".into())));
        assert_eq!(unknown("{{agency}} {{"), None);
        assert_eq!(
            unknown("{{x}}").unwrap().to_string(),
            "`{{x}}` is no variable: there are agency, contact, channel and law"
        );
    }

    #[test]
    fn a_value_is_no_markdown() {
        let filled = values().fill("By {{agency}}.", PolicyKind::Rules, "en", Form::Markdown);
        let html = crate::policies::markdown::html(&filled, 2);
        assert_eq!(html.trim(), "<p>By Roads &amp; *Water* [x](http://evil.example).</p>");
        let link = values().fill("{{contact}}", PolicyKind::Rules, "en", Form::Markdown);
        let html = crate::policies::markdown::html(&link, 2);
        assert!(html.contains("href=\"mailto:info_desk@moe.example\""), "{html}");
        assert!(html.contains(">info_desk@moe.example</a>"), "{html}");
    }

    #[test]
    fn what_is_missing_is_said_once_and_in_order() {
        let values = Values::default();
        let missing = missing_of(["{{law}} {{contact}}", "{{contact}}"], &values);
        assert_eq!(missing, [Variable::Contact, Variable::Law]);
        assert_eq!(missing_of(["{{nobody}}"], &values), []);
    }
}

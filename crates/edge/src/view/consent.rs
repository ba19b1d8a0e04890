//! May this app act for you? And the code to copy, for apps that can't be returned to.

use serde::Serialize;

use super::AccountCard;
use crate::render::View;

/// `GET /oauth/authorize` for a signed-in person. The form posts back to the same address, with
/// every hidden value, `actor_id` and `decision` (`allow` or `deny`).
#[derive(Debug, Clone, Serialize)]
pub struct ConsentView {
    pub app_name: String,
    pub app_website: Option<String>,
    /// Where the answer goes, as people can judge it: a host or a scheme; `urn` stands for a
    /// code that is copied by hand.
    pub destination: String,
    pub scopes: Vec<Scope>,
    /// The accounts that this person may act as; with one there is nothing to choose.
    pub accounts: Vec<AccountChoice>,
    /// The request's own parameters, sent back as they came: `client_id`, `redirect_uri`, …
    pub hidden: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AccountChoice {
    pub actor_id: String,
    pub account: AccountCard,
    pub chosen: bool,
}

/// What an app asks for, in people's words: scopes that none of our words fit are shown as they are.
#[derive(Debug, Clone, Serialize)]
pub struct Scope {
    pub name: String,
    /// The key of its explanation.
    pub text: Option<&'static str>,
}

impl Scope {
    pub fn new(name: &str) -> Self {
        let top = name.split_once(':').map_or(name, |(top, _)| top);
        let text = match top {
            "read" => Some("scope-read"),
            "profile" => Some("scope-profile"),
            "write" => Some("scope-write"),
            "follow" => Some("scope-follow"),
            "push" => Some("scope-push"),
            "govern" => Some("scope-govern"),
            "manage" => Some("scope-manage"),
            _ => None,
        };
        Self { name: name.to_owned(), text }
    }
}

impl View for ConsentView {
    const TEMPLATE: &'static str = "oauth/authorize.html";
    const HAS_FORM: bool = true;
    const FORM_MAY_LEAVE: bool = true;
}

/// The code, for an app with the redirect `urn:ietf:wg:oauth:2.0:oob`.
#[derive(Debug, Clone, Serialize)]
pub struct OutOfBandView {
    pub app_name: String,
    pub code: String,
}

impl View for OutOfBandView {
    const TEMPLATE: &'static str = "oauth/out_of_band.html";
}

#[cfg(test)]
impl ConsentView {
    pub(crate) fn samples() -> Vec<Self> {
        let choice = |id: &str, chosen| AccountChoice {
            actor_id: id.to_owned(),
            account: AccountCard::sample(),
            chosen,
        };
        let one = Self {
            app_name: "toot".to_owned(),
            app_website: Some("https://toot.example/".to_owned()),
            destination: "toot.example".to_owned(),
            scopes: ["read", "write:statuses", "follow", "push", "profile", "govern", "manage", "else"]
                .map(Scope::new)
                .to_vec(),
            accounts: vec![choice("1", true)],
            hidden: vec![("client_id".to_owned(), "\"><script>".to_owned())],
        };
        let many =
            Self { accounts: vec![choice("1", true), choice("2", false)], app_website: None, ..one.clone() };
        let none = Self { accounts: Vec::new(), destination: "urn".to_owned(), ..one.clone() };
        vec![one, many, none]
    }
}

#[cfg(test)]
impl OutOfBandView {
    pub(crate) fn samples() -> Vec<Self> {
        vec![Self { app_name: "toot".to_owned(), code: "q8Zt0Xn".to_owned() }]
    }
}

//! What every page has around it.

use belfry_model::Permission;
use serde::Serialize;

use crate::translate::Language;

#[derive(Debug, Clone, Serialize)]
pub struct Layout {
    pub language: Language,
    pub languages: Vec<LanguageChoice>,
    /// Addresses of the stylesheet and the icon, with the hash of their content.
    pub stylesheet: String,
    pub icon: String,
    /// The page's one script, for a page that has it.
    pub script: Option<&'static str>,
    /// The tenant's or the platform's name; `None` where a page must not say whose it is.
    pub site: Option<Site>,
    pub signed_in: Option<SignedInAs>,
    /// Of this page: what its navigation marks.
    pub path: String,
    /// Mail stays on the platform: the console shows the way to it.
    pub mailbox: bool,
    /// For a page that has a form of ours.
    pub csrf_token: Option<String>,
}

/// One entry of the language switch.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageChoice {
    pub code: &'static str,
    pub name: &'static str,
    /// This page in that language.
    pub href: String,
    pub current: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Site {
    pub name: String,
    pub host: String,
    /// The register of agencies on the shared domain.
    pub register: String,
    pub is_platform: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct SignedInAs {
    pub name: String,
    pub overview: String,
    /// How they sign in.
    pub own: String,
    /// What they may do here: pages show no way to the rest.
    pub may: Vec<Permission>,
    pub sign_out: String,
}

impl Layout {
    /// Around a page that nobody in particular sees: error pages for an unknown host.
    pub fn bare(language: Language, stylesheet: String, icon: String) -> Self {
        Self {
            language,
            languages: Vec::new(),
            stylesheet,
            icon,
            script: None,
            site: None,
            signed_in: None,
            path: String::new(),
            mailbox: false,
            csrf_token: None,
        }
    }
}

#[cfg(test)]
impl Layout {
    pub(crate) fn sample(language: Language) -> Self {
        Self {
            language,
            languages: Language::ALL
                .iter()
                .map(|l| LanguageChoice {
                    code: l.code(),
                    name: l.own_name(),
                    href: format!("?lang={}", l.code()),
                    current: *l == language,
                })
                .collect(),
            stylesheet: "/assets/belfry-0000.css".to_owned(),
            icon: "/assets/bell-0000.svg".to_owned(),
            script: None,
            site: Some(Site {
                name: "Ministry of Education".to_owned(),
                host: "moe.social.example".to_owned(),
                register: "https://social.example/".to_owned(),
                is_platform: false,
            }),
            path: "/admin".to_owned(),
            signed_in: Some(SignedInAs {
                name: "Ann".to_owned(),
                overview: "/admin".to_owned(),
                own: "/admin/me".to_owned(),
                may: Permission::ALL.to_vec(),
                sign_out: "/auth/sign_out".to_owned(),
            }),
            mailbox: true,
            csrf_token: Some("token".to_owned()),
        }
    }
}

//! How somebody signs in, for themselves: password, app, codes on paper, sessions, tokens.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::qr::Picture;
use crate::render::View;

/// `/admin/me` and `/console/me`
#[derive(Debug, Clone, Serialize)]
pub struct OwnView {
    /// The path of this page, which everything here is below.
    pub own: &'static str,
    pub email: String,
    pub has_app: bool,
    /// Nothing else opens before an app is set up; then this is where to sign out instead.
    pub must_enrol: Option<&'static str>,
    pub recovery_left: u64,
    pub sessions: Vec<OwnSession>,
    pub tokens: Vec<OwnToken>,
    pub password_min: usize,
    /// `own-problem-…`
    pub problem: Option<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct OwnSession {
    pub id: String,
    pub address: String,
    pub agent: String,
    pub started_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub is_this: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct OwnToken {
    pub id: String,
    pub app: String,
    pub scopes: Vec<String>,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// `…/app`
#[derive(Debug, Clone, Serialize)]
pub struct OwnAppView {
    pub own: &'static str,
    /// While one is being set up.
    pub setup: Option<AppSetup>,
    pub problem: Option<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AppSetup {
    pub picture: Picture,
    /// What the picture says, to type: in groups of four.
    pub secret: String,
}

/// Codes on paper, shown this once.
#[derive(Debug, Clone, Serialize)]
pub struct OwnCodesView {
    pub own: &'static str,
    pub codes: Vec<String>,
}

/// `…/confirm`
#[derive(Debug, Clone, Serialize)]
pub struct OwnConfirmView {
    pub own: &'static str,
    pub has_app: bool,
    pub problem: Option<&'static str>,
}

macro_rules! pages {
    ($($view:ident $template:literal),* $(,)?) => {$(
        impl View for $view {
            const TEMPLATE: &'static str = $template;
            const HAS_FORM: bool = true;
        }
    )*};
}
pages! {
    OwnView "own/show.html",
    OwnAppView "own/app.html",
    OwnConfirmView "own/confirm.html",
}

impl View for OwnCodesView {
    const TEMPLATE: &'static str = "own/codes.html";
}

#[cfg(test)]
mod samples {
    use super::*;

    const OWN: &str = "/admin/me";

    impl OwnView {
        pub(crate) fn samples() -> Vec<Self> {
            let at: DateTime<Utc> = "2026-01-31T12:00:00Z".parse().unwrap();
            let session = |id: u8, is_this| OwnSession {
                id: id.to_string(),
                address: if is_this { "192.0.2.1".to_owned() } else { String::new() },
                agent: if is_this { "<b>Ann's browser".to_owned() } else { String::new() },
                started_at: at,
                last_seen_at: at,
                is_this,
            };
            let token = |last_used_at| OwnToken {
                id: "7".to_owned(),
                app: "<b>Ann's app".to_owned(),
                scopes: vec!["read".to_owned(), "write".to_owned()],
                created_at: at,
                last_used_at,
            };
            let bare = Self {
                own: OWN,
                email: "ann@moe.example".to_owned(),
                has_app: false,
                must_enrol: None,
                recovery_left: 0,
                sessions: vec![session(1, true)],
                tokens: Vec::new(),
                password_min: 12,
                problem: None,
            };
            let full = Self {
                has_app: true,
                recovery_left: 9,
                sessions: vec![session(1, true), session(2, false)],
                tokens: vec![token(None), token(Some(at))],
                ..bare.clone()
            };
            let problems = ["password-short", "password-long", "password-differs"];
            let wrong = problems.map(|problem| Self { problem: Some(problem), ..bare.clone() });
            let must = Self { must_enrol: Some("/auth/sign_out"), ..bare.clone() };
            [bare, full, must].into_iter().chain(wrong).collect()
        }
    }

    impl OwnAppView {
        pub(crate) fn samples() -> Vec<Self> {
            let picture = Picture::of("otpauth://totp/a").unwrap();
            let setup = AppSetup { picture, secret: "ABCD EFGH".to_owned() };
            vec![
                Self { own: OWN, setup: None, problem: None },
                Self { own: OWN, setup: Some(setup.clone()), problem: None },
                Self { own: OWN, setup: Some(setup), problem: Some("code-wrong") },
            ]
        }
    }

    impl OwnCodesView {
        pub(crate) fn samples() -> Vec<Self> {
            vec![Self { own: OWN, codes: vec!["K7QX-2M9A-0000-1111".to_owned(); 10] }]
        }
    }

    impl OwnConfirmView {
        pub(crate) fn samples() -> Vec<Self> {
            let bare = Self { own: OWN, has_app: false, problem: None };
            let problems = ["proof-wrong", "too-many"];
            let wrong =
                problems.map(|problem| Self { has_app: true, problem: Some(problem), ..bare.clone() });
            [bare].into_iter().chain(wrong).collect()
        }
    }
}

//! Signing in with e-mail and password.

use serde::Serialize;

use crate::render::View;

/// Why signing in did not work. Which of the two was wrong is not said: it would tell strangers
/// who works here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInProblem {
    Wrong,
    TooMany,
}

/// `POST`s `email`, `password` and `return_to` to `action`.
#[derive(Debug, Clone, Serialize)]
pub struct SignInView {
    pub action: String,
    pub email: String,
    /// A path on this host.
    pub return_to: String,
    pub problem: Option<SignInProblem>,
    /// The lead agency's console on the shared domain asks for its own people only.
    pub for_console: bool,
}

/// The second step. `POST`s `code` and `return_to` to `action`.
#[derive(Debug, Clone, Serialize)]
pub struct SecondStepView {
    pub action: String,
    /// The first step.
    pub from_the_start: String,
    pub return_to: String,
    pub problem: Option<SignInProblem>,
}

impl View for SecondStepView {
    const TEMPLATE: &'static str = "auth/second_step.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
impl SecondStepView {
    pub(crate) fn samples() -> Vec<Self> {
        [None, Some(SignInProblem::Wrong), Some(SignInProblem::TooMany)]
            .into_iter()
            .map(|problem| Self {
                action: "/auth/second_step".to_owned(),
                from_the_start: "/auth/sign_in".to_owned(),
                return_to: "/admin".to_owned(),
                problem,
            })
            .collect()
    }
}

impl View for SignInView {
    const TEMPLATE: &'static str = "auth/sign_in.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
impl SignInView {
    pub(crate) fn samples() -> Vec<Self> {
        let empty = Self {
            action: "/auth/sign_in".to_owned(),
            email: String::new(),
            return_to: "/admin".to_owned(),
            problem: None,
            for_console: false,
        };
        let again = Self {
            email: "ann@moe.example".to_owned(),
            problem: Some(SignInProblem::Wrong),
            ..empty.clone()
        };
        let console = Self { for_console: true, problem: Some(SignInProblem::TooMany), ..empty.clone() };
        vec![empty, again, console]
    }
}

//! Accepting an invitation: choosing a name and a password.

use serde::Serialize;

use crate::render::View;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvitationProblem {
    /// Unknown, used, withdrawn or expired, or for another address: not told apart.
    Code,
    PasswordShort,
    PasswordLong,
    PasswordsDiffer,
    /// The agency's plan has no place for one more person.
    NoPlace,
}

/// `POST`s `email`, `code`, `name`, `password` and `password_again`. Passwords are never put
/// back into the page.
#[derive(Debug, Clone, Serialize)]
pub struct InvitationView {
    pub agency: String,
    pub email: String,
    pub code: String,
    pub name: String,
    pub problem: Option<InvitationProblem>,
    pub password_least: usize,
}

impl View for InvitationView {
    const TEMPLATE: &'static str = "invitation.html";
    const HAS_FORM: bool = true;
}

/// The account exists now.
#[derive(Debug, Clone, Serialize)]
pub struct InvitationDoneView {
    pub agency: String,
    pub email: String,
}

impl View for InvitationDoneView {
    const TEMPLATE: &'static str = "invitation_done.html";
}

#[cfg(test)]
impl InvitationView {
    pub(crate) fn samples() -> Vec<Self> {
        use InvitationProblem::{Code, NoPlace, PasswordLong, PasswordShort, PasswordsDiffer};
        [None, Some(Code), Some(PasswordShort), Some(PasswordLong), Some(PasswordsDiffer), Some(NoPlace)]
            .into_iter()
            .map(|problem| Self {
                agency: "Ministry of Education".to_owned(),
                email: "ann@moe.example".to_owned(),
                code: "abc".to_owned(),
                name: "Ann".to_owned(),
                problem,
                password_least: 12,
            })
            .collect()
    }
}

#[cfg(test)]
impl InvitationDoneView {
    pub(crate) fn samples() -> Vec<Self> {
        vec![Self { agency: "Ministry of Education".to_owned(), email: "ann@moe.example".to_owned() }]
    }
}

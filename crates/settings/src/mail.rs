//! `[mail]`: how people are told of things: invitations, answers to requests.

use std::path::PathBuf;

use belfry_model::Secret;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::secret_file::read;
use crate::{Error, Result};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MailSettings {
    /// `smtps://user:password@host:465`, `smtp://user:password@host:587?tls=required` (STARTTLS),
    /// `smtp://host:25` (in the clear: for a server on this machine or network), or `mailbox`: mail
    /// stays on the platform, where `/console/mailbox` shows it to the lead agency.
    #[schemars(with = "String", extend("x-default" = "mailbox"))]
    pub url: Secret,
    pub url_file: Option<PathBuf>,
    /// Who mail is from, such as `Social Example <no-reply@social.example>`; `no-reply` at the
    /// shared domain where it isn't set.
    pub from: Option<String>,
    /// Seconds for one letter to be taken by the mail server.
    pub timeout_seconds: u64,
    /// Letters that one worker takes at once.
    pub batch: u32,
    /// Seconds before a letter that wasn't taken is tried again; twice as long each time after that.
    pub first_retry_seconds: u64,
    /// Longest time between two tries, in seconds.
    pub longest_retry_seconds: u64,
    /// Tries before a letter is given up.
    pub tries: u32,
    /// Days for which letters that were given up are kept.
    pub failed_days: u32,
    /// Letters that the mailbox keeps; the oldest go first.
    pub mailbox_letters: u32,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            url: Secret::new("mailbox"),
            url_file: None,
            from: None,
            timeout_seconds: 20,
            batch: 20,
            first_retry_seconds: 60,
            longest_retry_seconds: 6 * 3600,
            tries: 16,
            failed_days: 30,
            mailbox_letters: 200,
        }
    }
}

impl MailSettings {
    pub(crate) fn read_secret_files(&mut self) -> Result<()> {
        if let Some(path) = &self.url_file {
            self.url = read("mail.url", path)?;
        }
        Ok(())
    }

    pub(crate) fn check(&self) -> Result<()> {
        let url = self.url.expose();
        if !(self.is_mailbox() || url.starts_with("smtp://") || url.starts_with("smtps://")) {
            let reason = "expected `smtps://…`, `smtp://…` or `mailbox`".into();
            return Err(Error::Invalid { key: "mail.url", reason });
        }
        match &self.from {
            Some(from) if !from.contains('@') || from.contains(char::is_control) => {
                let reason = "expected an address such as `Social Example <no-reply@social.example>`".into();
                Err(Error::Invalid { key: "mail.from", reason })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Mail leaves the platform by no server.
    pub fn is_mailbox(&self) -> bool {
        self.url.expose() == "mailbox"
    }

    /// Who mail is from. `host` is the shared domain without its port.
    pub fn sender(&self, host: &str) -> String {
        self.from.clone().unwrap_or_else(|| format!("no-reply@{host}"))
    }
}

//! Following from wherever somebody has an account: their own server says where it wants to be
//! asked (`http://ostatus.org/schema/1.0/subscribe`).
//!
//! Invariant: the address that comes out lies on the host of the handle, or on the host that
//! answered for it after redirects, and nowhere else: a visitor is never sent where somebody else
//! chose. Nothing of the handle is kept.

use belfry_activitypub::document::webfinger::{Acct, SUBSCRIBE};
use belfry_activitypub::uri;
use url::Url;

use crate::client::FetchError;
use crate::{Federation, discover};

/// Longer is no address of a form.
const LONGEST_TEMPLATE: usize = 1000;

#[derive(Debug, thiserror::Error)]
pub enum InteractError {
    #[error("this handle is of this platform, which has no such page")]
    Ours,
    #[error("{host} knows no such account")]
    UnknownAccount { host: String },
    #[error("{host} can't be reached, or doesn't answer as other servers do")]
    Unreachable { host: String },
    /// It has no such page, or one that it can't vouch for.
    #[error("{host} has no page to follow from")]
    NoTemplate { host: String },
}

impl Federation {
    /// Where a visitor with this handle follows `account` (`user@host`).
    pub async fn interact_address(&self, visitor: &Acct, account: &str) -> Result<Url, InteractError> {
        let host = visitor.host.clone();
        if self.is_ours(&format!("{}://{host}/", self.names.scheme)) {
            return Err(InteractError::Ours);
        }
        let (answered, jrd) = discover::jrd(&self.client, visitor).await.map_err(|error| match error {
            FetchError::UnknownAccount { host } => InteractError::UnknownAccount { host },
            error => {
                // Whoever types a handle chooses where we ask: the reason is theirs to find.
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "a visitor's server can't be asked"
                );
                InteractError::Unreachable { host: host.clone() }
            }
        })?;
        let none = || InteractError::NoTemplate { host: host.clone() };
        let template = jrd
            .links
            .iter()
            .filter(|link| link.rel == SUBSCRIBE)
            .find_map(|link| link.template.as_deref())
            .filter(|template| template.len() <= LONGEST_TEMPLATE && template.contains("{uri}"))
            .ok_or_else(none)?;
        let account: String = url::form_urlencoded::byte_serialize(account.as_bytes()).collect();
        let address = Url::parse(&template.replace("{uri}", &account)).map_err(|_| none())?;
        let at = uri::host(&address);
        let own = at == host || at == uri::host(&answered);
        let plain = address.username().is_empty() && address.password().is_none();
        let scheme = address.scheme() == self.client.scheme_for(&at);
        if own && plain && scheme { Ok(address) } else { Err(none()) }
    }
}

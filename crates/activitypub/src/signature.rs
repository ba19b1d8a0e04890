//! HTTP signatures: draft-cavage, which everybody verifies, and RFC 9421 as the second try.
//!
//! Invariant: an incoming Signature header reaches no other crate before [`precheck`] has
//! passed it: the parsers behind accept what no peer should send, and one of them panics.

pub mod cavage;
pub mod precheck;
pub mod rfc9421;

#[derive(Debug, thiserror::Error)]
pub enum SignError {
    #[error("the address has no host")]
    NoHost,
    #[error(transparent)]
    Key(#[from] crate::key::KeyError),
    #[error("`{0}` can't stand in a header")]
    Header(&'static str),
    #[error("the signing string could not be built")]
    SigningString,
}

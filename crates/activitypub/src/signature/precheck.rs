//! Strict validation of an incoming draft-cavage Signature header before any other crate sees it.
//!
//! `http-signature-normalization` panics on a `created` near 2^64, lets a Date pass that is in
//! the future or no date at all, refuses `", "` between parameters, and takes an Authorization
//! header for a signature. Here all of that is decided; what passes is written anew in the
//! form that the crate reads.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};

use crate::{date, uri};

/// Peers' clocks are off by minutes, their queues by more. Mastodon takes twelve hours back and
/// one ahead; an hour both ways refuses nobody who is alive.
pub const WINDOW: TimeDelta = TimeDelta::hours(1);

/// A 4096-bit signature is 684 characters; the rest is a key id and header names.
const MAX_HEADER: usize = 8192;
const MAX_COMPONENTS: usize = 32;

/// Headers that decide what a request is: a second one could be the one that isn't signed.
const SINGLE: &[&str] = &["signature", "host", "date", "digest", "content-type", "content-length"];

/// Why a request isn't taken as signed. Safe to tell the sender.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the request has no Signature header")]
    Missing,
    #[error("the request has an Authorization header: sign with the Signature header alone")]
    Authorization,
    #[error("the Signature header is longer than {MAX_HEADER} characters")]
    TooLong,
    #[error("the Signature header can't be read: {0}")]
    Unreadable(&'static str),
    #[error("the Signature header has `{0}` twice")]
    Repeated(String),
    #[error("the Signature header has no `{0}`")]
    NoParameter(&'static str),
    #[error("the header `{0}` is there more than once")]
    RepeatedHeader(String),
    #[error("the signed header `{0}` isn't in the request")]
    AbsentHeader(String),
    #[error("the signature must cover `{0}`")]
    NotCovered(&'static str),
    #[error("the keyId isn't an absolute web address")]
    KeyId,
    #[error("the algorithm isn't rsa-sha256 or hs2019")]
    Algorithm,
    #[error("the signature isn't base64")]
    NotBase64,
    #[error("`{0}` isn't a time in seconds")]
    NotATime(&'static str),
    #[error("the Date header isn't a date")]
    NotADate,
    #[error("the request is dated outside the accepted window: check the clock of your server")]
    OutsideWindow,
    #[error("the signature has expired")]
    Expired,
}

/// What there is to know of a request before its signature is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub method: &'a str,
    /// All headers with their names in any case, repeated ones repeated.
    pub headers: &'a [(&'a str, &'a str)],
}

/// A Signature header that may be handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub key_id: String,
    /// Names of what is signed, in their order and in lower case.
    pub components: Vec<String>,
    pub created: Option<DateTime<Utc>>,
    pub expires: Option<DateTime<Utc>>,
    /// Base64, as [`super::cavage::verify`] takes it.
    pub signature: String,
    /// The header anew, in the one spelling that `http-signature-normalization` reads.
    pub normalised: String,
}

/// Passes what is well formed, fresh, and covers everything that the request is about: target,
/// host, a time, and the digest of a body. `window` is how far its time may be from `now`, both ways.
pub fn precheck(request: Request<'_>, now: DateTime<Utc>, window: TimeDelta) -> Result<Checked, Refusal> {
    single_headers(request)?;
    if header(request, "authorization").is_some() {
        return Err(Refusal::Authorization);
    }
    let text = header(request, "signature").ok_or(Refusal::Missing)?;
    if text.len() > MAX_HEADER {
        return Err(Refusal::TooLong);
    }
    let parameters = Parameters::parse(text)?;
    let key_id = parameters.required("keyId")?;
    if uri::parse(key_id).is_none() || key_id.contains([',', '"', ' ']) {
        return Err(Refusal::KeyId);
    }
    if !matches!(parameters.get("algorithm"), None | Some("rsa-sha256" | "hs2019")) {
        return Err(Refusal::Algorithm);
    }
    let signature = parameters.required("signature")?;
    if STANDARD.decode(signature).map_or(true, |bytes| bytes.is_empty()) {
        return Err(Refusal::NotBase64);
    }
    let components = components(parameters.required("headers")?)?;
    let times = Times::read(&parameters)?;
    covered(request, &components)?;
    times.check(request, &components, now, window)?;
    Ok(Checked {
        normalised: normalised(&parameters, &components, key_id, signature, &times),
        key_id: key_id.to_owned(),
        components,
        created: times.created,
        expires: times.expires,
        signature: signature.to_owned(),
    })
}

fn header<'a>(request: Request<'a>, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

fn single_headers(request: Request<'_>) -> Result<(), Refusal> {
    for name in SINGLE {
        if request.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name)).count() > 1 {
            return Err(Refusal::RepeatedHeader((*name).to_owned()));
        }
    }
    Ok(())
}

/// `name="value"` pairs, separated by commas with or without blanks; numbers may lack the quotes.
struct Parameters<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Parameters<'a> {
    fn parse(text: &'a str) -> Result<Self, Refusal> {
        if !text.bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte)) {
            return Err(Refusal::Unreadable("it has characters that no header has"));
        }
        let mut found: Vec<(&str, &str)> = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (name, after) =
                rest.split_once('=').ok_or(Refusal::Unreadable("a parameter has no value"))?;
            let name = name.trim();
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return Err(Refusal::Unreadable("a parameter's name isn't a word"));
            }
            let (value, after) = split_value(after.trim_start())?;
            if found.iter().any(|(seen, _)| seen.eq_ignore_ascii_case(name)) {
                return Err(Refusal::Repeated(name.to_owned()));
            }
            found.push((name, value));
            let after = after.trim_start();
            rest = match after.strip_prefix(',') {
                Some(next) => next.trim_start(),
                None if after.is_empty() => after,
                None => return Err(Refusal::Unreadable("a comma is missing between two parameters")),
            };
        }
        Ok(Self(found))
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(found, _)| *found == name).map(|(_, value)| *value)
    }

    fn required(&self, name: &'static str) -> Result<&'a str, Refusal> {
        self.get(name).filter(|value| !value.is_empty()).ok_or(Refusal::NoParameter(name))
    }
}

fn split_value(text: &str) -> Result<(&str, &str), Refusal> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (value, after) =
            quoted.split_once('"').ok_or(Refusal::Unreadable("a quotation mark is missing"))?;
        if value.contains('\\') {
            return Err(Refusal::Unreadable("it has a backslash"));
        }
        return Ok((value, after));
    }
    let end = text.find(',').unwrap_or(text.len());
    let (value, after) = text.split_at(end);
    Ok((value.trim_end(), after))
}

fn components(text: &str) -> Result<Vec<String>, Refusal> {
    let mut found: Vec<String> = Vec::new();
    for name in text.split_ascii_whitespace() {
        let name = name.to_ascii_lowercase();
        if found.contains(&name) {
            return Err(Refusal::Repeated(name));
        }
        if found.len() == MAX_COMPONENTS {
            return Err(Refusal::Unreadable("it signs too many headers"));
        }
        found.push(name);
    }
    Ok(found)
}

/// Required: the target, the host, a time, and on a request with a body its digest. Whatever
/// else is claimed to be signed must be in the request, once.
fn covered(request: Request<'_>, components: &[String]) -> Result<(), Refusal> {
    let covers = |name: &str| components.iter().any(|component| component == name);
    for name in ["(request-target)", "host"] {
        if !covers(name) {
            return Err(Refusal::NotCovered(name));
        }
    }
    if !covers("date") && !covers("(created)") {
        return Err(Refusal::NotCovered("date"));
    }
    if !matches!(request.method.to_ascii_uppercase().as_str(), "GET" | "HEAD") && !covers("digest") {
        return Err(Refusal::NotCovered("digest"));
    }
    for name in components {
        if matches!(name.as_str(), "(request-target)" | "(created)" | "(expires)") {
            continue;
        }
        match request.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name)).count() {
            0 => return Err(Refusal::AbsentHeader(name.clone())),
            1 => {}
            _ => return Err(Refusal::RepeatedHeader(name.clone())),
        }
    }
    Ok(())
}

struct Times {
    created: Option<DateTime<Utc>>,
    expires: Option<DateTime<Utc>>,
}

impl Times {
    fn read(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        let read = |name: &'static str| match parameters.get(name) {
            None => Ok(None),
            Some(text) => seconds(text).map(Some).ok_or(Refusal::NotATime(name)),
        };
        Ok(Self { created: read("created")?, expires: read("expires")? })
    }

    /// Every time that is there must be right, signed or not; one that is claimed must be there.
    fn check(
        &self,
        request: Request<'_>,
        components: &[String],
        now: DateTime<Utc>,
        window: TimeDelta,
    ) -> Result<(), Refusal> {
        let covers = |name: &str| components.iter().any(|component| component == name);
        for (name, field, time) in
            [("(created)", "created", self.created), ("(expires)", "expires", self.expires)]
        {
            if covers(name) && time.is_none() {
                return Err(Refusal::NoParameter(field));
            }
        }
        let within = |at: DateTime<Utc>| (now - at).abs() <= window;
        if let Some(text) = header(request, "date") {
            let at = date::parse_http(text).ok_or(Refusal::NotADate)?;
            if !within(at) {
                return Err(Refusal::OutsideWindow);
            }
        }
        if self.created.is_some_and(|at| !within(at)) {
            return Err(Refusal::OutsideWindow);
        }
        // Clocks differ: what has just expired by ours may not have by theirs.
        if self.expires.is_some_and(|at| at + window < now) {
            return Err(Refusal::Expired);
        }
        Ok(())
    }
}

/// Digits only, and few enough that no arithmetic on the time can overflow: until the year 2286.
fn seconds(text: &str) -> Option<DateTime<Utc>> {
    let digits = !text.is_empty() && text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        return None;
    }
    DateTime::from_timestamp(text.parse().ok()?, 0)
}

/// Times that aren't signed are left out: they have been checked, and the crate would check
/// them by another window.
fn normalised(
    parameters: &Parameters<'_>,
    components: &[String],
    key_id: &str,
    signature: &str,
    times: &Times,
) -> String {
    let mut parts = vec![format!("keyId=\"{key_id}\"")];
    if let Some(algorithm) = parameters.get("algorithm") {
        parts.push(format!("algorithm=\"{algorithm}\""));
    }
    for (component, name, time) in
        [("(created)", "created", times.created), ("(expires)", "expires", times.expires)]
    {
        if let Some(time) = time.filter(|_| components.iter().any(|found| found == component)) {
            parts.push(format!("{name}=\"{}\"", time.timestamp()));
        }
    }
    parts.push(format!("headers=\"{}\"", components.join(" ")));
    parts.push(format!("signature=\"{signature}\""));
    parts.join(",")
}

#[cfg(test)]
mod tests;

//! A small HTTP client for the demo: plain http to this machine, whatever the host's name.
//!
//! The connection goes to loopback and the name stands in the `Host` header: names under
//! `.localhost` don't resolve everywhere, and a TLS library would be a C library.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Loopback answers at once; what takes this long is stuck.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Request {
    host: String,
    port: u16,
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

pub struct Response {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    /// `host` without port: the port is added.
    pub fn new(method: &str, host: &str, port: u16, path: &str) -> Self {
        let line = format!("{method} {path} HTTP/1.1");
        Self { host: host.to_owned(), port, line, headers: Vec::new(), body: Vec::new() }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub fn form(mut self, fields: &[(&str, &str)]) -> Self {
        let encoded: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        self.body = encoded.join("&").into_bytes();
        self.header("Content-Type", "application/x-www-form-urlencoded")
    }

    /// An answer with any status.
    pub fn send(self) -> Result<Response> {
        let Self { host, port, line, headers, body } = self;
        let asked = format!("http://{host}:{port} {line}");
        let exchange = || -> Result<Response> {
            let mut stream = TcpStream::connect(("127.0.0.1", port))?;
            stream.set_read_timeout(Some(PATIENCE))?;
            let mut head = format!("{line}\r\nHost: {host}:{port}\r\nConnection: close\r\n");
            for (name, value) in &headers {
                write!(head, "{name}: {value}\r\n")?;
            }
            write!(head, "Content-Length: {}\r\n\r\n", body.len())?;
            stream.write_all(head.as_bytes())?;
            stream.write_all(&body)?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            parse(&answer)
        };
        exchange().with_context(|| asked)
    }

    /// An answer that must be a success, as JSON.
    pub fn send_for_json(self) -> Result<Value> {
        let asked = format!("{} at {}:{}", self.line, self.host, self.port);
        let response = self.send()?;
        if !(200..300).contains(&response.status) {
            bail!("{asked} was answered with {}: {}", response.status, response.body.trim());
        }
        serde_json::from_str(&response.body)
            .with_context(|| format!("{asked} gave no JSON: {}", response.body))
    }
}

impl Response {
    /// All values of a header, by its name in any case.
    pub fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

fn parse(answer: &[u8]) -> Result<Response> {
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .context("the answer has no end of its head")?;
    let (head, body) = answer.split_at(end);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let body = body.get(4..).unwrap_or_default();
    let chunked = headers
        .iter()
        .any(|(name, value)| name.eq_ignore_ascii_case("transfer-encoding") && value.contains("chunked"));
    let body = if chunked { join_chunks(body)? } else { body.to_vec() };
    let status = status.context("the answer has no status")?;
    Ok(Response { status, headers, body: String::from_utf8_lossy(&body).into_owned() })
}

fn join_chunks(mut rest: &[u8]) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n").context("a chunk has no length")?;
        let (length, after) = rest.split_at(end);
        let length = std::str::from_utf8(length)?.split(';').next().unwrap_or_default();
        let length = usize::from_str_radix(length.trim(), 16).context("a chunk's length is no number")?;
        if length == 0 {
            return Ok(body);
        }
        let chunk = after.get(2..2 + length).context("a chunk is cut off")?;
        body.extend_from_slice(chunk);
        rest = after.get(2 + length + 2..).context("a chunk is cut off")?;
    }
}

/// Percent-encoded for a query or a form.
pub fn escape(text: &str) -> String {
    text.bytes().fold(String::new(), |escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped + char::from(byte).encode_utf8(&mut [0; 4])
        } else {
            format!("{escaped}%{byte:02X}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{escape, parse};

    #[test]
    fn an_answer_in_chunks_is_joined() {
        let response =
            parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n")
                .expect("an answer");
        assert_eq!((response.status, response.body.as_str()), (200, "abcde"));
    }

    #[test]
    fn headers_are_found_in_any_case() {
        let response =
            parse(b"HTTP/1.1 302 Found\r\nset-cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n").expect("an answer");
        assert_eq!(response.headers("Set-Cookie").collect::<Vec<_>>(), ["a=1", "b=2"]);
    }

    #[test]
    fn reserved_characters_are_escaped() {
        assert_eq!(escape("@a b&é~"), "%40a%20b%26%C3%A9~");
    }
}

//! Follower synchronisation (FEP-8fcf): the digest of a set of followers, and the header that
//! tells the receiver of an activity what the sender believes.
//!
//! Invariant: what is parsed here is bounded and well formed, and nothing else; whether it is
//! believed depends on who signed it and where it arrived.

/// As it stands in a signature's list of headers.
pub const HEADER: &str = "collection-synchronization";

/// A longer one is nobody's: two addresses and a digest.
pub const MAX_HEADER: usize = 2048;

/// XOR of the SHA-256 of each follower's id. It starts as the digest of nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FollowerDigest([u8; 32]);

impl FollowerDigest {
    pub fn of<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut digest = Self::default();
        for id in ids {
            digest.toggle(&Self(openssl::sha::sha256(id.as_bytes())));
        }
        digest
    }

    /// As a database keeps it; `None` where it isn't 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut digest = [0; 32];
        for (at, byte) in digest.iter_mut().enumerate() {
            let pair = text.get(at * 2..at * 2 + 2)?;
            // `from_str_radix` would take a sign, too.
            if !pair.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return None;
            }
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self(digest))
    }

    fn toggle(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine ^= theirs;
        }
    }
}

impl std::fmt::Display for FollowerDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The header `Collection-Synchronization`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synchronisation {
    /// The id of the sender's followers collection.
    pub collection: String,
    /// Where the part of it that concerns the receiver is.
    pub url: String,
    pub digest: FollowerDigest,
}

impl Synchronisation {
    pub fn header(&self) -> String {
        format!(r#"collectionId="{}", url="{}", digest="{}""#, self.collection, self.url, self.digest)
    }

    /// `None` for whatever isn't exactly the three parameters, each once and in any order.
    pub fn parse(header: &str) -> Option<Self> {
        if header.len() > MAX_HEADER {
            return None;
        }
        let (mut collection, mut url, mut digest) = (None, None, None);
        let mut rest = header.trim();
        while !rest.is_empty() {
            let (name, after) = rest.split_once('=')?;
            let (value, after) = after.trim_start().strip_prefix('"')?.split_once('"')?;
            let slot = match name.trim() {
                "collectionId" => &mut collection,
                "url" => &mut url,
                "digest" => &mut digest,
                _ => return None,
            };
            if slot.replace(value).is_some() {
                return None;
            }
            let after = after.trim_start();
            rest = match after.strip_prefix(',') {
                Some(next) => next.trim_start(),
                None if after.is_empty() => after,
                None => return None,
            };
        }
        let (collection, url) = (collection?, url?);
        crate::uri::parse(collection)?;
        crate::uri::parse(url)?;
        Some(Self {
            collection: collection.to_owned(),
            url: url.to_owned(),
            digest: FollowerDigest::from_hex(digest?)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the FEP.
    const DIGEST: &str = "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f";

    #[test]
    fn the_digest_of_the_proposal_is_ours() {
        let ids = ["https://testing.example.org/users/1", "https://testing.example.org/users/2"];
        assert_eq!(FollowerDigest::of(ids).to_string(), DIGEST);
        assert_eq!(FollowerDigest::of([]).to_string(), "0".repeat(64));
        assert_eq!(FollowerDigest::of([ids[0], ids[1], ids[1]]), FollowerDigest::of([ids[0]]));
    }

    #[test]
    fn a_header_is_read_as_it_was_written() {
        let written = Synchronisation {
            collection: "https://moe.example/users/moe/followers".into(),
            url: "https://moe.example/users/moe/followers_synchronization".into(),
            digest: FollowerDigest::of(["https://b.example/users/1"]),
        };
        assert_eq!(Synchronisation::parse(&written.header()), Some(written.clone()));
        let other_order = format!(
            r#"digest="{}",url="{}" , collectionId="{}""#,
            written.digest, written.url, written.collection
        );
        assert_eq!(Synchronisation::parse(&other_order), Some(written));
    }

    #[test]
    fn what_is_not_such_a_header_is_nothing() {
        let address = "https://moe.example/f";
        let good = format!(r#"collectionId="{address}", url="{address}", digest="{DIGEST}""#);
        assert!(Synchronisation::parse(&good).is_some());
        for text in [
            String::new(),
            "nonsense".to_owned(),
            good.replace("url=", "uri="),
            good.replace(DIGEST, &DIGEST.replace('c', "g")),
            good.replace(DIGEST, "+f"),
            good.replace(DIGEST, &"é".repeat(32)),
            good.replace("https", "ftp"),
            good.replace(", url", " url"),
            format!("{good}, digest=\"{DIGEST}\""),
            good.trim_end_matches('"').to_owned(),
            good.replace("/f", &"f".repeat(MAX_HEADER)),
        ] {
            assert_eq!(Synchronisation::parse(&text), None, "{text}");
        }
    }
}

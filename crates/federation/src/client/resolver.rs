//! Names to addresses, through the guard.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{AddressClass, AddressGuard};

/// All addresses of a name were refused. Travels through the HTTP library as an error source.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the name leads to a {0} address")]
pub(super) struct RefusedName(pub AddressClass);

/// The name has no address.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the name does not resolve")]
pub(super) struct NoAddress;

#[derive(Debug)]
pub(super) struct GuardedResolver(pub Arc<AddressGuard>);

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = Arc::clone(&self.0);
        Box::pin(async move {
            let name = name.as_str();
            let found: Vec<SocketAddr> = if is_localhost(name) {
                vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 0))]
            } else {
                tokio::net::lookup_host((name, 0)).await.map_err(|_| NoAddress)?.collect()
            };
            let mut refused = None;
            let mut passed = Vec::with_capacity(found.len());
            for address in found {
                match guard.refuses(address.ip()) {
                    None => passed.push(address),
                    Some(class) => refused = Some(class),
                }
            }
            match refused {
                Some(class) if passed.is_empty() => Err(RefusedName(class).into()),
                _ if passed.is_empty() => Err(NoAddress.into()),
                _ => Ok(Box::new(passed.into_iter()) as Addrs),
            }
        })
    }
}

/// RFC 6761 §6.3: these never leave the machine. glibc asks the network for `x.localhost`.
pub(super) fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

//! Where a request comes from: what limits by address count.
//!
//! Invariant: `X-Forwarded-For` is believed only as far as trusted proxies wrote it. Whatever
//! stands further left was sent by somebody else.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::{HttpRequest, web};

use crate::Platform;

/// The nearest address that isn't one of our proxies (`http.trusted_proxies`).
pub fn client_address(request: &HttpRequest) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
    let Some(platform) = request.app_data::<web::Data<Platform>>() else {
        return peer;
    };
    let trusted = |address: IpAddr| {
        platform.settings.http.trusted_proxies.iter().any(|network| network.contains(&address))
    };
    let forwarded: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    nearest(peer, &forwarded, trusted)
}

fn nearest(peer: IpAddr, forwarded: &[&str], trusted: impl Fn(IpAddr) -> bool) -> IpAddr {
    let mut address = peer;
    for text in forwarded.iter().rev() {
        if !trusted(address) {
            break;
        }
        match text.trim().parse::<IpAddr>() {
            Ok(next) => address = next.to_canonical(),
            Err(_) => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(peer: &str, forwarded: &[&str]) -> String {
        let proxies: [IpAddr; 2] = ["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        nearest(peer.parse().unwrap(), forwarded, |address| proxies.contains(&address)).to_string()
    }

    #[test]
    fn a_trusted_proxy_says_who_asks_and_nobody_else_does() {
        assert_eq!(of("192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(of("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(of("10.0.0.1", &["6.6.6.6", " 198.51.100.1", "10.0.0.2"]), "198.51.100.1");
    }

    #[test]
    fn what_is_no_address_stops_the_search_at_the_proxy() {
        assert_eq!(of("10.0.0.1", &["unknown"]), "10.0.0.1");
        assert_eq!(of("10.0.0.1", &[]), "10.0.0.1");
    }
}

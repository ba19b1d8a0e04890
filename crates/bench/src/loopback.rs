//! Remote hosts are loopback addresses: any number of them, without a name service.

use std::net::Ipv4Addr;

/// Addresses of one `127.0.x.0/24` that are used.
pub const A_NET: u32 = 200;

/// Host 0 is 127.0.1.1, host 199 is 127.0.1.200, host 200 is 127.0.2.1.
pub fn number(address: Ipv4Addr) -> Option<u32> {
    let [127, 0, net, last] = address.octets() else { return None };
    let (net, within) = (u32::from(net).checked_sub(1)?, u32::from(last).checked_sub(1)?);
    (within < A_NET).then_some(net * A_NET + within)
}

pub fn address(number: u32) -> Option<Ipv4Addr> {
    let net = u8::try_from(number / A_NET + 1).ok()?;
    let last = u8::try_from(number % A_NET + 1).ok()?;
    Some(Ipv4Addr::new(127, 0, net, last))
}

/// As `address` in SQL, for an expression `host` and the sinks' port.
pub fn sql(host: &str, port: u16) -> String {
    format!("format('127.0.%s.%s:%s', 1 + ({host}) / {A_NET}, 1 + ({host}) % {A_NET}, {port})")
}

#[cfg(test)]
mod tests {
    use super::{address, number};

    #[test]
    fn hosts_and_addresses_are_the_same_thing() {
        for host in [0, 199, 200, 4711] {
            assert_eq!(number(address(host).unwrap()), Some(host));
        }
        assert_eq!(address(0).unwrap().to_string(), "127.0.1.1");
        assert_eq!(address(200).unwrap().to_string(), "127.0.2.1");
    }

    #[test]
    fn other_addresses_are_no_hosts() {
        assert_eq!(number("127.0.0.1".parse().unwrap()), None);
        assert_eq!(number("127.0.1.201".parse().unwrap()), None);
        assert_eq!(number("10.0.1.1".parse().unwrap()), None);
    }
}

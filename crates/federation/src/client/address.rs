//! Which addresses outgoing requests may reach: the public internet, and what the operator lists.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// Why an address is not one of the public internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressClass {
    Loopback,
    Private,
    LinkLocal,
    /// 100.64/10, between a provider and its customers.
    SharedAddressSpace,
    /// 198.18/15.
    Benchmarking,
    /// IPv4 in IPv6's clothes: NAT64, 6to4, Teredo, IPv4-mapped and IPv4-compatible.
    Translated,
    Multicast,
    Unspecified,
    /// 240/4, documentation and protocol assignments.
    Reserved,
}

impl fmt::Display for AddressClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Loopback => "loopback",
            Self::Private => "private",
            Self::LinkLocal => "link-local",
            Self::SharedAddressSpace => "shared address space",
            Self::Benchmarking => "benchmarking",
            Self::Translated => "translated",
            Self::Multicast => "multicast",
            Self::Unspecified => "unspecified",
            Self::Reserved => "reserved",
        })
    }
}

/// Decides about addresses. Checked after DNS, at every connect and redirect.
#[derive(Debug, Clone, Default)]
pub struct AddressGuard {
    allowed: Vec<IpNet>,
}

impl AddressGuard {
    pub fn new(allowed: Vec<IpNet>) -> Self {
        Self { allowed }
    }

    /// The class for which an address is refused; `None` when it may be reached.
    pub fn refuses(&self, address: IpAddr) -> Option<AddressClass> {
        let class = class(address)?;
        (!self.allowed.iter().any(|net| net.contains(&address))).then_some(class)
    }
}

fn class(address: IpAddr) -> Option<AddressClass> {
    match address {
        IpAddr::V4(address) => class_v4(address),
        IpAddr::V6(address) => class_v6(address),
    }
}

fn class_v4(address: Ipv4Addr) -> Option<AddressClass> {
    use AddressClass as C;
    let [a, b, c, _] = address.octets();
    Some(match (a, b, c) {
        (0, ..) => C::Unspecified,
        (127, ..) => C::Loopback,
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => C::Private,
        (169, 254, _) => C::LinkLocal,
        (100, 64..=127, _) => C::SharedAddressSpace,
        (198, 18..=19, _) => C::Benchmarking,
        (192, 88, 99) => C::Translated,
        (224..=239, ..) => C::Multicast,
        (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) | (240..=255, ..) => C::Reserved,
        _ => return None,
    })
}

fn class_v6(address: Ipv6Addr) -> Option<AddressClass> {
    use AddressClass as C;
    let segments = address.segments();
    let [first, second, ..] = segments;
    Some(match (first, second) {
        _ if address.is_unspecified() => C::Unspecified,
        _ if address.is_loopback() => C::Loopback,
        // ::/96 (IPv4-compatible) and ::ffff:0:0/96 (IPv4-mapped); NAT64, the well-known prefix
        // and the local one; 6to4; Teredo.
        _ if matches!(segments, [0, 0, 0, 0, 0, 0 | 0xffff, ..]) => C::Translated,
        (0x0064, 0xff9b) | (0x2002, _) | (0x2001, 0) => C::Translated,
        (0xff00..=0xffff, _) => C::Multicast,
        (0xfe80..=0xfebf, _) => C::LinkLocal,
        // Unique-local, and site-local of old.
        (0xfc00..=0xfdff | 0xfec0..=0xfeff, _) => C::Private,
        (0x2001, 0x0002) => C::Benchmarking,
        // Documentation and 2001::/23 protocol assignments.
        (0x2001, 0x0db8 | 0x0000..=0x01ff) | (0x3fff, 0..=0x0fff) => C::Reserved,
        // Global unicast; everything outside it is assigned to nobody.
        (0x2000..=0x3fff, _) => return None,
        _ => C::Reserved,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_special_range_is_refused_by_its_class() {
        use AddressClass as C;
        for (text, expected) in [
            ("127.0.0.1", C::Loopback),
            ("127.255.255.254", C::Loopback),
            ("10.0.0.1", C::Private),
            ("172.16.0.1", C::Private),
            ("172.31.255.255", C::Private),
            ("192.168.1.1", C::Private),
            ("169.254.169.254", C::LinkLocal),
            ("100.64.0.1", C::SharedAddressSpace),
            ("100.127.255.255", C::SharedAddressSpace),
            ("198.18.0.1", C::Benchmarking),
            ("198.19.255.255", C::Benchmarking),
            ("192.88.99.1", C::Translated),
            ("0.0.0.0", C::Unspecified),
            ("0.1.2.3", C::Unspecified),
            ("224.0.0.1", C::Multicast),
            ("240.0.0.1", C::Reserved),
            ("255.255.255.255", C::Reserved),
            ("192.0.2.1", C::Reserved),
            ("203.0.113.7", C::Reserved),
            ("::", C::Unspecified),
            ("::1", C::Loopback),
            ("::ffff:127.0.0.1", C::Translated),
            ("::ffff:8.8.8.8", C::Translated),
            ("::8.8.8.8", C::Translated),
            ("64:ff9b::7f00:1", C::Translated),
            ("64:ff9b:1::1", C::Translated),
            ("2002:7f00:1::", C::Translated),
            ("2001::1", C::Translated),
            ("fe80::1", C::LinkLocal),
            ("fc00::1", C::Private),
            ("fd12:3456::1", C::Private),
            ("fec0::1", C::Private),
            ("ff02::1", C::Multicast),
            ("2001:db8::1", C::Reserved),
            ("100::1", C::Reserved),
        ] {
            let guard = AddressGuard::default();
            assert_eq!(guard.refuses(text.parse().unwrap()), Some(expected), "{text}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        let guard = AddressGuard::default();
        for text in
            ["8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.1.1", "198.20.0.1", "2a01:4f8::1", "2600::1"]
        {
            assert_eq!(guard.refuses(text.parse().unwrap()), None, "{text}");
        }
    }

    #[test]
    fn what_the_operator_lists_passes_and_nothing_beside_it() {
        let guard = AddressGuard::new(vec!["10.1.0.0/16".parse().unwrap()]);
        assert_eq!(guard.refuses("10.1.2.3".parse().unwrap()), None);
        assert_eq!(guard.refuses("10.2.0.1".parse().unwrap()), Some(AddressClass::Private));
        // An allowed IPv4 network is not allowed in IPv6's clothes.
        assert_eq!(guard.refuses("::ffff:10.1.2.3".parse().unwrap()), Some(AddressClass::Translated));
    }
}

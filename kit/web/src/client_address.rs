//! Who is at the other end: the peer itself, or, if the peer is a proxy we trust, the address it
//! vouches for in `X-Forwarded-For`.
//!
//! It believes nothing a stranger writes into headers.

use std::net::IpAddr;
use std::str::FromStr;

use http::{HeaderMap, HeaderName};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A block of addresses such as `10.0.0.0/8` or a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressBlock {
    base: IpAddr,
    prefix: u8,
}

/// A text that is no address block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是 IP 地址或地址段（例：10.0.0.0/8）")]
pub struct NotAnAddressBlock(String);

impl FromStr for AddressBlock {
    type Err = NotAnAddressBlock;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotAnAddressBlock(text.to_owned());
        let (base, prefix) = match text.trim().split_once('/') {
            Some((base, prefix)) => (base, Some(prefix)),
            None => (text.trim(), None),
        };
        let base: IpAddr = base.parse().map_err(|_| wrong())?;
        let widest = if base.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(digits) => digits.parse().ok().filter(|n| *n <= widest).ok_or_else(wrong)?,
            None => widest,
        };
        Ok(AddressBlock { base, prefix })
    }
}

impl AddressBlock {
    /// Whether the block holds the address.
    pub fn contains(&self, address: IpAddr) -> bool {
        let shifted = |bits: u128, width: u8| bits.checked_shr(u32::from(width - self.prefix));
        match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                shifted(base.to_bits().into(), 32) == shifted(address.to_bits().into(), 32)
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                shifted(base.to_bits(), 128) == shifted(address.to_bits(), 128)
            }
            _ => false,
        }
    }
}

/// The proxies whose word counts.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<AddressBlock>);

impl TrustedProxies {
    /// Trusts these blocks; an empty list trusts nobody.
    pub fn new(blocks: impl IntoIterator<Item = AddressBlock>) -> Self {
        TrustedProxies(blocks.into_iter().collect())
    }

    /// Whether the address is one of ours.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|block| block.contains(address))
    }

    /// The client's address: from the right of `X-Forwarded-For`, the first that is no proxy of
    /// ours. What stands left of it the client may have invented.
    pub fn client_address(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let lines: Vec<&str> =
            headers.get_all(X_FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
        for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !self.trusts(client) {
                break;
            }
            match hop.trim().parse::<IpAddr>() {
                Ok(address) => client = address.to_canonical(),
                Err(_) => break,
            }
        }
        client
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, lines: &[&str]) -> String {
        let proxies = TrustedProxies::new(["10.0.0.0/8", "::1"].map(|b| b.parse().unwrap()));
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(X_FORWARDED_FOR, line.parse().unwrap());
        }
        proxies.client_address(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_trusted_peer_may_name_another_address() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(seen("10.1.2.3", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("::ffff:10.1.2.3", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("::1", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(seen("10.1.2.3", &[]), "10.1.2.3");
    }

    #[test]
    fn what_the_client_put_in_front_is_not_believed() {
        assert_eq!(seen("10.1.2.3", &["1.1.1.1, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.1.2.3", &["1.1.1.1, 198.51.100.1, 10.9.9.9"]), "198.51.100.1");
        assert_eq!(seen("10.1.2.3", &["1.1.1.1", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.1.2.3", &["1.1.1.1, nonsense"]), "10.1.2.3");
        assert_eq!(seen("10.1.2.3", &["10.0.0.1,"]), "10.1.2.3");
    }

    #[test]
    fn blocks_hold_what_they_should() {
        let holds = |block: &str, address: &str| {
            block.parse::<AddressBlock>().unwrap().contains(address.parse().unwrap())
        };
        assert!(holds("192.168.1.0/24", "192.168.1.200") && !holds("192.168.1.0/24", "192.168.2.1"));
        assert!(holds("0.0.0.0/0", "8.8.8.8") && holds("::/0", "2001:db8::1"));
        assert!(!holds("0.0.0.0/0", "2001:db8::1") && !holds("10.0.0.1", "10.0.0.2"));
        for wrong in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/x", "example"] {
            assert!(wrong.parse::<AddressBlock>().is_err(), "{wrong}");
        }
    }
}

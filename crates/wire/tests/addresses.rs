//! P14: no request reaches an address off the open internet. The judge of addresses against a table written another way:
//! text of the IANA special-purpose registries, compared bit by bit, with no arithmetic shared with the crate.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use shirma_wire::is_public;

/// The registries of special-purpose addresses (IANA, RFC 6890 with its updates, RFC 9637 among them), multicast, and the
/// transition mechanisms that carry an IPv4 address inside: all of it off the open internet for us, the few globally
/// reachable service addresses among them included.
const CLOSED: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
];
/// All that is given out of IPv6 for global use.
const OPEN_V6: &str = "2000::/3";

/// Bits of an address from the first on, as signs.
fn bits(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.octets().iter().map(|octet| format!("{octet:08b}")).collect(),
        IpAddr::V6(address) => address.octets().iter().map(|octet| format!("{octet:08b}")).collect(),
    }
}

fn is_in(network: &str, address: IpAddr) -> bool {
    let (first, length) = network.split_once('/').expect("a network");
    let first: IpAddr = first.parse().expect("an address");
    let length: usize = length.parse().expect("a length");
    first.is_ipv4() == address.is_ipv4() && bits(first)[..length] == bits(address)[..length]
}

/// What the table says; an IPv4 address mapped into IPv6 is the IPv4 address.
fn expected(address: IpAddr) -> bool {
    if let IpAddr::V6(six) = address
        && six.octets()[..12] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
    {
        let [.., a, b, c, d] = six.octets();
        return expected(IpAddr::V4(Ipv4Addr::new(a, b, c, d)));
    }
    (address.is_ipv4() || is_in(OPEN_V6, address)) && !CLOSED.iter().any(|network| is_in(network, address))
}

/// Numbers without pattern, the same in each run (xorshift64*, Marsaglia and Vigna).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}

#[test]
fn one_address_of_every_sixteenth_of_ipv4_is_judged_as_the_registry_says() {
    let mut numbers = Numbers(20_261_128);
    for high in 0..=u16::MAX {
        let low = u32::try_from(numbers.next() & 0xffff).expect("sixteen bits");
        let address = Ipv4Addr::from_bits(u32::from(high) << 16 | low);
        assert_eq!(is_public(address.into()), expected(address.into()), "{address}");
        let mapped = address.to_ipv6_mapped();
        assert_eq!(is_public(mapped.into()), expected(address.into()), "{mapped}");
    }
}

#[test]
fn both_edges_of_every_special_network_and_their_neighbours_are_judged_as_the_registry_says() {
    let mut judged = 0;
    for network in CLOSED.iter().copied().chain([OPEN_V6]) {
        let (first, length) = network.split_once('/').expect("a network");
        let length: u32 = length.parse().expect("a length");
        let around: Vec<IpAddr> = match first.parse().expect("an address") {
            IpAddr::V4(first) => {
                let last = first.to_bits() | u32::MAX.checked_shr(length).unwrap_or(0);
                let edges = [
                    first.to_bits().wrapping_sub(1),
                    first.to_bits(),
                    last,
                    last.wrapping_add(1),
                ];
                edges.map(|edge| Ipv4Addr::from_bits(edge).into()).into()
            }
            IpAddr::V6(first) => {
                let last = first.to_bits() | u128::MAX.checked_shr(length).unwrap_or(0);
                let edges = [
                    first.to_bits().wrapping_sub(1),
                    first.to_bits(),
                    last,
                    last.wrapping_add(1),
                ];
                edges.map(|edge| Ipv6Addr::from_bits(edge).into()).into()
            }
        };
        for address in around {
            judged += 1;
            assert_eq!(is_public(address), expected(address), "{address}, beside {network}");
        }
    }
    assert_eq!(judged, 4 * (CLOSED.len() + 1));
}

/// Ten million addresses without pattern. The table is asked only about those the judge lets through and a sample of the
/// others: what must not be is an address let through that the registry closes.
#[test]
fn no_random_ipv6_address_off_the_internet_is_let_through() {
    let mut numbers = Numbers(7);
    let (mut open, mut closed) = (0_u32, 0_u32);
    for round in 0..10_000_000_u32 {
        let address = u128::from(numbers.next()) << 64 | u128::from(numbers.next());
        // A third lies in the block for global use, as the interesting borders do.
        let address = match round % 3 {
            0 => address >> 3 | 1 << 125,
            _ => address,
        };
        let address = IpAddr::V6(Ipv6Addr::from_bits(address));
        let let_through = is_public(address);
        if let_through && round % 97 == 0 || !let_through && round % 997 == 0 {
            assert_eq!(let_through, expected(address), "{address}");
        }
        // By hand for all: inside 2000::/3 and in none of the four closed parts.
        if let_through {
            open += 1;
            let IpAddr::V6(six) = address else {
                unreachable!("made so")
            };
            let [a, b, c, ..] = six.octets();
            let inside = a >> 5 == 1;
            let special = (a, b) == (0x20, 0x01) && c < 2
                || six.octets()[..4] == [0x20, 0x01, 0x0d, 0xb8]
                || (a, b) == (0x20, 0x02)
                || (a, b) == (0x3f, 0xff) && c < 0x10;
            assert!(inside && !special, "{address}");
        } else {
            closed += 1;
        }
    }
    assert!(
        open > 3_000_000 && closed > 3_000_000,
        "{open} let through, {closed} refused"
    );
}

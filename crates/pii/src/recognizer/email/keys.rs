//! Addresses typed with the wrong keyboard layout: «ьфкштф"ьфшдюкг» is «marina@mail.ru».
//!
//! On the Russian layout the key of «@» gives a quotation mark and the key of the dot gives «ю», so a zone is a sign of such
//! an address: «юкг», «юсщь».

use std::ops::Range;

use super::SERVICES;
use crate::reading::on_latin_layout;

/// Zones as they come out behind the dot: «ru», «com».
const ZONES: [&str; 2] = ["кг", "сщь"];
/// What stands where the sign was meant: on the key of «2» there is a quotation mark beside it.
const AT_SIGNS: [char; 5] = ['"', '@', '2', '«', '»'];

/// All such addresses of a folded text.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, dot) in text.match_indices('ю') {
        let Some(zone) = ZONES.iter().find(|zone| text[at + dot.len()..].starts_with(**zone)) else {
            continue;
        };
        let end = at + dot.len() + zone.len();
        let start = beginning(text, at);
        if is_address(&text[start..at]) && !text[end..].starts_with(char::is_alphanumeric) {
            found.push(start..end);
        }
    }
    found
}

/// Where the run without spaces that ends at byte `at` begins; a longer one is no address.
fn beginning(text: &str, at: usize) -> usize {
    text[..at]
        .char_indices()
        .rev()
        .take(SIGNS_MAX)
        .take_while(|(_, sign)| !sign.is_whitespace())
        .last()
        .map_or(at, |(start, _)| start)
}

/// Longest address before its zone.
const SIGNS_MAX: usize = 96;

/// Whether «ьфкштф"ьфшд» is a name, the sign and a mail service.
fn is_address(before_zone: &str) -> bool {
    let Some((local, host)) = before_zone.rsplit_once(AT_SIGNS) else {
        return false;
    };
    let service = on_latin_layout(host);
    local.chars().count() >= 2 && service.is_some_and(|service| SERVICES.has(&service))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_other_layout_are_told_by_their_zone() {
        let text = "почта ьфкштф74\"ьфшдюкг ой";
        let found = addresses(text);
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].clone()], "ьфкштф74\"ьфшдюкг");
        assert!(addresses("кашдюкг и дюкг").is_empty());
    }
}

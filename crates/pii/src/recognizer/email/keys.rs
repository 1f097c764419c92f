//! Addresses typed with the wrong keyboard layout: «ьфкштф"ьфшдюкг» is «marina@mail.ru».
//!
//! On the Russian layout the key of «@» gives a quotation mark and the key of the dot gives «ю», so a zone is a sign of such
//! an address: «юкг», «юсщь».

use std::ops::Range;

use super::SERVICES;
use crate::reading::on_latin_layout;

/// Zones as they come out: «.ru», «.com».
const ZONES: [&str; 2] = ["юкг", "юсщь"];
/// What stands where the sign was meant: on the key of «2» there is a quotation mark beside it.
const AT_SIGNS: [char; 5] = ['"', '@', '2', '«', '»'];

/// All such addresses of a folded text.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for zone in ZONES {
        for (at, _) in text.match_indices(zone) {
            let end = at + zone.len();
            let start = text[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
            if is_address(&text[start..at]) && !text[end..].starts_with(char::is_alphanumeric) {
                found.push(start..end);
            }
        }
    }
    found
}

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

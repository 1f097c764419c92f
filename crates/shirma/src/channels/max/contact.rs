//! The contact card of MAX: whose number it is, and whether that is proven.

use serde::Deserialize;
use shirma_vault::{SecretString, constant_time_eq, hex, hmac_sha256};

use super::parse::User;
use crate::channels::event::{full_name, words};
use crate::contract::EventKind;

/// Payload of a `contact` attachment.
#[derive(Deserialize)]
pub(super) struct Card {
    vcf_info: Option<String>,
    hash: Option<String>,
    #[serde(alias = "tam_info")]
    max_info: Option<User>,
}

impl Card {
    /// The shared contact. `sender` is who wrote; `forwarded` cards prove nothing: anyone may pass one on.
    pub(super) fn read(self, sender: Option<&User>, forwarded: bool, token: &SecretString) -> EventKind {
        let card = self.vcf_info.as_deref().unwrap_or_default();
        let is_own = match (&self.max_info, sender) {
            (Some(owner), Some(sender)) => owner.user_id == sender.user_id,
            (None, _) | (Some(_), None) => true,
        };
        let shown = self
            .max_info
            .as_ref()
            .and_then(|owner| full_name(owner.first_name.as_deref(), owner.last_name.as_deref()));
        EventKind::ContactShared {
            phone: line(card, "TEL").map(|number| number.trim_start_matches("tel:").to_owned()),
            is_sender: !forwarded && is_own && self.is_signed(token),
            name: line(card, "FN").or(shown),
        }
    }

    /// The service signs a card that came by our button: HMAC-SHA256 of the card as received, under the bot's token.
    fn is_signed(&self, token: &SecretString) -> bool {
        let (Some(card), Some(hash)) = (&self.vcf_info, &self.hash) else {
            return false;
        };
        let right = hex(&hmac_sha256(token.expose().as_bytes(), card.as_bytes()));
        constant_time_eq(right.as_bytes(), hash.to_ascii_lowercase().as_bytes())
    }
}

/// Value of the first line with this property: `TEL;TYPE=cell:7900…`, `item1.TEL:…`.
fn line(card: &str, property: &str) -> Option<String> {
    let value = card.lines().find_map(|line| {
        let (head, value) = line.split_once(':')?;
        let name = head.split(';').next()?;
        let name = name.rsplit('.').next()?;
        name.trim()
            .eq_ignore_ascii_case(property)
            .then(|| value.trim().to_owned())
    });
    words(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "BEGIN:VCARD\r\nTEL;TYPE=cell:79000000002\r\nFN:Ольга Примерова\r\nEND:VCARD\r\n";

    fn card(hash: &str, owner: i64) -> Card {
        serde_json::from_value(serde_json::json!({
            "vcf_info": CARD, "hash": hash, "max_info": { "user_id": owner, "first_name": "Ольга" },
        }))
        .expect("a card")
    }

    fn is_sender(kind: &EventKind) -> bool {
        matches!(kind, EventKind::ContactShared { is_sender: true, .. })
    }

    #[test]
    fn number_is_proven_only_by_the_writers_own_signed_card() {
        let token = SecretString::new("test-token");
        let right = hex(&hmac_sha256(b"test-token", CARD.as_bytes()));
        let writer: User = serde_json::from_value(serde_json::json!({ "user_id": 1 })).expect("a user");
        assert!(is_sender(&card(&right, 1).read(Some(&writer), false, &token)));
        assert!(is_sender(&card(&right.to_uppercase(), 1).read(
            Some(&writer),
            false,
            &token
        )));
        assert!(
            !is_sender(&card(&right, 1).read(Some(&writer), true, &token)),
            "forwarded"
        );
        assert!(
            !is_sender(&card(&right, 2).read(Some(&writer), false, &token)),
            "of another person"
        );
        assert!(!is_sender(&card("", 1).read(Some(&writer), false, &token)), "unsigned");
        assert!(
            !is_sender(&card(&right, 1).read(Some(&writer), false, &SecretString::new("other"))),
            "of another bot"
        );
    }

    #[test]
    fn card_lines_are_found_in_all_their_forms() {
        assert_eq!(line(CARD, "TEL").as_deref(), Some("79000000002"));
        assert_eq!(
            line("item1.tel;VALUE=uri:tel:+79000000002", "TEL").as_deref(),
            Some("tel:+79000000002")
        );
        assert_eq!(line("FN:\r\n", "FN"), None);
        assert_eq!(line("no colon", "FN"), None);
    }
}

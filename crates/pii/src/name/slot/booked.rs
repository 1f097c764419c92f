//! Whom something is booked for, and whose it is: «бронь на волка», «с Верой».

use crate::Gender;
use crate::name::form::Kind;
use crate::name::form::cases::ACC;
use crate::words::{Capitals, Words};

use super::{GIVEN_KNOWN, GIVEN_USUAL, SURNAME_USUAL, may_name, readings};

/// «бронь на волка», «на зайца бронь была»: a living being in the accusative is told by its ending.
pub(super) fn booked(words: &Words<'_>, index: usize) -> Option<usize> {
    let forward = words.text(index + 1) == "на" && words.gap(index + 1) == " ";
    let backward = index >= 2 && words.text(index - 2) == "на" && words.gap(index) == " ";
    let slot = match (forward, backward) {
        (true, _) => index + 2,
        (false, true) => index - 1,
        _ => return None,
    };
    if slot >= words.len() || words.gap(slot) != " " || !may_name(words, slot) || words.lore(slot).parts.is_thing() {
        return None;
    }
    let text = words.text(slot);
    let capital = words.all[slot].capitals == Capitals::First;
    let living = readings(words, slot).iter().any(|reading| {
        let declined = reading.cases & ACC != 0 && reading.lemma != text && !reading.plural && !reading.guessed;
        let usual = match (reading.kind, reading.gender) {
            (Kind::Given, Gender::Male) => reading.count >= GIVEN_KNOWN,
            (Kind::Given, Gender::Female) => reading.count >= GIVEN_USUAL,
            (Kind::Surname, Gender::Male) => reading.count >= SURNAME_USUAL && text.ends_with(['а', 'я']),
            (Kind::Surname, Gender::Female) => capital && reading.count >= SURNAME_USUAL,
            (Kind::Patronymic, _) => true,
        };
        declined && usual
    });
    living.then_some(slot)
}

/// «Слава с Верой», «мне к Лилии»: a usual given name in capitals, in the case its preposition asks for.
pub(super) fn owner(words: &Words<'_>, index: usize, cases: u8) -> Option<usize> {
    let after = index + 1;
    if words.all.get(after)?.capitals != Capitals::First || words.gap(after) != " " {
        return None;
    }
    let known = readings(words, after)
        .iter()
        .any(|reading| reading.kind == Kind::Given && reading.cases & cases != 0 && reading.usual() >= GIVEN_USUAL);
    (known && may_name(words, after) && words.text(after) != "любовью").then_some(after)
}

//! Endings of the cases of names, and forms no ending makes.

use std::sync::LazyLock;

use Gender::{Female as F, Male as M};

use crate::label::Gender;
use crate::stems::Stems;

use super::Kind;
use super::cases::{ACC, DAT, GEN, INS, LOC, NOM};

/// How a form of a name is made.
pub(super) struct Rule {
    pub(super) ending: &'static str,
    /// Ending of the dictionary form.
    pub(super) base: &'static str,
    /// Gender of the declension.
    pub(super) gender: Gender,
    pub(super) cases: u8,
    pub(super) plural: bool,
}

/// All rules, in the order they are tried.
pub(super) static RULES: LazyLock<ByLastLetter<Rule>> = LazyLock::new(|| {
    let rules = [(GIVEN, false), (SURNAME, false), (PLURAL, true)]
        .into_iter()
        .flat_map(|(rows, plural)| rows.iter().map(move |row| (row, plural)))
        .map(|(&(ending, base, gender, cases), plural)| Rule {
            ending,
            base,
            gender,
            cases,
            plural,
        });
    ByLastLetter::new(rules, |rule| rule.ending)
});

/// Ending of a form, ending of its dictionary form, gender of the declension, cases.
type Row = (&'static str, &'static str, Gender, u8);

/// Endings of given names; masculine names in -а follow the feminine rows.
const GIVEN: &[Row] = &[
    ("ы", "а", F, GEN),
    ("и", "а", F, GEN),
    ("е", "а", F, DAT | LOC),
    ("у", "а", F, ACC),
    ("ой", "а", F, INS),
    ("ою", "а", F, INS),
    ("ей", "а", F, INS),
    ("и", "я", F, GEN | DAT | LOC),
    ("е", "я", F, DAT | LOC),
    ("ю", "я", F, ACC),
    ("ей", "я", F, INS),
    ("ею", "я", F, INS),
    ("ией", "ия", F, INS),
    ("и", "ь", F, GEN | DAT | LOC),
    ("ью", "ь", F, INS),
    ("а", "", M, GEN | ACC),
    ("у", "", M, DAT),
    ("ом", "", M, INS),
    ("ем", "", M, INS),
    ("е", "", M, LOC),
    ("я", "й", M, GEN | ACC),
    ("ю", "й", M, DAT),
    ("ем", "й", M, INS),
    ("е", "й", M, LOC),
    ("ии", "ий", M, LOC),
    ("я", "ь", M, GEN | ACC),
    ("ю", "ь", M, DAT),
    ("ем", "ь", M, INS),
    ("е", "ь", M, LOC),
    ("ька", "ек", M, GEN | ACC),
    ("ьку", "ек", M, DAT),
    ("ьком", "ек", M, INS),
    ("ьке", "ек", M, LOC),
    ("ка", "ок", M, GEN | ACC),
    ("ку", "ок", M, DAT),
    ("ком", "ок", M, INS),
    ("ке", "ок", M, LOC),
];

/// Endings of surnames beyond those of given names.
const SURNAME: &[Row] = &[
    ("ым", "", M, INS),
    ("ой", "а", F, GEN | DAT | INS | LOC),
    ("ою", "а", F, INS),
    ("ого", "ий", M, GEN | ACC),
    ("ому", "ий", M, DAT),
    ("им", "ий", M, INS),
    ("ом", "ий", M, LOC),
    ("ого", "ый", M, GEN | ACC),
    ("ому", "ый", M, DAT),
    ("ым", "ый", M, INS),
    ("ом", "ый", M, LOC),
    ("ого", "ой", M, GEN | ACC),
    ("ому", "ой", M, DAT),
    ("ым", "ой", M, INS),
    ("ом", "ой", M, LOC),
    ("им", "ой", M, INS),
    ("его", "ий", M, GEN | ACC),
    ("ему", "ий", M, DAT),
    ("ем", "ий", M, LOC),
    ("ой", "ая", F, GEN | DAT | INS | LOC),
    ("ую", "ая", F, ACC),
    ("ей", "ая", F, GEN | DAT | INS | LOC),
    ("ца", "ец", M, GEN | ACC),
    ("цу", "ец", M, DAT),
    ("цом", "ец", M, INS),
    ("цем", "ец", M, INS),
    ("це", "ец", M, LOC),
    ("ья", "ей", M, GEN | ACC),
    ("ью", "ей", M, DAT),
    ("ьем", "ей", M, INS),
    ("ье", "ей", M, LOC),
    ("ха", "х", M, GEN | ACC),
    ("йца", "яц", M, GEN | ACC),
    ("йцу", "яц", M, DAT),
];

/// Plural endings of surnames: «Ивановы», «Ивановых», «Мельниченко».
const PLURAL: &[Row] = &[
    ("ы", "", M, NOM),
    ("ых", "", M, GEN | ACC | LOC),
    ("ым", "", M, DAT),
    ("ыми", "", M, INS),
    ("ие", "ий", M, NOM),
    ("их", "ий", M, GEN | ACC | LOC),
    ("им", "ий", M, DAT),
    ("ими", "ий", M, INS),
];

/// Forms that no rule makes.
pub(super) static EXCEPTIONS: LazyLock<Stems> = LazyLock::new(|| {
    let irregular = IRREGULAR.iter().map(|row| row.0);
    Stems::of_lines(irregular.chain(COLLOQUIAL.iter().map(|row| row.0)))
});

/// Irregular forms of given names.
pub(super) const IRREGULAR: &[(&str, &str, u8)] = &[
    ("льва", "лев", GEN | ACC),
    ("льву", "лев", DAT),
    ("львом", "лев", INS),
    ("льве", "лев", LOC),
    ("павла", "павел", GEN | ACC),
    ("павлу", "павел", DAT),
    ("павлом", "павел", INS),
    ("павле", "павел", LOC),
    ("любови", "любовь", GEN | DAT | LOC),
    ("любовью", "любовь", INS),
    ("петра", "петр", GEN | ACC),
    ("петру", "петр", DAT),
    ("петром", "петр", INS),
    ("петре", "петр", LOC),
    ("любашу", "любаша", ACC),
];

/// Colloquial patronymics and clipped given names that no rule makes.
pub(super) const COLLOQUIAL: &[(&str, &str, Kind, Gender)] = &[
    ("саныч", "александрович", Kind::Patronymic, M),
    ("сан", "александр", Kind::Given, M),
    ("палыч", "павлович", Kind::Patronymic, M),
    ("михалыч", "михайлович", Kind::Patronymic, M),
    ("николаич", "николаевич", Kind::Patronymic, M),
    ("иваныч", "иванович", Kind::Patronymic, M),
    ("степаныч", "степанович", Kind::Patronymic, M),
    ("марь", "мария", Kind::Given, F),
    ("иванна", "ивановна", Kind::Patronymic, F),
    ("пална", "павловна", Kind::Patronymic, F),
    ("санна", "александровна", Kind::Patronymic, F),
    ("михална", "михайловна", Kind::Patronymic, F),
    ("николавна", "николаевна", Kind::Patronymic, F),
    ("андревна", "андреевна", Kind::Patronymic, F),
    ("сергевна", "сергеевна", Kind::Patronymic, F),
    ("алексевна", "алексеевна", Kind::Patronymic, F),
    ("ильич", "ильич", Kind::Patronymic, M),
    ("кузьмич", "кузьмич", Kind::Patronymic, M),
    ("фомич", "фомич", Kind::Patronymic, M),
    ("лукич", "лукич", Kind::Patronymic, M),
];

/// Rows of a table of endings, found by the last letter of a word.
pub(super) struct ByLastLetter<T> {
    rows: [Vec<T>; LAST_LETTERS],
}

/// So many letters are told apart by the lower bits of their last bytes.
const LAST_LETTERS: usize = 64;

impl<T> ByLastLetter<T> {
    pub(super) fn new(rows: impl Iterator<Item = T>, ending: impl Fn(&T) -> &'static str) -> Self {
        let mut by_letter = [const { Vec::new() }; LAST_LETTERS];
        for row in rows {
            by_letter[last_letter(ending(&row))].push(row);
        }
        Self { rows: by_letter }
    }

    /// The rows whose endings the word may have, in their order; another letter may have the same place.
    pub(super) fn of(&self, word: &str) -> &[T] {
        &self.rows[last_letter(word)]
    }
}

fn last_letter(word: &str) -> usize {
    word.as_bytes()
        .last()
        .map_or(0, |byte| usize::from(*byte) % LAST_LETTERS)
}

/// The word without its ending, if it has it. Most endings are told apart by their last bytes alone.
pub(in crate::name) fn without<'w>(word: &'w str, ending: &str) -> Option<&'w str> {
    let may_end = ending.is_empty() || word.as_bytes().last() == ending.as_bytes().last();
    if may_end { word.strip_suffix(ending) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::ENDING_LETTERS_MAX;

    #[test]
    fn no_ending_is_longer_than_the_trail_of_a_word() {
        for rule in RULES.rows.iter().flatten() {
            assert!(rule.ending.chars().count() <= ENDING_LETTERS_MAX, "{}", rule.ending);
        }
    }
}

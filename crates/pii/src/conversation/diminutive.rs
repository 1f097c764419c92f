//! Forms of affection that no table holds: «арончик», «гузелька», «савка», «кочубейша», in any case.
//!
//! A name and its form share their beginning; what follows in the form is an ending of a case and a suffix of
//! affection. This tells too little to find a name by, but enough to know again somebody named before.

use super::given::by_sound;

/// Endings of cases, the longest first.
const ENDINGS: &[&str] = &[
    "ами", "ой", "ей", "ою", "ею", "ом", "ем", "а", "я", "у", "ю", "е", "ы", "и", "ь", "й", "",
];
/// Suffixes of affection without the ending, the longest first.
const SUFFIXES: &[&str] = &[
    "ончик",
    "юшеньк",
    "ушеньк",
    "ишк",
    "очк",
    "ечк",
    "ичк",
    "еньк",
    "оньк",
    "ушк",
    "юшк",
    "ышк",
    "чик",
    "уньк",
    "юньк",
    "анчик",
    "ик",
    "ек",
    "ок",
    "ул",
    "юл",
    "ус",
    "юс",
    "уш",
    "юш",
    "ош",
    "аш",
    "яш",
    "иш",
    "ун",
    "юн",
    "ос",
    "ась",
    "ах",
    "ях",
    "ух",
    "юх",
    "ох",
    "ан",
    "ян",
    "он",
    "еч",
    "ша",
    "к",
    "ш",
    "х",
    "с",
    "н",
    "т",
    "ч",
];
/// Letters that the beginning of a name must share with a form that has no suffix.
const CUT_CHARS_MIN: usize = 3;
/// The same with a suffix of two letters or more.
const STEM_CHARS_MIN: usize = 2;

/// Whether a folded word may be a form of a folded name, cut, affectionate or in some case.
pub(super) fn may_be_form(word: &str, name: &str) -> bool {
    // Most pairs of names part in the first letter already.
    let first = |word: &str| {
        word.chars()
            .next()
            .map(|letter| if letter == 'э' { 'е' } else { letter })
    };
    if first(word) != first(name) {
        return false;
    }
    let base = stem_of(name);
    let letters = base.chars().count();
    if letters < STEM_CHARS_MIN || word == name {
        return word == name;
    }
    ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .any(|stem| {
            let stem = stem.trim_end_matches('ь');
            stem_of(stem) == base
                || begins(stem, &base, CUT_CHARS_MIN)
                || SUFFIXES.iter().any(|suffix| {
                    let Some(short) = stem.strip_suffix(suffix) else {
                        return false;
                    };
                    let least = if suffix.chars().count() > 1 {
                        STEM_CHARS_MIN
                    } else {
                        CUT_CHARS_MIN
                    };
                    let short = short.trim_end_matches('ь');
                    short == base.trim_end_matches('ь') && short.chars().count() >= STEM_CHARS_MIN
                        || begins(short, &base, least)
                })
        })
}

/// Shorter forms of which a folded word may be a fonder one, in any case: «риточке» — «рита».
pub(super) fn fond_of(word: &str) -> impl Iterator<Item = String> + '_ {
    const FOND: &[&str] = &["очк", "ечк", "еньк", "оньк", "ушк", "юшк", "к"];
    ENDINGS
        .iter()
        .filter(|ending| !ending.is_empty())
        .filter_map(|ending| word.strip_suffix(ending))
        .flat_map(|stem| FOND.iter().filter_map(move |suffix| stem.strip_suffix(suffix)))
        .filter(|stem| stem.chars().count() >= CUT_CHARS_MIN)
        .flat_map(|stem| ["а", "я"].map(|vowel| format!("{}{vowel}", stem.trim_end_matches('ь'))))
}

/// Whether a folded word ends like a form of affection.
pub(super) fn has_suffix(word: &str) -> bool {
    const TOLD: &[&str] = &[
        "ик", "чик", "ьк", "очк", "ечк", "ичк", "еньк", "оньк", "ушк", "юшк", "уш", "юш", "ул", "юл", "унь",
    ];
    ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .any(|stem| TOLD.iter().any(|suffix| stem.ends_with(suffix)))
}

/// «кочубейша», «рябчиха»: a woman called by a surname, in any case.
pub(super) fn is_called_by_surname(word: &str, surname: &str) -> bool {
    const TAILS: &[&str] = &["ша", "ши", "ше", "шу", "шей", "иха", "ихи", "ихе", "иху", "ихой"];
    let plain = |word: &str| word.trim_end_matches(['а', 'й', 'о', 'ь', 'я']).to_owned();
    TAILS
        .iter()
        .filter_map(|tail| word.strip_suffix(tail))
        .any(|stem| stem.chars().count() >= CUT_CHARS_MIN && plain(stem) == plain(surname))
}

/// A name without what changes with the case, spelled by its sound.
fn stem_of(name: &str) -> String {
    by_sound(name.trim_end_matches(['а', 'я', 'ь', 'й', 'и', 'о', 'е', 'э', 'у', 'ы', 'ю']))
}

/// The beginning of a name that ends in a consonant.
fn begins(short: &str, base: &str, least: usize) -> bool {
    let short = by_sound(short);
    short.chars().count() >= least
        && base.starts_with(&short)
        && !short.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_affection_are_known_by_their_beginning() {
        for (form, name) in [
            ("арончик", "арон"),
            ("гузелька", "гузелия"),
            ("савка", "савелий"),
            ("мирошу", "мирон"),
            ("нелька", "нелли"),
            ("неллечке", "нелли"),
            ("ильюше", "илья"),
            ("эмилька", "эмиль"),
            ("рудику", "рудольф"),
            ("эдик", "эдуард"),
            ("ибра", "ибрагим"),
            ("батимка", "батима"),
            ("гивуля", "гиви"),
            ("хатиры", "хатира"),
            ("маркуша", "марк"),
        ] {
            assert!(may_be_form(form, name), "{form} {name}");
        }
    }

    #[test]
    fn a_woman_may_be_called_by_a_surname() {
        assert!(is_called_by_surname("кочубейшу", "кочубей"));
        assert!(!is_called_by_surname("наташа", "натанов"));
    }

    #[test]
    fn other_names_are_no_forms() {
        for (form, name) in [
            ("марина", "мария"),
            ("кравчук", "яна"),
            ("маркова", "марк"),
            ("савченко", "савелий"),
            ("полина", "павел"),
            ("иванова", "иван"),
        ] {
            assert!(!may_be_form(form, name), "{form} {name}");
        }
    }
}

//! Words for kinds of places: streets, quarters, settlements, societies of gardens and garages.

use std::sync::LazyLock;

use crate::stems::Stems;
use crate::view::View;
use crate::words::Kind;

/// Words for a kind of street or quarter, in all their cases and shortened.
static STREETS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "ул улица улице улицу улицы улицей улиц ульца улици улитца ул-ца пр просп проспект проспекта проспекте проспекту \
         проспек прт пркт пртд прспект пер переулок переулка переулке переулку переул бул бульвар бульвара бульваре \
         бульвару бульв шоссе наб набережная набережной набережную пл площадь площади проезд проезда проезде проезду \
         прзд тракт тракта тракте тракту аллея аллее аллеи аллею линия линии линию лин тупик тупика туп просек просека \
         просеке квартал квартала квартале спуск спуске мкр мкрн микрорайон микрорайона микрорайоне жк кп городок",
    )
});

/// Words for societies of gardens and garages and for houses that many live in.
static SOCIETIES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "снт снтсн тсн днт днп дск сот спк онт гск гк пгк гпк гаражный гаражи гаражном кооператив кооперативе \
         кооператива товарищество товариществе сад сады саду садах садоводство дачи общежитие общежитии общага общаге \
         общ кп жк база базе ряд ряду сектор секторе",
    )
});

/// Words for a settlement, a district or a region standing before its name.
static SETTLEMENTS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "г гор город городе города п пос поселок поселка поселке пгт с село села селе д дер деревня деревни деревне \
         деревню ст станица станицы х хутор хутора аул респ республика обл область рп мкр микрорайон микрорайоне \
         район районе мкрн жк",
    )
});

/// The kind of a street that begins at word `index`, and how many words it takes: «ул.», «пр-т», «ж/к».
pub(super) fn street_kind(view: &View<'_>, index: usize) -> Option<usize> {
    let words = &view.words;
    let word = words.text(index);
    let pair = |second: &str| words.text(index + 1) == second && matches!(words.gap(index + 1), "-" | "/");
    let paired = match word {
        "пр" => pair("т") || pair("кт") || pair("д") || pair("зд"),
        "б" => pair("р"),
        "мк" => pair("н") || pair("рн"),
        "м" => pair("н") || pair("р") || pair("рн"),
        "р" => pair("н"),
        "кв" => pair("л"),
        "ж" => pair("к"),
        "пер" => pair("к"),
        "ул" => pair("ца"),
        _ => false,
    };
    if paired {
        return Some(2);
    }
    let shore =
        word == "ш" && (words.gap(index + 1).starts_with('.') || index > 0 && words.text(index - 1).ends_with("ое"));
    (STREETS.has(word) || shore).then_some(1)
}

/// The kind of a society that begins at word `index`, and how many words it takes: «СНТ», «к/с», «ГСК».
pub(super) fn society_kind(view: &View<'_>, index: usize) -> Option<usize> {
    let words = &view.words;
    let word = words.text(index);
    let pair = |second: &str| words.text(index + 1) == second && matches!(words.gap(index + 1), "/" | "-" | "\\");
    let paired = match word {
        "к" => pair("с"),
        "с" => pair("т") || pair("о"),
        "г" => pair("к"),
        "ж" => pair("к"),
        _ => false,
    };
    if paired {
        return Some(2);
    }
    SOCIETIES.has(word).then_some(1)
}

/// Whether word `index` is a kind of street or its second half: «т» of «пр-т».
pub(super) fn is_street_kind(view: &View<'_>, index: usize) -> bool {
    street_kind(view, index).is_some()
}

/// Whether word `index` is a word for a settlement or a region.
pub(super) fn is_settlement_kind(view: &View<'_>, index: usize) -> bool {
    SETTLEMENTS.has(view.words.text(index))
}

/// First word of a society of two words whose second is `index`: «с» of «к/с».
pub(super) fn society_ending(view: &View<'_>, index: usize) -> Option<usize> {
    let first = index.checked_sub(1).filter(|_| view.words.gap(index) == "/")?;
    (society_kind(view, first) == Some(2)).then_some(first)
}

/// First word of the kind of street that ends with word `last`.
pub(super) fn street_kind_ending(view: &View<'_>, last: usize) -> Option<usize> {
    let two = last.checked_sub(1).filter(|first| street_kind(view, *first) == Some(2));
    two.or_else(|| (street_kind(view, last) == Some(1)).then_some(last))
}

/// Kinds whose name can be an everyday adjective without being a place: «горячая линия», «общая площадь».
pub(super) fn is_ambiguous_kind(word: &str) -> bool {
    matches!(
        word,
        "линия"
            | "линии"
            | "линию"
            | "площадь"
            | "площади"
            | "квартал"
            | "квартала"
            | "квартале"
            | "пл"
            | "городок"
    )
}

/// Endings of adjectives as streets and settlements bear them.
pub(super) fn is_adjective(word: &str) -> bool {
    word.chars().count() > 4
        && [
            "ский",
            "ская",
            "ское",
            "ской",
            "скую",
            "ского",
            "скому",
            "ском",
            "ый",
            "ая",
            "ое",
            "ой",
            "ую",
            "ого",
            "ом",
            "ому",
            "ий",
            "яя",
            "его",
            "ем",
            "ей",
            "ых",
            "их",
        ]
        .iter()
        .any(|end| word.ends_with(end))
}

/// Prepositions, conjunctions and other words no name of a place begins with.
pub(super) fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "на" | "по"
            | "с"
            | "со"
            | "от"
            | "до"
            | "в"
            | "во"
            | "из"
            | "к"
            | "ко"
            | "у"
            | "за"
            | "адрес"
            | "адресу"
            | "адр"
            | "это"
            | "и"
            | "или"
            | "мы"
            | "вы"
            | "я"
            | "он"
            | "она"
            | "они"
            | "мне"
            | "нам"
            | "вам"
            | "а"
            | "но"
            | "доставка"
            | "дом"
            | "вот"
            | "тут"
            | "там"
            | "где"
            | "так"
            | "не"
            | "нет"
            | "да"
            | "пишу"
            | "минус"
            | "плюс"
    )
}

/// What may stand between the words of one name: «40-летия Победы», «Ю. Ичевой», «СНТ «Вишнёвый»».
pub(super) fn is_name_gap(gap: &str) -> bool {
    matches!(
        gap,
        " " | "_" | "-" | ". " | "." | " «" | "«" | "» " | " \"" | "\" " | "" | "  " | ".«" | ". «" | " - "
    )
}

/// Whether a word is a run of digits.
pub(super) fn is_digits(view: &View<'_>, index: usize) -> bool {
    view.words.all.get(index).is_some_and(|word| word.kind == Kind::Digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;
    use crate::words::Words;

    #[test]
    fn kinds_of_one_word_and_of_two_are_known() {
        for (text, width) in [
            ("ул", 1),
            ("улицу", 1),
            ("пр-т", 2),
            ("б-р", 2),
            ("ж/к", 2),
            ("м-н", 2),
            ("ш.", 1),
        ] {
            let shadow = Shadow::new(text);
            let view = View::new(Words::new(&shadow));
            assert_eq!(street_kind(&view, 0), Some(width), "{text}");
        }
        let shadow = Shadow::new("к/с Любитель");
        let view = View::new(Words::new(&shadow));
        assert_eq!((society_kind(&view, 0), society_ending(&view, 1)), (Some(2), Some(0)));
        assert_eq!(street_kind(&view, 2), None);
    }
}

//! Words that name the kind of the number beside them: «паспорт», «СНИЛС», «арт.», «к/с».

mod stem;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::stems::Stems;
use crate::view::View;
use crate::words::{Kind, Words};
use stem::{STEMS, WHOLE};

/// Kinds of numbers a word can announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cue {
    Phone,
    Passport,
    /// «код подразделения», «к/п».
    Department,
    Snils,
    Inn,
    Policy,
    Card,
    Account,
    License,
    Plate,
    Vin,
    VehiclePaper,
    BirthCert,
    Medcard,
    Secret,
    Birth,
    /// Requisites of organisations: ОГРН, КПП, БИК, к/с.
    Organisation,
    /// Articles, orders, receipts, contracts, serial numbers, parcels.
    Goods,
}

/// Longest ending of a short stem: five Cyrillic letters.
const ENDING_BYTES_MAX: usize = 10;

static CUE_BY_STEM: LazyLock<BTreeMap<&'static str, Cue>> = LazyLock::new(|| STEMS.iter().copied().collect());
static CUE_STEMS: LazyLock<Stems> = LazyLock::new(|| Stems::of_lines(STEMS.iter().map(|(stem, _)| *stem)));
static WHOLE_BY_WORD: LazyLock<BTreeMap<&'static str, Cue>> = LazyLock::new(|| WHOLE.iter().copied().collect());

/// Words that begin like a cue but are none.
static NOT_CUES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "картин картош картоф картри заказала заказать заказывал заказывала винный вина вино счетчик карточный картон картошка чипсы \
         пинта инновац винт артист корректн",
    )
});

/// The cue word `index` is, if any.
pub(crate) fn cue_at(view: &View<'_>, index: usize) -> Option<Cue> {
    view.cues.get(index).copied().flatten()
}

/// Cues of all words of a text.
pub(crate) fn cues_of(words: &Words<'_>) -> Vec<Option<Cue>> {
    (0..words.len()).map(|index| read_cue(words, index)).collect()
}

fn read_cue(words: &Words<'_>, index: usize) -> Option<Cue> {
    let word = words.text(index);
    // «паспорт для договора»: the purpose is not the kind.
    if words.all[index].kind == Kind::Digits || index > 0 && words.text(index - 1) == "для" {
        return None;
    }
    let pair =
        |second: &str| words.text(index + 1) == second && matches!(words.gap(index + 1), "/" | "." | ". " | "-" | "\\");
    match word {
        // «основной док-т», «удостоверение личности»
        "док" if pair("т") => return Some(Cue::Passport),
        "удостоверение" | "удостоверения" if words.text(index + 1) == "личности" => {
            return Some(Cue::Passport);
        }
        "р" if pair("с") || pair("сч") => return Some(Cue::Account),
        "л" if pair("с") => return Some(Cue::Account),
        "к" if pair("с") || pair("сч") => return Some(Cue::Organisation),
        "к" if pair("п") => return Some(Cue::Department),
        "м" if pair("к") => return Some(Cue::Medcard),
        "п" if pair("т") => return Some(Cue::Passport),
        _ if word.starts_with("пасп")
            && (names_vehicle(words.text(index + 1)) || index > 0 && names_technical(words.text(index - 1))) =>
        {
            return Some(Cue::VehiclePaper);
        }
        // «your code», «verification code»
        "code" if index > 0 && CODES_IN_ENGLISH.contains(&words.text(index - 1)) => return Some(Cue::Secret),
        // «свид-во о рег. ТС»
        "св" | "свид" if (1..=4).any(|step| words.text(index + step).starts_with("рег")) => {
            return certificate(words, index);
        }
        "номер" if words.text(index + 1).starts_with("пенсион") => return Some(Cue::Snils),
        // «страх. № 044…», «страховой номер»
        "страх" if words.gap(index + 1).contains('№') => return Some(Cue::Snils),
        _ if word.starts_with("страхов")
            && ["номер", "свидет"]
                .iter()
                .any(|stem| words.text(index + 1).starts_with(stem)) =>
        {
            return Some(Cue::Snils);
        }
        _ if word.starts_with("налогов") && words.text(index + 1) == "номер" => return Some(Cue::Inn),
        // «амб карта», «карта больного»
        _ if word.starts_with("амбулаторн") && names_treatment(words.text(index + 1)) => return None,
        "амб"
            if words.text(index + 1).starts_with("карт")
                || words.text(index + 1) == "к"
                || words.all.get(index + 1).is_some_and(|next| next.kind == Kind::Digits) =>
        {
            return Some(Cue::Medcard);
        }
        _ if word.starts_with("карт") && (1..=2).any(|step| names_patient(words.text(index + step))) => {
            return Some(Cue::Medcard);
        }
        _ if word.starts_with("карт")
            && index > 0
            && (names_clinic(words.text(index - 1)) || words.text(index - 1) == "м" && words.gap(index) == "/") =>
        {
            return Some(Cue::Medcard);
        }
        "в" if pair("у") => return Some(Cue::License),
        "и" if pair("б") => return Some(Cue::Medcard),
        "а" if pair("к") => return Some(Cue::Medcard),
        "вод" | "водит" if words.text(index + 1).starts_with("уд") => return Some(Cue::License),
        "ист" | "истор" if words.text(index + 1).starts_with('б') || is_fraction(words, index + 1) => {
            return Some(Cue::Medcard);
        }
        // A master class is «мк» too: a card stands at the start, after «карта», or holds its number by a sign.
        "мк" if is_numbered(words, index)
            || index == 0
            || is_fraction(words, index + 1)
            || words.text(index - 1).starts_with("карт") =>
        {
            return Some(Cue::Medcard);
        }
        _ if word.starts_with("пациент")
            && (is_numbered(words, index) || is_fraction(words, index + 1) || is_numbering(words, index)) =>
        {
            return Some(Cue::Medcard);
        }
        _ if word.starts_with("свидетельств") => return certificate(words, index),
        "г" if pair("р") => return Some(Cue::Birth),
        "д" if pair("р") => return Some(Cue::Birth),
        "s" if pair("n") => return Some(Cue::Goods),
        "др" | "гр" | "род" => return Some(Cue::Birth),
        _ if word.starts_with("истори") && names_history(words, index) => return Some(Cue::Medcard),
        "код" if ["под", "подр", "подразделения"].contains(&words.text(index + 1)) => {
            return Some(Cue::Department);
        }
        _ => {}
    }
    words.lore(index).cue
}

/// Whose or what code an English message tells.
const CODES_IN_ENGLISH: [&str; 8] = [
    "your",
    "verification",
    "security",
    "access",
    "login",
    "confirmation",
    "pin",
    "sms",
];

/// «тех. паспорт», «электронный паспорт».
fn names_technical(word: &str) -> bool {
    word == "тех" || word.starts_with("технич") || word.starts_with("электронн")
}

/// The cue a folded word is by itself.
pub(crate) fn of_word(word: &str) -> Option<Cue> {
    if let Some(cue) = WHOLE_BY_WORD.get(word) {
        return Some(*cue);
    }
    if NOT_CUES.begins(word) {
        return None;
    }
    // The longest beginning of the word that is a stem, with an ending of a few letters at most.
    CUE_STEMS
        .of(word)
        .filter(|stem| stem.len() > 8 || word.len() <= stem.len() + ENDING_BYTES_MAX)
        .max_by_key(|stem| stem.len())
        .and_then(|stem| CUE_BY_STEM.get(stem))
        .copied()
}

/// «амбулаторный приём»: no card.
fn names_treatment(word: &str) -> bool {
    [
        "прием",
        "лечен",
        "операц",
        "услов",
        "помощ",
        "наблюд",
        "хирург",
        "режим",
        "обслед",
        "услуг",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}

/// «паспорт машины», «паспорт ТС».
fn names_vehicle(word: &str) -> bool {
    word == "тс"
        || [
            "машин",
            "авто",
            "прицеп",
            "мотоц",
            "снегоход",
            "транспорт",
            "трактор",
            "катер",
            "самоход",
            "техник",
            "квадроц",
            "погрузч",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// «карта больного», «карточка пациентки».
fn names_patient(word: &str) -> bool {
    ["больн", "пациент", "беремен", "родильн", "новорожд"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// «история болезни», «история родов», «история № 17».
fn names_history(words: &Words<'_>, index: usize) -> bool {
    let next = words.text(index + 1);
    ["болез", "бол", "родов", "беремен", "разв"]
        .iter()
        .any(|stem| next.starts_with(stem))
        || is_numbered(words, index)
        || is_numbering(words, index)
}

/// «номер пациента», «id пациента».
fn is_numbering(words: &Words<'_>, index: usize) -> bool {
    index > 0 && matches!(words.text(index - 1), "номер" | "id" | "ид" | "код")
}

/// «1500/26»: the word `index` is the first half of a fraction.
fn is_fraction(words: &Words<'_>, index: usize) -> bool {
    let digits = |at: usize| words.all.get(at).is_some_and(|word| word.kind == Kind::Digits);
    digits(index) && digits(index + 1) && matches!(words.gap(index + 1), "/" | "-")
}

/// «амб. карта», «медицинская карта».
fn names_clinic(word: &str) -> bool {
    matches!(word, "амб" | "мед" | "стац" | "эл")
        || [
            "амбулат",
            "медицинск",
            "стационар",
            "обменн",
            "лечебн",
            "процедурн",
            "истори",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// Whether «№», a dash or «номер» joins word `index` with what follows.
fn is_numbered(words: &Words<'_>, index: usize) -> bool {
    words.gap(index + 1).contains('№') || words.gap(index + 1) == "-" || words.text(index + 1) == "номер"
}

/// «свидетельство о регистрации» is a paper of a vehicle unless it registers something else.
fn certificate(words: &Words<'_>, index: usize) -> Option<Cue> {
    let of_vehicle = (1..=2).any(|step| {
        let word = words.text(index + step);
        names_vehicle(word) && !word.starts_with("автор") && !word.starts_with("самоход")
    });
    if of_vehicle {
        return Some(Cue::VehiclePaper);
    }
    let registers = |word: &str| word == "рег" || word.starts_with("регистрац");
    let registered = (1..=3).any(|step| registers(words.text(index + step)))
        || index > 0 && words.text(index - 1).starts_with("регистрационн");
    if !registered {
        return Some(Cue::BirthCert);
    }
    let other = ["брак", "рожд", "мест", "ип", "юр", "прав", "собств", "смерт", "организ"];
    let registered = (2..=4).any(|step| other.iter().any(|stem| words.text(index + step).starts_with(stem)));
    (!registered).then_some(Cue::VehiclePaper)
}

/// The nearest cue to the left of word `index` on the same line within `reach` words, with its distance in words.
pub(crate) fn cue_before(view: &View<'_>, index: usize, reach: usize) -> Option<(Cue, usize)> {
    let (cue, distance) =
        (1..=reach.min(index)).find_map(|distance| Some((cue_at(view, index - distance)?, distance)))?;
    let parted = (2..=distance).any(|distance| {
        let gap = view.words.gap(index - distance + 1);
        // A finished sentence or a semicolon ends the reach of a cue; an abbreviation's dot does not.
        gap != " "
            && (gap.contains(['\n', '!', '?', ';']) || gap.starts_with(". ") && ends_sentence(view, index - distance))
    });
    (!parted).then_some((cue, distance))
}

fn ends_sentence(view: &View<'_>, index: usize) -> bool {
    view.words.text(index).chars().count() > 5 && view.words.all[index].kind != Kind::Digits
}

/// The nearest cue to the right of word `index - 1` within `reach` words of the same clause.
pub(crate) fn cue_after(view: &View<'_>, index: usize, reach: usize) -> Option<(Cue, usize)> {
    let (cue, distance) = (0..reach).find_map(|distance| Some((cue_at(view, index + distance)?, distance)))?;
    let parted = (index..=index + distance).any(|at| view.words.gap(at).contains(['\n', ';', '!', '?']));
    (!parted).then_some((cue, distance + 1))
}

/// Whether one of `stems` begins one of the `reach` words before word `index` on the same line.
pub(crate) fn stem_before(view: &View<'_>, index: usize, reach: usize, stems: &[&str]) -> bool {
    (1..=reach.min(index))
        .find(|distance| {
            let word = view.words.text(index - distance);
            stems.iter().any(|stem| word.starts_with(stem))
        })
        .is_some_and(|nearest| (1..=nearest).all(|distance| !view.words.gap(index - distance + 1).contains('\n')))
}

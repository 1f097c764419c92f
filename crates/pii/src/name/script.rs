//! Names in Latin letters («Ayguli», «Ivan Petrov») and texts typed with the wrong keyboard layout («fyyt» for «анне»).

use std::sync::LazyLock;

use crate::stems::Stems;

use crate::finding::Evidence;
use crate::lexicon::{NameEntry, WordEntry, bits};
use crate::reading::on_other_layout;
use crate::translit::spellings;
use crate::view::View;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::Person;
use super::form::{self, Kind};

/// Words of Russian in Latin letters and of English after which a name stands.
static ANNOUNCERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "zovut name is eto k master masteru dlya menya ya privet mr mrs ms im klient doctor doktor vrach i'm \
         regards dear with from u s imya familiya thanks am",
    )
});
/// Brands and words of goods written in Latin letters that read like names.
static BRANDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "max mara tom ford kevin murphy estel wella natura siberica opi lador davines loreal matrix mary kay luna \
         nina ricci luxio kodi lora nika mercedes lada vesta granta rio transit chery tiggo polo skoda octavia \
         nissan almera hugo boss armani dior chanel samsung galaxy note siemens philips miele gillette braun \
         whatsapp viber telegram instagram google yandex gmail skype lavazza dolce milka barbie hello emma emsella \
         marks spencer max mark rose grace art sue may june april don will rob dean tiffany victoria secret \
         alpina stella artois bella lady gaga pro mini ultra calvin klein tommy hilfiger guess mango zara stefano \
         time date phone name mail code login fio addr tel philip philipp plein paul mitchell kerastase redken wella olivia garden johnson martin martini roberto cavalli",
    )
});

/// So many spellings of a word are tried where capitals speak for a name anyway.
const SPELLINGS_MAX: usize = 16;

/// Whether a Latin word names goods, a make or a thing of the trade.
pub(crate) fn is_brand(word: &str) -> bool {
    BRANDS.has(word)
}

/// From this count on (a binary logarithm) a word of dialogues is an everyday one.
const COMMON_MIN: u64 = 3;
/// A first name this usual (a binary logarithm) is told by its keys alone.
const USUAL_NAME: u64 = 3;
/// Fewer letters on the other layout say too little.
const SWAPPED_LETTERS_MIN: usize = 4;

/// «hjvf» for «рома»: one name typed on the other layout in a Russian text.
fn is_swapped_name(words: &Words<'_>, index: usize) -> bool {
    let text = words.text(index);
    words.all[index].kind == WordKind::Latin
        && (text.len() >= SWAPPED_LETTERS_MIN
            || text.len() + 1 == SWAPPED_LETTERS_MIN && words.all[index].capitals == Capitals::First && !is_brand(text))
        && !touches_code(words, index, index)
        && on_other_layout(text)
            .and_then(|meant| NameEntry::look_up(&meant))
            .is_some_and(|entry| {
                entry.has(bits::GIVEN_MALE | bits::GIVEN_FEMALE | bits::DIMINUTIVE_MALE | bits::DIMINUTIVE_FEMALE)
                    && entry.given_count() >= USUAL_NAME
            })
}

struct Latin {
    given: bool,
    surname: bool,
}

fn latin_readings(word: &str) -> Latin {
    let mut found = Latin {
        given: false,
        surname: false,
    };
    if word.len() < 3 || BRANDS.has(word) {
        return found;
    }
    for spelling in spellings(word).into_iter().take(SPELLINGS_MAX) {
        // «kartochka patsienta»: an everyday word in Latin letters.
        let entry = WordEntry::look_up(&spelling);
        if entry.is_common() && entry.lower_count() >= COMMON_MIN && NameEntry::look_up(&spelling).is_none() {
            return Latin {
                given: false,
                surname: false,
            };
        }
        for reading in form::readings(&spelling) {
            let common = WordEntry::look_up(&spelling).is_common();
            match reading.kind {
                Kind::Given if reading.count >= 5 => found.given = true,
                Kind::Given if reading.count >= 2 && word.len() >= 5 && !common => found.surname = true,
                Kind::Patronymic => found.surname = true,
                Kind::Surname if !common && reading.count >= 3 => found.surname = true,
                _ => {}
            }
        }
    }
    found.surname |= word.len() >= 6
        && [
            "ov", "ova", "ev", "eva", "ovoy", "ovna", "evna", "ovich", "evich", "enko", "skaya", "skiy", "sky", "yan",
        ]
        .iter()
        .any(|tail| word.ends_with(tail));
    found
}

/// Names written in Latin letters.
pub(super) fn latin_people(view: &View<'_>, heard: &super::Heard) -> Vec<Person> {
    let words = &view.words;
    let latin = words
        .all
        .iter()
        .filter(|word| word.kind == WordKind::Latin && word.end - word.start > 2)
        .count();
    if latin == 0 {
        return Vec::new();
    }
    let cyrillic = words.all.iter().filter(|word| word.kind == WordKind::Cyrillic).count();
    let mostly_latin = latin > cyrillic;
    let mut people = Vec::new();
    let mut index = 0;
    while index < words.len() {
        match latin_name(words, index, mostly_latin, heard) {
            Some((last, confidence)) => {
                people.push(Person {
                    start: words.all[index].start,
                    end: words.all[last].end,
                    confidence,
                    evidence: Evidence::Context,
                });
                index = last + 1;
            }
            None if is_swapped_name(words, index) => {
                people.push(Person {
                    start: words.all[index].start,
                    end: words.all[index].end,
                    confidence: 0.7,
                    evidence: Evidence::Lexicon,
                });
                index += 1;
            }
            None => index += 1,
        }
    }
    people
}

/// The last word of the Latin name that begins at word `index`.
fn latin_name(words: &Words<'_>, index: usize, mostly_latin: bool, heard: &super::Heard) -> Option<(usize, f32)> {
    let word = words.all[index];
    if word.kind != WordKind::Latin || touches_code(words, index, index) {
        return None;
    }
    let printed = is_printed(words, index);
    let capital = word.capitals == Capitals::First || printed;
    let known = capital && heard.contains(words.text(index));
    let announced = known
        || index > 0
            && matches!(words.gap(index), " " | ": " | ", ")
            && (ANNOUNCERS.has(words.text(index - 1))
                || words.lore(index - 1).parts.is_role()
                || words.lore(index - 1).parts.is_announcer());
    let followed = words
        .all
        .get(index + 1)
        .is_some_and(|next| next.kind == WordKind::Latin);
    // Nothing below would be accepted, whatever the word reads as.
    if !announced && !(capital && (mostly_latin || followed || printed)) {
        return None;
    }
    let first = latin_readings(words.text(index));
    let foreign = known
        || announced
            && capital
            && ["is", "name", "im", "am", "zovut", "mr", "mrs"].contains(&words.text(index.wrapping_sub(1)))
            && words.entry(index).lower_count() == 0;
    if !(first.given
        || first.surname
        || foreign
        || printed && (is_russian(words.text(index)) || is_slavic(words.text(index + 1))))
    {
        return None;
    }
    let mut last = index;
    let mut parts = 1;
    while parts < 3
        && last + 1 < words.len()
        && words.all[last + 1].kind == WordKind::Latin
        && (!touches_code(words, last + 1, last + 1)
            || printed && words.gap(last + 2).starts_with('.') && words.lore(last + 1).length == 1)
    {
        let next = words.all[last + 1];
        let readings = latin_readings(words.text(last + 1));
        let glued = matches!(words.gap(last + 1), "'" | "-");
        let fits = glued
            || words.gap(last + 1) == " "
                && (next.capitals == Capitals::First || printed && next.capitals == Capitals::All)
                && capital
                && (readings.given
                    || readings.surname
                    || foreign
                    || announced
                    || printed && next.end - next.start == 1);
        if !fits {
            break;
        }
        last += 1;
        parts += usize::from(!glued);
    }
    let lone_apostrophe = last > index && words.gap(last) == "'";
    if lone_apostrophe && last + 1 < words.len() && words.gap(last + 1).is_empty() {
        return None;
    }
    let full = last > index && capital;
    let russian = (index..=last).any(|at| {
        [
            "ov", "ova", "ev", "eva", "in", "ina", "enko", "sky", "skaya", "ovna", "evna", "ovich", "yan",
        ]
        .iter()
        .any(|tail| words.text(at).ends_with(tail))
            && words.text(at).len() > 4
    });
    let accepted = announced && (first.given || first.surname && capital || foreign)
        || full && first.given && (mostly_latin || russian || printed)
        || full
            && printed
            && (first.surname || is_russian(words.text(index)))
            && latin_readings(words.text(last)).given
        || full && first.surname && russian
        || mostly_latin && first.given && capital && !words.begins_sentence(index);
    accepted.then_some((last, 0.8))
}

/// Whether a Latin word ends as nothing but a surname does.
fn is_slavic(word: &str) -> bool {
    [
        "ova", "eva", "skaya", "skaia", "enko", "ovich", "evich", "shvili", "skiy", "skii",
    ]
    .iter()
    .any(|tail| word.len() > tail.len() + 2 && word.ends_with(tail))
}

/// Whether a Latin word ends like a surname of our parts.
fn is_russian(word: &str) -> bool {
    [
        "in", "ina", "ov", "ova", "ev", "eva", "sky", "skiy", "skii", "skaya", "skaia", "enko", "uk", "yan", "ian",
        "vich", "dze", "shvili",
    ]
    .iter()
    .any(|tail| word.len() > tail.len() + 2 && word.ends_with(tail))
}

/// «GULSHAT K», «ALEKSEI TSVETKOV»: as cards and tickets print a name, two words in capitals.
fn is_printed(words: &Words<'_>, index: usize) -> bool {
    let printed = |index: usize| {
        words.all.get(index).is_some_and(|word| {
            word.kind == WordKind::Latin
                && (word.capitals == Capitals::All || word.capitals == Capitals::First && word.end - word.start == 1)
        })
    };
    let word = words.all[index];
    // «Alyona K.»
    let initial = word.capitals == Capitals::First
        && words.lore(index + 1).length == 1
        && words.gap(index + 1) == " "
        && words.gap(index + 2).starts_with('.')
        && words
            .all
            .get(index + 1)
            .is_some_and(|next| next.kind == WordKind::Latin && next.capitals == Capitals::First);
    initial && word.kind == WordKind::Latin && word.end - word.start >= PRINTED_LETTERS_MIN
        || printed(index)
            && word.end - word.start >= PRINTED_LETTERS_MIN
            && printed(index + 1)
            && words.gap(index + 1) == " "
            && !(printed(index + 2) && printed(index + 3))
}

/// Shorter words in capitals are abbreviations.
const PRINTED_LETTERS_MIN: usize = 4;

/// Whether words `first..=last` are part of a nick, an article or a model.
pub(crate) fn touches_code(words: &Words<'_>, first: usize, last: usize) -> bool {
    let left = words.gap(first);
    let right = words.gap(last + 1);
    let sign = |gap: &str, first: bool| {
        if first {
            gap.starts_with(['_', '@', '/', '.']) && gap.len() == 1
        } else {
            gap.ends_with(['_', '@', '/', '.'])
        }
    };
    first > 0 && left.is_empty() || sign(left, false) || sign(right, true) || right.is_empty() && last + 1 < words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brands_are_told_from_latin_surnames() {
        assert!(latin_readings("nurpeisova").surname);
        assert!(!latin_readings("estel").given);
    }
}

//! Words that lost the spaces between them: «менязовутрегина», «СтепанЛыков», «тел8900…имяРустаммашинах604ту102».
//!
//! A space that covers nothing of the original is put where one is missing, so the recognizers read a usual text. A run
//! of letters is parted only if all of it turns into frequent words and known names; words of the language, names and
//! surnames stay whole.

use super::lookalike::to_latin;
use super::{Cell, is_cyrillic, is_word_sign};
use crate::lexicon::{NameEntry, Sense, WordEntry, bits};
use crate::lore;
use crate::name::form::{self, Kind};
use crate::name::{is_blocked, is_fathered};
use crate::numbers::is_number_word;

/// A shorter run is one word.
const RUN_LETTERS_MIN: usize = 6;
/// Nobody glues more than this; longer runs are noise.
const RUN_LETTERS_MAX: usize = 120;
/// Longest word looked for in a run.
const WORD_LETTERS_MAX: usize = 16;
/// A number this long is no part of a nick or a model.
const NUMBER_DIGITS_MIN: usize = 6;
const HOUSE_DIGITS_MAX: usize = 3;
/// A vehicle's number is letters and digits throughout.
const VIN_SIGNS: usize = 17;
/// Words glued without a name among them have to be this many letters together.
const PLAIN_LETTERS_MIN: usize = 12;

/// Puts the missing spaces in.
pub(super) fn part(cells: &mut Vec<Cell>) {
    let mut places: Vec<Place> = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        if !is_word_sign(cells[start].character) {
            start += 1;
            continue;
        }
        let length = cells[start..]
            .iter()
            .take_while(|cell| is_word_sign(cell.character))
            .count();
        if length >= RUN_LETTERS_MIN && !is_vin(&cells[start..start + length]) {
            part_token(cells, start, start + length, &mut places);
        }
        start += length;
    }
    if places.is_empty() {
        return;
    }
    let mut parted = Vec::with_capacity(cells.len() + places.len());
    let mut next = places.iter().copied().peekable();
    for at in 0..=cells.len() {
        // The sign covers nothing: it begins and ends where the original goes on.
        let border = match cells.get(at) {
            Some(cell) => cell.start,
            None => cells.last().map_or(0, |cell| cell.end),
        };
        while let Some(place) = next.next_if(|place| place.at <= at) {
            parted.push(Cell {
                character: place.sign,
                start: border,
                end: border,
                upper: false,
            });
        }
        parted.extend(cells.get(at).copied());
    }
    *cells = parted;
}

/// A missing sign, and the cell it belongs before.
#[derive(Clone, Copy, PartialEq)]
struct Place {
    at: usize,
    sign: char,
}

fn space(at: usize) -> Place {
    Place { at, sign: ' ' }
}

/// A vehicle's number in letters that look Latin: nothing in it is a word.
fn is_vin(token: &[Cell]) -> bool {
    token.len() == VIN_SIGNS
        && token
            .iter()
            .all(|cell| cell.character.is_ascii_alphanumeric() || to_latin(cell.character).is_some())
}

/// Adds the places inside one token of letters and digits where a word begins, in order.
fn part_token(cells: &[Cell], start: usize, end: usize, places: &mut Vec<Place>) {
    let plate = plate(&cells[start..end]).map(|(from, to)| (start + from, start + to));
    let mut at = start;
    while at < end {
        let class = |cell: &Cell| (is_cyrillic(cell.character), cell.character.is_ascii_digit());
        let length = match plate {
            Some((from, to)) if at == from => to - from,
            _ => cells[at..end]
                .iter()
                .take_while(|cell| class(cell) == class(&cells[at]))
                .count()
                .min(plate.filter(|(from, _)| *from > at).map_or(end, |(from, _)| from) - at),
        };
        let is_plate = plate.is_some_and(|(from, _)| at == from);
        if at > start {
            let before = plate.is_some_and(|(_, to)| at == to) || is_plate;
            if before || is_lost_space(cells, at, start, end) {
                add(places, space(at));
            }
        }
        if !is_plate && is_cyrillic(cells[at].character) {
            let inner = letters_parted(&cells[at..at + length], at > start);
            // «звонитьпосле19»: a run that was parted is no nick, so its number stands alone too.
            if !inner.is_empty() && at > start {
                add(places, space(at));
            }
            let parted = !inner.is_empty();
            inner.into_iter().for_each(|place| {
                add(
                    places,
                    Place {
                        at: at + place.at,
                        ..place
                    },
                );
            });
            if parted && at + length < end {
                add(places, space(at + length));
            }
        }
        at += length;
    }
}

fn add(places: &mut Vec<Place>, place: Place) {
    if places.last() != Some(&place) {
        places.push(place);
    }
}

/// Whether a word and a long number meet at `at`: «тел8900…», «…11сфотать».
fn is_lost_space(cells: &[Cell], at: usize, start: usize, end: usize) -> bool {
    let digits = |cell: &&Cell| cell.character.is_ascii_digit();
    let letters = |cell: &&Cell| is_cyrillic(cell.character);
    let (left, right) = (&cells[start..at], &cells[at..end]);
    let number = left
        .iter()
        .rev()
        .take_while(digits)
        .count()
        .max(right.iter().take_while(digits).count());
    let word: Vec<char> = match right[0].character.is_ascii_digit() {
        true => {
            let count = left.iter().rev().take_while(letters).count();
            left[left.len() - count..].iter().map(|cell| cell.character).collect()
        }
        false => right.iter().take_while(letters).map(|cell| cell.character).collect(),
    };
    let text: String = word.iter().collect();
    // «малышева73»: a house after its street.
    let is_house = right[0].character.is_ascii_digit()
        && number <= HOUSE_DIGITS_MAX
        && word.len() > 4
        && NameEntry::look_up(&text).is_some_and(|entry| entry.has(bits::STREET));
    if is_house || is_number_word(&text) && word.len() >= 3 {
        return true;
    }
    number >= NUMBER_DIGITS_MIN && word.len() >= 3 && is_known(&text)
}

/// A plate inside a longer token, «машинах604ту102», right after a word: where it begins and ends.
fn plate(token: &[Cell]) -> Option<(usize, usize)> {
    let letter = |cell: &Cell| "авекмнорстух".contains(cell.character);
    let digit = |cell: &Cell| cell.character.is_ascii_digit();
    let first = (1..token.len().saturating_sub(7)).find(|first| {
        letter(&token[*first])
            && token[first + 1..first + 4].iter().all(digit)
            && token[first + 4..first + 6].iter().all(letter)
            && token[first + 6..first + 8].iter().all(digit)
    })?;
    let before: String = token[..first]
        .iter()
        .rev()
        .take_while(|cell| is_cyrillic(cell.character))
        .map(|cell| cell.character)
        .collect::<Vec<char>>()
        .into_iter()
        .rev()
        .collect();
    let known = before.chars().count() >= 3
        && (is_known(&before) || form::surname_by_suffix(&before).is_some() || ends_with_word(&before))
        || token[first - 1].character.is_ascii_digit();
    let region = token[first + 6..].iter().take_while(|cell| digit(cell)).count().min(3);
    known.then_some((first, first + 6 + region))
}

fn ends_with_word(run: &str) -> bool {
    run.char_indices()
        .any(|(at, _)| run[at..].chars().count() >= 4 && is_frequent(&run[at..]))
}

/// Where the words of one run of letters begin, the first one left out; nothing where the run is one word. A run that
/// touches a number has lost its space already.
fn letters_parted(run: &[Cell], touches_number: bool) -> Vec<Place> {
    if !(RUN_LETTERS_MIN..=RUN_LETTERS_MAX).contains(&run.len()) {
        return Vec::new();
    }
    let humps = humps(run);
    if !humps.is_empty() {
        return humps;
    }
    // A capitalised word of usual length is a name of any nation.
    if run[0].upper && run.len() < CAPITAL_LETTERS_MIN && !touches_number {
        return Vec::new();
    }
    let text: String = run.iter().map(|cell| cell.character).collect();
    // «по киевски»
    if text.ends_with("ски") && run.len() < SURNAME_LETTERS_MAX {
        return Vec::new();
    }
    if is_known(&text) || form::surname_by_suffix(&text).is_some() && run.len() < SURNAME_LETTERS_MAX && !touches_number
    {
        return Vec::new();
    }
    words_of(&text).into_iter().map(space).collect()
}

/// Fewer letters after a capital are one word.
const CAPITAL_LETTERS_MIN: usize = 12;
/// Longer runs end like a surname by chance.
const SURNAME_LETTERS_MAX: usize = 14;

/// Fewer letters between capitals are a play with them: «пРиВеТ».
const HUMP_LETTERS_MIN: usize = 3;

/// «СтепанЛыков», «ИвановаАС»: a capital after a small letter begins a word where both sides are known.
fn humps(run: &[Cell]) -> Vec<Place> {
    let mut borders: Vec<usize> = (1..run.len())
        .filter(|at| run[*at].upper && !run[at - 1].upper)
        .collect();
    if borders.is_empty() {
        return Vec::new();
    }
    borders.push(run.len());
    let mut places = Vec::new();
    let (mut from, mut named_parts) = (0, 0);
    for to in borders.iter().copied() {
        if from > 0 {
            places.push(space(from));
        }
        let part = &run[from..to];
        let capitals = part.iter().take_while(|cell| cell.upper).count();
        let text: String = part.iter().map(|cell| cell.character).collect();
        if capitals == part.len() && capitals <= INITIALS_MAX && from > 0 {
            // «ИвановаАС»: closing initials, each with its dot.
            places.extend((from + 1..=to).map(|at| Place { at, sign: '.' }));
        } else if part.len() >= HUMP_LETTERS_MIN && capitals <= 1 {
            let long = part.len() >= SURNAME_LETTERS_MAX - 2;
            let inner = if long && !is_known(&text) {
                words_of(&text)
            } else {
                Vec::new()
            };
            let name = named(&text).is_some() || form::surname_by_suffix(&text).is_some();
            named_parts += usize::from(name);
            if !inner.is_empty() {
                places.extend(inner.into_iter().map(|at| space(from + at)));
            } else if !name && !is_known(&text) {
                let inner = words_of(&text);
                // «ФаттаховаНталон»: an initial, then a word in small letters.
                let rest: String = text.chars().skip(1).collect();
                if inner.is_empty() && from > 0 && is_known(&rest) {
                    places.push(Place {
                        at: from + 1,
                        sign: '.',
                    });
                    places.push(space(from + 1));
                } else if inner.is_empty() {
                    return Vec::new();
                }
                places.extend(inner.into_iter().map(|at| space(from + at)));
            }
        } else {
            return Vec::new();
        }
        from = to;
    }
    if named_parts == 0 && borders.len() < 3 {
        return Vec::new();
    }
    places
}

/// A name is closed by so many initials at most.
const INITIALS_MAX: usize = 2;

fn is_known(word: &str) -> bool {
    if lore::is_kept(word) {
        return true;
    }
    let entry = WordEntry::look_up(word);
    entry != WordEntry::NONE
        || Sense::look_up(word) != Sense::default()
        || NameEntry::look_up(word).is_some()
        || is_blocked(word)
        || is_fathered(word)
        || form::has_readings(word, entry)
}

/// Binary logarithm of how often a word is met in dialogues for it to be found inside a run.
const FREQUENT: u64 = 5;

fn is_frequent(word: &str) -> bool {
    WordEntry::look_up(word).lower_count() >= FREQUENT
}

/// What a name costs in a run; nothing for what is no usual name.
fn named(word: &str) -> Option<u32> {
    let letters = word.chars().count();
    if letters < 3 || WordEntry::look_up(word).lower_count() >= FREQUENT {
        return None;
    }
    form::readings(word)
        .iter()
        .filter_map(|reading| match reading.kind {
            Kind::Given if letters == 4 && (reading.count >= 6 || reading.diminutive && reading.count >= 5) => Some(12),
            Kind::Given if letters > 4 && (reading.count >= 6 || reading.diminutive && reading.count >= 5) => Some(10),
            Kind::Given if reading.count >= 9 || reading.diminutive && reading.count >= 5 => Some(13),
            Kind::Patronymic if letters >= 6 => Some(9),
            Kind::Surname if letters >= 5 && reading.count >= 4 && form::surname_by_suffix(word).is_some() => Some(13),
            _ => None,
        })
        .min()
}

/// One way to read a run up to some letter.
#[derive(Clone, Copy)]
struct Way {
    cost: u32,
    /// Letter where the last word begins.
    from: usize,
    named: bool,
    words: u32,
}

/// Where the words of a run begin, if it is nothing but words and names; the cheapest reading wins.
fn words_of(text: &str) -> Vec<usize> {
    let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let letters = borders.len() - 1;
    let mut ways: Vec<Option<Way>> = vec![None; letters + 1];
    ways[0] = Some(Way {
        cost: 0,
        from: 0,
        named: false,
        words: 0,
    });
    for from in 0..letters {
        let Some(way) = ways[from] else { continue };
        for to in from + 1..=letters.min(from + WORD_LETTERS_MAX) {
            let word = &text[borders[from]..borders[to]];
            let Some((cost, is_name)) = price(word, to - from, from) else {
                continue;
            };
            let next = Way {
                cost: way.cost + cost,
                from,
                named: way.named || is_name,
                words: way.words + 1,
            };
            if ways[to].is_none_or(|known| next.cost < known.cost) {
                ways[to] = Some(next);
            }
        }
    }
    let Some(whole) = ways[letters] else { return Vec::new() };
    let dearest = if whole.named {
        COST_PER_WORD_MAX
    } else {
        PLAIN_COST_PER_WORD_MAX
    };
    let dear = whole.cost > dearest * whole.words;
    if whole.words < 2 || dear || !(whole.named || letters >= PLAIN_LETTERS_MIN) {
        return Vec::new();
    }
    let mut places = Vec::new();
    let mut at = letters;
    while at > 0 {
        let Some(way) = ways[at] else { break };
        at = way.from;
        if at > 0 {
            places.push(at);
        }
    }
    places.reverse();
    places
}

/// A dearer reading is chance.
const COST_PER_WORD_MAX: u32 = 13;
/// The same where no name is among the words: «автосигнализации» is one word.
const PLAIN_COST_PER_WORD_MAX: u32 = 8;

/// The price of a word in a run, and whether it is a name.
fn price(word: &str, letters: usize, from: usize) -> Option<(u32, bool)> {
    let count = WordEntry::look_up(word).lower_count();
    let frequent = match letters {
        1 => matches!(word, "а" | "в" | "и" | "к" | "с" | "у" | "я" | "о"),
        2 => count >= 11,
        3 => count >= 8,
        4 => count >= 5,
        5 | 6 => count >= 3,
        _ => count >= 2,
    };
    let as_word = frequent.then(|| {
        let short = match letters {
            1 if from == 0 => 10,
            1 => 14,
            2 => 4,
            3 => 2,
            _ => 0,
        };
        (16_u64.saturating_sub(count) as u32 + short, false)
    });
    let as_name = (letters >= 3).then(|| named(word)).flatten().map(|cost| (cost, true));
    [as_word, as_name].into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use crate::shadow::Shadow;

    fn shadow(text: &str) -> String {
        Shadow::new(text).text().to_owned()
    }

    #[test]
    fn words_without_spaces_are_parted() {
        for (glued, parted) in [
            ("менязовутрегина", "меня зовут регина"),
            ("яаняизканцелярии", "я аня из канцелярии"),
            ("этомарианна", "это марианна"),
            ("СтепанЛыков", "степан лыков"),
            ("ПетровКН", "петров к.н."),
            ("ФаттаховаНталон", "фаттахова н. талон"),
            ("АлиназаписалаДамирак", "алина записала дамира к"),
            ("тел89000000011имя", "тел 89000000011 имя"),
            ("машинах604ту102", "машина х604ту102"),
            ("звонитьпосле19", "звонить после 19"),
        ] {
            assert_eq!(shadow(glued), parted);
        }
    }

    #[test]
    fn long_words_stay_whole() {
        for word in [
            "шиномонтажный",
            "хисаметдинова",
            "фотоэпиляция",
            "пневмоподвеска",
            "автосигнализации",
            "микроблейдинг",
            "гиалуронидаза",
            "маша1990",
            "электрокардиограмма",
            "весна2024",
        ] {
            assert_eq!(shadow(word), word);
        }
    }

    #[test]
    fn the_way_back_covers_the_word_alone() {
        let text = "менязовутрегинапривет";
        let shadow = Shadow::new(text);
        let at = shadow.text().find("регина").expect("parted");
        assert_eq!(&text[shadow.original(&(at..at + "регина".len()))], "регина");
    }
}

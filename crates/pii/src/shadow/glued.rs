//! Words that lost the spaces between them: «менязовутрегина», «СтепанЛыков», «тел8900…имяРустаммашинах604ту102».
//!
//! A space that covers nothing of the original is put where one is missing, so the recognizers read a usual text. A run
//! of letters is parted only if all of it turns into frequent words and known names; words of the language, names and
//! surnames stay whole.

use super::{Cell, is_cyrillic, is_word_sign};
use crate::lexicon::{NameEntry, Sense, WordEntry};
use crate::name::form::{self, Kind};
use crate::name::is_blocked;

/// A shorter run is one word.
const RUN_LETTERS_MIN: usize = 6;
/// Nobody glues more than this; longer runs are noise.
const RUN_LETTERS_MAX: usize = 120;
/// Longest word looked for in a run.
const WORD_LETTERS_MAX: usize = 16;
/// A number this long is no part of a nick or a model.
const NUMBER_DIGITS_MIN: usize = 6;
/// A vehicle's number is letters and digits throughout.
const VIN_SIGNS: usize = 17;
/// Words glued without a name among them have to be this many letters together.
const PLAIN_LETTERS_MIN: usize = 12;

/// Puts the missing spaces in.
pub(super) fn part(cells: &mut Vec<Cell>) {
    let mut places: Vec<usize> = Vec::new();
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
        if length >= RUN_LETTERS_MIN && length != VIN_SIGNS {
            part_token(cells, start, start + length, &mut places);
        }
        start += length;
    }
    if places.is_empty() {
        return;
    }
    let mut parted = Vec::with_capacity(cells.len() + places.len());
    let mut next = places.iter().copied().peekable();
    for (at, cell) in cells.iter().enumerate() {
        while next.next_if(|place| *place <= at).is_some() {
            parted.push(Cell {
                character: ' ',
                start: cell.start,
                end: cell.start,
                upper: false,
            });
        }
        parted.push(*cell);
    }
    *cells = parted;
}

/// Adds the places inside one token of letters and digits where a word begins, in order.
fn part_token(cells: &[Cell], start: usize, end: usize, places: &mut Vec<usize>) {
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
                add(places, at);
            }
        }
        if !is_plate && is_cyrillic(cells[at].character) {
            let inner = letters_parted(&cells[at..at + length]);
            // «звонитьпосле19»: a run that was parted is no nick, so its number stands alone too.
            if !inner.is_empty() && at > start {
                add(places, at);
            }
            let parted = !inner.is_empty();
            inner.into_iter().for_each(|place| add(places, at + place));
            if parted && at + length < end {
                add(places, at + length);
            }
        }
        at += length;
    }
}

fn add(places: &mut Vec<usize>, place: usize) {
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

/// Where the words of one run of letters begin, the first one left out; nothing where the run is one word.
fn letters_parted(run: &[Cell]) -> Vec<usize> {
    if !(RUN_LETTERS_MIN..=RUN_LETTERS_MAX).contains(&run.len()) {
        return Vec::new();
    }
    let humps = humps(run);
    if !humps.is_empty() {
        return humps;
    }
    // A capitalised word of usual length is a name of any nation.
    if run[0].upper && run.len() < CAPITAL_LETTERS_MIN {
        return Vec::new();
    }
    let text: String = run.iter().map(|cell| cell.character).collect();
    if is_known(&text) || form::surname_by_suffix(&text).is_some() && run.len() < SURNAME_LETTERS_MAX {
        return Vec::new();
    }
    words_of(&text)
}

/// Fewer letters after a capital are one word.
const CAPITAL_LETTERS_MIN: usize = 12;
/// Longer runs end like a surname by chance.
const SURNAME_LETTERS_MAX: usize = 14;

/// Fewer letters between capitals are a play with them: «пРиВеТ».
const HUMP_LETTERS_MIN: usize = 3;

/// «СтепанЛыков», «ИвановаАС»: a capital after a small letter begins a word where both sides are known.
fn humps(run: &[Cell]) -> Vec<usize> {
    let mut places: Vec<usize> = (1..run.len())
        .filter(|at| run[*at].upper && !run[at - 1].upper)
        .collect();
    if places.is_empty() {
        return places;
    }
    let text = |from: usize, to: usize| -> String { run[from..to].iter().map(|cell| cell.character).collect() };
    let mut from = 0;
    let mut named_parts = 0;
    let borders: Vec<usize> = places.iter().copied().chain([run.len()]).collect();
    for to in borders {
        let part = text(from, to);
        let initials = to == run.len() && to - from <= 2 && run[from..to].iter().all(|cell| cell.upper);
        let written = to - from >= HUMP_LETTERS_MIN && run[from + 1..to].iter().all(|cell| !cell.upper);
        if !initials && !written {
            return Vec::new();
        }
        let name = named(&part).is_some() || form::surname_by_suffix(&part).is_some();
        named_parts += usize::from(name);
        if !(initials || name || is_known(&part) || !words_of(&part).is_empty()) {
            return Vec::new();
        }
        from = to;
    }
    if named_parts == 0 && places.len() < 2 {
        return Vec::new();
    }
    // Two closing initials are two words.
    if let Some(last) = places.last().copied()
        && run.len() - last == 2
        && run[last + 1].upper
    {
        places.push(last + 1);
    }
    let firsts: Vec<usize> = std::iter::once(0).chain(places.iter().copied()).collect();
    let mut all = Vec::new();
    for (number, first) in firsts.iter().enumerate() {
        let end = firsts.get(number + 1).copied().unwrap_or(run.len());
        if *first > 0 {
            all.push(*first);
        }
        let part = text(*first, end);
        if !is_known(&part) && form::surname_by_suffix(&part).is_none() {
            all.extend(words_of(&part).into_iter().map(|place| first + place));
        }
    }
    all
}

fn is_known(word: &str) -> bool {
    let entry = WordEntry::look_up(word);
    entry.is_common()
        || is_blocked(word)
        || entry.is_place()
        || entry.lower_count() > 0
        || entry.capital_count() > 0
        || Sense::look_up(word) != Sense::default()
        || NameEntry::look_up(word).is_some()
        || !form::readings(word).is_empty()
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
            Kind::Given if letters >= 4 && (reading.count >= 6 || reading.diminutive && reading.count >= 5) => Some(10),
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
            let Some((cost, is_name)) = price(word, to - from) else {
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
fn price(word: &str, letters: usize) -> Option<(u32, bool)> {
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
            ("ПетровКН", "петров к н"),
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

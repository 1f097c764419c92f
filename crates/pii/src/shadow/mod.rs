//! The shadow of a text: the same words without disguises, with an exact way back.
//!
//! Compatibility forms become plain characters, invisible characters vanish, Latin letters hidden in a Cyrillic word
//! (and the reverse) change their script, letters hidden among digits become digits, «ё» becomes «е», everything is
//! lower case. Every recognizer reads the shadow, so one set of rules sees through all disguises at once.

mod spread;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// One character of the shadow.
#[derive(Debug, Clone, Copy)]
struct Cell {
    character: char,
    start: u32,
    end: u32,
    upper: bool,
}

/// A folded text with the way back to the original.
#[derive(Debug)]
pub(crate) struct Shadow {
    text: String,
    /// For every byte of `text`: index of its character in `cells`.
    byte_to_cell: Vec<u32>,
    cells: Vec<Cell>,
}

impl Shadow {
    pub(crate) fn new(original: &str) -> Self {
        let mut cells = Vec::with_capacity(original.len());
        for (start, character) in original.char_indices() {
            push_folded(&mut cells, character, start as u32);
        }
        spread::gather(&mut cells);
        unmask_words(&mut cells);
        let mut text = String::with_capacity(original.len());
        let mut byte_to_cell = Vec::with_capacity(original.len() + 1);
        for (index, cell) in cells.iter().enumerate() {
            text.push(cell.character);
            byte_to_cell.resize(text.len(), index as u32);
        }
        Self {
            text,
            byte_to_cell,
            cells,
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the character at byte `at` of the shadow was a capital.
    pub(crate) fn is_upper(&self, at: usize) -> bool {
        self.byte_to_cell
            .get(at)
            .is_some_and(|cell| self.cells[*cell as usize].upper)
    }

    /// Bytes of the original under a non-empty range of the shadow.
    pub(crate) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.cells[self.byte_to_cell[range.start] as usize];
        let last = self.cells[self.byte_to_cell[range.end - 1] as usize];
        first.start as usize..last.end as usize
    }
}

/// Characters nobody sees: zero-width, direction marks, soft hyphen, variation selectors, keycaps, stress marks.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{20e3}' | '\u{300}'..='\u{305}'
        | '\u{307}' | '\u{309}'..='\u{36f}')
}

fn push_folded(cells: &mut Vec<Cell>, character: char, start: u32) {
    let end = start + character.len_utf8() as u32;
    if character.is_ascii() {
        cells.push(Cell {
            character: character.to_ascii_lowercase(),
            start,
            end,
            upper: character.is_ascii_uppercase(),
        });
        return;
    }
    if character == '\u{306}' || character == '\u{308}' {
        if let Some(previous) = cells.last_mut() {
            previous.end = end;
            if character == '\u{306}' && previous.character == 'и' {
                previous.character = 'й';
            }
        }
        return;
    }
    if is_invisible(character) {
        return;
    }
    if ('А'..='я').contains(&character) || character == 'ё' || character == 'Ё' {
        let upper = ('А'..='Я').contains(&character) || character == 'Ё';
        cells.push(Cell {
            character: plain(lower(character)),
            start,
            end,
            upper,
        });
        return;
    }
    // The number sign would unfold into letters.
    if character == '№' {
        cells.push(Cell {
            character,
            start,
            end,
            upper: false,
        });
        return;
    }
    for folded in std::iter::once(character).nfkc() {
        let upper = folded.is_uppercase();
        cells.push(Cell {
            character: plain(lower(folded)),
            start,
            end,
            upper,
        });
    }
}

/// Lower case where it is one character, which it is for every letter that matters here.
fn lower(character: char) -> char {
    if ('А'..='Я').contains(&character) {
        return char::from_u32(character as u32 + 0x20).unwrap_or(character);
    }
    if ('а'..='я').contains(&character) {
        return character;
    }
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => character,
    }
}

fn plain(character: char) -> char {
    match character {
        'ё' => 'е',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{fe58}' => '-',
        '“' | '„' => '«',
        '”' => '»',
        '’' | '‘' | '`' | '´' | 'ʼ' => '\'',
        '＠' => '@',
        other if other != '\n' && other.is_whitespace() => ' ',
        other => other,
    }
}

/// Latin letters that look like Cyrillic ones in print, lower case.
fn to_cyrillic(character: char) -> Option<char> {
    Some(match character {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}

/// Cyrillic letters that look like Latin ones in print, lower case.
pub(crate) fn to_latin(character: char) -> Option<char> {
    Some(match character {
        'а' => 'a',
        'в' => 'b',
        'с' => 'c',
        'е' => 'e',
        'н' => 'h',
        'і' => 'i',
        'к' => 'k',
        'м' => 'm',
        'о' => 'o',
        'р' => 'p',
        'т' => 't',
        'х' => 'x',
        'у' => 'y',
        _ => return None,
    })
}

/// Letters typed for digits.
fn to_digit(character: char) -> Option<char> {
    Some(match character {
        'o' | 'о' => '0',
        'i' | 'l' | 'і' | '|' => '1',
        'з' => '3',
        _ => return None,
    })
}

fn is_cyrillic(character: char) -> bool {
    ('а'..='я').contains(&character) || ('ѐ'..='џ').contains(&character) || ('ґ'..='ӹ').contains(&character)
}

/// Resolves look-alikes word by word: first digits, then the script of the letters.
fn unmask_words(cells: &mut [Cell]) {
    let mut start = 0;
    while start < cells.len() {
        if !is_word_sign(cells[start].character) {
            start += 1;
            continue;
        }
        let mut end = start;
        while end < cells.len() && (is_word_sign(cells[end].character) || cells[end].character == '|') {
            end += 1;
        }
        unmask_word(&mut cells[start..end]);
        start = end;
    }
}

/// A letter or a digit; the usual ones without asking the tables.
fn is_word_sign(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || ('а'..='я').contains(&character)
        || !character.is_ascii() && character.is_alphanumeric()
}

fn unmask_word(word: &mut [Cell]) {
    let digits = word.iter().filter(|cell| cell.character.is_ascii_digit()).count();
    let hidden = word.iter().filter(|cell| to_digit(cell.character).is_some()).count();
    if digits > 0 && hidden > 0 && digits + hidden == word.len() {
        // «1О» is a digit pair, but «36о» at the end may be a house: only letters that stand for digits in shape count.
        for cell in word.iter_mut() {
            cell.character = to_digit(cell.character).unwrap_or(cell.character);
        }
        return;
    }
    let cyrillic = word.iter().filter(|cell| is_cyrillic(cell.character)).count();
    let latin = word.iter().filter(|cell| cell.character.is_ascii_alphabetic()).count();
    if cyrillic == 0 || latin == 0 {
        return;
    }
    let latin_only = word
        .iter()
        .any(|cell| cell.character.is_ascii_alphabetic() && to_cyrillic(cell.character).is_none());
    let cyrillic_only = word
        .iter()
        .any(|cell| is_cyrillic(cell.character) && to_latin(cell.character).is_none());
    if !latin_only {
        for cell in word.iter_mut() {
            cell.character = to_cyrillic(cell.character).unwrap_or(cell.character);
        }
    } else if !cyrillic_only {
        for cell in word.iter_mut() {
            cell.character = to_latin(cell.character).unwrap_or(cell.character);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shadow(text: &str) -> String {
        Shadow::new(text).text().to_owned()
    }

    #[test]
    fn letters_of_the_other_script_are_seen_through() {
        assert_eq!(shadow("Mapинa, Oкcaнa"), "марина, оксана");
        assert_eq!(shadow("iPhone Oк"), "iphone ок");
    }

    #[test]
    fn letters_among_digits_become_digits() {
        assert_eq!(shadow("89I2ЗО45О67"), "89123045067");
    }

    #[test]
    fn invisible_characters_vanish_and_the_way_back_covers_them() {
        let text = "Ан\u{200b}на Ёлка";
        let shadow = Shadow::new(text);
        assert_eq!(shadow.text(), "анна елка");
        assert_eq!(&text[shadow.original(&(0..8))], "Ан\u{200b}на");
        assert!(shadow.is_upper(0) && !shadow.is_upper(2));
    }

    #[test]
    fn words_pulled_apart_or_stretched_are_gathered() {
        assert_eq!(shadow("И в а н о в П."), "иванов п.");
        assert_eq!(shadow("с.н.и.л.с 1"), "снилс 1");
        assert_eq!(shadow("А 1 2 3 В С 1 7 4"), "а123вс174");
        assert_eq!(shadow("Аааанна, Ив@нов, Ант0н"), "анна, иванов, антон");
        assert_eq!(shadow("8-9оо-ооо-оо-11"), "8-900-000-00-11");
        let text = "это С_а_ш_а";
        let shadow = Shadow::new(text);
        let at = shadow.text().find("саша").expect("gathered");
        assert_eq!(&text[shadow.original(&(at..shadow.text().len()))], "С_а_ш_а");
    }

    #[test]
    fn words_of_one_letter_and_firms_stay_apart() {
        assert_eq!(shadow("а я и в саду"), "а я и в саду");
        assert_eq!(shadow("Ким И.О., ООО 12"), "ким и.о., ооо 12");
        assert_eq!(shadow("5 6 7 8 9 10"), "5 6 7 8 9 10");
        assert_eq!(shadow("аня@почта.рф"), "аня@почта.рф");
    }

    #[test]
    fn full_width_and_decomposed_letters_are_read() {
        assert_eq!(shadow("Серге\u{438}\u{306} ８９"), "сергей 89");
    }
}

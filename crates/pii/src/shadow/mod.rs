//! The shadow of a text: the same words without disguises, with an exact way back.
//!
//! Compatibility forms become plain characters, invisible characters vanish, Latin letters hidden in a Cyrillic word
//! (and the reverse) change their script, letters hidden among digits become digits, «ё» becomes «е», everything is
//! lower case. Every recognizer reads the shadow, so one set of rules sees through all disguises at once.

mod drawn;
mod glued;
mod hidden;
mod leet;
pub(crate) mod lookalike;
mod ornament;
mod slip;
mod spread;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

pub(crate) use lookalike::to_latin;

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
        let mut skip = 0;
        for (start, character) in original.char_indices() {
            if start < skip {
                continue;
            }
            if character == '&'
                && let Some((meant, length)) = ornament::entity(&original[start..])
            {
                skip = start + length;
                cells.push(Cell {
                    character: meant,
                    start: start as u32,
                    end: skip as u32,
                    upper: false,
                });
                continue;
            }
            push_folded(&mut cells, character, start as u32);
        }
        ornament::clear(&mut cells);
        leet::read(&mut cells);
        drawn::close(&mut cells);
        spread::gather(&mut cells);
        hidden::read(&mut cells);
        lookalike::unmask_words(&mut cells);
        slip::mend(&mut cells);
        glued::part(&mut cells);
        let mut text = String::with_capacity(original.len());
        let mut byte_to_cell = Vec::with_capacity(original.len() + 1);
        for (index, cell) in cells.iter().enumerate() {
            text.push(cell.character);
            byte_to_cell.extend_from_slice(&[index as u32; 4][..cell.character.len_utf8()]);
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
    if ('А'..='я').contains(&character) {
        cells.push(Cell {
            character: lower(character),
            start,
            end,
            upper: character <= 'Я',
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
    if matches!(character, 'ё' | 'Ё') {
        cells.push(Cell {
            character: 'е',
            start,
            end,
            upper: character == 'Ё',
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

/// The sign as far after `to` as `character` stands after `from`.
fn digit(character: char, from: char, to: char) -> char {
    char::from_u32(to as u32 + (character as u32 - from as u32)).unwrap_or(character)
}

fn plain(character: char) -> char {
    match character {
        'ё' => 'е',
        // Letters of the neighbours' alphabets, as Russian papers write them.
        'ә' => 'а',
        'ғ' | 'ґ' => 'г',
        'ҙ' | 'ҫ' => 'з',
        'ҡ' | 'қ' => 'к',
        'ң' => 'н',
        'ө' => 'о',
        'ү' | 'ұ' => 'у',
        'һ' | 'ҳ' => 'х',
        'җ' => 'ж',
        'ҷ' => 'ч',
        'ӣ' => 'и',
        'ӯ' => 'у',
        'ї' => 'и',
        'є' => 'е',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{fe58}' => '-',
        '“' | '„' => '«',
        '”' => '»',
        '’' | '‘' | '`' | '´' | 'ʼ' => '\'',
        '＠' => '@',
        '➕' => '+',
        '➖' => '-',
        '⓪' | '⓿' | '🄌' => '0',
        '\u{2776}'..='\u{277e}' => digit(character, '\u{2776}', '1'),
        '\u{2780}'..='\u{2788}' => digit(character, '\u{2780}', '1'),
        '\u{278a}'..='\u{2792}' => digit(character, '\u{278a}', '1'),
        '\u{24f5}'..='\u{24fd}' => digit(character, '\u{24f5}', '1'),
        '\u{660}'..='\u{669}' => digit(character, '\u{660}', '0'),
        '\u{6f0}'..='\u{6f9}' => digit(character, '\u{6f0}', '0'),
        // Small capitals.
        'ᴀ' => 'a',
        'ʙ' => 'b',
        'ᴄ' => 'c',
        'ᴅ' => 'd',
        'ᴇ' => 'e',
        'ꜰ' => 'f',
        'ɢ' => 'g',
        'ʜ' => 'h',
        'ɪ' => 'i',
        'ᴊ' => 'j',
        'ᴋ' => 'k',
        'ʟ' => 'l',
        'ᴍ' => 'm',
        'ɴ' => 'n',
        'ᴏ' => 'o',
        'ᴘ' => 'p',
        'ʀ' => 'r',
        'ꜱ' => 's',
        'ᴛ' => 't',
        'ᴜ' => 'u',
        'ᴠ' => 'v',
        'ᴡ' => 'w',
        'ʏ' => 'y',
        'ᴢ' => 'z',
        // Letters in black circles and squares.
        '\u{1f150}'..='\u{1f169}' => digit(character, '\u{1f150}', 'a'),
        '\u{1f170}'..='\u{1f189}' => digit(character, '\u{1f170}', 'a'),
        other if other != '\n' && other.is_whitespace() => ' ',
        other => other,
    }
}

fn is_cyrillic(character: char) -> bool {
    ('а'..='я').contains(&character) || ('ѐ'..='џ').contains(&character) || ('ґ'..='ӹ').contains(&character)
}

/// A letter or a digit; the usual ones without asking the tables.
fn is_word_sign(character: char) -> bool {
    match character {
        'а'..='я' => true,
        '«' | '»' | '\u{2010}'..='\u{2027}' | '\u{1f300}'..='\u{1faff}' => false,
        _ if character.is_ascii() => character.is_ascii_alphanumeric(),
        _ => character.is_alphanumeric(),
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

//! What the fuzz targets check, over a fixed sequence of random texts, so that it runs everywhere and always the same.

use shirma_pii::{Conversation, Detector};

/// SplitMix64: the same texts on each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    /// Words of chat, signs that tokens are made of and letters of all scripts in any order.
    fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "Анна",
            "анне",
            "Ким",
            "мастер ",
            "к ",
            "8 900 000-00-01",
            "+7",
            "[Клиент-1]",
            "[Клиенту-2",
            "Телефон-3]",
            "[",
            "]",
            "\\",
            "\\[",
            "*",
            "-",
            "—",
            "1",
            "17",
            "_",
            "anna@",
            "example.ru",
            "\n",
            ", ",
            ". ",
            " ",
            "ул. ",
            "Кирова, 5",
            "\u{200b}",
            "ё",
            "й",
            "\u{306}",
            "🌸",
            "«",
            "»",
            "&lt;",
            "&#91;",
            "{{",
            "}}",
            "№",
            "паспорт ",
            "7500 000011",
            "пароль: ",
            "qwe",
            "ова",
            "у",
            "<",
            ">",
            "[[",
            "]]",
            "Дата рождения",
            "Счёт",
        ];
        let mut text = String::new();
        for _ in 0..self.below(40) {
            if self.below(6) == 0 {
                text.extend(char::from_u32(self.below(0x3000) as u32));
            } else {
                text.push_str(PIECES[self.below(PIECES.len())]);
            }
        }
        text
    }
}

#[test]
fn random_texts_come_back_whole_and_streams_equal_wholes() {
    let detector = Detector::new();
    let mut chance = Chance(20_261_124);
    for _ in 0..400 {
        let mut conversation = Conversation::default();
        for _ in 0..3 {
            let text = chance.text();
            let mut end = 0;
            for finding in detector.detect(&text).findings {
                assert!(
                    finding.range.start >= end && text.is_char_boundary(finding.range.start),
                    "{text:?}"
                );
                end = finding.range.end;
            }
            let masked = conversation.mask(&detector, &text).text;
            assert_eq!(conversation.restore(&masked).text, text);
        }
        let answer = chance.text() + &chance.text();
        let mut restorer = conversation.restorer();
        let (mut streamed, mut rest) = (String::new(), answer.as_str());
        while !rest.is_empty() {
            let cut = chance.below(9) + 1;
            let at = rest.char_indices().nth(cut).map_or(rest.len(), |(at, _)| at);
            streamed.push_str(&restorer.push(&rest[..at]));
            rest = &rest[at..];
        }
        streamed.push_str(&restorer.finish());
        assert_eq!(streamed, conversation.restore(&answer).text, "{answer:?}");
    }
}

#[test]
fn a_long_text_without_a_break_is_masked_and_streamed() {
    let line = "Запишите Анну Ким и Тимура Ахметова тел 8 900 000-00-01 как обычно ";
    let text = line.repeat(2_000);
    let mut conversation = Conversation::default();
    let masked = conversation.mask(&Detector::new(), &text).text;
    assert!(!masked.contains("Анну"));
    let mut restorer = conversation.restorer();
    let mut streamed = String::new();
    for letter in masked.chars() {
        streamed.push_str(&restorer.push(letter.encode_utf8(&mut [0; 4])));
    }
    streamed.push_str(&restorer.finish());
    assert_eq!(streamed, text);
}

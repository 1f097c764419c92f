//! What happens to texts on the way to a business: lower case, capitals, lost dots, slips of fingers, look-alike letters.

use crate::chance::Chance;
use crate::message::lower_char;

use super::pattern::Segment;

/// A message as somebody else would have typed it.
pub(super) fn disguise(mut segments: Vec<Segment>, chance: &mut Chance) -> Vec<Segment> {
    match chance.below(100) {
        0..48 => each_letter(&mut segments, lower_char),
        48..51 => each_letter(&mut segments, upper_char),
        _ => {}
    }
    if chance.percent(12) {
        for segment in segments.iter_mut().filter(|segment| segment.label.is_none()) {
            segment.text = segment.text.replace([',', '!', '.'], "");
        }
    }
    if chance.percent(50) {
        each_letter(&mut segments, |letter| match letter {
            'ё' => 'е',
            'Ё' => 'Е',
            other => other,
        });
    }
    if chance.percent(7) {
        let place = chance.below(segments.len());
        segments[place].text = slip(&segments[place], chance);
    }
    if chance.percent(2) {
        each_letter(&mut segments, look_alike);
    }
    segments
}

fn each_letter(segments: &mut [Segment], change: impl Fn(char) -> char) {
    for segment in segments {
        segment.text = segment.text.chars().map(&change).collect();
    }
}

fn upper_char(letter: char) -> char {
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

fn look_alike(letter: char) -> char {
    match letter {
        'а' => 'a',
        'е' => 'e',
        'о' => 'o',
        'с' => 'c',
        'р' => 'p',
        'х' => 'x',
        other => other,
    }
}

/// Two neighbouring letters swapped, one lost or one doubled, inside a longer word.
fn slip(segment: &Segment, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = segment.text.chars().collect();
    let is_number = segment
        .text
        .contains(|letter: char| letter.is_ascii_digit() || letter == '@');
    if letters.len() < 6 || is_number {
        return segment.text.clone();
    }
    let at = 2 + chance.below(letters.len() - 4);
    if letters[at].is_alphabetic() && letters[at + 1].is_alphabetic() && letters[at - 1].is_alphabetic() {
        match chance.below(3) {
            0 => letters.swap(at, at + 1),
            1 => {
                letters.remove(at);
            }
            _ => letters.insert(at, letters[at]),
        }
    }
    letters.into_iter().collect()
}

//! What happens to texts on the way to a business: lower case, capitals, lost dots, slips of fingers, look-alike letters.

use crate::chance::Chance;
use crate::message::lower_char;

use super::pattern::Segment;

/// Shares of messages in which a finger slips in a name, and outside of names.
const NAME_SLIPS: usize = 5;
const PLAIN_SLIPS: usize = 20;

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
    if chance.percent(NAME_SLIPS) {
        slip_among(&mut segments, true, chance);
    }
    // A misspelt word is no name for being unknown.
    if chance.percent(PLAIN_SLIPS) {
        slip_among(&mut segments, false, chance);
    }
    if chance.percent(2) {
        each_letter(&mut segments, look_alike);
    }
    segments
}

/// A slip in one of the names, or outside of them.
fn slip_among(segments: &mut [Segment], in_names: bool, chance: &mut Chance) {
    let places: Vec<usize> = (0..segments.len())
        .filter(|at| (segments[*at].label == Some("PERSON")) == in_names)
        .collect();
    if !places.is_empty() {
        let place = places[chance.below(places.len())];
        segments[place].text = slip(&segments[place], chance);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_keep_to_their_side() {
        let segments = [("напишите ", None), ("Александру", Some("PERSON"))].map(|(text, label)| Segment {
            text: text.to_owned(),
            label,
        });
        let mut changed = [0, 0];
        for seed in 0..40 {
            for (side, in_names) in [false, true].into_iter().enumerate() {
                let mut typed = segments.to_vec();
                slip_among(&mut typed, in_names, &mut Chance::new(seed));
                changed[side] += usize::from(typed[side].text != segments[side].text);
                assert_eq!(typed[1 - side].text, segments[1 - side].text);
            }
        }
        assert!(changed.iter().all(|times| *times > 0), "{changed:?}");
    }
}

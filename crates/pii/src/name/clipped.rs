//! Names cut in the middle: «Ив-ов не пришёл», «Ал-др Петрович», «М-на Светлана», «И. Х-в».

use crate::view::Claims;
use crate::words::{Capitals, Kind, Words};

use super::Person;
use super::slot::add;

/// Letters kept of the beginning.
const HEAD_LETTERS_MAX: usize = 4;
/// What is kept of the end.
const TAILS: &str = "ов ев ин ын ова ева ина ына ову еву ину овой евой ский ская ко юк ук ян дзе др дра дру сей рий ий ья ия на \
                     в ва ву вой вич вна вны вне ич";
/// Heads that make another word with such an end.
const OTHERS: [&str; 8] = ["г", "р", "ж", "т", "п", "и", "с", "ул"];

/// Adds names cut so.
pub(super) fn complete(words: &Words<'_>, claims: Option<&Claims>, people: &mut Vec<Person>) {
    for index in 0..words.len() {
        if is_clipped(words, index) {
            add(words, claims, people, index, index + 1);
        } else if is_dotted(words, index) {
            add(words, claims, people, index, index + 1);
            let end = words.all[index + 1].end;
            if let Some(person) = people.iter_mut().find(|person| person.end == end) {
                person.end += 1;
            }
        }
    }
}

fn is_clipped(words: &Words<'_>, index: usize) -> bool {
    let tail = index + 1;
    if words.gap(tail) != "-" || tail >= words.len() {
        return false;
    }
    let head = words.all[index];
    let surname = matches!(words.text(tail), "в" | "ва" | "ву" | "вой");
    head.kind == Kind::Cyrillic
        && head.capitals == Capitals::First
        && words.all[tail].capitals == Capitals::None
        && words.lore(index).length <= HEAD_LETTERS_MAX
        && (surname || !OTHERS.contains(&words.text(index)))
        && (TAILS.split_whitespace().any(|end| end == words.text(tail))
            || matches!(words.text(tail), "й" | "я" | "а" | "ю" | "н" | "ч" | "чу" | "ча")
                && is_given(words.text(index)))
        && !words.gap(tail + 1).starts_with('-')
        && (index == 0 || !words.gap(index).ends_with('-'))
}

/// Beginnings of given names as people cut them.
const GIVEN: &str = "ал алекс анат анд андр ант арк арт бор вад вал валент вас вик викт влад вл вяч ген георг гр григ гал дм дмитр евг ек \
                     екат ел елиз ив иг ир кир конст ксен лар леон люд людм макс мар марг мих над нат ник никол нин ол ольг пав пет \
                     петр раис ром рус св серг сер соф стан степ тат там фед эд эдуард юр юл";

fn is_given(word: &str) -> bool {
    GIVEN.split_whitespace().any(|given| given == word)
}

/// «Гал. Ив.», «Вас. Петр.»: both parts cut with a dot.
fn is_dotted(words: &Words<'_>, index: usize) -> bool {
    let next = index + 1;
    words.gap(next) == ". "
        && next < words.len()
        && words.gap(next + 1).starts_with('.')
        && [index, next]
            .iter()
            .all(|at| words.all[*at].capitals == Capitals::First && words.lore(*at).length > 1)
        && words.lore(next).length <= CLIPPED_FATHER_MAX
        && is_given(words.text(index))
}

/// Letters kept of a patronymic.
const CLIPPED_FATHER_MAX: usize = 5;

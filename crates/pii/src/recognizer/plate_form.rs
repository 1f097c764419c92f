//! Forms of registration plates other than that of a Russian car: trailers, motorcycles, taxis, police, transit, the
//! neighbouring countries, old Soviet plates. A form is a row of groups of letters and digits.

use std::ops::Range;
use std::sync::LazyLock;

use crate::stems::Stems;
use crate::view::View;
use crate::words::{Capitals, Kind};

use Group::{Digits, Letters};

/// A group of a plate with its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Digits(usize),
    Letters(usize),
}

/// What a form needs beside it to be a plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Nothing: in capitals no other number is written so.
    Nothing,
    /// A word of vehicles.
    Word,
}

/// A form of plates.
struct Form {
    groups: &'static [Group],
    needs: Needs,
    /// Only the letters common to both scripts.
    common: bool,
}

const fn russian(groups: &'static [Group], needs: Needs) -> Form {
    Form {
        groups,
        needs,
        common: true,
    }
}

const fn foreign(groups: &'static [Group], needs: Needs) -> Form {
    Form {
        groups,
        needs,
        common: false,
    }
}

/// Longer forms first where one begins another.
const FORMS: &[Form] = &[
    // Transit, trailers and motorcycles with the region last or first, taxis, police, diplomats.
    russian(&[Letters(2), Digits(3), Letters(1), Digits(3)], Needs::Word),
    russian(&[Letters(2), Digits(3), Letters(1), Digits(2)], Needs::Word),
    russian(&[Letters(2), Digits(2), Digits(2), Digits(3)], Needs::Word),
    russian(&[Letters(2), Digits(2), Digits(2), Digits(2)], Needs::Word),
    russian(&[Digits(2), Digits(2), Letters(2), Digits(3)], Needs::Word),
    russian(&[Digits(2), Digits(2), Letters(2), Digits(2)], Needs::Word),
    russian(&[Letters(2), Digits(4), Digits(3)], Needs::Nothing),
    russian(&[Letters(2), Digits(4), Digits(2)], Needs::Nothing),
    russian(&[Digits(4), Letters(2), Digits(3)], Needs::Word),
    russian(&[Digits(4), Letters(2), Digits(2)], Needs::Word),
    russian(&[Digits(2), Letters(2), Digits(4)], Needs::Word),
    russian(&[Digits(3), Letters(2), Digits(4)], Needs::Word),
    russian(&[Letters(2), Digits(3), Digits(3)], Needs::Word),
    russian(&[Letters(2), Digits(3), Digits(2)], Needs::Word),
    russian(&[Letters(2), Digits(7)], Needs::Word),
    russian(&[Letters(2), Digits(6)], Needs::Word),
    russian(&[Letters(2), Digits(5)], Needs::Word),
    russian(&[Letters(1), Digits(4), Digits(3)], Needs::Word),
    russian(&[Letters(1), Digits(4), Digits(2)], Needs::Word),
    foreign(&[Digits(3), Letters(2), Digits(1), Digits(2)], Needs::Word),
    foreign(&[Digits(3), Letters(1), Digits(3), Digits(2)], Needs::Word),
    // Kyrgyzstan, Uzbekistan.
    foreign(&[Digits(2), Letters(2), Digits(3), Letters(3)], Needs::Nothing),
    foreign(&[Digits(2), Letters(1), Digits(3), Letters(2)], Needs::Nothing),
    foreign(&[Digits(2), Digits(3), Letters(3)], Needs::Word),
    foreign(&[Digits(5), Letters(3)], Needs::Word),
    // Ukraine, Turkmenistan, Belarus.
    foreign(&[Letters(2), Digits(4), Letters(2)], Needs::Nothing),
    foreign(&[Digits(4), Letters(2), Digits(1)], Needs::Nothing),
    // Kazakhstan, new and old; Tajikistan.
    foreign(&[Digits(3), Letters(3), Digits(2)], Needs::Word),
    foreign(&[Digits(3), Letters(2), Digits(2)], Needs::Word),
    foreign(&[Letters(1), Digits(3), Letters(3)], Needs::Word),
    foreign(&[Digits(4), Letters(2), Digits(2)], Needs::Word),
    // Azerbaijan, Armenia, Georgia, Moldova, the Baltic states.
    foreign(&[Digits(2), Letters(2), Digits(3)], Needs::Word),
    foreign(&[Letters(2), Digits(3), Letters(2)], Needs::Word),
    foreign(&[Letters(3), Digits(3)], Needs::Word),
    // Soviet cars and motorcycles.
    foreign(&[Letters(1), Digits(2), Digits(2), Letters(2)], Needs::Nothing),
    foreign(&[Letters(1), Digits(4), Letters(2)], Needs::Word),
    foreign(&[Digits(2), Digits(2), Letters(3)], Needs::Word),
    // Motorcycles and trailers without their region.
    russian(&[Digits(4), Letters(2)], Needs::Word),
    russian(&[Letters(2), Digits(4)], Needs::Word),
];

/// Short words of plate letters: «на 4417 12» is no plate.
static SHORT_WORDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "на но не ну то та те ту он от во со ко ах ох ум ан мк то ам см мм км кв ру тс ст ок вас нас там тут том",
    )
});

/// Those of them that nobody says right after a vehicle: «прицеп ан 7140 74».
const NO_PREPOSITIONS: [&str; 9] = ["ан", "ах", "ох", "ум", "ам", "ру", "тс", "ст", "ок"];

/// Groups of a plate with its region.
const COMPLETE_GROUPS: usize = 3;

/// The plate of a form of the table that begins at word `first`: its range and the words after it. `told` says
/// whether a word of vehicles stands around the words of a range.
pub(super) fn plate(
    view: &View<'_>,
    first: usize,
    told: impl Fn(usize, usize) -> bool,
) -> Option<(Range<usize>, bool)> {
    let mut told_here = None;
    // Most numbers and words begin no form at all, and no form is one group.
    let next = first + 1;
    if next >= view.words.len() || !is_near(view.words.gap(next), true) {
        return None;
    }
    let beginning = [group_at(view, first), group_at(view, next)];
    let forms = FORMS.iter().filter(|form| form.groups.starts_with(&beginning));
    forms.into_iter().find_map(|form| {
        let after = first + form.groups.len();
        if after > view.words.len() || !fits(view, first, form) {
            return None;
        }
        let announced = *told_here.get_or_insert_with(|| told(first, after));
        let tight = (first + 1..after).all(|index| view.words.gap(index).is_empty());
        let capitals = (first..after).all(|index| is_capital(view, index));
        let complete = form.groups.len() >= COMPLETE_GROUPS;
        let lower = announced
            && form.common
            && !(first..after).any(|index| {
                let text = view.words.text(index);
                SHORT_WORDS.has(text) && !(complete && NO_PREPOSITIONS.contains(&text))
            });
        let clear = capitals || announced && tight || lower;
        let enough = clear && (announced || form.needs == Needs::Nothing && capitals);
        enough.then(|| (view.words.all[first].start..view.words.all[after - 1].end, announced))
    })
}

/// Whether the groups of `form` stand from word `first` on, alone.
fn fits(view: &View<'_>, first: usize, form: &Form) -> bool {
    let words = &view.words;
    let count = form.groups.len();
    let matches = form.groups.iter().enumerate().all(|(step, group)| {
        let index = first + step;
        group_at(view, index) == *group
            && (step == 0 || is_near(words.gap(index), step + 1 == count))
            && (!form.common
                || !matches!(group, Letters(_))
                || words.text(index).chars().all(super::plate::is_plate_letter))
    });
    if !matches {
        return false;
    }
    let range = words.all[first].start..words.all[first + count - 1].end;
    let rest = &view.text()[range.end..];
    let goes_on = rest.starts_with(['%', '₽', '@'])
        || rest
            .strip_prefix([':', '.', ',', '-', '/'])
            .is_some_and(|tail| tail.starts_with(|sign: char| sign.is_ascii_digit()));
    let inside = view.text()[..range.start].ends_with(['-', '/', '№', '_', '+', '@', '.', '#']);
    // «74rus»: the sign of the country touches the region.
    let country = ["rus", "рус"].iter().any(|sign| rest.starts_with(sign));
    let alone = view.stands_alone(&range) || country && !view.before(range.start).is_some_and(char::is_alphanumeric);
    !goes_on && !inside && alone && !super::quantity::is_measured(view, &range)
}

fn group_at(view: &View<'_>, index: usize) -> Group {
    let length = view.words.lore(index).length;
    if view.words.all[index].kind == Kind::Digits {
        Digits(length)
    } else {
        Letters(length)
    }
}

fn is_near(gap: &str, last: bool) -> bool {
    matches!(gap, "" | " " | "-" | " - " | "  ") || last && matches!(gap, "/" | "|" | " | " | "*")
}

fn is_capital(view: &View<'_>, index: usize) -> bool {
    let word = view.words.all[index];
    word.kind == Kind::Digits
        || word.capitals == Capitals::All
        || word.capitals == Capitals::First && view.words.text(index).chars().count() == 1
}

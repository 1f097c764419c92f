//! The parts of a date: a day, a month or a year, told in digits («30», «30-го», «'88») or in words («тридцатого»).

use crate::view::View;

/// Nobody alive was born earlier.
const FIRST_YEAR: u32 = 1905;
const LAST_YEAR: u32 = 2035;
/// A year of two digits up to this one is of our century.
const LAST_SHORT_YEAR: u32 = 30;

/// One number of a date with its ending.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) value: u32,
    pub(super) digits: usize,
    pub(super) spoken: bool,
    /// Ends as an ordinal does: «30-го», «тридцатого».
    pub(super) ordinal: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) first_word: usize,
    pub(super) after_word: usize,
    /// The piece after it.
    pub(super) next: usize,
}

/// A year, of two digits or of four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::recognizer) struct Year {
    pub(in crate::recognizer) value: u32,
    pub(in crate::recognizer) short: bool,
    /// Cannot be a plain count: «88-го», «'88», «восемьдесят восьмого», «09».
    pub(in crate::recognizer) marked: bool,
}

impl Part {
    pub(super) fn is_day(&self) -> bool {
        self.digits <= 2 && (1..=31).contains(&self.value)
    }

    pub(super) fn is_month(&self) -> bool {
        self.digits <= 2 && (1..=12).contains(&self.value)
    }
}

/// The part that begins at piece `index`.
pub(super) fn part(view: &View<'_>, index: usize) -> Option<Part> {
    let piece = view.pieces.get(index)?;
    let mut part = Part {
        value: piece.digits.parse().ok()?,
        digits: piece.digits.len(),
        spoken: piece.spoken,
        ordinal: piece.ordinal,
        start: piece.start,
        end: piece.end,
        first_word: piece.first_word,
        after_word: piece.after_word,
        next: index + 1,
    };
    // «ноль пятого»
    let next = view.pieces.get(index + 1);
    if piece.spoken
        && piece.digits == "0"
        && let Some(next) = next
        && next.spoken
        && next.digits.len() == 1
        && view.gap_before(index + 1) == " "
    {
        part.value = next.digits.parse().ok()?;
        part.digits = 2;
        part.ordinal = next.ordinal;
        part.end = next.end;
        part.after_word = next.after_word;
        part.next = index + 2;
    }
    if !piece.spoken {
        with_ending(view, &mut part);
    }
    Some(part)
}

/// «30-го», «16-м», «88й»: the ending of an ordinal written after digits.
fn with_ending(view: &View<'_>, part: &mut Part) {
    let words = &view.words;
    // «5 м», «15м» are metres, «88 й» is a slip of the space.
    let joined = match words.gap(part.after_word) {
        "-" | " -" => true,
        "" => !matches!(words.text(part.after_word), "м" | "е" | "я"),
        " " => matches!(words.text(part.after_word), "го" | "ого" | "й"),
        _ => false,
    };
    if !joined || part.after_word >= words.len() {
        return;
    }
    let ending = matches!(
        words.text(part.after_word),
        "го" | "ого"
            | "его"
            | "м"
            | "ом"
            | "ем"
            | "й"
            | "ый"
            | "ой"
            | "ий"
            | "е"
            | "ое"
            | "му"
            | "ому"
            | "я"
            | "ая"
    );
    if ending {
        part.ordinal = true;
        part.end = words.all[part.after_word].end;
        part.after_word += 1;
    }
}

/// The year that begins at piece `index`.
pub(super) fn year(view: &View<'_>, index: usize) -> Option<(Year, Part)> {
    let mut part = part(view, index)?;
    // «девятнадцать восемьдесят пятого»
    if part.spoken
        && matches!(part.value, 19 | 20)
        && !part.ordinal
        && let Some(next) = view.pieces.get(index + 1)
        && next.spoken
        && next.digits.len() == 2
        && view.gap_before(index + 1) == " "
    {
        part.value = part.value * 100 + next.digits.parse::<u32>().ok()?;
        part.digits = 4;
        part.ordinal = next.ordinal;
        part.end = next.end;
        part.after_word = next.after_word;
        part.next = index + 2;
    }
    let apostrophe = view.text()[..part.start].ends_with(['\'', '’', '`', '‘']) && part.digits == 2;
    // «девятого года» has one digit when told in words.
    let last = view.words.text(part.after_word - 1);
    let declined = ["ого", "его", "ом", "ем"].iter().any(|end| last.ends_with(end));
    let told_short = part.spoken && part.ordinal && declined && part.digits == 1 && part.value > 0;
    let value = match part.digits {
        4 if (FIRST_YEAR..=LAST_YEAR).contains(&part.value) => part.value,
        2 if part.value <= LAST_SHORT_YEAR => 2000 + part.value,
        2 => 1900 + part.value,
        1 if told_short => 2000 + part.value,
        _ => return None,
    };
    let zero = part.digits == 2 && part.value < 10;
    Some((
        Year {
            value,
            short: part.digits < 4,
            marked: part.ordinal || apostrophe || zero,
        },
        part,
    ))
}

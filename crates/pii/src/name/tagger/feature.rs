//! The features of one word: which facts of it and its neighbours are put together, hashed into the table.
//!
//! A change here changes what the shipped weights mean: train again (`cargo xtask train`).

use crate::lexicon::Sense;
use crate::words::Words;

use super::super::context;
use super::cell::{Cell, agree};
use super::spelling::INSIDE_GROUPS;
use super::weight::BUCKETS;

/// Stands for what lies outside of the text.
const NOTHING: Cell = Cell {
    may_be_name: false,
    whole: 7,
    stem: 7,
    tails: [7; 3],
    heads: [7; 2],
    inside: [0; INSIDE_GROUPS],
    also_lower: false,
    also_capital: false,
    again: 0,
    capitals: 7,
    begins: false,
    length: 0,
    coarse: 127,
    fine: 65535,
    everyday: true,
    cases: 0,
    rule: 3,
    score: 0,
    initial: false,
    part: 0,
    gap: 31,
    label: 0,
    quoted: false,
    blocked: false,
    echoed: false,
    caseless: false,
    sense: Sense {
        broad: 127,
        narrow: 2047,
    },
};

/// Calls `put` with the bucket of each feature of word `index`.
pub(super) fn each(words: &Words<'_>, cells: &[Cell], index: usize, mut put: impl FnMut(u32)) {
    let at = |shift: isize| {
        index
            .checked_add_signed(shift)
            .and_then(|place| cells.get(place))
            .copied()
            .unwrap_or(NOTHING)
    };
    let (p2, p1, c, n1, n2) = (at(-2), at(-1), at(0), at(1), at(2));
    let mut template: u32 = 0;
    let mut add = |template: &mut u32, one: u32, two: u32, three: u32| {
        *template += 1;
        let mut mixed = one
            .wrapping_mul(0x9e37_79b1)
            .rotate_left(13)
            .wrapping_add(two)
            .wrapping_mul(0x85eb_ca6b)
            .rotate_left(15)
            .wrapping_add(three)
            .wrapping_mul(0xc2b2_ae35)
            .rotate_left(11)
            .wrapping_add(template.wrapping_mul(0x27d4_eb2f))
            .wrapping_mul(0x9e37_79b1);
        mixed ^= mixed >> 15;
        put(mixed % BUCKETS as u32);
    };
    let shape = c.capitals + 8 * u32::from(c.begins) + 16 * u32::from(c.caseless) + 32 * u32::from(c.initial);
    let verdict = c.rule + 4 * c.score;
    let after = n1.gap;
    // The word itself.
    add(&mut template, c.fine, 0, 0);
    add(&mut template, c.fine, shape, 0);
    add(&mut template, c.coarse, shape, c.length);
    add(&mut template, shape, c.gap, 0);
    add(&mut template, c.tails[0], shape & 7, 0);
    add(&mut template, c.tails[1], shape & 7, 0);
    add(&mut template, c.tails[2], 0, 0);
    add(&mut template, c.tails[1], c.coarse, 0);
    add(
        &mut template,
        if c.everyday { c.stem } else { 0 },
        u32::from(c.everyday),
        0,
    );
    add(
        &mut template,
        if c.everyday { c.whole } else { 0 },
        u32::from(c.everyday),
        shape & 7,
    );
    add(&mut template, u32::from(c.blocked), c.coarse, 0);
    add(&mut template, u32::from(c.echoed), c.coarse, shape & 7);
    add(&mut template, u32::from(c.quoted), c.coarse, c.gap);
    add(&mut template, u32::from(c.quoted), p1.part, p1.coarse);
    // What the rules say.
    add(&mut template, verdict, 0, 0);
    add(&mut template, verdict, shape, 0);
    add(&mut template, verdict, c.coarse, 0);
    add(&mut template, c.rule, p1.rule, n1.rule);
    add(&mut template, c.rule + 4 * p1.rule, c.coarse, p1.coarse);
    add(&mut template, c.rule + 4 * n1.rule, c.coarse, n1.coarse);
    // Words around.
    add(&mut template, p1.whole, c.coarse, c.gap);
    add(&mut template, p1.whole, c.cases, 0);
    add(&mut template, p1.whole, shape & 7, u32::from(c.everyday));
    add(&mut template, p1.stem, c.coarse, 0);
    add(&mut template, p1.stem, c.rule, c.gap);
    add(&mut template, p2.whole, c.coarse, 0);
    add(&mut template, p2.whole, p1.whole, c.coarse & 31);
    add(&mut template, p2.stem, shape & 7, c.rule);
    add(&mut template, n1.whole, c.coarse, after);
    add(&mut template, n1.whole, shape & 7, c.rule);
    add(&mut template, n1.stem, c.coarse, 0);
    add(&mut template, n2.whole, c.coarse, 0);
    add(&mut template, n1.whole, n2.whole, c.coarse & 31);
    add(&mut template, p1.whole, n1.whole, c.coarse & 31);
    add(&mut template, p1.tails[1], c.coarse, 1);
    add(&mut template, n1.tails[0], c.coarse, after);
    // Classes around.
    add(&mut template, p1.coarse, c.coarse, c.gap);
    add(&mut template, c.coarse, n1.coarse, after);
    add(&mut template, p1.coarse, c.coarse, n1.coarse);
    add(&mut template, p2.coarse, p1.coarse, c.coarse);
    add(&mut template, c.coarse, n1.coarse, n2.coarse);
    add(&mut template, p1.fine, c.fine, c.gap);
    add(&mut template, c.fine, n1.fine, after);
    add(&mut template, p1.capitals + 8 * n1.capitals, shape, c.gap);
    add(&mut template, p1.capitals + 8 * p2.capitals, shape & 7, c.coarse);
    add(&mut template, n1.capitals + 8 * n2.capitals, shape & 7, c.coarse);
    add(&mut template, p1.capitals * 8 + c.capitals, p1.coarse, c.coarse);
    add(&mut template, n1.capitals * 8 + c.capitals, n1.coarse, c.coarse);
    // Agreement in case.
    add(
        &mut template,
        agree(p1.cases, c.cases),
        p1.coarse,
        c.coarse + 256 * c.gap,
    );
    add(
        &mut template,
        agree(c.cases, n1.cases),
        n1.coarse,
        c.coarse + 256 * after,
    );
    let (cases, weight) = context::asked(words, index);
    let asked = if cases == 0 {
        u32::from(weight < 0.0) * 9
    } else {
        1 + agree(u32::from(cases), c.cases) + 4 * u32::from(weight > 0.5)
    };
    add(&mut template, asked, c.coarse, 0);
    add(&mut template, asked, shape, verdict);
    let (further, _) = if index > 0 {
        context::asked(words, index - 1)
    } else {
        (0, 0.0)
    };
    add(&mut template, agree(u32::from(further), c.cases), c.coarse, p1.coarse);
    // Kinds of neighbours.
    add(&mut template, p1.part, c.coarse, c.gap);
    add(&mut template, p1.part, shape, c.rule);
    add(&mut template, p2.part, c.coarse, p1.gap + 32 * c.gap);
    add(&mut template, p2.part, p1.coarse, c.coarse);
    add(&mut template, n1.part, c.coarse, after);
    add(&mut template, n1.part, shape & 7, c.cases);
    add(&mut template, c.part, c.coarse, shape & 7);
    add(&mut template, p1.label, c.coarse, c.gap);
    add(&mut template, n1.label, c.coarse, after);
    add(&mut template, p2.label, p1.coarse, c.coarse);
    // Punctuation around.
    add(&mut template, c.gap, after, c.coarse);
    add(&mut template, c.gap, after, shape);
    add(&mut template, p1.gap, c.gap, c.coarse);
    add(&mut template, after, n2.gap, c.coarse + 256 * u32::from(n1.initial));
    add(
        &mut template,
        u32::from(p1.initial),
        u32::from(n1.initial),
        c.coarse + 256 * c.gap + 8192 * after,
    );
    add(
        &mut template,
        u32::from(p1.initial) + 2 * u32::from(p2.initial),
        u32::from(n1.initial),
        shape,
    );
    // Elsewhere in the text.
    let elsewhere = u32::from(c.also_lower) + 2 * u32::from(c.also_capital) + 4 * c.again;
    add(&mut template, elsewhere, shape, 0);
    add(&mut template, elsewhere, c.coarse, c.capitals);
    // Endings of neighbours: professions, verbs, adjectives.
    add(&mut template, p1.tails[2], c.coarse, 0);
    add(&mut template, p2.tails[1], p1.coarse, shape & 7);
    add(&mut template, n1.tails[1], shape & 7, after);
    // Whether endings agree: «узкую тропу», «Анна пришла»; what stands behind a name of two words.
    add(&mut template, p1.tails[0], c.tails[0], c.gap);
    add(&mut template, c.tails[0], n1.tails[0], after);
    add(&mut template, n2.tails[0], n1.coarse, c.coarse);
    // Words used alike.
    add(&mut template, c.sense.narrow, 0, 0);
    add(&mut template, c.sense.narrow, shape, 0);
    add(&mut template, c.sense.narrow, c.coarse, 0);
    add(&mut template, c.sense.broad, shape, c.coarse);
    add(&mut template, c.sense.broad, c.rule, c.tails[0]);
    add(&mut template, p1.sense.narrow, c.coarse, c.gap);
    add(&mut template, p1.sense.narrow, shape & 7, c.sense.broad);
    add(&mut template, n1.sense.narrow, c.coarse, after);
    add(&mut template, n1.sense.narrow, shape & 7, c.sense.broad);
    add(&mut template, p1.sense.broad, c.sense.broad, n1.sense.broad);
    add(&mut template, p1.sense.broad, c.sense.narrow, 0);
    add(&mut template, n1.sense.broad, c.sense.narrow, after);
    add(&mut template, p2.sense.narrow, c.coarse, 0);
    add(&mut template, n2.sense.narrow, c.coarse, 0);
    // Letters of words nobody knows.
    if c.inside[0] != 0 {
        add(&mut template, c.heads[0], 0, 0);
        add(&mut template, c.heads[1], 0, 0);
        add(&mut template, c.tails[0], 1, 0);
        add(&mut template, c.tails[1], c.length, 0);
        for group in c.inside {
            if group == 0 {
                break;
            }
            template = LETTERS;
            add(&mut template, group, 0, 0);
        }
    }
}

/// Kind of the features of inner letters: they count the same wherever in a word they stand.
const LETTERS: u32 = 1000;

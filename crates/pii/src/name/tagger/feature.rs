//! The features of one word: which facts of it and its neighbours are put together, hashed into the table.
//!
//! A change here changes what the shipped weights mean: train again (`cargo xtask train`).

use crate::words::Words;

use super::super::context;
use super::cell::{Cell, agree};
use super::weight::BUCKETS;

/// Stands for what lies outside of the text.
const NOTHING: Cell = Cell {
    may_be_name: false,
    whole: 7,
    stem: 7,
    tails: [7; 3],
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
    let mut add = |one: u32, two: u32, three: u32| {
        template += 1;
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
    add(0, 0, 0);
    add(c.fine, 0, 0);
    add(c.fine, shape, 0);
    add(c.coarse, shape, c.length);
    add(shape, c.gap, 0);
    add(c.tails[0], shape & 7, 0);
    add(c.tails[1], shape & 7, 0);
    add(c.tails[2], 0, 0);
    add(c.tails[1], c.coarse, 0);
    add(if c.everyday { c.stem } else { 0 }, u32::from(c.everyday), 0);
    add(if c.everyday { c.whole } else { 0 }, u32::from(c.everyday), shape & 7);
    add(u32::from(c.blocked), c.coarse, 0);
    add(u32::from(c.echoed), c.coarse, shape & 7);
    add(u32::from(c.quoted), c.coarse, c.gap);
    add(u32::from(c.quoted), p1.part, p1.coarse);
    // What the rules say.
    add(verdict, 0, 0);
    add(verdict, shape, 0);
    add(verdict, c.coarse, 0);
    add(c.rule, p1.rule, n1.rule);
    add(c.rule + 4 * p1.rule, c.coarse, p1.coarse);
    add(c.rule + 4 * n1.rule, c.coarse, n1.coarse);
    // Words around.
    add(p1.whole, c.coarse, c.gap);
    add(p1.whole, c.cases, 0);
    add(p1.whole, shape & 7, u32::from(c.everyday));
    add(p1.stem, c.coarse, 0);
    add(p1.stem, c.rule, c.gap);
    add(p2.whole, c.coarse, 0);
    add(p2.whole, p1.whole, c.coarse & 31);
    add(p2.stem, shape & 7, c.rule);
    add(n1.whole, c.coarse, after);
    add(n1.whole, shape & 7, c.rule);
    add(n1.stem, c.coarse, 0);
    add(n2.whole, c.coarse, 0);
    add(n1.whole, n2.whole, c.coarse & 31);
    add(p1.whole, n1.whole, c.coarse & 31);
    add(p1.tails[0], c.coarse, 1);
    add(p1.tails[1], c.coarse, 1);
    add(n1.tails[0], c.coarse, after);
    // Classes around.
    add(p1.coarse, c.coarse, c.gap);
    add(c.coarse, n1.coarse, after);
    add(p1.coarse, c.coarse, n1.coarse);
    add(p2.coarse, p1.coarse, c.coarse);
    add(c.coarse, n1.coarse, n2.coarse);
    add(p1.fine, c.fine, c.gap);
    add(c.fine, n1.fine, after);
    add(p1.capitals + 8 * n1.capitals, shape, c.gap);
    add(p1.capitals + 8 * p2.capitals, shape & 7, c.coarse);
    add(n1.capitals + 8 * n2.capitals, shape & 7, c.coarse);
    add(p1.capitals * 8 + c.capitals, p1.coarse, c.coarse);
    add(n1.capitals * 8 + c.capitals, n1.coarse, c.coarse);
    // Agreement in case.
    add(agree(p1.cases, c.cases), p1.coarse, c.coarse + 256 * c.gap);
    add(agree(c.cases, n1.cases), n1.coarse, c.coarse + 256 * after);
    let (cases, weight) = context::asked(words, index);
    let asked = if cases == 0 {
        u32::from(weight < 0.0) * 9
    } else {
        1 + agree(u32::from(cases), c.cases) + 4 * u32::from(weight > 0.5)
    };
    add(asked, c.coarse, 0);
    add(asked, shape, verdict);
    let (further, _) = if index > 0 {
        context::asked(words, index - 1)
    } else {
        (0, 0.0)
    };
    add(agree(u32::from(further), c.cases), c.coarse, p1.coarse);
    // Kinds of neighbours.
    add(p1.part, c.coarse, c.gap);
    add(p1.part, shape, c.rule);
    add(p2.part, c.coarse, p1.gap + 32 * c.gap);
    add(p2.part, p1.coarse, c.coarse);
    add(n1.part, c.coarse, after);
    add(n1.part, shape & 7, c.cases);
    add(c.part, c.coarse, shape & 7);
    add(p1.label, c.coarse, c.gap);
    add(n1.label, c.coarse, after);
    add(p2.label, p1.coarse, c.coarse);
    // Punctuation around.
    add(c.gap, after, c.coarse);
    add(c.gap, after, shape);
    add(p1.gap, c.gap, c.coarse);
    add(after, n2.gap, c.coarse + 256 * u32::from(n1.initial));
    add(
        u32::from(p1.initial),
        u32::from(n1.initial),
        c.coarse + 256 * c.gap + 8192 * after,
    );
    add(
        u32::from(p1.initial) + 2 * u32::from(p2.initial),
        u32::from(n1.initial),
        shape,
    );
}

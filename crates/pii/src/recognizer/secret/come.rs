//! Codes that no word calls so: a number alone on its line after «пришло», one that is to be typed in or was refused.

use std::sync::LazyLock;

use crate::finding::Evidence;
use crate::label::Label;
use crate::stems::Stems;
use crate::view::{Claims, View};

use super::code::{codes, is_explained, touches_money};

/// Words between a word of coming and its number.
const LEADS_MAX: usize = 3;

/// Words of something that has come: «вот пришло\n29841».
static CAME: LazyLock<Stems> = LazyLock::new(|| Stems::new("пришл пришел присла приход держи лови диктую"));
/// All words that may lead to such a number: the first thing asked.
static COMES: LazyLock<Stems> = LazyLock::new(|| Stems::of_lines(CAME.iter().chain(TYPED.iter()).chain(["назва"])));
/// Words of typing in, and of what comes of it.
static TYPED: LazyLock<Stems> = LazyLock::new(|| Stems::new("ввож ввел ввод вбил вбива набира набрал"));
static REFUSED: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("пуска пусти приним принял неверн ошибк подход подош работ"));
/// What is asked to be done with a code: «пришло 6620, вводите».
static ENTERED: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("ввод введ вбей вбив успе называ говор сказ диктов сгор подойд"));

/// Claims a number alone on its line, and one to be typed in, after a word of coming: no word of codes is said at all.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    let words = &view.words;
    if view.pieces.is_empty() || !(0..words.len()).any(|index| COMES.begins(words.text(index))) {
        return;
    }
    for code in codes(view) {
        if !claims.is_free(&code.range) {
            continue;
        }
        let (lead, tail) = (words.gap(code.first_word), words.gap(code.after_word));
        let own_line = lead.contains('\n') && (code.after_word == words.len() || tail.contains('\n'));
        let back = |reach: usize| words.before(code.first_word, reach).any(|word| CAME.begins(word));
        let entered = back(1)
            && (code.after_word..words.len().min(code.after_word + 5)).any(|index| ENTERED.begins(words.text(index)));
        let text = words.slice(code.range.clone());
        let plain = !text.ends_with("00") && !is_explained(view, &code) && !touches_money(view, &code);
        // «ввожу 1190, не пускает», «7741 пришло»
        let refused = words.before(code.first_word, 1).any(|word| TYPED.begins(word))
            && (code.after_word..words.len().min(code.after_word + 5)).any(|index| REFUSED.begins(words.text(index)));
        let came = code.first_word == 0 && tail == " " && CAME.begins(words.text(code.after_word));
        // «сказали назвать вам 4471»
        let named = words.before(code.first_word, 2).any(|word| word.starts_with("назва"));
        if plain && (own_line && back(LEADS_MAX) || entered || refused || came || named) {
            claims.add(Label::Secret, code.range, 0.7, Evidence::Context);
        }
    }
}

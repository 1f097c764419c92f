//! Secrets of several words: passwords told by mouth («солнышко маленькими, потом семь четыре»), in quotes («гуси летят
//! на юг»), phrases that bring a wallet back, code words behind «у меня», and answers to secret questions.

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::Evidence;
use crate::label::Label;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Kind;

use super::{quoted, spelled, word};

/// All words that may announce such a secret, or a code spelled so: the first thing asked.
static LABELS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("парол пороль пас pass parol слов фраз сид seed мнемон вопрос девич фамил пин код"));
/// Words between the label and the value.
pub(super) static FILLERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "значит такой такая такое вот это у меня мой моя мое наш был была было диктую диктует записывайте пишите запишите пиши слушайте \
         простой там же новый вайфая вайфай wifi тоже так будет секретный секретная банке моем нашем просто по буквам цифрам слогам",
    )
});
/// So many of them at most.
const FILLERS_MAX: usize = 6;
/// Words of wallets and of what brings them back.
static WALLETS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("восстан сид seed мнемон секретн кошельк резервн recovery слов"));
/// Words of a phrase of a wallet, and of a phrase of one's own.
const WALLET_WORDS: std::ops::RangeInclusive<usize> = 5..=24;
const OWN_WORDS: std::ops::RangeInclusive<usize> = 2..=8;
/// How far the answer to a secret question may stand, and how far the new word after the old one.
const ANSWER_REACH: usize = 12;

/// Claims all secrets of several words.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    let words = &view.words;
    let mut speaks = false;
    for label in 0..words.len() {
        if !LABELS.begins(words.text(label)) {
            continue;
        }
        speaks = true;
        let found = if is_label(words.text(label)) {
            spelled::value(view, label)
        } else if let Some(range) = wallet(view, label) {
            Some(range)
        } else if is_code_word(view, label) {
            own_phrase(view, label).or_else(|| code_word(view, label))
        } else {
            answer(view, label)
        };
        let another = is_code_word(view, label).then(|| replaced(view, label)).flatten();
        for range in found.into_iter().chain(another) {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
    }
    if speaks {
        quoted::claim(view, claims);
    }
}

/// Words right behind which a password or a code is spelled.
pub(super) fn is_label(word: &str) -> bool {
    word.starts_with("парол")
        || word.starts_with("пороль")
        || matches!(word, "пасс" | "пас" | "pass" | "parol" | "пин" | "код")
}

/// «кодовое слово», «секретная фраза», «слово-пароль», «моё кодовое».
pub(super) fn is_code_word(view: &View<'_>, index: usize) -> bool {
    let words = &view.words;
    let word = words.text(index);
    let kind = |at: usize| {
        let word = words.text(at);
        ["кодов", "секретн", "контрольн", "парольн", "пропускн"]
            .iter()
            .any(|stem| word.starts_with(stem))
            || matches!(word, "код" | "стоп") && words.gap(at + 1) == "-"
    };
    if word.starts_with("слов") || word.starts_with("фраз") {
        // «слово для банка одуванчик»
        let asked = words.text(index + 1) == "для"
            && ["банк", "оператор", "курьер", "охран", "кассир"]
                .iter()
                .any(|stem| words.text(index + 2).starts_with(stem));
        return asked || index > 0 && kind(index - 1);
    }
    matches!(word, "кодовое" | "кодовая")
        && !["слов", "фраз"]
            .iter()
            .any(|stem| words.text(index + 1).starts_with(stem))
}

/// The first word after the label that is no filler.
pub(super) fn after_fillers(view: &View<'_>, label: usize) -> usize {
    let words = &view.words;
    let mut index = label + 1;
    while index <= label + FILLERS_MAX && index < words.len() {
        let broken = words.gap(index).contains(['\n', '?', '!', ';']) || words.gap(index).contains(". ");
        if broken {
            return words.len();
        }
        // «пароль от вайфая …», «пароль для входа …»
        if (matches!(words.text(index), "от" | "для" | "к")
            || words.text(index) == "в" && words.text(index + 1).starts_with("банк"))
            && index + 1 < words.len()
        {
            index += 2;
        } else if FILLERS.has(words.text(index)) && !words.gap(index + 1).contains(['?', '\n']) {
            index += 1;
        } else {
            break;
        }
    }
    index
}

/// «фраза восстановления: арбуз зима лодка …», «12 слов: …».
fn wallet(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let word = words.text(label);
    let near = |at: usize| at != label && WALLETS.begins(words.text(at));
    let told = matches!(word, "seed" | "сид")
        || word.starts_with("мнемон")
        || word.starts_with("фраз") && (label.saturating_sub(2)..label + 4).any(near)
        || word.starts_with("слов") && label > 0 && matches!(words.text(label - 1), "12" | "24" | "18" | "двенадцать");
    if !told {
        return None;
    }
    let marked = (label + 1..words.len().min(label + 7))
        .find(|index| words.gap(*index).contains([':', '«', '"']) || words.gap(*index) == " - ");
    let first = marked.unwrap_or_else(|| {
        let mut first = label + 1;
        while WALLETS.begins(words.text(first))
            || words.text(first).starts_with("фраз")
            || FILLERS.has(words.text(first))
        {
            first += 1;
        }
        first
    });
    phrase(view, first, WALLET_WORDS)
}

/// Words of letters from word `first` to the end of the clause, if there are so many.
fn phrase(view: &View<'_>, first: usize, count: std::ops::RangeInclusive<usize>) -> Option<Range<usize>> {
    let words = &view.words;
    let mut after = first;
    while after < words.len()
        && after - first < *count.end()
        && words.all[after].kind != Kind::Digits
        && (after == first || matches!(words.gap(after), " " | ", " | "," | "-" | " - " | "\n"))
    {
        after += 1;
    }
    let about = words.all.get(first).is_some() && word::is_about(words.text(first));
    (count.contains(&(after - first)) && !about).then(|| words.all[first].start..words.all[after - 1].end)
}

/// «кодовая фраза: осенью листья жёлтые».
fn own_phrase(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    if !words.text(label).starts_with("фраз") {
        return None;
    }
    let first = after_fillers(view, label);
    let mut after = first;
    while after < words.len() && (after == first || words.gap(after) == " ") && words.all[after].kind != Kind::Digits {
        after += 1;
    }
    let asked = words.gap(after).contains('?');
    (OWN_WORDS.contains(&(after.saturating_sub(first))) && !asked && !word::is_about(words.text(first)))
        .then(|| words.all[first].start..words.all[after - 1].end)
}

/// «кодовое слово у меня рябина», «моё кодовое — Енисей».
fn code_word(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let mut first = after_fillers(view, label);
    // «кодовое слово договора: Саяны», «для снятия с охраны Арбат»
    let marked =
        |index: usize| words.gap(index).trim_end().ends_with([':', '«', '"', '=']) || words.gap(index) == " - ";
    if let Some(further) = (label + 1..words.len().min(label + 6))
        .take_while(|index| !words.gap(*index).contains(['\n', '?', '!', ',']) && !words.gap(*index).contains(". "))
        .find(|index| marked(*index))
    {
        first = further;
    }
    let led = first > label + 1 || marked(first);
    let at = words.all.get(first)?;
    let closed = {
        let gap = words.gap(first + 1);
        !gap.contains('?') && (first + 1 == words.len() || gap.contains([',', '.', '\n', '!', '»', '"', ')', ';', '-']))
    };
    let text = words.text(first);
    let word = at.kind != Kind::Digits && text.chars().count() >= word::WORD_CHARS_MIN && !word::is_about(text);
    let verb = !marked(first) && is_verb(text);
    (word && !verb && !words.gap(first).contains('?') && (led || closed)).then_some(at.start..at.end)
}

/// Endings of verbs.
pub(super) fn is_verb(word: &str) -> bool {
    [
        "ть", "ет", "ют", "ят", "ут", "ила", "ала", "ыла", "ела", "или", "али", "шь", "ите", "йте", "ся", "сь",
    ]
    .iter()
    .any(|ending| word.ends_with(ending))
}

/// «… поменяйте на Таганай», «… если не подойдёт жасмин»: the next code word.
fn replaced(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    (label + 2..words.len().min(label + ANSWER_REACH)).find_map(|index| {
        let (before, word) = (words.text(index - 1), words.text(index));
        let changed = before == "на"
            && index > 2
            && ["помен", "смен", "замен", "измен"].iter().any(|stem| {
                words.text(index - 2).starts_with(stem) || words.text(index.saturating_sub(3)).starts_with(stem)
            });
        let other = before.starts_with("подойд");
        let fits = words.all[index].kind != Kind::Digits
            && word.chars().count() >= word::WORD_CHARS_MIN
            && !word::is_about(word);
        let plain = !words.gap(index).contains(['\n', '.', '?']);
        ((changed || other) && fits && plain).then(|| words.all[index].start..words.all[index].end)
    })
}

/// «контрольный вопрос кличка собаки, ответ Бублик», «девичья фамилия матери Лебедева».
fn answer(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let word = words.text(label);
    let at = |index: usize| {
        let word = words.all.get(index)?;
        let fits =
            word.kind != Kind::Digits && words.text(index).chars().count() >= 3 && !word::is_about(words.text(index));
        (fits && !is_verb(words.text(index))).then_some(word.start..word.end)
    };
    if word.starts_with("вопрос") && label > 0 {
        let secret = ["секретн", "контрольн"]
            .iter()
            .any(|stem| words.text(label - 1).starts_with(stem));
        let answered = (label.saturating_sub(3)..words.len().min(label + ANSWER_REACH))
            .rfind(|index| words.text(*index).starts_with("ответ") || words.text(*index).starts_with("отвеч"));
        let marked =
            (label + 1..words.len().min(label + 3)).find(|index| words.gap(*index).trim_end().ends_with([':', '-']));
        return answered
            .filter(|_| secret)
            .and_then(|index| {
                if index < label {
                    marked.or(Some(label + 1))
                } else {
                    Some(index + 1)
                }
            })
            .and_then(at);
    }
    let mothers = word.starts_with("фамил")
        && label > 0
        && words.text(label - 1).starts_with("девич")
        && ["мат", "мам", "бабуш"]
            .iter()
            .any(|stem| words.text(label + 1).starts_with(stem));
    mothers.then(|| at(label + 2)).flatten()
}

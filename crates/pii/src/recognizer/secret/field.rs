//! The lexical field of secrets: «код», «смс», «цифры», «пароль», «ключ» anywhere in a message, and the numbers and
//! mixed strings of it that nothing else explains.
//!
//! The value may stand before its word, on the next line, or be the answer to a question. A text without a word of the
//! field pays one look per word.

use std::sync::LazyLock;

use crate::cue::{Cue, cue_at};
use crate::finding::Evidence;
use crate::label::Label;
use crate::recognizer::quantity;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Kind;

use super::code::{Code, MONEY, codes, is_counted, is_explained, touches_money};
use super::list::{LOCKED, SHOWING, TELLING};
use super::other::is_of_other;
use super::sibling;
use super::told;
use super::value::{blob, is_key_shaped, is_panel_code, is_password_shaped, is_thing, is_worded};

/// What a word of the field promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// «код», «пин»: digits.
    Code,
    /// «смс», «цифры», «звонок»: digits, if something tells them.
    Message,
    /// «пароль»: digits or a mixed string.
    Password,
    /// «токен», «ключ апи»: a mixed string.
    Key,
    /// «для входа», «доступ», «вайфай»: what stands right after.
    Entry,
}

/// A word of the field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor {
    word: usize,
    field: Field,
}

/// All words of the field as beginnings: the first thing asked.
static ANY: LazyLock<Stems> = LazyLock::new(|| {
    let lists = [
        &CODES,
        &CODE_BEGINNINGS,
        &PASSWORDS,
        &PASSWORDS_WHOLE,
        &KEYS,
        &MESSAGES,
        &ENTRIES,
    ];
    Stems::of_lines(lists.into_iter().flat_map(|list| list.iter()).chain(["fa", "кот"]))
});
static CODES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "код кода коду кодд кодег кодом коде коды кодов кодам кодами кодик кодика кодики кодиком кодику code codes kod koda kodom \
         пин пина пином пинкод пинкода пинкодом pin pincode puk пук otp verification смскод аутентификатор",
    )
});
static CODE_BEGINNINGS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("шифр проверочн авторизац четырехзнач пятизнач шестизнач двухфактор аутентификат verif разблокир")
});
static PASSWORDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "парол пороль пороля парль пароол запарол пассворд пасворд passw passc parol пассик пасик пасскод пассфраз пасскей psw",
    )
});
/// Words that begin like those of the field.
static NOT_FIELD: LazyLock<Stems> = LazyLock::new(|| Stems::new("кодовое кодовая кодовую шифрован шифровк парольск"));
static PASSWORDS_WHOLE: LazyLock<Stems> = LazyLock::new(|| Stems::new("пасс пас pass pwd пассом"));
static KEYS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "токен token секрет secret вебхук webhook bearer лиценз резервн восстановл recovery backup апи api ключ key",
    )
});
static MESSAGES: LazyLock<Stems> = LazyLock::new(|| {
    let own = "смс sms эсэмэс пуш цифр числа звонк звонил позвонил робот подтвержд подтверд однораз блокировк госуслуг цыфр \
     цифер эсемес сообщен калит постамат";
    Stems::of_lines([LOCKED, own])
});

static ENTRIES: LazyLock<Stems> = LazyLock::new(|| Stems::new("вход доступ вайфай wifi лк кабинет"));

/// Words that tell a value right before it.
static TOLD: LazyLock<Stems> = LazyLock::new(|| {
    let own = "приним приходит скинул кинул выслал пробов пробую пишу выдал говорю диктует продикт записыва запиши так будет \
     был стоит стоял значит вроде кажется use is теперь новый старый первый второй правильн верный прежн точно может \
     опять еще скаж назов назва введи впиш нажми нажат";
    Stems::of_lines([TELLING, SHOWING, own])
});
/// Words that may lead an answer: «да», «сек», «ща».
static LEADS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "ни да сек секунду ща щас сейчас ага не а и ой вот это там ок ну угу так мой моя у меня минутку смотрю мне",
    )
});
/// Words of coming and saying, without which digits are not those of a message.
static COMING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "пришл прише присл присы приход смс sms сообщ пуш назва назов скаж сказ диктов диктуй робот звон входящ код последн три четыре \
         пять шесть 3 4 5 6 письм ввод введ эт",
    )
});
/// What a network key or a program key is for.
static KEY_KINDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "баз апи api лиценз актив продукт сет восстан секрет доступ шифр wi вай безопас бот маркет эквайр интегр вебхук access secret license \
         private recovery backup резерв публ боев тест",
    )
});

/// Who calls and what is closed: no code is called after them.
static MESSENGERS: LazyLock<Stems> = LazyLock::new(|| {
    let own = "робот звон позвонил калит постамат";
    Stems::of_lines([LOCKED, own])
});

/// Longest ways in words: to a value after its word, to the answer in another sentence, to a word after its value.
const REACH: usize = 9;
const REACH_ANSWER: usize = 14;
const REACH_BACK: usize = 6;
/// The same of passwords and keys, which their shape tells too.
const REACH_MIXED: usize = 16;
const REACH_KEY: usize = 9;
const REACH_PANEL: usize = 4;
const REACH_GROUPS: usize = 4;
/// Words that may lead an answer.
const LEADS_MAX: usize = 3;
/// Digits of one half of a code that is kept for hard times.
const RESERVE_DIGITS: usize = 4;

/// The words of the field, those of goods and offers aside.
pub(super) fn anchors(view: &View<'_>) -> Vec<Anchor> {
    (0..view.words.len())
        .filter(|index| ANY.begins(view.words.text(*index)))
        .filter_map(|word| field(view, word).map(|field| Anchor { word, field }))
        .collect()
}

fn field(view: &View<'_>, index: usize) -> Option<Field> {
    let words = &view.words;
    let word = words.text(index);
    if (CODES.has(word) || CODE_BEGINNINGS.begins(word)) && !NOT_FIELD.begins(word) {
        // «2206 пин-ап», «код-слово»
        let part = words.gap(index + 1) == "-" && !words.text(index + 1).starts_with(['к', 'c']);
        let other = word.starts_with(['к', 'c', 'k']) && is_of_other(view, index);
        return (!part && !other).then_some(Field::Code);
    }
    if (PASSWORDS_WHOLE.has(word) || PASSWORDS.begins(word)) && !NOT_FIELD.begins(word) {
        return Some(Field::Password);
    }
    if word == "fa" {
        return (index > 0 && words.text(index - 1) == "2").then_some(Field::Code);
    }
    if word == "кот" {
        return words.text(index + 2).starts_with("смс").then_some(Field::Code);
    }
    if word.starts_with("ключ") || word == "key" {
        let named = (1..=2).any(|step| KEY_KINDS.begins(words.text(index + step)))
            || words.before(index, 2).any(|word| KEY_KINDS.begins(word));
        return named.then_some(Field::Key);
    }
    if KEYS.begins(word) {
        return Some(Field::Key);
    }
    if ["цифр", "цыфр", "цифер", "сообщен"]
        .iter()
        .any(|stem| word.starts_with(stem))
        || word.starts_with("числа")
    {
        let near = (index.saturating_sub(4)..index + 5).any(|at| at != index && COMING.begins(words.text(at)));
        return near.then_some(Field::Message);
    }
    if ENTRIES.begins(word) {
        return Some(Field::Entry);
    }
    MESSAGES.begins(word).then_some(Field::Message)
}

/// Claims «4471 9038», «4471-9038-1120»: codes in groups of four, before others take a group of them.
pub(super) fn claim_reserve(view: &View<'_>, anchors: &[Anchor], claims: &mut Claims) {
    let kept = anchors.iter().any(|anchor| {
        ["резерв", "запасн", "backup", "recovery", "восстан"]
            .iter()
            .any(|stem| view.words.text(anchor.word).starts_with(stem))
    });
    let near = |piece: usize| {
        let word = view.pieces[piece].first_word;
        anchors.iter().any(|anchor| {
            matches!(anchor.field, Field::Code | Field::Key) && anchor.word < word && word - anchor.word <= REACH_GROUPS
        })
    };
    let group = |piece: usize| {
        view.pieces
            .get(piece)
            .is_some_and(|piece| piece.digits.len() == RESERVE_DIGITS && !piece.spoken)
    };
    let mut first = 0;
    while first + 1 < view.pieces.len() {
        let mut last = first;
        let most = if kept { first + 1 } else { first + RESERVE_DIGITS };
        while last < most && group(first) && group(last + 1) && matches!(view.gap_before(last + 1), " " | "-") {
            last += 1;
        }
        let range = view.pieces[first].start..view.pieces[last].end;
        if last > first && (kept || near(first)) && view.stands_alone(&range) {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
        first = last + 1;
    }
}

/// Claims the numbers and strings of the field that are free.
pub(super) fn claim(view: &View<'_>, anchors: &[Anchor], claims: &mut Claims) {
    if anchors.is_empty() {
        return;
    }
    for code in codes(view) {
        if claims.is_free(&code.range) && is_code(view, anchors, &code) {
            claims.add(Label::Secret, code.range, 0.75, Evidence::Context);
        }
    }
    if anchors.iter().any(|anchor| anchor.field != Field::Message) {
        claim_mixed(view, anchors, claims);
    }
    sibling::claim(view, claims);
}

/// Whether a word of the field tells this number.
fn is_code(view: &View<'_>, anchors: &[Anchor], code: &Code) -> bool {
    let words = &view.words;
    let text = words.slice(code.range.clone());
    let before = code.first_word.checked_sub(1);
    let told = before.is_some_and(|before| TOLD.begins(words.text(before)));
    let colon = words.gap(code.first_word).trim_end().ends_with([':', '-', '=']);
    let year = !code.spoken && quantity::is_year(text);
    // «просят подтвердить запись, прислали 481920»: what comes is not what was told before it.
    let came = before.is_some_and(|before| {
        ["прислал", "пришл", "пришел"]
            .iter()
            .any(|stem| words.text(before).starts_with(stem))
    });
    let explained = if came {
        is_counted(view, code)
    } else {
        is_explained(view, code)
    };
    if explained || is_numbered(view, code) || is_clock(view, code) || touches_money(view, code) {
        return false;
    }
    anchors.iter().any(|anchor| {
        if anchor.word >= code.after_word {
            return !year && follows(view, *anchor, code);
        }
        let near = anchor.word + 2 >= code.first_word;
        anchor.word < code.first_word && (!year || near || told) && leads(view, *anchor, code, told, colon)
    })
}

/// Whether the word of the field stands before the number and leads to it.
fn leads(view: &View<'_>, anchor: Anchor, code: &Code, told: bool, colon: bool) -> bool {
    let words = &view.words;
    let distance = code.first_word - anchor.word;
    let text = words.slice(code.range.clone());
    let round = text.ends_with("00") && !code.spoken && text.len() == 4;
    let end = (anchor.word + 1..=code.first_word)
        .rev()
        .find(|index| ends_clause(words.gap(*index)));
    if let Some(end) = end {
        // «какой код?\nвот\n9083»
        let lead = code.first_word - end;
        let led = (end..code.first_word).all(|index| LEADS.has(words.text(index)) || TOLD.begins(words.text(index)));
        return distance <= REACH_ANSWER && (told && lead <= LEADS_MAX + 2 || lead <= LEADS_MAX && led);
    }
    if distance > REACH {
        return false;
    }
    match anchor.field {
        Field::Code | Field::Password => !round || distance <= 2 || told || colon,
        Field::Message => !round && (told || colon || distance <= 2),
        Field::Key => !round && distance <= 3,
        Field::Entry => !round && distance <= 1 && matches!(words.text(anchor.word), "входа" | "доступ" | "доступа"),
    }
}

/// A question, a line or a sentence ends in the gap.
fn ends_clause(gap: &str) -> bool {
    gap.contains(['\n', '?', '!', ';', '…']) || gap.contains(". ") || gap.contains("..")
}

/// Whether the word of the field stands after the number and explains it.
fn follows(view: &View<'_>, anchor: Anchor, code: &Code) -> bool {
    let words = &view.words;
    let distance = anchor.word - code.after_word;
    let text = words.slice(code.range.clone());
    let opens = code.first_word == 0 || {
        let before = words.text(code.first_word - 1);
        !words.gap(code.first_word).trim().is_empty()
            || words.gap(code.first_word).contains('\n')
            || TOLD.begins(before)
            || LEADS.has(before)
    };
    let other = (code.after_word..anchor.word)
        .any(|index| cue_at(view, index).is_some_and(|cue| cue != Cue::Secret) || MONEY.begins(words.text(index)));
    let broken = (code.after_word + 1..=anchor.word).any(|index| words.gap(index).contains(['\n', ';', '!']));
    // «айпад 140506 код»: the word closes the clause right after.
    let closes = distance == 0
        && words.gap(anchor.word) == " "
        && (anchor.word + 1 == words.len() || words.gap(anchor.word + 1).contains(['.', ',', '\n', '!']));
    if !opens && !closes || other || broken || text.ends_with("00") && !code.spoken {
        return false;
    }
    match anchor.field {
        Field::Code => distance <= REACH_BACK,
        Field::Password => distance <= REACH_BACK / 2,
        Field::Message => distance <= 1 && !MESSENGERS.begins(words.text(anchor.word)),
        Field::Key | Field::Entry => false,
    }
}

/// «номер под полоской 900 148 22», «8-800»: a number of its own, or a part of a longer one.
fn is_numbered(view: &View<'_>, code: &Code) -> bool {
    let words = &view.words;
    let text = words.slice(code.range.clone());
    let longer = words
        .all
        .get(code.after_word)
        .is_some_and(|word| word.kind == Kind::Digits)
        && matches!(words.gap(code.after_word), " " | "-")
        && !code.spoken;
    let numbered = (1..=3.min(code.first_word)).any(|back| {
        let word = words.text(code.first_word - back);
        word == "номер" && !words.text(code.first_word - back + 1).starts_with("подтвер")
            || word == "заказ"
            || word == "заказа"
            || word == "договор"
    });
    let last = words
        .before(code.first_word, REACH_BACK)
        .any(|word| word.starts_with("последн"));
    longer || text.starts_with("8-800") || numbered && !last
}

/// «на 1430», «с 0930»: hours and minutes without a sign between.
fn is_clock(view: &View<'_>, code: &Code) -> bool {
    let text = view.words.slice(code.range.clone());
    let minutes = ["00", "15", "30", "45"].iter().any(|minutes| text.ends_with(minutes));
    let hour = text
        .get(..2)
        .and_then(|hour| hour.parse::<u32>().ok())
        .is_some_and(|hour| (7..=22).contains(&hour));
    let before = view.words.text(code.first_word.wrapping_sub(1));
    text.len() == 4 && minutes && hour && matches!(before, "на" | "в" | "во" | "к" | "с" | "до" | "после" | "время")
}

/// Claims mixed strings beside words of passwords and keys.
fn claim_mixed(view: &View<'_>, anchors: &[Anchor], claims: &mut Claims) {
    let words = &view.words;
    let mut done = 0;
    for index in 0..words.len() {
        let word = words.all[index];
        if word.start < done {
            continue;
        }
        let range = blob(view, word.start);
        if range.end <= word.end || range.start < done {
            continue;
        }
        done = range.end;
        let value = words.slice(range.clone());
        if !claims.is_free(&range) || is_thing(view, index, &range) {
            continue;
        }
        let told = anchors.iter().any(|anchor| match anchor.field {
            Field::Password => {
                let near = anchor.word.abs_diff(index) <= REACH_MIXED;
                near && (is_password_shaped(value)
                    || anchor.word < index && index - anchor.word <= 4 && is_worded(value))
            }
            Field::Key => anchor.word.abs_diff(index) <= REACH_KEY && is_key_shaped(view, &range),
            Field::Code => anchor.word.abs_diff(index) <= REACH_PANEL && is_panel_code(value),
            Field::Entry => {
                let digits = value.chars().filter(char::is_ascii_digit).count();
                anchor.word < index
                    && index - anchor.word <= 3
                    && digits >= 2
                    && is_password_shaped(value)
                    && value.chars().filter(|sign| sign.is_alphabetic()).count() >= 3
                    && !told::is_later(view, index)
            }
            Field::Message => false,
        });
        if told {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
    }
}

/// Whether the word is one of passwords.
pub(super) fn is_password(word: &str) -> bool {
    PASSWORDS.begins(word) || PASSWORDS_WHOLE.has(word)
}

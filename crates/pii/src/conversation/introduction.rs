//! Who is spoken to, and whose name is the speaker's own: «Анна, ждём вас», «меня зовут ⟦⟧», a signature.

use std::ops::Range;
use std::sync::LazyLock;

use super::Speaker;
use super::asked::Expected;
use super::mention::words_of;
use super::occupation;
use super::reading::can_be_nominative;
use super::role::{REACH, relative};
use crate::stems::Stems;

/// Words that go on after a name that answers.
const GOING_ON: &[&str] = &["же", "ну", "это", "я", "который", "которая", "та", "тот"];
/// Words back from a name among which the speaker says «я».
const SELF_REACH: usize = 4;
/// Words of a name that signs a message: more of them speak of somebody in full.
const SIGNATURE_NAMES_MAX: usize = 2;
/// Words after a comma that may ask whose the name is.
const ASKING_WORDS_MAX: usize = 2;
/// Words after a name that signs a message.
const SIGNATURE_WORDS_MAX: usize = 4;
/// Who somebody is, beside relatives and occupations.
const DESCRIBING: &[&str] = &[
    "его",
    "ее",
    "их",
    "ваш",
    "ваша",
    "старший",
    "старшая",
    "новый",
    "новая",
    "переводчик",
    "переводчица",
    "клиент",
    "клиентка",
    "хозяин",
    "хозяйка",
    "пациент",
    "пациентка",
    "заказчик",
    "фотограф",
    "владелец",
    "владелица",
];
/// What a business signs with beside an occupation.
static SIGNING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("салон клиник студи сервис центр компан регистратур ресепш автосервис поддержк служб мастерск")
});
/// Beginnings of words of greeting, after which somebody is called by name.
pub(super) static GREETING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "добр здравств здраст привет день вечер утро уважаем спасибо да нет дорог ок хорошо извините простите алло \
         ой девочк девчонк девушк ребят народ коллеги hi hello ну ладно отлично понял поняла принято доброго дня салам",
    )
});
static INTRODUCTION: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("зовут имя фио name zovut фамилия фамилию представлюсь"));
/// As one speaks to a client.
pub(super) fn is_polite(text: &str) -> bool {
    static POLITE: LazyLock<Stems> =
        LazyLock::new(|| Stems::new("здравствуйте добрый доброе доброго вы вас вам ваш ваша ваше ваши вашу"));
    words_of(text).iter().any(|word| POLITE.has(word))
}

/// Colleagues speak among themselves.
pub(super) fn says_among_staff(text: &str) -> bool {
    text.trim_start_matches(['(', ' ', '*', '[']).starts_with("для своих") || text.contains("внутренн")
}

/// «да, ⟦⟧.» is a whole answer.
pub(super) fn confirms(words: &[String], right: &str) -> bool {
    let ends = right.trim_start_matches([')', '(']).trim().is_empty() || right.starts_with('.');
    ends && matches!(words, [word] if matches!(word.as_str(), "да" | "нет" | "ага" | "верно" | "именно"))
}

/// «⟦⟧, верно?»
pub(super) fn asks_whether(right: &str) -> bool {
    let clause = right.trim_start_matches([',', ' ']);
    [
        "верно?",
        "так?",
        "правильно?",
        "да?",
        "все верно?",
        "всё верно?",
        "наверное",
        "кажется",
        "вроде",
        "видимо",
        "по-моему",
        "скорее",
    ]
    .iter()
    .any(|question| clause.starts_with(question))
}

/// «меня зовут ⟦⟧», «это ⟦⟧, регистратура», said by the business.
pub(super) fn introduces_staff(words: &[String], right: &str) -> bool {
    if matches!(words, [.., me] if me == "я") && words[..words.len() - 1].iter().all(|word| GREETING.begins(word)) {
        return true;
    }
    if matches!(words, [.., me, also] if me == "я" && also == "тоже") {
        return !asks(right);
    }
    // «это доктор ⟦⟧», «я управляющая, ⟦⟧»
    let titles = words
        .iter()
        .rev()
        .take_while(|word| occupation::of_word(word).is_some() || SIGNING.begins(word))
        .count();
    let untitled = &words[..words.len() - titles];
    let says_who = matches!(untitled, [.., who] if who == "я" || who == "это" && opens_with_greeting(untitled));
    if titles > 0 && (says_who || right.starts_with(", слушаю")) {
        return !asks(right);
    }
    let last = words.last().map(String::as_str).unwrap_or_default();
    let with_you = matches!(words, [.., with, you] if with == "с" && you == "вами" || with == "на" && you == "связи");
    (matches!(last, "зовут" | "уважением") || with_you || last == "это" && opens_with_greeting(words)) && !asks(right)
}

/// The speaker says the name is their own.
pub(super) fn is_own(
    text: &str,
    range: &Range<usize>,
    words: &[String],
    speaker: Option<Speaker>,
    expected: Expected,
) -> bool {
    let right = &text[range.end..];
    let near: Vec<&str> = words.iter().rev().take(REACH).map(String::as_str).collect();
    let last = near.first().copied().unwrap_or_default();
    let after = right.trim_start();
    if expected == Expected::OwnName && speaker == Some(Speaker::Client) && !asks(right) {
        let opens = words.iter().all(|word| GREETING.begins(word) || INTRODUCTION.has(word));
        let first_line = !text[..range.start].trim().contains('\n');
        let next = words_of(after).into_iter().next().unwrap_or_default();
        let whole = GOING_ON.contains(&next.as_str())
            || after.is_empty()
            || after.starts_with([',', '.', '\n', ';', ')', '(', ':', '!']);
        if opens && first_line && whole && !matches!(last, "спасибо") {
            return true;
        }
    }
    near.iter().any(|word| INTRODUCTION.has(word) || *word == "уважением")
        || last == "я"
            && can_be_nominative(&text[range.clone()])
            && (!text[..range.start].trim_end().ends_with(',') || near.get(1) == Some(&"это"))
        || after.starts_with("меня зовут")
        || after.starts_with("зовут") && !near.contains(&"ее") && !near.contains(&"его")
        || says_i(after)
        || after.starts_with("на связи")
        || after.starts_with("беспокоит")
        || last == "это" && speaker == Some(Speaker::Client) && opens_with_greeting(words) && !asks(right)
}

/// «я мама, ⟦⟧», «я тоже ⟦⟧», «пишет муж, ⟦⟧»: the speaker tells who they are, and then the name.
pub(super) fn describes_self(words: &[String], left: &str) -> bool {
    let writes = |word: &String| matches!(word.as_str(), "пишет" | "беспокоит" | "звонит");
    let describes = |word: &String| {
        relative(word).is_some() || occupation::of_word(word).is_some() || DESCRIBING.contains(&word.as_str())
    };
    let from = words.len().saturating_sub(SELF_REACH);
    let near = &words[from..];
    if let Some(at) = near.iter().rposition(|word| word == "я") {
        let between = &near[at + 1..];
        let explains = left.trim_end().ends_with([',', ':', '-', '—', '–']);
        let same = between
            .iter()
            .all(|word| matches!(word.as_str(), "тоже" | "сам" | "сама" | "же"));
        let fills = |word: &String| matches!(word.as_str(), "ж" | "же" | "вот" | "и" | "сам" | "сама");
        let explained =
            explains && between.iter().any(describes) && between.iter().all(|word| describes(word) || fills(word));
        return !between.is_empty() && (same && !explains || explained);
    }
    near.iter().rposition(writes).is_some_and(|at| {
        let of_another = at > 0 && matches!(near[at - 1].as_str(), "она" | "он" | "мне" | "нам" | "вам");
        !of_another && near[at + 1..].iter().all(describes)
    })
}

/// «это ⟦⟧, внук»: who writes is told after the name; «это ⟦⟧, мой муж» speaks of another.
pub(super) fn says_who_writes(words: &[String], right: &str) -> bool {
    let clause = right.trim_start_matches([',', ' ', '(']);
    let clause = clause
        .split(['.', '!', '?', '\n', ',', ')', ';'])
        .next()
        .unwrap_or_default();
    let after = words_of(clause);
    words.last().is_some_and(|word| word == "это")
        && opens_with_greeting(words)
        && right.starts_with([',', ' '])
        && !after.is_empty()
        && after.len() <= 2
        && relative(&after[0]).is_some()
}

/// «До субботы! ⟦⟧», «Передам. ⟦⟧, администратор»: the name closes a message.
pub(super) fn signs_message(text: &str, range: &Range<usize>, words: &[String]) -> bool {
    let before = text[..range.start].trim_end();
    let alone = words.is_empty() && before.ends_with(['.', '!', ')', '\n', '…'])
        || words.is_empty() && text[..range.start].ends_with('\n')
        || matches!(words, [word] if occupation::of_word(word).is_some()) && !before.is_empty();
    let right = text[range.end..].trim_end_matches(['.', ' ', ')', '\n', '!']);
    // «она. ⟦Клавдия Ивановна⟧» answers.
    let answers = words_of(before)
        .iter()
        .all(|word| matches!(word.as_str(), "она" | "он" | "да" | "нет" | "ну" | "самая" | "самый"));
    if !alone || answers || before.is_empty() || text[range.clone()].split_whitespace().count() > SIGNATURE_NAMES_MAX {
        return false;
    }
    if right.is_empty() {
        return !text[range.end..].contains('!') || words.is_empty();
    }
    let Some(after) = right.strip_prefix([',', '(']).or_else(|| right.strip_prefix(" -")) else {
        return false;
    };
    let after = words_of(after);
    after.len() <= SIGNATURE_WORDS_MAX
        && !right.contains(['.', '!', '?'])
        && after
            .iter()
            .any(|word| occupation::of_word(word).is_some() || SIGNING.begins(word))
}

/// A full name as a signature, or after «запишите:».
pub(super) fn signs(text: &str, range: &Range<usize>, words: &[String], first_time: bool) -> bool {
    let ends = text[range.end..].trim_matches([' ', '.', '\n']).is_empty();
    let surface = &text[range.clone()];
    let full = surface.split_whitespace().count() > 1;
    let before = text[..range.start].trim_end();
    let starts = before.is_empty() || before.ends_with(['.', '!', '\n', ')']) || text[..range.start].ends_with('\n');
    let booked = words
        .last()
        .is_some_and(|word| word.starts_with("запиш") || word == "запись" || word == "оформите");
    let introduces = words_of(before).iter().all(|word| GREETING.begins(word))
        && surface.split_whitespace().count() > 1
        && text[range.end..].starts_with([',', '.', '\n'])
        && !crate::decline::is_given_and_patronymic(surface);
    let with_phone = text[range.end..]
        .trim_start_matches([',', ' ', '.'])
        .starts_with(['+', '8', '7', '9']);
    introduces
        || full && booked && before.ends_with(':') && with_phone
        || ends
            && (full || first_time && before.ends_with(['.', '!', '\n', ')']))
            && (starts && words.is_empty() && !before.is_empty() || booked && before.ends_with([',', ':']))
}

fn opens_with_greeting(words: &[String]) -> bool {
    words[..words.len() - 1].iter().all(|word| GREETING.begins(word))
}

/// «⟦⟧ я» ends a sentence.
fn says_i(after: &str) -> bool {
    after
        .strip_prefix("это ")
        .unwrap_or(after)
        .strip_prefix('я')
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([',', '.', '!', ')', '\n']))
}

/// The sentence goes on as a question or with «который»: nobody introduces oneself so.
pub(super) fn asks(right: &str) -> bool {
    let end = right.find(['.', '!', '?', '\n']).unwrap_or(right.len());
    // «это ⟦⟧, можно к вам на среду?» asks of something else.
    let of_the_name = !right.starts_with(',') || words_of(&right[..end]).len() <= ASKING_WORDS_MAX;
    right.starts_with(" что ли")
        || right[end..].starts_with('?') && of_the_name
        || right.trim_start_matches([' ', ',']).starts_with("котор")
}

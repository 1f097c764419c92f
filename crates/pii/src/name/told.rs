//! Words somebody says to be a name: «заяц фамилия моя», «мир это моё имя», «у мастера масло, фамилия такая».
//!
//! Any word may be one, so the words around have to say it outright. Runs after the tagger and adds what it left.

use crate::finding::Evidence;
use crate::stems::Stems;
use crate::view::Claims;
use crate::words::{Capitals, Kind, Words};
use std::sync::LazyLock;

use super::Person;
use super::context;
use super::form;

/// Words around «фамилия» and «имя» that are no names themselves.
static AROUND: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "моя мой мое моё его ее её ваша ваш ваше наша их у меня нее неё него нас вас мужа жены мамы папы мастера клиента такая \
         такое такой эта это этой не но и а же как какая какое по на или только просто редкая редкое смешная странная \
         сложная девичья полная полное новая старая другая другое отчество имя фамилия телефон номер дата ник логин пароль \
         то бы вот тут там есть была было будет указана указано напишите запишите пишется через мужская женская настоящая \
         настоящее правильно правильная правильное неправильно с без одна одно сама твоя твое двойная латиницей паспорту \
         скажите назовите подскажите забыла забыл нужна нужно для от до если что кто где",
    )
});
/// Words between «фамилия» and what it is.
static OWNERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "у него нее неё меня нас вас нас моя мое моё его ее её ваша это такая мужа жены мамы папы мастера клиента клиентки",
    )
});
/// How far the word for a name stands from what it is said of.
const REACH: usize = 5;

/// Adds people who are said to be called so.
pub(super) fn complete(words: &Words<'_>, claims: Option<&Claims>, people: &mut Vec<Person>) {
    let mut told = Vec::new();
    for index in 0..words.len() {
        if matches!(words.text(index), "фамилия" | "фамилию" | "фамилии" | "имя") {
            told.extend(said_beside(words, index).or_else(|| said_of_clause(words, index)));
        }
    }
    if told.is_empty() {
        return;
    }
    let surnames: Vec<&str> = told.iter().map(|index| words.text(*index)).collect();
    // «заяц фамилия такая … Заяц Инна»: the same word once more.
    let again = (0..words.len()).filter(|index| surnames.contains(&words.text(*index)) && !told.contains(index));
    for index in told.iter().copied().chain(again) {
        let word = words.all[index];
        let is_free = claims.is_none_or(|claims| claims.is_free(&(word.start..word.end)));
        let next = people
            .iter()
            .position(|person| person.start == word.end + 1 && words.gap(index + 1) == " ");
        if !is_free
            || people
                .iter()
                .any(|person| person.start < word.end && word.start < person.end)
        {
            continue;
        }
        match next {
            Some(beside) => people[beside].start = word.start,
            None => people.push(Person {
                start: word.start,
                end: word.end,
                confidence: 0.75,
                evidence: Evidence::Context,
            }),
        }
    }
}

/// Whether word `index` can be what somebody is called.
pub(super) fn can_be_name(words: &Words<'_>, index: usize) -> bool {
    let Some(word) = words.all.get(index) else { return false };
    let text = words.text(index);
    let adjective = ["ая", "яя", "ое", "ее"].iter().any(|tail| text.ends_with(tail));
    let verb = ["те", "ть", "ся", "шь", "ла", "ли"]
        .iter()
        .any(|tail| text.ends_with(tail))
        && text.chars().count() > 4
        || text.ends_with("но");
    word.kind == Kind::Cyrillic
        && word.end - word.start > 4
        && !AROUND.has(text)
        && !context::is_role(text)
        && !verb
        && words.entry(index).lower_count() < EVERYDAY
        && (!adjective || word.capitals != Capitals::None || form::surname_by_suffix(text).is_some())
}

/// Binary logarithm of how often a word is met in dialogues to be no name whatever is said of it.
const EVERYDAY: u64 = 9;

/// «заяц фамилия моя», «мир это моё имя», «фамилия у него гусь».
fn said_beside(words: &Words<'_>, index: usize) -> Option<usize> {
    let joined =
        |from: usize, to: usize| (from + 1..=to).all(|at| matches!(words.gap(at), " " | " - " | ": " | ":" | ", "));
    // Before it, over «это моё».
    let mut before = index;
    while before > 0
        && index - before < REACH
        && matches!(words.text(before - 1), "это" | "моя" | "мое" | "мой" | "такая")
    {
        before -= 1;
    }
    if let Some(name) = before.checked_sub(1)
        && joined(name, index)
        && (words.begins_sentence(name) || words.gap(name).contains(','))
        && (before < index || OWNERS.has(words.text(index + 1)) && words.gap(index + 1) == " ")
        && !words.gap(index).contains(',')
        && can_be_name(words, name)
    {
        return Some(name);
    }
    // «весна фамилия, серьёзно»
    let named = index
        .checked_sub(1)
        .filter(|_| matches!(words.text(index), "фамилия") && words.gap(index) == " ")
        .filter(|name| {
            words.begins_sentence(*name) && words.gap(index + 1).starts_with(',') && can_be_name(words, *name)
        })
        .filter(|_| !matches!(words.text(index + 1), "имя" | "отчество" | "телефон" | "номер" | "дата"));
    if named.is_some() {
        return named;
    }
    // After it, over «у него», «моя».
    let mut after = index + 1;
    while after < words.len() && after - index < REACH && OWNERS.has(words.text(after)) && joined(after - 1, after) {
        after += 1;
    }
    let closes = after + 1 >= words.len() || !matches!(words.gap(after + 1), " ");
    // Right after «имя» stands whose it is as often as what it is.
    let owned = after > index + 1 || words.gap(after).starts_with([':', '-']) || words.gap(after) == " - ";
    let apart = after < words.len() && words.gap(after).contains(',');
    (after < words.len() && owned && !apart && joined(after - 1, after) && closes && can_be_name(words, after))
        .then_some(after)
}

/// «сорока заберёт посылку, это фамилия», «у мастера масло запись, фамилия такая»: said of the clause before.
fn said_of_clause(words: &Words<'_>, index: usize) -> Option<usize> {
    let near = index.saturating_sub(2)..(index + REACH).min(words.len());
    let of_clause = near
        .clone()
        .any(|at| matches!(words.text(at), "такая" | "такое" | "это"));
    let begins =
        (index.saturating_sub(2)..=index).find(|at| *at > 0 && words.gap(*at).contains([',', '.', '?', '!', '(']))?;
    if !of_clause {
        return None;
    }
    let first = (1..begins)
        .rev()
        .find(|at| words.gap(*at).contains(['.', '?', '!', ';', '\n']))
        .unwrap_or(0);
    let after_role = (first + 1..begins).find(|at| context::is_role(words.text(at - 1)) && words.gap(*at) == " ");
    let name = after_role.unwrap_or(first);
    let is_noun = !words.text(name).ends_with(['ь', 'е']) || words.text(name).chars().count() < 7;
    (is_noun && can_be_name(words, name)).then_some(name)
}

//! Secrets of several words: passwords told by mouth («солнышко маленькими, потом семь четыре»), in quotes («гуси летят
//! на юг»), phrases that bring a wallet back, code words behind «у меня», and answers to secret questions.

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::Evidence;
use crate::label::Label;
use crate::recognizer::quantity;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Kind;

use super::word;

/// All words that may announce such a secret: the first thing asked.
static LABELS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("парол пороль пас pass parol слов фраз сид seed мнемон вопрос девич фамил пин код"));
/// Words that spell: signs, sizes and alphabets.
static SPELLING: LazyLock<Stems> = LazyLock::new(|| {
    let own = "собак собач точк тире дефис подчерк нижн решет звезд слэш слеш пробел восклиц вопросит плюс доллар процент \
     амперс единиц нулей двоек троек двойк тройк четверк пятерк шестерк семерк восьмерк девятк нуля нули четверок \
     пятерок шестерок семерок восьмерок девяток единичк нолик";
    Stems::of_lines(TYPING.iter().chain([own]))
});
/// Words of sizes and alphabets alone.
static TYPING: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("больш маленьк заглавн прописн строчн капс английск латин русск букв раскладк слитно"));
/// Names of letters.
static LETTERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "бэ вэ гэ дэ жэ зэ ка эль эм эн пэ эр эс тэ эф ха цэ че ша ща е э ю я би си ди джи эйч джей кей кью ар ти ви икс игрек зет зэт \
         дабл эй ай а и о у",
    )
});
/// Words that join the parts of a spelled password.
static JOINS: LazyLock<Stems> = LazyLock::new(|| Stems::new("потом затем дальше далее и с через знак все вместе"));
/// Words between the label and the value.
static FILLERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "значит такой такая такое вот это у меня мой моя мое наш был была было диктую диктует записывайте пишите запишите пиши слушайте \
         простой там же новый вайфая вайфай wifi тоже так будет секретный секретная банке моем нашем просто по буквам цифрам слогам",
    )
});
/// Where a spelled password ends for sure.
static ENDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "поняли понял записали записал успели да ок или в на к от до за у для номер кабинет не что как когда если а но я вы мы ты он она \
         слово все можно нужно надо есть где приду буду подскажите скажите",
    )
});
/// Who quotes is a program: «пишет «неверно»».
static QUOTING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("пишет пишут выда ошибк написан надпис кнопк сайт салон нажм раздел пункт ооо тариф назван")
});
/// Words of wallets and of what brings them back.
static WALLETS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("восстан сид seed мнемон секретн кошельк резервн recovery слов"));

/// Spelled words at most, unknown ones among them, and fillers before them.
const SPELLED_MAX: usize = 20;
const UNKNOWN_MAX: usize = 3;
const FILLERS_MAX: usize = 6;
/// Longest quoted password, in bytes, and the way to its label in words.
const QUOTE_BYTES: Range<usize> = 4..140;
const QUOTE_REACH: usize = 5;
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
        let found = if is_password(words.text(label)) {
            spelled(view, label)
                .or_else(|| same_length(view, label))
                .or_else(|| bare_word(view, label))
                .or_else(|| marked_phrase(view, label))
        } else if let Some(range) = wallet(view, label) {
            Some(range)
        } else if is_code_word(view, label) {
            own_phrase(view, label).or_else(|| code_word(view, label))
        } else {
            answer(view, label)
        };
        if let Some(range) = found.filter(|range| claims.is_free(range)) {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
        if is_code_word(view, label)
            && let Some(range) = replaced(view, label).filter(|range| claims.is_free(range))
        {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
    }
    if speaks {
        claim_quoted(view, claims);
    }
}

fn is_password(word: &str) -> bool {
    word.starts_with("парол")
        || word.starts_with("пороль")
        || matches!(word, "пасс" | "пас" | "pass" | "parol" | "пин" | "код")
}

/// «кодовое слово», «секретная фраза», «слово-пароль», «моё кодовое».
fn is_code_word(view: &View<'_>, index: usize) -> bool {
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
fn after_fillers(view: &View<'_>, label: usize) -> usize {
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

/// «солнышко маленькими английскими потом собака потом семь четыре».
fn spelled(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let first = after_fillers(view, label);
    if words.all.get(first)?.kind != Kind::Cyrillic
        || word::is_about(words.text(first)) && !LETTERS.has(words.text(first))
    {
        return None;
    }
    let marked = words.gap(first).trim_end().ends_with([':', '-', '«', '"', '=']);
    if words.gap(first).contains(['.', ',', '?', '!', ';']) && !marked {
        return None;
    }
    let code = matches!(words.text(label), "код" | "пин");
    let (mut last, mut signs, mut matter, mut unknown) = (None, 0, 0, 0);
    for index in first..words.len().min(first + SPELLED_MAX) {
        let gap = words.gap(index);
        if index > first && !matches!(gap, " " | ", " | "-" | " - ") {
            break;
        }
        let word = words.text(index);
        if words.all[index].kind == Kind::Latin {
            break;
        }
        let number = words.lore(index).is_numeral;
        if SPELLING.begins(word) || number {
            last = Some(index);
            signs += 1;
            matter += usize::from(number);
        } else if words.all[index].kind == Kind::Digits || LETTERS.has(word) {
            last = Some(index);
            matter += 1;
        } else if ENDS.has(word) {
            break;
        } else if !JOINS.has(word) {
            unknown += 1;
            matter += 1;
            if unknown > UNKNOWN_MAX || code {
                break;
            }
        }
    }
    let mut last = last.filter(|last| *last > first)?;
    // «маникюр один два три с маленькой»: how it is typed is said last.
    while last > first + 1 && (TYPING.begins(words.text(last)) || matches!(words.text(last), "с" | "и")) {
        last -= 1;
    }
    let spelled = (first..=last).any(|index| SPELLING.begins(words.text(index)));
    let letters = (first..=last).filter(|index| LETTERS.has(words.text(*index))).count();
    let range = words.all[first].start..words.all[last].end;
    (signs > 0
        && matter > 0
        && (spelled || letters >= 2 || unknown > 0 && !code && last - first <= 6)
        && !quantity::is_measured(view, &range))
    .then_some(range)
}

/// «пароль ромашка», «пасс от вайфая кофейник»: a word that closes the clause and is no word of passwords.
fn bare_word(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    if matches!(words.text(label), "код" | "пин" | "паролем" | "паролей" | "пароли") {
        return None;
    }
    let first = after_fillers(view, label);
    let word = words.all.get(first)?;
    let text = words.text(first);
    let gap = words.gap(first + 1);
    let closed = first + 1 == words.len() || gap.contains([',', '.', '\n', '!', ')', ';']);
    // «пароль sirenka подойдёт?»
    let latin = word.kind == Kind::Latin
        && text.len() > word::WORD_CHARS_MIN
        && !word::is_about(text)
        && words.gap(first) == " "
        && gap.starts_with([' ', '?']);
    if latin && words.text(label).starts_with("п") {
        return Some(word.start..word.end);
    }
    let fits = word.kind == Kind::Cyrillic
        && text.chars().count() >= word::WORD_CHARS_MIN
        && !word::is_about(text)
        && !is_verb(text)
        && !text.ends_with("ый")
        && !text.ends_with("ая")
        && !text.ends_with("ла")
        && !ENDS.has(text)
        && !FILLERS.has(text)
        && !DOINGS.begins(text)
        && !words.lore(first).is_numeral;
    let plain = words.gap(first) == " " || words.gap(first).trim_end().ends_with([':', '-']);
    let asked =
        (first + 1..words.len().min(first + 4)).any(|index| words.gap(index).contains('?')) || gap.contains('?');
    (closed && fits && plain && !asked).then_some(word.start..word.end)
}

/// «пароль: три кота и пёс»: some words behind a colon to the end of the clause.
fn marked_phrase(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let first = label + 1;
    if !words.text(label).starts_with("парол") || !words.gap(first).trim_end().ends_with(':') {
        return None;
    }
    let mut after = first;
    while after < words.len() && (after == first || words.gap(after) == " ") && words.all[after].kind != Kind::Digits {
        after += 1;
    }
    let text = words.text(first);
    let told = word::is_about(text) || is_verb(text) || DOINGS.begins(text) || ENDS.has(text);
    let asked = words.gap(after).contains('?');
    (PHRASE_WORDS.contains(&after.saturating_sub(first)) && !told && !asked)
        .then(|| words.all[first].start..words.all[after - 1].end)
}

/// Words of a password behind a colon.
const PHRASE_WORDS: std::ops::RangeInclusive<usize> = 2..=5;

/// What passwords are for and what is done about them.
static DOINGS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "сотруд клиент гост мастер врач админ стойк ресепш телефон компьют ноут планшет роутер касс сейф систем \
         программ страниц аккаунт учет профил инст сбер банк карт почт сайт прилож кабинет мессендж запис журнал \
         файл архив скоро потом позже завтра сегодня утром вечером вчера опять снова пожалуйста спасибо здравств \
         поможет помогите подход работ требу символ цифр букв знак смс чек квит стене двер доск визит бумаг листоч \
         конверт минут час день лично сам человек взлом украл слетел экран блокир сигнал охран терминал интернет \
         сервис салон клиник магазин ником нельзя секрет",
    )
});

/// «abcd efgh ijkl mnop»: a password made by a program in groups.
fn same_length(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let first = after_fillers(view, label);
    (first..words.len().min(first + 3)).find_map(|first| {
        let length = words.text(first).len();
        let mut after = first;
        while after < words.len()
            && words.all[after].kind == Kind::Latin
            && words.text(after).len() == length
            && (after == first || words.gap(after) == " ")
        {
            after += 1;
        }
        (after - first >= 4 && length >= 3).then(|| words.all[first].start..words.all[after - 1].end)
    })
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
fn is_verb(word: &str) -> bool {
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

/// Claims what stands in quotes beside «пароль».
fn claim_quoted(view: &View<'_>, claims: &mut Claims) {
    let text = view.text();
    let mut from = 0;
    while let Some(open) = text[from..].find(['«', '"', '“']).map(|place| from + place) {
        let start = open + text[open..].chars().next().map_or(1, char::len_utf8);
        let Some(end) = text[start..].find(['»', '"', '”']).map(|place| start + place) else {
            return;
        };
        from = end + text[end..].chars().next().map_or(1, char::len_utf8);
        let range = start..end;
        if QUOTE_BYTES.contains(&range.len()) && claims.is_free(&range) && is_quoted_secret(view, &range, from) {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
    }
}

/// Whether «пароль» or a code word leads to the quote, or explains it afterwards.
fn is_quoted_secret(view: &View<'_>, range: &Range<usize>, after: usize) -> bool {
    let words = &view.words;
    let (first, next) = (words.index_at(range.start), words.index_at(after));
    let label = |index: usize| {
        is_password(words.text(index)) && !words.text(index).starts_with("код") || is_code_word(view, index)
    };
    let inside = (first..next).any(|index| {
        let word = words.text(index);
        word.starts_with("парол") || word.starts_with("код") || word.starts_with("сообщ")
    });
    if first >= next || inside || word::is_about(words.text(first)) {
        return false;
    }
    let before = first
        .checked_sub(1)
        .is_some_and(|before| !QUOTING.begins(words.text(before)));
    let led = before
        && (1..=QUOTE_REACH.min(first))
            .take_while(|back| *back == 1 || !words.gap(first - back + 1).contains(['\n', '.', '!', '?']))
            .any(|back| label(first - back));
    let told = (next..words.len().min(next + 3))
        .take_while(|index| !words.gap(*index).contains(['\n', '!', '?']))
        .any(|index| label(index) && (index == next || words.text(next) == "это"));
    let spells = (first..next).any(|index| SPELLING.begins(words.text(index)));
    led || told && (spells || words.gap(next).contains('-'))
}

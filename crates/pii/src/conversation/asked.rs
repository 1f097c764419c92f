//! Whose name a message asks for, so that the answer is understood.

use std::ops::Range;
use std::sync::LazyLock;

use super::mention::words_of;
use super::role::relative;
use crate::lexicon::WordEntry;
use crate::name::form;
use crate::stems::Stems;

/// What the messages before lead to expect of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub(super) enum Expected {
    #[default]
    Nothing,
    /// The client was asked for their own name.
    OwnName,
    /// The client was asked for somebody else's name.
    OtherName,
}

/// Binary logarithm of the count in lower case from which a word is no name, whatever was asked.
const EVERYDAY_COUNT: u64 = 4;
/// Binary logarithm of how common a name is that answers in small letters.
const REGISTERED_COUNT: u64 = 2;
/// Words from the beginning among which «какой» asks of a name that follows.
const WHICH_REACH: usize = 2;
/// Words of a question that may do without its sign.
const CURT_WORDS_MAX: usize = 6;
/// Letters of a name that answers alone.
const ANSWER_CHARS_MIN: usize = 3;

/// Words by which a name is asked for.
static ASKING: LazyLock<Stems> = LazyLock::new(|| Stems::new("зовут имя имена фамили обращаться представ фио"));
/// With these beside, the name asked for is not the client's own.
static OTHERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("ребен сын доч муж жен мам пап мастер врач специалист мастера пациента имена получател детей")
});
/// Words that ask for one of several.
const WHICH: &[&str] = &["какой", "какая", "какую", "какого", "какому", "каким", "какие"];
/// Words by which somebody named is asked about: «кто это?», «какая Баженова?».
static ABOUT: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "кто кого какая какой какую какому какого родственник зовут имя имена фамили полностью фио отчеств однофамил",
    )
});

/// A text that asks: by its sign, or by its words where somebody writes without signs.
fn is_question(text: &str, words: &[String]) -> bool {
    let asking = |word: &String| {
        ABOUT.begins(word) || ASKING.begins(word) || matches!(word.as_str(), "на" | "как" | "который" | "которая")
    };
    let last = text.trim_end_matches(['.', ' ']).rsplit(['.', '!', '\n']).next();
    let last = last.map(words_of).unwrap_or_default();
    let curt = last.len() <= CURT_WORDS_MAX && last.first().is_some_and(asking);
    text.contains('?')
        || curt
        || words.len() <= 2 && words.iter().any(|word| ASKING.begins(word))
        || requests_part(text)
}

/// «⟦⟧, а фамилия», «напомни фамилию для карты», «рады вас видеть) фамилию вашу»: the last clause wants a part of a name.
fn requests_part(text: &str) -> bool {
    static PARTS: LazyLock<Stems> = LazyLock::new(|| Stems::new("фамили отчеств фио"));
    static REQUESTS: LazyLock<Stems> =
        LazyLock::new(|| Stems::new("напомни подскаж скажи назов продикт уточни диктуй ваш твоя твою"));
    let last = text
        .trim_end_matches(['.', ' ', '?', '!', ')'])
        .rsplit(['.', '!', '?', '\n', ',', ')', ':'])
        .next();
    let words = last.map(words_of).unwrap_or_default();
    let named = words.iter().any(|word| PARTS.begins(word));
    let bare = words
        .iter()
        .all(|word| PARTS.begins(word) || matches!(word.as_str(), "а" | "и" | "ее" | "его" | "как" | "имя"));
    named && words.len() <= CURT_WORDS_MAX && (bare || words.iter().any(|word| REQUESTS.begins(word)))
}

/// What a message of the business leads to expect of the client's next one.
pub(super) fn expected_after(text: &str) -> Expected {
    let words = words_of(text);
    if !is_question(text, &words) && !text.contains("азовите") && !text.contains("кажите") && !text.contains("апишите")
    {
        return Expected::Nothing;
    }
    let lower = text.to_lowercase();
    let asks_writer = [
        "кто спрашивает",
        "кто её спрашивает",
        "кто ее спрашивает",
        "кто его спрашивает",
        "вас записать",
        "на кого оформ",
        "на кого запис",
        "на кого заявк",
        "на чье имя",
        "на чьё имя",
        "на кого пиш",
        "договор на кого",
        "имя для чека",
        "вас записываю",
        "кто это",
        "с кем говорю",
        "с кем я говорю",
    ]
    .iter()
    .any(|question| lower.contains(question));
    if asks_writer && !lower.contains("куда вас") && !lower.contains("к кому") {
        return Expected::OwnName;
    }
    if !words.iter().any(|word| ASKING.begins(word)) {
        return Expected::Nothing;
    }
    let own = [
        "вас как зовут",
        "вас зовут",
        "к вам обращаться",
        "ваше имя",
        "ваша фамилия",
        "ваши имя",
        "ваше фио",
    ];
    if asks_which(text) && !asks_for_surname(text) && !own.iter().any(|own| lower.contains(own)) {
        return Expected::OtherName;
    }
    if !own.iter().any(|own| lower.contains(own))
        && words.iter().any(|word| OTHERS.begins(word) || relative(word).is_some())
    {
        Expected::OtherName
    } else {
        Expected::OwnName
    }
}

/// Whether the message wants to know more of the people named lately.
pub(super) fn asks_about_people(text: &str) -> bool {
    let words = words_of(text);
    let wants = is_question(text, &words)
        || words
            .iter()
            .any(|word| matches!(word.as_str(), "имена" | "имя" | "фамилии"));
    wants
        && words.iter().any(|word| ABOUT.begins(word))
        && (expected_after(text) != Expected::OwnName || !asks_the_reader(text))
        || words.iter().any(|word| word == "имена")
}

/// Whether one of several namesakes is asked for: «какой из двух?», «а фамилия?».
pub(super) fn asks_which(text: &str) -> bool {
    let words = words_of(text);
    let of_several = words.iter().any(|word| {
        matches!(
            word.as_str(),
            "двух" | "двое" | "двоих" | "две" | "два" | "трое" | "троих" | "них"
        )
    });
    let which = words
        .iter()
        .any(|word| word.starts_with("как") && WHICH.contains(&word.as_str()) || word.starts_with("котор"));
    is_question(text, &words) && (which && of_several || words.iter().any(|word| word.starts_with("фамили")))
}

/// «какой ⟦Денис⟧? который красит?» asks which of the name is meant.
pub(super) fn asks_of_one(text: &str) -> bool {
    let words = words_of(text);
    is_question(text, &words)
        && words
            .iter()
            .take(WHICH_REACH)
            .any(|word| WHICH.contains(&word.as_str()))
}

/// Whether the surname is asked for.
pub(super) fn asks_for_surname(text: &str) -> bool {
    words_of(text).iter().any(|word| word.starts_with("фамили"))
}

/// Where the text asks for the surname or the patronymic: it is that of whoever was named before.
pub(super) fn place_of_part(text: &str) -> Option<usize> {
    ["отчеств", "Отчеств", "фамили", "Фамили"]
        .iter()
        .filter_map(|word| text.find(word))
        .min()
}

/// Whether the reader's own name is asked for.
pub(super) fn asks_the_reader(text: &str) -> bool {
    let of_reader = [
        "вы", "вас", "вам", "ваша", "вашу", "ваше", "ваши", "твоя", "твое", "тебя",
    ];
    words_of(text).iter().any(|word| of_reader.contains(&word.as_str()))
}

/// «это ⟦⟧?» at the beginning of a message.
pub(super) fn asks_who(left: &str, right: &str) -> bool {
    let words = words_of(left);
    let opens = !words.is_empty()
        && words
            .iter()
            .all(|word| matches!(word.as_str(), "это" | "а" | "так" | "кто"));
    opens && right.trim_start().starts_with('?')
}

/// The name that opens an answer to a question for a name: «Скворцова», «Скворцова, на завтра». A single word tells
/// too little to be found without the question.
pub(super) fn answered_name(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let word: &str = text[start..]
        .split(|sign: char| !(sign.is_alphabetic() || sign == '-'))
        .next()?;
    let end = start + word.len();
    let closed = text[end..].trim().is_empty() || text[end..].starts_with([',', '.', '!', '\n', ')']);
    let long = word.chars().count() >= ANSWER_CHARS_MIN;
    let folded = crate::decline::fold(word);
    let entry = WordEntry::look_up(&folded);
    if !closed || !long || entry.lower_count() >= EVERYDAY_COUNT {
        return None;
    }
    let names = |reading: &form::Reading| reading.cases & form::cases::NOM != 0 && !reading.plural;
    let readings = form::readings(&folded);
    // A word in small letters is taken only for a name that registers hold, or a plain surname.
    let registered = |reading: &form::Reading| names(reading) && !reading.guessed && reading.count >= REGISTERED_COUNT;
    let by_suffix = form::surname_by_suffix(&folded);
    let known = if word.starts_with(char::is_uppercase) {
        readings.iter().any(names) || by_suffix.iter().any(names)
    } else {
        !entry.is_common() && !entry.is_place() && (readings.iter().any(registered) || by_suffix.iter().any(names))
    };
    known.then_some(start..end)
}

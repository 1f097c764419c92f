//! Which of the names in a client's message he says is his own.
//!
//! «Меня зовут Агафья», «Агафья Тестова, хочу записаться», and the bare answer to «Как вас зовут?». Pure and strict: a
//! name of somebody else on the card does more harm than a card without a name, so a doubt says nothing. «Запишите маму
//! Анну», «Ольга, есть время?», «к Ольге» are other people.

use std::ops::Range;

/// A name found in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameFound {
    /// Bytes of the message.
    pub range: Range<usize>,
    /// In the nominative, as far as the engine knows the person by now.
    pub nominative: String,
}

/// Words before an answer that do not change whose name it is.
const BEFORE_ANSWER: &[&str] = &[
    "да",
    "я",
    "это",
    "меня",
    "мое",
    "имя",
    "зовут",
    "конечно",
    "просто",
    "можно",
    "фио",
    "ну",
    "ок",
    "хорошо",
    "на",
    "запишите",
    "здравствуйте",
    "добрый",
    "доброе",
    "день",
    "вечер",
    "утро",
    "привет",
];
/// Words before a name that opens a message.
const GREETING: &[&str] = &[
    "здравствуйте",
    "здравствуй",
    "добрый",
    "доброе",
    "доброго",
    "день",
    "дня",
    "вечер",
    "утро",
    "утра",
    "суток",
    "времени",
    "привет",
];
/// What a name ends: the writer's own follows.
const CUES: &[&[&str]] = &[
    &["меня", "зовут"],
    &["зовут", "меня"],
    &["зовите", "меня"],
    &["меня", "звать"],
    &["мое", "имя"],
    &["имя", "мое"],
    &["мое", "фио"],
    &["с", "уважением"],
    &["вас", "беспокоит"],
    &["вам", "пишет"],
];
/// How we ask for a name.
const QUESTIONS: &[&[&str]] = &[
    &["как", "вас", "зовут"],
    &["как", "к", "вам", "обращаться"],
    &["как", "вас", "записать"],
    &["ваше", "имя"],
    &["представьтесь"],
];
/// The writer speaks of himself or asks for himself.
const FIRST_PERSON: &[&str] = &[
    "я",
    "мне",
    "меня",
    "мой",
    "моя",
    "мое",
    "мои",
    "хочу",
    "хотела",
    "хотел",
    "хотелось",
    "хотим",
    "запишите",
    "записаться",
    "запишусь",
    "можно",
    "подскажите",
    "прошу",
    "нужна",
    "нужен",
    "нужно",
    "интересует",
    "перезвоните",
    "позвоните",
];
/// Somebody else is spoken of.
const THIRD_PERSON: &[&str] = &[
    "она",
    "он",
    "ее",
    "его",
    "ей",
    "ему",
    "нее",
    "него",
    "нему",
    "ней",
    "хочет",
    "просит",
    "просила",
    "просил",
    "зовет",
    "придет",
];
/// Beginnings of words for people around the client.
const KIN: &[&str] = &[
    "мам",
    "мать",
    "матер",
    "пап",
    "отец",
    "отц",
    "муж",
    "жен",
    "сын",
    "доч",
    "ребен",
    "бабуш",
    "бабул",
    "дедуш",
    "брат",
    "сестр",
    "подруг",
    "друг",
    "тет",
    "дяд",
    "внук",
    "внуч",
    "племян",
    "свекр",
    "теща",
    "тещу",
    "невест",
    "жених",
    "клиент",
    "коллег",
    "сосед",
];
/// Words that begin like those and are none of them.
const NOT_KIN: &[&str] = &[
    "другой",
    "другое",
    "другая",
    "другую",
    "другого",
    "женский",
    "женская",
    "женскую",
    "мужской",
    "мужская",
    "мужскую",
];
/// Whoever is visited, not whoever visits.
const VISITED: &[&str] = &[
    "к",
    "ко",
    "у",
    "мастер",
    "мастеру",
    "мастера",
    "врач",
    "врачу",
    "врача",
    "доктор",
    "доктору",
    "специалист",
    "специалисту",
];
/// Endings of a patronymic.
const PATRONYMIC: &[&str] = &["ович", "евич", "овна", "евна", "инична", "ична"];

/// Whether words of ours ask for the client's name.
pub fn asks_name(ours: &str) -> bool {
    let ours = words(ours);
    let has = |question: &&[&str]| ours.windows(question.len()).any(|near| near.iter().eq(question.iter()));
    QUESTIONS.iter().any(has)
}

/// The writer's own name; `asked`: ours were the last words, and they asked for it.
pub fn own_name(text: &str, names: &[NameFound], asked: bool) -> Option<String> {
    let own = names.iter().find(|name| {
        let place = Place::of(text, name);
        place.is_introduced() || place.opens_with_full_name() || asked && names.len() == 1 && place.answers()
    })?;
    Some(spelled(text.get(own.range.clone())?, &own.nominative))
}

/// A name with what stands around it.
struct Place<'a> {
    surface: &'a str,
    /// Words of the whole message before it.
    before: Vec<String>,
    /// Words of its sentence before it.
    left: Vec<String>,
    /// Words of the whole message after it.
    after: Vec<String>,
    /// The sign after it.
    sign: Option<char>,
    /// Its clause asks: «Это Ольга отвечает?», and not «Это Анна, можно завтра?».
    is_question: bool,
    /// It stands in the nominative, as far as can be told.
    is_nominative: bool,
}

impl<'a> Place<'a> {
    fn of(text: &'a str, name: &NameFound) -> Place<'a> {
        let range = &name.range;
        let (before, rest) = text.split_at_checked(range.start).unwrap_or((text, ""));
        let (surface, after) = rest.split_at_checked(range.len()).unwrap_or((rest, ""));
        let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or_default();
        let end = after.find(['.', '!', '?', '\n', ',', ';', '—']).unwrap_or(after.len());
        Place {
            surface,
            before: words(before),
            left: words(sentence),
            after: words(after),
            sign: after.trim_start_matches(' ').chars().next(),
            is_question: after[end..].starts_with('?'),
            is_nominative: {
                let (said, known) = (words(surface), words(&name.nominative));
                said.len() != known.len() || said == known
            },
        }
    }

    /// «Меня зовут …», «я …», «это …», «…, меня зовут».
    fn is_introduced(&self) -> bool {
        let ends_with = |cue: &&[&str]| {
            self.left.len() >= cue.len() && self.left[self.left.len() - cue.len()..].iter().eq(cue.iter())
        };
        // «Я Анну хочу записать» is about Анна.
        let is_cued = CUES.iter().any(ends_with) || ends_with(&&["я"][..]) && self.is_nominative;
        // «Это Агафья» opens a message; anywhere else it may be about anybody.
        let is_shown = self.left.last().is_some_and(|word| word == "это")
            && all_in(&self.before[..self.before.len() - 1], GREETING)
            && !self.is_question
            && !self.speaks_of_others();
        let is_named = self.before.is_empty()
            && (self.after.starts_with(&own(["меня", "зовут"])) || self.after.starts_with(&own(["зовут", "меня"])));
        is_cued && !self.is_denied() || is_shown || is_named
    }

    /// «Добрый день, Агафья Тестова, хочу записаться»: a first name alone, or with a patronymic, speaks to somebody.
    fn opens_with_full_name(&self) -> bool {
        let parts = words(self.surface);
        let has_patronymic = parts
            .iter()
            .any(|word| PATRONYMIC.iter().any(|ending| word.ends_with(ending)));
        let is_full = parts.len() >= if has_patronymic { 3 } else { 2 };
        let is_apart = matches!(self.sign, Some(',' | '.' | ';' | ':' | '—' | '–' | '-' | '\n'));
        let speaks = self.after.iter().any(|word| FIRST_PERSON.contains(&word.as_str()));
        let is_contact = !self.after.is_empty()
            && self
                .after
                .iter()
                .all(|word| word.chars().all(|sign| sign.is_ascii_digit()));
        is_full
            && is_apart
            && self.is_nominative
            && (speaks || is_contact)
            && all_in(&self.before, GREETING)
            && !self.speaks_of_others()
    }

    /// The bare answer to the question.
    fn answers(&self) -> bool {
        let greets = self.after.iter().any(|word| GREETING.contains(&word.as_str()));
        let is_named = self.is_nominative || self.before.last().is_some_and(|word| word == "на");
        is_named && all_in(&self.before, BEFORE_ANSWER) && !greets && !self.is_question && !self.speaks_of_others()
    }

    /// «Я не Анна», «мы с Анной».
    fn is_denied(&self) -> bool {
        self.left.last().is_some_and(|word| word == "не")
    }

    fn speaks_of_others(&self) -> bool {
        let near = self.after.iter().take(4).chain(self.before.iter().rev().take(4));
        let is_kin = |word: &String| KIN.iter().any(|kin| word.starts_with(kin)) && !NOT_KIN.contains(&word.as_str());
        near.clone().any(is_kin)
            || self.after.iter().any(|word| THIRD_PERSON.contains(&word.as_str()))
            || self.before.last().is_some_and(|word| VISITED.contains(&word.as_str()))
    }
}

fn own<const N: usize>(words: [&str; N]) -> [String; N] {
    words.map(str::to_owned)
}

fn all_in(words: &[String], list: &[&str]) -> bool {
    words.iter().all(|word| list.contains(&word.as_str()))
}

fn folded(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

fn words(text: &str) -> Vec<String> {
    folded(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The nominative, unless the client has just said more of his name than was known; each word with a capital letter.
fn spelled(surface: &str, nominative: &str) -> String {
    let parts = |name: &str| name.split_whitespace().count();
    let name = if parts(surface) > parts(nominative) {
        surface
    } else {
        nominative
    };
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect::<String>()
        })
    };
    name.split_whitespace().map(capital).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use shirma_pii::Detector;

    use super::*;
    use crate::boundary;
    use crate::dialog::Tokens;

    fn heard(text: &str, asked: bool) -> Option<String> {
        let masked = boundary::mask(&Detector::new(), &mut Tokens::default(), text);
        own_name(text, &masked.names, asked)
    }

    #[test]
    fn a_client_names_himself() {
        for (text, name) in [
            ("Меня зовут Агафья", "Агафья"),
            (
                "Здравствуйте! Меня зовут Агафья Тестова, хочу на маникюр",
                "Агафья Тестова",
            ),
            ("меня зовут агафья", "Агафья"),
            ("Агафья Тестова, хочу записаться", "Агафья Тестова"),
            ("Добрый день. Агафья Тестова, запишите на завтра", "Агафья Тестова"),
            ("Агафья Тестова, 8 900 000-00-11", "Агафья Тестова"),
            (
                "Тестова Агафья Ивановна, хотела бы записаться",
                "Тестова Агафья Ивановна",
            ),
            ("Это Анна Ким, можно завтра на маникюр?", "Анна Ким"),
            ("Я Анна, записана на пятницу", "Анна"),
            ("Хочу перенести запись. С уважением, Анна Ким", "Анна Ким"),
            ("Анна меня зовут", "Анна"),
            ("Меня зовут Анна, запишите маму Ольгу", "Анна"),
        ] {
            assert_eq!(heard(text, false).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn the_answer_to_the_question_is_a_name_of_his() {
        for (text, name) in [
            ("Агафья", "Агафья"),
            ("Агафья Тестова", "Агафья Тестова"),
            ("да, Анна", "Анна"),
            ("Анна, 8 900 000-00-11", "Анна"),
            ("на Анну Ким", "Анна Ким"),
        ] {
            assert_eq!(heard(text, true).as_deref(), Some(name), "{text}");
        }
        for text in ["Агафья", "Анна Ким", "Анна, 8 900 000-00-11"] {
            assert_eq!(heard(text, false), None, "nobody asked: {text}");
        }
    }

    #[test]
    fn a_name_of_somebody_else_is_not_the_clients() {
        for text in [
            "Запишите маму Анну",
            "запишите мою дочь Анну Тестову на завтра",
            "Её зовут Анна",
            "Маму зовут Анна Тестова",
            "Анна Тестова, моя мама, хочет на маникюр",
            "Анна Тестова, это моя жена",
            "Можно к Ольге на завтра?",
            "Ольга, здравствуйте, хочу записаться",
            "Я Анну Тестову хочу записать",
            "Анну Тестову, пожалуйста, запишите на завтра",
            "А Ольга сегодня работает?",
            "Это Ольга отвечает?",
            "Мастер Ольга Тестова, хочу к ней",
            "Мы придём с Анной Тестовой",
            "У вас работает Анна Тестова?",
        ] {
            for asked in [false, true] {
                assert_eq!(heard(text, asked), None, "{text}, asked: {asked}");
            }
        }
        // A first name with a patronymic speaks to somebody, unless we asked for it.
        assert_eq!(heard("Ольга Петровна, хочу записаться", false), None);
    }

    #[test]
    fn our_question_for_the_name_is_known_by_its_words() {
        for ours in ["Как вас зовут?", "Хорошо! Как к Вам обращаться?", "Подскажите ваше имя"]
        {
            assert!(asks_name(ours), "{ours}");
        }
        assert!(!asks_name("На какую услугу вас записать?"));
    }
}

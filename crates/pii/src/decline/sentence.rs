//! The case a sentence asks a name to stand in, told by the words to the left and to the right of its place.
//!
//! Order of evidence: a preposition; a role word in apposition («мастером ⟦⟧»); a verb or another word that governs a
//! case; a noun the name belongs to; and for a name that opens the clause, the predicate after it.

use std::sync::LazyLock;

use super::clause::{clause_of, is_filler, is_oblique, sentence_right, words_of};
use super::predicate::{self, by_predicate, first_right, is_instrumental, stands_with_thing};
use super::verb::{self, Form};
use crate::label::{Case, Gender};
use crate::stems::Stems;

/// Roles that stand before a name in the same case.
static ROLES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "мастер врач доктор клиент клиентк пациент пациентк администратор менеджер сотрудник сотрудниц специалист \
         тренер курьер водител механик консультант коллег муж жен сын доч дочк мам пап брат сестр бабушк дедушк \
         косметолог парикмахер стилист терапевт хирург педиатр стоматолог колорист директор управляющ гост \
         медсестр подруг друг ассистент логопед психолог массажист бухгалтер господин госпож",
    )
});
/// Relatives: with a name of the other gender they are somebody's, «муж Анны».
const MEN: &[&str] = &["муж", "сын", "брат", "папа", "отец", "дедушка", "внук"];
const WOMEN: &[&str] = &["жена", "дочь", "дочка", "сестра", "мама", "мать", "бабушка", "внучка"];
/// Adverbs, inserted and opening words that do not govern.
static OPENING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "это я вас зовут тут там что если когда а но или здравствуйте вы мы он она есть здесь вот как пусть пускай и \
         да ок хотя чтобы чтоб пока ура они потому так привет добрый доброго",
    )
});
/// Prepositional phrases that tell where somebody is.
const PLACES: &[&str] = &[
    "смене",
    "связи",
    "месте",
    "ресепшене",
    "ресепшн",
    "линии",
    "приеме",
    "телефоне",
    "дежурстве",
    "очереди",
    "списке",
    "зале",
    "кабинете",
    "отпуске",
    "графике",
];

/// The case of a name that stands between `left` and `right`; `gender` is the name's.
pub(crate) fn case_between(left: &str, right: &str, gender: Option<Gender>) -> Case {
    let clause = clause_of(left);
    case_in_clause(clause, right, gender, 0)
}

/// Homogeneous names followed back at most this far.
const COORDINATED_MAX: usize = 3;

fn case_in_clause(clause: &str, right: &str, gender: Option<Gender>, depth: usize) -> Case {
    let words = words_of(clause);
    let trimmed = clause.trim_end();
    let after_colon = trimmed.ends_with([':', '—', '–', '«', '(']) || trimmed.ends_with('-') && clause.ends_with(' ');
    if matches!(words.last().map(String::as_str), Some("и" | "или" | "либо"))
        && !after_colon
        && depth < COORDINATED_MAX
        && let Some(shorter) = before_coordination(clause, &words)
    {
        return case_in_clause(shorter, right, gender, depth + 1);
    }
    let last = words.iter().rposition(|word| !is_filler(word));
    let Some(last) = last.filter(|_| !after_colon) else {
        return by_predicate(&words, right);
    };
    if trimmed.ends_with(',') && !is_inserted(&words[words.len() - 1]) {
        return by_predicate(&[], right);
    }
    let word = words[last].as_str();
    if word.starts_with("уважаем") || word.starts_with("дорог") {
        return Case::Nominative;
    }
    if let Some(case) = by_preposition(&words, last, right) {
        return case;
    }
    if matches!(word, "жаль" | "жалко") {
        return Case::Accusative;
    }
    if predicate::is_received_state(word) {
        return Case::Dative;
    }
    if word == "нет" || matches!(word, "будет" | "было") && last > 0 && words[last - 1] == "не" {
        return Case::Genitive;
    }
    if let Some(case) = by_role(&words, last, gender) {
        return case;
    }
    // Objects that stand between a verb and the name: «ответит вам ⟦⟧», «возьмите с собой ⟦⟧».
    let governor = words[..=last]
        .iter()
        .rposition(|word| !is_oblique(word) && !is_filler(word) && !["собой", "с", "от"].contains(&word.as_str()))
        .filter(|at| {
            words[at + 1..=last].iter().any(|word| word == "собой")
                || !words[at + 1..=last].iter().any(|word| word == "с")
        })
        .unwrap_or(last);
    if let Some(case) = by_verb(&words, governor, clause, right) {
        return case;
    }
    if PLACES.contains(&word) && last > 0 && matches!(words[last - 1].as_str(), "на" | "в")
        || OPENING.has(word)
        || is_number(word)
    {
        return by_predicate(&words, right);
    }
    if matches!(
        word,
        "сколько" | "зачем" | "почему" | "можно" | "нельзя" | "нужно" | "надо"
    ) {
        return if word == "сколько" || stands_with_thing(right) {
            Case::Dative
        } else {
            by_predicate(&words, right)
        };
    }
    if governor < last {
        return by_predicate(&words, right);
    }
    if predicate::is_sent_to(word, right) {
        return Case::Dative;
    }
    // «Принял машину ⟦⟧»: what opens the clause is done by the name.
    if last == 1 && word.ends_with(['у', 'ю']) && verb::form_of(&words[0]) == Some(Form::ActOfOne) {
        return Case::Nominative;
    }
    Case::Genitive
}

/// The case that the first verb after a name governs, if it does.
pub(crate) fn governed_after(right: &str) -> Option<Case> {
    let right = sentence_right(right);
    let right = &right[..right.find(',').unwrap_or(right.len())];
    words_of(right)
        .iter()
        .find(|word| !is_filler(word) && !["мы", "я", "вы", "они"].contains(&word.as_str()))
        .filter(|word| matches!(verb::form_of(word), Some(Form::Act | Form::ActOfOne)))
        .map(|word| verb::governs(word, false))
        .filter(|case| *case != Case::Instrumental)
}

/// What stands before «… и»: with the word that the name is joined to left out.
fn before_coordination<'c>(clause: &'c str, words: &[String]) -> Option<&'c str> {
    let joined = words.len().checked_sub(2)?;
    let word = &words[joined];
    // Only a person is joined to a name.
    let person = is_oblique(word) || ROLES.begins(word) || word.chars().count() > 2;
    if !person || verb::form_of(word).is_some() {
        return None;
    }
    let mut end = clause.len();
    for _ in 0..2 {
        let shorter = clause[..end].trim_end_matches(|sign: char| !sign.is_alphanumeric());
        end = shorter
            .char_indices()
            .rev()
            .find(|(_, sign)| !(sign.is_alphanumeric() || *sign == '-'))
            .map_or(0, |(at, sign)| at + sign.len_utf8());
    }
    let shorter = clause[..end].trim_end();
    let shorter = shorter
        .strip_suffix(" и")
        .or_else(|| shorter.strip_suffix(" или"))
        .unwrap_or(shorter);
    (!shorter.is_empty()).then_some(shorter)
}

fn is_number(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_digit())
}

fn is_inserted(word: &str) -> bool {
    ["пожалуйста", "кстати", "конечно", "наверное"].contains(&word)
}

fn by_preposition(words: &[String], last: usize, right: &str) -> Option<Case> {
    let previous = words[..last]
        .iter()
        .rfind(|word| !is_filler(word))
        .map_or("", String::as_str);
    let before = |stems: &[&str]| {
        stems
            .iter()
            .any(|stem| words[..last].iter().rev().take(3).any(|word| word.starts_with(stem)))
    };
    Some(match words[last].as_str() {
        "к" | "ко" | "по" | "благодаря" | "навстречу" | "согласно" | "вопреки" => {
            Case::Dative
        }
        "у"
        | "от"
        | "ото"
        | "до"
        | "для"
        | "без"
        | "из"
        | "кроме"
        | "около"
        | "после"
        | "вместо"
        | "ради"
        | "против"
        | "насчет"
        | "поводу"
        | "возле"
        | "имени"
        | "имя"
        | "помимо"
        | "напротив"
        | "касательно"
        | "относительно"
        | "стороны"
        | "лица"
        | "из-за"
        | "из-под"
        | "вокруг"
        | "мимо"
        | "среди"
        | "вроде"
        | "наподобие"
        | "вне" => Case::Genitive,
        "с" | "со" | "над" | "под" | "перед" | "между" | "рядом" => Case::Instrumental,
        "за" if [
            "спасибо",
            "благодар",
            "плат",
            "заплат",
            "оплат",
            "предоплат",
            "рад",
            "пережива",
            "боле",
            "замуж",
            "извин",
            "доплат",
            "проголос",
            "голос",
            "порука",
            "беспоко",
            "волну",
            "отвеч",
            "внес",
            "расч",
            "распис",
        ]
        .iter()
        .any(|stem| previous.starts_with(stem)) =>
        {
            Case::Accusative
        }
        "за" if last == 0 && predicate::is_paid_for(right) => Case::Accusative,
        "за" => Case::Instrumental,
        "о" | "об" | "обо" | "при" => Case::Locative,
        "в" | "во"
            if previous.is_empty() || before(&["сомнева", "увер", "дело", "разочаров", "нужда", "ошиб", "причин"]) =>
        {
            Case::Locative
        }
        "на" if before(&[
            "держ",
            "женат",
            "женил",
            "лежит",
            "сказыва",
            "вина",
            "ответственность",
            "экономи",
            "настаива",
            "настоял",
            "сосредоточ",
        ]) || previous.is_empty() && last == 0 && words.len() == 1 && !predicate::is_put_on(right) =>
        {
            Case::Locative
        }
        "про" | "через" | "на" | "в" | "во" | "сквозь" => Case::Accusative,
        _ => return None,
    })
}

/// A role before the name tells the case by its own ending, and by what governs it where the ending says two things.
fn by_role(words: &[String], last: usize, gender: Option<Gender>) -> Option<Case> {
    let word = words[last].as_str();
    let tail = ROLES.longest(word).and_then(|role| word.strip_prefix(role))?;
    match gender {
        Some(Gender::Female) if MEN.contains(&word) => return Some(Case::Genitive),
        Some(Gender::Male) if WOMEN.contains(&word) => return Some(Case::Genitive),
        _ => {}
    }
    let above = || {
        let before = words[..last].iter().rposition(|word| !is_filler(word))?;
        by_preposition(words, before, "").or_else(|| {
            matches!(verb::form_of(&words[before]), Some(Form::Act | Form::ActOfOne))
                .then(|| verb::governs(&words[before], false))
        })
    };
    Some(match tail {
        "ом" | "ем" | "ой" | "ью" | "ей" | "цей" | "им" => Case::Instrumental,
        "у" if word.ends_with("ку")
            || word.ends_with("цу")
            || ["маму", "папу", "сестру", "жену", "медсестру", "подругу"].contains(&word) =>
        {
            Case::Accusative
        }
        "у" | "ю" | "ему" => Case::Dative,
        "а" | "я" | "ь"
            if [
                "мама",
                "папа",
                "сестра",
                "жена",
                "клиентка",
                "пациентка",
                "бабушка",
                "дедушка",
                "дочка",
                "коллега",
                "сотрудница",
                "медсестра",
                "подруга",
                "госпожа",
            ]
            .contains(&word)
                || tail == "ь" =>
        {
            Case::Nominative
        }
        "а" | "я" | "его" => above()
            .filter(|case| matches!(case, Case::Accusative | Case::Genitive))
            .unwrap_or(Case::Genitive),
        "и" | "ы" => above()
            .filter(|case| matches!(case, Case::Dative | Case::Genitive | Case::Locative))
            .unwrap_or(Case::Genitive),
        "е" => above()
            .filter(|case| matches!(case, Case::Dative | Case::Locative))
            .unwrap_or(Case::Dative),
        "ий" | "ая" | "" => Case::Nominative,
        _ => return None,
    })
}

/// The governor is a verb or a predicate to the left.
fn by_verb(words: &[String], at: usize, clause: &str, right: &str) -> Option<Case> {
    let word = words[at].as_str();
    if matches!(word, "спасибо" | "привет" | "благодаря" | "респект" | "слава") {
        return Some(Case::Dative);
    }
    if matches!(
        word,
        "благодарны" | "рады" | "благодарен" | "благодарна" | "рекомендован"
    ) {
        return Some(Case::Dative);
    }
    if ["довол", "недовол"].iter().any(|stem| word.starts_with(stem)) {
        return Some(Case::Instrumental);
    }
    let before = &words[..at];
    if verb::is_instrumental(word) && word.ends_with("сь") {
        return Some(Case::Instrumental);
    }
    let form = verb::form_of(word)?;
    match form {
        Form::Passive => {
            if before.is_empty() && verb::befalls_people(word) {
                return Some(Case::Nominative);
            }
            if word.starts_with("занят") && has_subject(before, clause) {
                return Some(Case::Instrumental);
            }
            if !has_subject(before, clause) && word.ends_with('н') && !verb::is_known_passive(word) {
                return None;
            }
            // A neuter one needs no subject: «проверено ⟦⟧».
            let subject = has_subject(before, clause) || word.ends_with('о') && !verb::passive_gives(word);
            Some(match verb::after_passive(word, subject) {
                Case::Nominative => by_predicate(words, right),
                case => case,
            })
        }
        Form::Reflexive => {
            if verb::is_dative(word) {
                return Some(Case::Dative);
            }
            let others = word.starts_with("интересу") && stands_with_thing(right);
            Some(if others || has_subject(before, clause) {
                Case::Instrumental
            } else {
                Case::Nominative
            })
        }
        Form::ActOfOne => {
            let acted_on = before.iter().rfind(|word| !is_filler(word));
            if verb::acts_alone(word) || acted_on.is_some_and(|noun| is_object_before(noun, word)) {
                return Some(Case::Nominative);
            }
            if has_subject(before, clause) {
                return Some(object_of(word, before, right, false));
            }
            Some(match verb::done_by_a_thing(word).filter(|_| stands_with_thing(right)) {
                Some(case) => case,
                None => Case::Nominative,
            })
        }
        Form::Act => Some(object_of(word, before, right, true)),
    }
}

/// A thing before a verb of one: «отзыв оставил ⟦⟧», «маникюр делала ⟦⟧». People and firms act, things are acted on.
fn is_object_before(noun: &str, word: &str) -> bool {
    if ROLES.begins(noun) || ACTORS.begins(noun) || noun.ends_with(['а', 'я', 'о', 'е', 'и', 'ы']) {
        return false;
    }
    word.ends_with(['л', 'а']) && !verb::is_dative(word) || word.ends_with("ла") && !noun.ends_with('ь')
}

/// People and firms by words that are no roles of this file's list.
static ACTORS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "салон сервис клиник магазин банк склад отдел центр бот оператор филиал студи автосервис партнер парень человек \
         мужчин женщин девушк ребен адвокат нотариус юрист фельдшер охранник сосед начальник кассир продавец владелец \
         хозя невролог окулист лор гинеколог уролог кардиолог дерматолог ортодонт гигиенист барбер слесар электрик \
         кто никто",
    )
});

fn object_of(word: &str, before: &[String], right: &str, several: bool) -> Case {
    if first_right(right).is_some_and(|first| is_instrumental(&first)) && !verb::is_instrumental(word) {
        return match verb::governs(word, false) {
            Case::Dative if !verb::makes_somebody(word) => Case::Dative,
            _ => Case::Accusative,
        };
    }
    let thing = stands_with_thing(right) || several && verb::may_give(word) && thing_before(before);
    if verb::is_instrumental(word) && !thing {
        return Case::Instrumental;
    }
    verb::governs(word, thing)
}

/// «рецепт выписали ⟦⟧»: the thing stands before the verb.
fn thing_before(before: &[String]) -> bool {
    let mut governed = false;
    for word in before {
        if PREPOSITIONS.contains(&word.as_str()) {
            governed = true;
            continue;
        }
        let nominal = !is_oblique(word)
            && !is_filler(word)
            && !OPENING.has(word)
            && !is_number(word)
            && verb::form_of(word).is_none()
            && !word.ends_with(['и', 'ы'])
            && ![
                "можно",
                "нужно",
                "надо",
                "не",
                "ли",
                "уже",
                "могу",
                "можем",
                "хотим",
                "хочу",
            ]
            .contains(&word.as_str())
            && word.chars().count() > 3;
        if nominal && !governed {
            return true;
        }
        governed = governed && is_determiner(word);
    }
    false
}

const PREPOSITIONS: &[&str] = &[
    "в",
    "на",
    "с",
    "у",
    "к",
    "от",
    "до",
    "по",
    "за",
    "из",
    "для",
    "о",
    "при",
    "после",
    "без",
    "вместо",
    "через",
    "со",
    "во",
    "ко",
    "перед",
    "об",
    "под",
    "над",
    "около",
    "кроме",
];

/// Whether somebody who acts is named before the verb in the same clause; if nobody is, the name after it acts.
fn has_subject(before: &[String], clause: &str) -> bool {
    let clause_words = words_of(clause.rsplit(',').next().unwrap_or(clause)).len();
    let start = (before.len() + 1).saturating_sub(clause_words);
    let mut governed = false;
    for word in &before[start.min(before.len())..] {
        if PREPOSITIONS.contains(&word.as_str()) {
            governed = true;
            continue;
        }
        let object = word.ends_with(['у', 'ю']) && word.chars().count() > 1;
        let opening = [
            "не",
            "там",
            "тут",
            "здесь",
            "и",
            "а",
            "но",
            "когда",
            "если",
            "что",
            "как",
            "где",
            "пусть",
            "вот",
            "кто",
            "первым",
            "последним",
            "первой",
        ];
        if !(governed
            || object
            || is_number(word)
            || is_oblique(word)
            || opening.contains(&word.as_str())
            || is_filler(word))
        {
            return true;
        }
        // A noun after a preposition may have its adjective before it: «на это время».
        governed = governed && is_determiner(word);
    }
    false
}

fn is_determiner(word: &str) -> bool {
    [
        "это",
        "этот",
        "эту",
        "ту",
        "тот",
        "все",
        "весь",
        "прошлый",
        "новый",
        "первый",
    ]
    .contains(&word)
}

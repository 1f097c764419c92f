//! What the words around a name say about the person: role, address, self-introduction, asked case.

use std::ops::Range;
use std::sync::LazyLock;

use super::Speaker;
use super::person::Role;
use super::reading::{Sense, senses};
use crate::decline::{case_between, governed_after};
use crate::label::{Case, Gender};
use crate::name::form::cases;
use crate::stems::Stems;

/// How far to the left a role word is looked for, in words.
const REACH: usize = 2;
/// The same for «отцу нужен приём, ⟦⟧», where the name explains the word.
const REACH_OF_RELATIVES: usize = 5;
/// The same to the right: «⟦⟧, ваш новый мастер».
const REACH_RIGHT: usize = 3;

/// One mention: the ways to read the name, and what surrounds it.
pub(super) struct Mention {
    /// Likeliest first, never empty.
    pub(super) senses: Vec<Sense>,
    pub(super) role: Option<Role>,
    /// The role is only likely: somebody is spoken to, or gone to.
    pub(super) role_is_hint: bool,
    /// Somebody is spoken to by this name.
    pub(super) addressed: bool,
    /// The speaker says the name is their own.
    pub(super) own: bool,
    /// «⟦⟧ и …, … и ⟦⟧»: another name stands right before it.
    pub(super) side_by_side: bool,
}

/// So much of the text on each side of a name is looked at: longer than any sentence of a chat.
const SURROUNDINGS_BYTES: usize = 600;

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

static STAFF: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "мастер врач врачу доктор администратор менеджер тренер механик косметолог парикмахер стилист терапевт хирург \
         педиатр стоматолог колорист директор медсестр массажист бровист барбер логопед психолог гинеколог \
         ортодонт невролог лор окулист офтальмолог уролог кардиолог дерматолог замерщик курьер водител сторож \
         слесар электрик гигиенист бухгалтер кассир преподавател администрац управляющ продав приемщик нотариус \
         ассистент лаборант консультант специалист диспетчер бригадир установщик фельдшер рентгенолог маникюрш \
         визажист флорист повар грузчик электромонтер сварщик шиномонтажник жестянщик",
    )
});
static KIN_MALE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("муж сын пап брат дедушк дед внук дяд племянник тест свекр мальчик отец отц друг жених супруг зят")
});
static KIN_FEMALE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "жен доч мам сестр бабушк бабул внучк тет племянниц тещ свекров девочк подруг подружк соседк мать матер \
         невест супруга золовк",
    )
});
/// Relatives in the nominative, as they stand after a name.
static RELATIVES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "муж жена сын сынок дочь дочка дочурка мама папа отец мать брат сестра дедушка бабушка внук внучка дядя тетя          племянник племянница теща тесть свекровь свекор подруга друг сосед соседка невеста жених зять ребенок",
    )
});
static KIN_ANY: LazyLock<Stems> = LazyLock::new(|| Stems::new("ребенк ребенок ребен дети детей детям малыш"));
/// Beginnings of words of greeting, after which somebody is called by name.
static GREETING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "добр здравств здраст привет день вечер утро уважаем спасибо да нет дорог ок хорошо извините простите алло \
         ой ну ладно отлично понял поняла принято доброго дня салам",
    )
});
static INTRODUCTION: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("зовут имя фио name zovut фамилия фамилию представлюсь"));
/// Words by which a name is asked for.
static ASKING: LazyLock<Stems> = LazyLock::new(|| Stems::new("зовут имя имена фамили обращаться представ фио"));
/// With these beside, the name asked for is not the client's own.
static OTHERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("ребен сын доч муж жен мам пап мастер врач специалист мастера пациента имена получател детей")
});

/// What a message of the business leads to expect of the client's next one.
pub(super) fn expected_after(text: &str) -> Expected {
    let words = words_of(text);
    if !text.contains('?') && !text.contains("азовите") && !text.contains("кажите") && !text.contains("апишите")
    {
        return Expected::Nothing;
    }
    if !words.iter().any(|word| ASKING.begins(word)) {
        return Expected::Nothing;
    }
    let own = [
        "вас зовут",
        "к вам обращаться",
        "ваше имя",
        "ваша фамилия",
        "ваши имя",
        "ваше фио",
    ];
    let lower = text.to_lowercase();
    if !own.iter().any(|own| lower.contains(own)) && words.iter().any(|word| OTHERS.begins(word)) {
        Expected::OtherName
    } else {
        Expected::OwnName
    }
}

/// Colleagues speak among themselves.
fn among_staff(text: &str) -> bool {
    text.trim_start_matches(['(', ' ', '*', '[']).starts_with("для своих") || text.contains("внутренн")
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(crate::decline::fold)
        .collect()
}

/// Reads the mention of a person at `range` of `text`.
pub(super) fn read(text: &str, range: &Range<usize>, speaker: Option<Speaker>, expected: Expected) -> Mention {
    let (text, range) = &surroundings(text, range);
    let left = crate::decline::clause_of(&text[..range.start]);
    let right = &text[range.end..];
    let words = words_of(left);
    let (mut role, gender) = role_beside(left, &words);
    role = role.or_else(|| role_after(right));
    let own = role.is_none() && speaker != Some(Speaker::Staff) && is_own(text, range, &words, speaker, expected);
    let mut asked = case_bits(case_between(&text[..range.start], right, None));
    if asked == cases::NOM
        && let Some(object) = governed_after(right)
    {
        // «Евгению записала первой»: no subject, so the verb says what the form before it is.
        asked |= case_bits(object);
    }
    let senses = senses(&text[range.clone()], asked, gender);
    let bare_surname = senses
        .first()
        .is_some_and(|sense| !sense.name.has_given() && sense.name.patronymic.is_none());
    let greeted = words.iter().all(|word| GREETING.begins(word));
    let closed = right.starts_with([',', '!', '.']) && !words.is_empty() || right.starts_with([',', '!']);
    let closed = closed || right.trim().is_empty() && !words.is_empty();
    // Nobody is spoken to by a bare surname.
    let addressed = greeted && closed && role.is_none() && !own && !bare_surname;
    let mut role_is_hint = false;
    if own {
        role = Some(Role::Client);
    } else if speaker == Some(Speaker::Staff) && role.is_none() && introduces_staff(&words, right) {
        role = Some(Role::Staff);
    } else if addressed && speaker == Some(Speaker::Staff) {
        role = Some(if among_staff(text) { Role::Staff } else { Role::Client });
        role_is_hint = true;
    } else if addressed && speaker == Some(Speaker::Client) {
        role = Some(Role::Staff);
        role_is_hint = true;
    }
    let last = words.last().map(String::as_str).unwrap_or_default();
    if matches!(last, "к" | "ко" | "у") && role.is_none() && !left.trim_end().ends_with(',') {
        role = Some(Role::Staff);
    }
    Mention {
        senses,
        role,
        role_is_hint,
        addressed,
        own,
        side_by_side: false,
    }
}

/// The nearest part of a text, and the range within it.
fn surroundings<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, Range<usize>) {
    let mut start = range.start.saturating_sub(SURROUNDINGS_BYTES);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (range.end + SURROUNDINGS_BYTES).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (&text[start..end], range.start - start..range.end - start)
}

/// A mention without surroundings: a name known beforehand.
pub(super) fn introduced(value: &str, gender: Option<Gender>) -> Mention {
    let mut senses = senses(value, cases::NOM, gender);
    senses.truncate(1);
    for sense in &mut senses {
        sense.nominative = value.to_owned();
    }
    Mention {
        senses,
        role: None,
        role_is_hint: false,
        addressed: false,
        own: false,
        side_by_side: false,
    }
}

/// Role and gender by a word before the name: «мастера ⟦⟧», «муж, ⟦⟧», «отцу нужен приём, ⟦⟧».
fn role_beside(left: &str, words: &[String]) -> (Option<Role>, Option<Gender>) {
    let trimmed = left.trim_end();
    let explains = trimmed.ends_with([',', ':', '—', '–', '(']) || trimmed.ends_with(" -");
    let mut role = None;
    let mut gender = None;
    for (distance, word) in words.iter().rev().take(REACH_OF_RELATIVES).enumerate() {
        let near = distance < if explains { 1 } else { REACH };
        let far = explains && !left.contains(['.', '!', '?']);
        if STAFF.begins(word) {
            if near || far && distance < REACH_RIGHT {
                role = role.or(Some(Role::Staff));
            }
            continue;
        }
        let Some(of) = relative(word) else { continue };
        if near || far {
            role = role.or(Some(Role::Kin));
            gender = gender.or(of);
        }
    }
    (role, gender)
}

/// Whether the word is a relative or a companion, and of what gender.
fn relative(word: &str) -> Option<Option<Gender>> {
    let other = [
        "женск",
        "дочит",
        "женат",
        "мамологи",
        "маммо",
        "матери",
        "материал",
        "тетрад",
    ];
    if KIN_FEMALE.begins(word) && !other.iter().any(|start| word.starts_with(start) && word != "матери") {
        return Some(Some(Gender::Female));
    }
    let other = [
        "мужск",
        "друго",
        "друга",
        "другу",
        "другие",
        "других",
        "дедлайн",
        "папк",
        "тест",
        "отец",
    ];
    if KIN_MALE.begins(word) && (word == "отец" || !other.iter().any(|start| word.starts_with(start))) {
        return Some(Some(Gender::Male));
    }
    KIN_ANY.begins(word).then_some(None)
}

/// «⟦⟧, ваш мастер», «⟦⟧ (мой муж)», «⟦⟧ который мастер».
fn role_after(right: &str) -> Option<Role> {
    let trimmed = right.trim_start();
    let explains =
        trimmed.starts_with([',', '(', '—', '–']) || trimmed.starts_with("- ") || trimmed.starts_with("котор");
    if !explains {
        return None;
    }
    let inside = trimmed.trim_start_matches([',', '(', '—', '–', '-', ' ']);
    let clause = inside.split(['.', '!', '?', '\n', ',', ')', ';']).next()?;
    let words = words_of(clause);
    if words.len() > REACH_RIGHT + 1 && !trimmed.starts_with("котор") {
        return None;
    }
    words.iter().take(REACH_RIGHT).find_map(|word| {
        if STAFF.has(word) || word.starts_with("регистратур") || word.starts_with("ресепш") {
            Some(Role::Staff)
        } else {
            RELATIVES.has(word).then_some(Role::Kin)
        }
    })
}

/// «меня зовут ⟦⟧», «это ⟦⟧, регистратура», said by the business.
fn introduces_staff(words: &[String], right: &str) -> bool {
    let last = words.last().map(String::as_str).unwrap_or_default();
    (last == "зовут" || last == "это" && words.len() <= 3) && !asks(right)
}

/// The speaker says the name is their own.
fn is_own(text: &str, range: &Range<usize>, words: &[String], speaker: Option<Speaker>, expected: Expected) -> bool {
    let right = &text[range.end..];
    let near: Vec<&str> = words.iter().rev().take(REACH).map(String::as_str).collect();
    let last = near.first().copied().unwrap_or_default();
    let after = right.trim_start();
    if expected == Expected::OwnName && speaker == Some(Speaker::Client) && !asks(right) {
        let opens = words.iter().all(|word| GREETING.begins(word) || INTRODUCTION.has(word));
        let first_line = !text[..range.start].trim().contains('\n');
        let whole = after.is_empty() || after.starts_with([',', '.', '\n', ';']);
        if opens && first_line && whole && !matches!(last, "спасибо") {
            return true;
        }
    }
    if speaker == Some(Speaker::Client) && !asks(right) && signs(text, range, words) {
        return true;
    }
    near.iter().any(|word| INTRODUCTION.has(word))
        || last == "я"
        || after.starts_with("меня зовут")
        || after.starts_with("зовут") && !near.contains(&"ее") && !near.contains(&"его")
        || after.starts_with("на связи")
        || after.starts_with("беспокоит")
        || last == "это" && speaker == Some(Speaker::Client) && opens_with_greeting(words) && !asks(right)
}

/// A full name as a signature, or after «запишите:».
fn signs(text: &str, range: &Range<usize>, words: &[String]) -> bool {
    let ends = text[range.end..].trim_matches([' ', '.', '\n']).is_empty();
    let surface = &text[range.clone()];
    let full = surface.split_whitespace().count() > 1;
    let before = text[..range.start].trim_end();
    let starts = before.is_empty() || before.ends_with(['.', '!', '\n', ')']) || text[..range.start].ends_with('\n');
    let booked = words
        .last()
        .is_some_and(|word| word.starts_with("запиш") || word == "запись" || word == "оформите");
    let introduces = words.iter().all(|word| GREETING.begins(word))
        && surface.split_whitespace().count() > 1
        && text[range.end..].starts_with([',', '.', '\n'])
        && !crate::decline::is_given_and_patronymic(surface);
    introduces
        || ends && full && (starts && words.is_empty() && !before.is_empty() || booked && before.ends_with([',', ':']))
}

fn opens_with_greeting(words: &[String]) -> bool {
    words[..words.len() - 1].iter().all(|word| GREETING.begins(word))
}

/// The sentence goes on as a question or with «который»: nobody introduces oneself so.
fn asks(right: &str) -> bool {
    let end = right.find(['.', '!', '?', '\n']).unwrap_or(right.len());
    right[end..].starts_with('?') || right.trim_start_matches([' ', ',']).starts_with("котор")
}

fn case_bits(case: Case) -> u8 {
    match case {
        Case::Nominative => cases::NOM,
        Case::Genitive => cases::GEN,
        Case::Dative => cases::DAT,
        Case::Accusative => cases::ACC,
        Case::Instrumental => cases::INS,
        Case::Locative => cases::LOC,
    }
}

//! What the words around a name say about the person: role, address, self-introduction, asked case.

use std::ops::Range;
use std::sync::LazyLock;

use super::Speaker;
use super::asked::Expected;
use super::neighbour::Relation;
use super::person::Role;
use super::reading::{Asked, Sense, can_be_nominative, cases_of, senses};
use super::{agreement, occupation};
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

/// Words between «нет» and the name that is meant in place of another.
const CORRECTING: &[&str] = &[
    "к",
    "ко",
    "у",
    "с",
    "это",
    "мне",
    "нам",
    "на",
    "я",
    "меня",
    "зовут",
    "хочу",
    "надо",
];
/// Prepositions of one case, right before a name.
const GOVERNING: &[&str] = &["к", "ко", "у", "от", "для", "без", "про", "кроме", "вместо"];
/// Words that part namesakes.
const OTHER: &[&str] = &[
    "другой",
    "другая",
    "другого",
    "другую",
    "другому",
    "другим",
    "второй",
    "вторая",
    "второго",
    "вторую",
    "второму",
    "вторым",
    "тезка",
    "тезку",
];

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
    /// What the person does, as a stem.
    pub(super) occupation: Option<&'static str>,
    /// The name is taken for the speaker's own by its place only.
    pub(super) signed: bool,
    /// «другая ⟦⟧»: not the one of that name spoken of so far.
    pub(super) another: bool,
    /// «нет, к ⟦⟧»: not whom the message before named.
    pub(super) corrects: bool,
    /// What the name before it in the message is to this one.
    pub(super) relation: Relation,
    /// Cases the sentence asks for, as bits.
    pub(super) asked: u8,
}

/// So much of the text on each side of a name is looked at: longer than any sentence of a chat.
const SURROUNDINGS_BYTES: usize = 600;

static STAFF: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "мастер врач врачу доктор администратор менеджер тренер механик косметолог парикмахер стилист терапевт хирург \
         педиатр стоматолог колорист директор медсестр массажист бровист барбер логопед психолог гинеколог \
         ортодонт невролог лор окулист офтальмолог уролог кардиолог дерматолог замерщик курьер водител сторож \
         слесар электрик гигиенист бухгалтер кассир преподавател администрац управляющ продав приемщик нотариус \
         ассистент лаборант консультант специалист диспетчер бригадир установщик фельдшер рентгенолог маникюрш \
         визажист флорист маляр прораб бровист лешмейкер подолог эндокринолог ревматолог аллерголог онколог анестезиолог \
         акушер ортопед травматолог гастроэнтеролог рентгенолог плиточник плотник диагност монтажник юрист адвокат \
         инструктор репетитор охранник кладовщик доставщик экспедитор повар грузчик электромонтер сварщик шиномонтажник жестянщик",
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
        "муж жена сын сынок дочь дочка дочурка мама папа отец мать брат сестра дедушка бабушка внук внучка дядя тетя \
         племянник племянница теща тесть свекровь свекор подруга друг сосед соседка невеста жених зять ребенок",
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
/// As one speaks to a client.
fn is_polite(text: &str) -> bool {
    static POLITE: LazyLock<Stems> =
        LazyLock::new(|| Stems::new("здравствуйте добрый доброе доброго вы вас вам ваш ваша ваше ваши вашу"));
    words_of(text).iter().any(|word| POLITE.has(word))
}

/// Colleagues speak among themselves.
fn says_among_staff(text: &str) -> bool {
    text.trim_start_matches(['(', ' ', '*', '[']).starts_with("для своих") || text.contains("внутренн")
}

pub(super) fn words_of(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(crate::decline::fold)
        .collect()
}

/// What is known of a mention beside its text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) speaker: Option<Speaker>,
    pub(super) expected: Expected,
    /// Cases, as bits, that the names joined to it by «и» allow it.
    pub(super) together: u8,
    /// One of those was read already: it tells the case.
    pub(super) follows: bool,
    /// No client has said a word yet.
    pub(super) among_staff: bool,
}

/// Reads the mention of a person at `range` of `text`.
pub(super) fn read(text: &str, range: &Range<usize>, known: Known) -> Mention {
    let Known {
        speaker,
        expected,
        together,
        follows,
        among_staff,
    } = known;
    let (text, range) = &surroundings(text, range);
    let left = crate::decline::clause_of(&text[..range.start]);
    let right = &text[range.end..];
    let words = words_of(left);
    let (mut role, mut gender) = role_beside(left, &words, &text[range.clone()]);
    role = role.or_else(|| role_after(right, speaker));
    let occupation = occupation_beside(left, &words, right);
    if role.is_none() && occupation.is_some() {
        role = Some(Role::Staff);
    }
    gender = gender.or(occupation
        .filter(|stem| occupation::is_woman(stem))
        .map(|_| Gender::Female));
    let may_be_own = role.is_none() && speaker != Some(Speaker::Staff);
    let introduced = may_be_own && is_own(text, range, &words, speaker, expected);
    let signed =
        may_be_own && !introduced && speaker == Some(Speaker::Client) && !asks(right) && signs(text, range, &words);
    let own = introduced || signed;
    let mut asked = case_bits(case_between(&text[..range.start], right, None));
    if asked == cases::NOM
        && let Some(object) = governed_after(right)
    {
        // «Евгению записала первой»: no subject, so the verb says what the form before it is.
        asked |= case_bits(object);
    }
    if gender.is_none() && !matches!(words.last().map(String::as_str), Some(last) if GOVERNING.contains(&last)) {
        let predicate = if asked & cases::NOM != 0 && can_be_nominative(&text[range.clone()]) {
            agreement::after(right, speaker)
        } else {
            None
        };
        gender = predicate.or_else(|| agreement::before(left, speaker));
    }
    gender = gender.or_else(|| agreement::at_end(right));
    let governed = words.last().is_some_and(|word| GOVERNING.contains(&word.as_str()));
    let shared = together & cases_of(&text[range.clone()]);
    if own || matches!(words.as_slice(), [.., subject, not] if not == "не" && (subject == "это" || subject == "я"))
    {
        asked = cases::NOM;
    } else if !governed && shared != 0 && (shared & asked == 0 || follows) {
        asked = shared;
    }
    let greeted = words.iter().all(|word| GREETING.begins(word));
    let closed = right.starts_with([',', '!', '.']) && !words.is_empty() || right.starts_with([',', '!']);
    let closed = closed || right.trim().is_empty() && !words.is_empty();
    let spoken_to = greeted && closed && role.is_none() && !own;
    let inserted =
        left.trim_end().ends_with(',') && (right.trim().is_empty() || right.starts_with([',', '!', '.', '?']));
    let vocative = spoken_to || inserted && !own;
    let asked = Asked {
        cases: asked,
        certain: own || governed,
        vocative,
    };
    let senses = senses(&text[range.clone()], asked, gender);
    let bare_surname = senses
        .first()
        .is_some_and(|sense| !sense.name.has_given() && sense.name.patronymic.is_none());
    // Nobody is spoken to by a bare surname, nor by a name that confirms or is to be confirmed.
    let addressed = spoken_to && !bare_surname && !confirms(&words, right) && !asks_whether(right);
    let mut role_is_hint = false;
    let last = words.last().map(String::as_str).unwrap_or_default();
    if own || speaker == Some(Speaker::Staff) && last == "вы" {
        role = Some(Role::Client);
    } else if speaker == Some(Speaker::Staff) && role.is_none() && introduces_staff(&words, right) {
        role = Some(Role::Staff);
    } else if addressed && speaker == Some(Speaker::Staff) {
        // Colleagues who speak to each other are told by no client being there.
        let among = among_staff && !is_polite(text);
        role = if says_among_staff(text) {
            Some(Role::Staff)
        } else {
            (!among).then_some(Role::Client)
        };
        role_is_hint = true;
    } else if addressed && speaker == Some(Speaker::Client) {
        role = Some(Role::Staff);
        role_is_hint = true;
    }
    if matches!(last, "к" | "ко" | "у") && role.is_none() && !left.trim_end().ends_with(',') {
        role = Some(Role::Staff);
        // «у ⟦Сени⟧ болит зуб» is no appointment.
        role_is_hint = last == "у" && words.len() == 1 && speaker == Some(Speaker::Client);
    }
    Mention {
        senses,
        role,
        role_is_hint,
        addressed,
        own,
        signed,
        occupation,
        another: is_another(&words, role),
        corrects: corrects(text, range, &words),
        relation: Relation::Apart,
        asked: asked.cases,
    }
}

/// «да, ⟦⟧.» is a whole answer.
fn confirms(words: &[String], right: &str) -> bool {
    let ends = right.trim_start_matches([')', '(']).trim().is_empty() || right.starts_with('.');
    ends && matches!(words, [word] if matches!(word.as_str(), "да" | "нет" | "ага" | "верно" | "именно"))
}

/// «⟦⟧, верно?»
fn asks_whether(right: &str) -> bool {
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

/// «другая ⟦⟧», «вторую ⟦⟧», «дочку, тоже ⟦⟧».
fn is_another(words: &[String], role: Option<Role>) -> bool {
    words.last().is_some_and(|word| {
        OTHER.contains(&word.as_str())
            || role == Some(Role::Kin)
                && matches!(word.as_str(), "тоже" | "также")
                && words.len() > 1
                && relative(&words[words.len() - 2]).is_some()
    })
}

/// «нет, к ⟦⟧» opens the message.
fn corrects(text: &str, range: &Range<usize>, words: &[String]) -> bool {
    let opening = words_of(&text[..range.start]);
    opening.len() > 1
        && opening[0] == "нет"
        && opening[1..].iter().all(|word| CORRECTING.contains(&word.as_str()))
        && !words.is_empty()
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
    let asked = Asked {
        cases: cases::NOM,
        ..Asked::default()
    };
    let mut senses = senses(value, asked, gender);
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
        signed: false,
        occupation: None,
        another: false,
        corrects: false,
        relation: Relation::Apart,
        asked: cases::NOM,
    }
}

/// Role and gender by a word before the name: «мастера ⟦⟧», «муж, ⟦⟧», «отцу нужен приём, ⟦⟧».
fn role_beside(left: &str, words: &[String], name: &str) -> (Option<Role>, Option<Gender>) {
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
        if distance == 0 && RELATIVES.has(word) && !explains && !can_be_nominative(name) {
            // «мама ⟦Лёвы⟧»: somebody else's name.
            continue;
        }
        if near || far {
            role = role.or(Some(Role::Kin));
            gender = gender.or(of);
        }
    }
    (role, gender)
}

/// What the person does: «бровист ⟦⟧», «мастер по бровям ⟦⟧», «⟦⟧-электрик», «⟦⟧ (администратор)».
fn occupation_beside(left: &str, words: &[String], right: &str) -> Option<&'static str> {
    let joined = !left.trim_end().ends_with([',', ':', ')', '.']);
    let mut before = words.iter().rev();
    if joined && let Some(last) = before.next() {
        if let Some(stem) = occupation::of_word(last) {
            return Some(stem);
        }
        if before.next().is_some_and(|word| word == "по") {
            return before.next().and_then(|word| occupation::of_word(word));
        }
    }
    let trimmed = right.trim_start();
    let glued = right.starts_with('-');
    if !glued && !trimmed.starts_with(['(', '—', '–', ',']) && !trimmed.starts_with("- ") {
        return None;
    }
    let inside = trimmed.trim_start_matches([',', '(', '—', '–', '-', ' ']);
    let clause = inside.split(['.', '!', '?', '\n', ',', ')', ';']).next()?;
    let after = words_of(clause);
    // «⟦⟧, мастер Ольга» is about Ольга.
    let mut known = after.iter().take(if glued { 1 } else { REACH_RIGHT }).enumerate();
    let (at, stem) = known.find_map(|(at, word)| Some((at, occupation::of_word(word)?)))?;
    (glued || after.len() == at + 1 || after[at + 1..].iter().any(|word| word == "по")).then_some(stem)
}

/// Whether the word is a relative or a companion, and of what gender.
fn relative(word: &str) -> Option<Option<Gender>> {
    let other = [
        "женск",
        "дочит",
        "женат",
        "женя",
        "женю",
        "женеч",
        "женьк",
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
fn role_after(right: &str, speaker: Option<Speaker>) -> Option<Role> {
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
    if words.first().is_some_and(|word| word == "я") {
        return (speaker != Some(Speaker::Staff)).then_some(Role::Client);
    }
    let by_place = words
        .iter()
        .take(REACH_RIGHT)
        .any(|word| matches!(word.as_str(), "на" | "в" | "у"));
    let raw: Vec<&str> = clause.split_whitespace().collect();
    // «⟦⟧, травматолог Бероев ждёт» speaks of Бероев.
    let of_another = |at: usize| {
        raw.len() == words.len() && raw.get(at + 1).is_some_and(|next| next.starts_with(char::is_uppercase))
    };
    let mut near = words.iter().enumerate().take(REACH_RIGHT).filter(|_| !by_place);
    near.find_map(|(at, word)| {
        if of_another(at) {
            return None;
        }
        if word == "отдел" || STAFF.has(word) || word.starts_with("регистратур") || word.starts_with("ресепш")
        {
            Some(Role::Staff)
        } else {
            RELATIVES.has(word).then_some(Role::Kin)
        }
    })
}

/// «меня зовут ⟦⟧», «это ⟦⟧, регистратура», said by the business.
fn introduces_staff(words: &[String], right: &str) -> bool {
    let last = words.last().map(String::as_str).unwrap_or_default();
    let with_you = matches!(words, [.., with, you] if with == "с" && you == "вами" || with == "на" && you == "связи");
    (matches!(last, "зовут" | "уважением") || with_you || last == "это" && words.len() <= 3) && !asks(right)
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
    near.iter().any(|word| INTRODUCTION.has(word) || *word == "уважением")
        || last == "я" && (!text[..range.start].trim_end().ends_with(',') || near.get(1) == Some(&"это"))
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
    let with_phone = text[range.end..]
        .trim_start_matches([',', ' ', '.'])
        .starts_with(['+', '8', '7', '9']);
    introduces
        || full && booked && before.ends_with(':') && with_phone
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

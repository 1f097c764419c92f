//! The case a sentence asks a name to stand in, told by the words to the left and to the right of its place.
//!
//! Order of evidence: a preposition; a role word in apposition («мастером ⟦⟧»); a verb or another word that governs a
//! case; a noun the name belongs to; and for a name that opens the clause, the predicate after it.

use std::sync::LazyLock;

use crate::label::Case;
use crate::stems::Stems;

/// How much of the text around a place is looked at, in bytes; a longer clause tells nothing more.
const CLAUSE_BYTES_MAX: usize = 400;

/// Words that stand between a governor and a name without changing anything.
static FILLERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "пожалуйста также тоже еще уже лично сегодня завтра вчера сразу обязательно сейчас потом утром вечером \
         днем только именно и нашу нашей наша наш нашего нашему нашим нашем вашего вашему вашей вашу вашим ваша \
         ваш дважды просто же всегда быстро повторно большое огромное",
    )
});

/// Roles that stand before a name in the same case.
static ROLES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "мастер врач доктор клиент клиентк пациент пациентк администратор менеджер сотрудник сотрудниц специалист \
         тренер курьер водител механик консультант коллег муж жен сын доч дочк мам пап брат сестр бабушк дедушк \
         косметолог парикмахер стилист терапевт хирург педиатр стоматолог колорист директор управляющ гост",
    )
});

/// Beginnings of verbs and predicates that govern the dative.
static DATIVE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "переда сообщ напомн звон позвон перезвон дозвон напиш написа пиш отправ высла вышл шл отказ откаж ответ \
         отвеч скаж сказа расскаж рассказа дай дад дать дал отда вернут верни верне вернул возвра подар дар вруч \
         помог помоч помож предлож предлаг обеща объясн назнач начисл спасибо привет покаж показа разреш посовет \
         рекоменд довер принес привез доставил достав продл нуж удобн перечисл выдай выдал адресован принадлеж",
    )
});
/// Beginnings of verbs that govern the accusative.
static ACCUSATIVE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "предупре жд подожд встре попрос прос запи поздрав включ приглас приглаш постав перенес перенос перевел \
         перевест увид вид найд найт наш зна спрос вызв вызов замен подмен люб отмен ищ слуш добав отвез забер \
         забра провод приня осмотр благодар выбер выбра хвал уваж направ проверь уведом",
    )
});
/// Passive predicates whose doer stands in the instrumental.
static INSTRUMENTAL: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "подписан проводит проведен выполнен выполня сделан согласован утвержден заверен оплачен написан осмотрен \
         установлен составлен принят подготовлен одобрен заполнен управля руковод доволен довольн заведу оставлен",
    )
});
/// Predicates after a name that opens the clause which make it the receiver.
static RIGHT_DATIVE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "нуж удобн надо можно нельзя пора назначен отправлен начислен выслан выдан подарен присвоен положен \
         предоставлен доставил передал отправил выслал назначил начислил подарил выдал предложил предложен \
         сообщил перезвонил рекомендован разреш требует пришл возвращен перечислен перезвоним",
    )
});

/// The part of `text` that belongs to the same clause as its end: what follows the last full stop.
pub(crate) fn clause_of(text: &str) -> &str {
    let mut floor = text.len().saturating_sub(CLAUSE_BYTES_MAX);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let text = &text[floor..];
    let mut start = 0;
    for (at, sign) in text.char_indices() {
        let ends = match sign {
            '!' | '?' | '\n' | '…' | ';' => true,
            '.' => text[at + 1..].starts_with(|next: char| next.is_whitespace()) && !is_abbreviation(&text[..at]),
            _ => false,
        };
        if ends {
            start = at + sign.len_utf8();
        }
    }
    &text[start..]
}

fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|sign: char| !sign.is_alphanumeric())
        .next()
        .unwrap_or_default();
    word.chars().count() <= 2 || ["тел", "руб", "мин", "стр", "чел"].contains(&word)
}

fn words_of(clause: &str) -> Vec<String> {
    clause
        .split(|sign: char| !(sign.is_alphanumeric() || sign == '-'))
        .filter(|word| !word.is_empty())
        .map(super::fold)
        .collect()
}

/// The case of a name that stands between `left` and `right`.
pub(crate) fn case_between(left: &str, right: &str) -> Case {
    let clause = clause_of(left);
    let words = words_of(clause);
    let trimmed = clause.trim_end();
    let after_colon = trimmed.ends_with([':', '—', '–', '«', '(']) || trimmed.ends_with('-') && clause.ends_with(' ');
    let last = words
        .iter()
        .rposition(|word| !FILLERS.has(word.as_str()) && !word.ends_with("о-") && !is_adverb(word));
    let Some(last) = last.filter(|_| !after_colon) else {
        return by_predicate(&words, right);
    };
    let word = words[last].as_str();
    if trimmed.ends_with(',') && !is_inserted(&words[words.len() - 1]) {
        return by_predicate(&[], right);
    }
    if word.starts_with("уважаем") || word.starts_with("дорог") {
        return by_predicate(&words, right);
    }
    if let Some(case) = by_preposition(&words, last) {
        return case;
    }
    if let Some(case) = by_role(&words, last) {
        return case;
    }
    if is_singular_act(word) && !has_subject(&words[..last], clause) {
        return Case::Nominative;
    }
    if let Some(case) = by_governor(word) {
        return case;
    }
    if is_verb_or_predicate(word)
        || [
            "это",
            "я",
            "вас",
            "зовут",
            "тут",
            "что",
            "если",
            "когда",
            "а",
            "но",
            "или",
            "здравствуйте",
            "вы",
            "мы",
            "он",
            "она",
            "есть",
        ]
        .contains(&word)
        || word.chars().any(|letter| letter.is_ascii_digit())
    {
        return by_predicate(&words, right);
    }
    Case::Genitive
}

fn is_inserted(word: &str) -> bool {
    ["пожалуйста", "кстати", "конечно", "наверное"].contains(&word)
}

fn is_adverb(word: &str) -> bool {
    [
        "вместе",
        "лучше",
        "скоро",
        "снова",
        "опять",
        "вновь",
        "прямо",
        "срочно",
        "заранее",
        "хорошо",
        "письменно",
        "устно",
        "вчера",
        "позже",
        "теперь",
        "тогда",
    ]
    .contains(&word)
        && word != "вместе"
}

fn by_preposition(words: &[String], last: usize) -> Option<Case> {
    let previous = last.checked_sub(1).map_or("", |index| words[index].as_str());
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
        | "лица" => Case::Genitive,
        "с" | "со" | "над" | "под" | "перед" | "между" | "рядом" => Case::Instrumental,
        "за" if [
            "спасибо",
            "благодарим",
            "благодарю",
            "заплатить",
            "оплатить",
            "оплата",
            "предоплата",
            "рады",
            "переживаем",
            "болеем",
            "замуж",
        ]
        .contains(&previous) =>
        {
            Case::Accusative
        }
        "за" => Case::Instrumental,
        "о" | "об" | "обо" | "при" => Case::Locative,
        "про" | "через" | "на" | "в" | "во" | "сквозь" => Case::Accusative,
        _ => return None,
    })
}

/// A role before the name tells the case by its own ending, and by what governs it where the ending says two things.
fn by_role(words: &[String], last: usize) -> Option<Case> {
    let word = words[last].as_str();
    let tail = ROLES.longest(word).and_then(|role| word.strip_prefix(role))?;
    let above = || {
        let before = words[..last].iter().rposition(|word| !FILLERS.has(word.as_str()))?;
        by_preposition(words, before).or_else(|| by_governor(&words[before]))
    };
    Some(match tail {
        "ом" | "ем" | "ой" | "ью" | "ей" | "цей" | "им" => Case::Instrumental,
        "у" if word.ends_with("ку") || word.ends_with("цу") || ["маму", "папу", "сестру", "жену"].contains(&word) => {
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
            .filter(|case| matches!(case, Case::Dative | Case::Genitive))
            .unwrap_or(Case::Genitive),
        "е" => above()
            .filter(|case| matches!(case, Case::Dative | Case::Locative))
            .unwrap_or(Case::Dative),
        "ий" | "ая" | "" => Case::Nominative,
        _ => return None,
    })
}

/// «заберёт», «звонила»: one person acts.
fn is_singular_act(word: &str) -> bool {
    [
        "ет",
        "ит",
        "ел",
        "ил",
        "ал",
        "ела",
        "ила",
        "ала",
        "ется",
        "ился",
        "илась",
    ]
    .iter()
    .any(|tail| word.ends_with(tail))
        && word.chars().count() > 3
        && by_governor(word).is_some()
}

/// Whether somebody who acts is named before the verb in the same clause; if nobody is, the name after it acts.
fn has_subject(before: &[String], clause: &str) -> bool {
    let clause_words = words_of(clause.rsplit(',').next().unwrap_or(clause)).len();
    let start = (before.len() + 1).saturating_sub(clause_words);
    let mut governed = false;
    for word in &before[start.min(before.len())..] {
        let preposition = [
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
        ];
        if preposition.contains(&word.as_str()) {
            governed = true;
            continue;
        }
        let oblique = [
            "мне", "вам", "нам", "ему", "ей", "им", "вас", "нас", "меня", "тебя", "его", "ее", "их", "не", "там", "тут",
        ];
        let object = word.ends_with(['у', 'ю']) && word.chars().count() > 1;
        let number = word.chars().any(|sign| sign.is_ascii_digit());
        if !(governed || object || number || oblique.contains(&word.as_str()) || FILLERS.has(word) || is_adverb(word)) {
            return true;
        }
        governed = false;
    }
    false
}

fn by_governor(word: &str) -> Option<Case> {
    let longest = |stems: &Stems| stems.longest(word).map_or(0, str::len);
    let (dative, accusative, instrumental) = (longest(&DATIVE), longest(&ACCUSATIVE), longest(&INSTRUMENTAL));
    let passive = ["ан", "ана", "ано", "аны", "ен", "ена", "ено", "ены"]
        .iter()
        .any(|tail| word.ends_with(tail));
    if accusative > 0 && passive && instrumental == 0 {
        return None;
    }
    let best = dative.max(accusative).max(instrumental);
    if best == 0 {
        return None;
    }
    // «Письмо», «звонок», «приглашение» are nouns: the name after them belongs to them.
    let noun = [
        "ок",
        "ка",
        "ие",
        "ия",
        "ние",
        "ство",
        "исьмо",
        "запись",
        "записи",
        "ответ",
        "отказ",
        "подарок",
        "просьба",
        "отправка",
        "доставка",
    ]
    .iter()
    .any(|tail| word.ends_with(tail));
    if noun && !matches!(word, "спасибо") {
        return Some(Case::Genitive);
    }
    Some(if best == instrumental {
        Case::Instrumental
    } else if best == dative {
        Case::Dative
    } else {
        Case::Accusative
    })
}

fn is_verb_or_predicate(word: &str) -> bool {
    let tails = [
        "ил", "ила", "или", "ал", "ала", "али", "ел", "ела", "ели", "ет", "ит", "ут", "ют", "ат", "ят", "ется", "ится",
        "ются", "лся", "лась", "лись", "ена", "ено", "ены", "ана", "ано", "аны", "ен", "ан", "ть", "ться", "ешь",
        "ишь", "им", "ем", "вел", "нял", "шел", "шла", "шли", "ла",
    ];
    tails.iter().any(|tail| word.ends_with(tail))
        && ![
            "телефон",
            "время",
            "заказ",
            "карта",
            "остаток",
            "автомобиль",
            "абонемент",
            "отдел",
            "филиал",
            "журнал",
            "ответ",
            "билет",
            "кабинет",
            "пакет",
            "макет",
            "визит",
            "прием",
            "план",
            "адрес",
            "час",
            "чек",
            "сеанс",
            "память",
            "салат",
            "депозит",
            "кредит",
            "лимит",
            "отчет",
            "счет",
            "расчет",
            "материал",
            "оригинал",
            "модель",
            "дела",
            "день",
            "букет",
            "портрет",
            "рецепт",
        ]
        .contains(&word)
        && !word.ends_with("ость")
}

/// The case that the first verb after a name governs, if it does.
pub(crate) fn governed_after(right: &str) -> Option<Case> {
    let right = &right[..right.find(['.', '!', '?', '\n', ';', ',']).unwrap_or(right.len())];
    words_of(right)
        .iter()
        .filter(|word| !FILLERS.has(word.as_str()) && !["мы", "я", "вы", "они"].contains(&word.as_str()))
        .take(1)
        .find_map(|word| by_governor(word).filter(|case| *case != Case::Instrumental))
}

/// The case of a name that opens its clause: nominative, unless the predicate makes it the receiver or the object.
fn by_predicate(left: &[String], right: &str) -> Case {
    let right = &right[..right.find(['.', '!', '?', '\n', ';']).unwrap_or(right.len())];
    if right.starts_with(',') {
        return Case::Nominative;
    }
    let words = words_of(right);
    let mut pronoun = false;
    for word in words.iter().take(4) {
        if ["мы", "я", "вы", "они", "вам"].contains(&word.as_str()) {
            pronoun = true;
            continue;
        }
        if FILLERS.has(word.as_str()) || word.chars().all(|letter| letter.is_ascii_digit()) {
            continue;
        }
        if RIGHT_DATIVE.begins(word) && !is_own_act(word, pronoun) {
            return Case::Dative;
        }
        if pronoun && let Some(case) = by_governor(word) {
            return case;
        }
        let plural_past = word.ends_with("ли") && !left.iter().any(|word| ["мы", "вы", "они"].contains(&word.as_str()));
        if (plural_past || ["им", "ем"].iter().any(|tail| word.ends_with(tail)) && word.chars().count() > 4)
            && let Some(case) = by_governor(word).filter(|case| *case != Case::Instrumental)
        {
            return case;
        }
        break;
    }
    Case::Nominative
}

/// «⟦⟧ передал», «⟦⟧ отправила»: the named person acts; «⟦⟧ доставили»: others do.
fn is_own_act(word: &str, pronoun: bool) -> bool {
    !pronoun
        && (word.ends_with('л')
            || word.ends_with("ла")
            || word.ends_with("ает")
            || word.ends_with("ует") && word.starts_with("разреш")
            || word.starts_with("пришла")
            || word == "пришлет")
}

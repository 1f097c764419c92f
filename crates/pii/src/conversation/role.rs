//! Who somebody is to the business or to its client, by the words beside the name: «мастера ⟦⟧», «муж, ⟦⟧».

use std::sync::LazyLock;

use super::Speaker;
use super::mention::words_of;
use super::person::Role;
use super::reading::can_be_nominative;
use super::word::{fold, readings_of};
use super::{agreement, kinship, occupation};
use crate::label::Gender;
use crate::name::form::Kind;
use crate::stems::Stems;

/// How far to the left a role word is looked for, in words.
pub(super) const REACH: usize = 2;
/// The same for «отцу нужен приём, ⟦⟧», where the name explains the word.
const REACH_OF_RELATIVES: usize = 5;
/// The same to the right: «⟦⟧, ваш новый мастер».
const REACH_RIGHT: usize = 3;

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

/// Role and gender by a word before the name: «мастера ⟦⟧», «муж, ⟦⟧», «отцу нужен приём, ⟦⟧».
pub(super) fn role_beside(
    left: &str,
    words: &[String],
    name: &str,
) -> (Option<Role>, Option<Gender>, Option<&'static str>) {
    let since = left.rfind(')').map_or(0, |at| at + 1);
    let words = &words[words.len().saturating_sub(words_of(&left[since..]).len())..];
    let left = &left[since..];
    let governed = words
        .last()
        .is_some_and(|word| matches!(word.as_str(), "к" | "ко" | "у"));
    let trimmed = left.trim_end();
    let explains = trimmed.ends_with([',', ':', '—', '–', '(']) || trimmed.ends_with(" -");
    let mut role = None;
    let mut gender = None;
    let mut kin = None;
    for (distance, word) in words.iter().rev().take(REACH_OF_RELATIVES).enumerate() {
        let near = distance < if explains { 1 } else { REACH };
        let far = explains && !left.contains(['.', '!', '?']);
        if STAFF.begins(word) {
            // «к окулисту, ⟦Тамара Рощина⟧» is who comes.
            let goes = explains
                && words.len() > distance + 1
                && matches!(words[words.len() - distance - 2].as_str(), "к" | "ко")
                && can_be_nominative(name);
            if !goes && (near || far && distance < REACH_RIGHT) {
                role = role.or(Some(Role::Staff));
            }
            continue;
        }
        if word == "девочки" || word == "девчонки" {
            // A greeting.
            continue;
        }
        let Some(of) = relative(word) else { continue };
        if governed {
            // «муж к ⟦Артуру⟧»
            continue;
        }
        if distance == 0 && RELATIVES.has(word) && !explains && !can_be_nominative(name) {
            // «мама ⟦Лёвы⟧»: somebody else's name.
            continue;
        }
        let between = &words[words.len() - distance..];
        if distance > 0
            && (is_of_other_gender(name, of)
                || between
                    .iter()
                    .any(|word| agreement::past(word).is_some() || tells(word)))
        {
            // «соседка посоветовала ⟦⟧», «с женой записаны, ⟦Дмитрий⟧ и ⟦Елена⟧»
            continue;
        }
        if near || far {
            role = role.or(Some(Role::Kin));
            gender = gender.or(of);
            kin = kin.or_else(|| kinship::of_word(word));
        }
    }
    (role, gender, kin)
}

/// «папа говорит, ⟦⟧ обещала»: the relative speaks of another.
fn tells(word: &str) -> bool {
    matches!(
        word,
        "говорит" | "пишет" | "просит" | "спрашивает" | "хвалит" | "советует" | "хочет"
    )
}

/// All the name may be is of another gender than the relative.
fn is_of_other_gender(name: &str, of: Option<Gender>) -> bool {
    let Some(gender) = of else { return false };
    let readings: Vec<_> = name
        .split_whitespace()
        .flat_map(|word| readings_of(&fold(word)))
        .filter(|reading| reading.kind == Kind::Given && !reading.guessed)
        .collect();
    !readings.is_empty() && readings.iter().all(|reading| reading.gender != gender)
}

/// «⟦⟧, внучке», «⟦⟧ (мой муж)»: whose relative the name before is.
pub(super) fn kin_after(right: &str) -> Option<&'static str> {
    let inside = right.trim_start().strip_prefix([',', '(', '—', '–'])?;
    let clause = inside.split(['.', '!', '?', '\n', ',', ')', ';']).next()?;
    let words = words_of(clause);
    if words.len() > REACH_RIGHT || words.first().is_some_and(|word| word == "это") {
        return None;
    }
    words
        .iter()
        .find(|word| relative(word).is_some())
        .and_then(|word| kinship::of_word(word))
}

/// «⟦⟧, брат, ⟦⟧»: what stands between explains the first name, not the second.
pub(super) fn explains_name_before(between: &str) -> bool {
    let Some(inside) = between
        .trim()
        .strip_prefix([',', '('])
        .and_then(|rest| rest.strip_suffix([',', ')']))
    else {
        return false;
    };
    let words = words_of(inside);
    // «отца, ⟦⟧, и сына, ⟦⟧» goes on to another.
    words.len() <= REACH_RIGHT
        && words.first().is_none_or(|word| word != "и")
        && words.last().is_some_and(|word| relative(word).is_some())
}

/// «ваша ⟦⟧», «⟦⟧ моя», «наш ⟦⟧»: whose somebody is tells the side.
pub(super) fn possessed(words: &[String], right: &str, name: &str, speaker: Option<Speaker>) -> Option<Role> {
    let before = words.last().map(String::as_str).and_then(owner);
    let after = || {
        let next = right
            .strip_prefix(' ')?
            .split(|sign: char| !sign.is_alphabetic())
            .next()?;
        let next = crate::decline::fold(next);
        // «⟦⟧ мой номер дайте» after a dative is about the number.
        let nominative = ["й", "я", "ш", "ша"].iter().any(|tail| next.ends_with(tail)) && !next.ends_with("ей");
        (nominative == can_be_nominative(name)).then(|| owner(&next)).flatten()
    };
    match (before.or_else(after)?, speaker?) {
        (Owner::Reader, Speaker::Client) | (Owner::Both, Speaker::Staff) => Some(Role::Staff),
        (Owner::Reader, Speaker::Staff) | (Owner::Speaker, Speaker::Client) => Some(Role::Kin),
        (Owner::Speaker, Speaker::Staff) | (Owner::Both, Speaker::Client) => None,
    }
}

/// Whose somebody is.
enum Owner {
    Speaker,
    Reader,
    Both,
}

fn owner(word: &str) -> Option<Owner> {
    const ENDINGS: &[&str] = &["", "а", "у", "ей", "его", "ему", "им", "ею"];
    const ENDINGS_OF_MINE: &[&str] = &["й", "я", "ю", "ей", "его", "ему", "им"];
    let ends = |stem: &str, endings: &[&str]| word.strip_prefix(stem).is_some_and(|rest| endings.contains(&rest));
    if ends("ваш", ENDINGS) {
        Some(Owner::Reader)
    } else if ends("наш", ENDINGS) {
        Some(Owner::Both)
    } else {
        ends("мо", ENDINGS_OF_MINE).then_some(Owner::Speaker)
    }
}

/// What the person does: «бровист ⟦⟧», «мастер по бровям ⟦⟧», «⟦⟧-электрик», «⟦⟧ (администратор)».
pub(super) fn occupation_beside(left: &str, words: &[String], right: &str) -> Option<&'static str> {
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
pub(super) fn relative(word: &str) -> Option<Option<Gender>> {
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

/// «сыну нужен приём. ⟦⟧, 5 лет»: the sentence before says of whom a name that stands alone is.
pub(super) fn role_in_sentence_before(before: &str) -> Option<Role> {
    let before = before.trim_end().trim_end_matches(['.', '!', '\n', ' ']);
    let words = words_of(crate::decline::clause_of(before));
    // The client speaks of themself as well: «я с мужем».
    let with_self = words.iter().any(|word| matches!(word.as_str(), "я" | "мне" | "меня"));
    (!with_self && words.iter().any(|word| relative(word).is_some())).then_some(Role::Kin)
}

/// «⟦⟧, ваш мастер», «⟦⟧ (мой муж)», «⟦⟧ который мастер».
pub(super) fn role_after(right: &str, speaker: Option<Speaker>) -> Option<Role> {
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
    let tells_self = words.first().is_some_and(|word| word == "я")
        && words
            .get(1)
            .is_none_or(|word| relative(word).is_some() || occupation::of_word(word).is_some());
    if tells_self {
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

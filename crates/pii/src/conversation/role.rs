//! Who somebody is to the business or to its client, by the words beside the name: «мастера ⟦⟧», «муж, ⟦⟧».

use std::sync::LazyLock;

use super::Speaker;
use super::mention::words_of;
use super::occupation;
use super::person::Role;
use super::reading::can_be_nominative;
use crate::label::Gender;
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
pub(super) fn role_beside(left: &str, words: &[String], name: &str) -> (Option<Role>, Option<Gender>) {
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

//! Words around a date that tell what it is: of birth, of a paper, of an event.

use std::sync::LazyLock;

use crate::cue::{Cue, cue_at};
use crate::stems::Stems;
use crate::view::View;
use crate::words::{Capitals, Kind};

/// Somebody who may be said to be of a year: «она 2012 года», «муж, 12.05.1980».
pub(super) fn is_somebody(word: &str) -> bool {
    static SOMEBODY: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "я мне он она ему ей ее его них оба обе мама маме мамы маму мамой мамин папа папе папы папу папой муж мужу \
             мужа мужем жена жене жены жену женой сын сыну сына сыном сынок сынишка сыночек дочь дочери дочка дочке дочки \
             дочку дочкой доча доче доченька бабушка бабушке бабушки бабушку бабуля дедушка дедушке дедушки дедушку дед \
             деду деда свекровь свекрови свекор теща теще тещу тесть брат брату брата братишка сестра сестре сестры сестру \
             сестренка внук внуку внука внучка внучке внучки внучку тетя тете дядя дяде племянник племянника племяннику \
             племянница племянницу племяннице ребенок ребенку ребенка малыш малышу малыша малышка малышке девочка девочке \
             девочки девочку мальчик мальчику мальчика старший старшая старшему старшей младший младшая младшему младшей \
             средний средняя подруга подруге друг парень девушка женщина мужчина пациент пациентка пациенту пациентке \
             пациента клиент клиентка клиента клиентке клиенту водитель водителю ученик ученица сотрудник сотрудница \
             заявитель страхователь застрахованный супруг супруга супругу супруге близнецы дети детей деток детки детям детках двойня двойняшки новорожденный \
             новорожденная сам сама сынуля сынуле сынулька сынуши мамуля бабуле бабулю бабули дедуля дедуле дочурка дочуля дочуле \
             крестник крестнику крестница крестнице пасынок пасынку падчерица падчерице правнук правнуку правнучка \
             правнучке зять зятю невестка невестке сноха снохе золовка деверь кума кум свекру тестю муженек супругом \
             родители родителям двойни двойню двойне близнецам близнецов тройня тройняшки мелкий мелкая мелкому мелкой \
             малая малой малому ребятенок ребенок ребенку",
        )
    });
    SOMEBODY.has(word)
}

/// Whether word `index` speaks of being born.
pub(super) fn is_birth(view: &View<'_>, index: usize) -> bool {
    static BORN: LazyLock<Stems> = LazyLock::new(|| Stems::new("исполн стукн именин юбиле днюх днюш деньрожд рожд"));
    static WHOLE: LazyLock<Stems> = LazyLock::new(|| Stems::new("dob born birthday birthdate др днюра днюшечка годик"));
    static NOT: LazyLock<Stems> = LazyLock::new(|| Stems::new("рождест родильн исполнител исполнен"));
    let words = &view.words;
    let word = words.text(index);
    if NOT.begins(word) || words.all.get(index).is_none_or(|word| word.kind == Kind::Digits) {
        return false;
    }
    if cue_at(view, index) == Some(Cue::Birth) || BORN.begins(word) || WHOLE.has(word) {
        return true;
    }
    match word {
        // «5.08 её день»
        "варенья" | "варения" | "варенье" | "вареньку" => {
            words.text(index.wrapping_sub(1)).starts_with("дн") || words.text(index.wrapping_sub(1)) == "день"
        }
        "день" => matches!(words.text(index.wrapping_sub(1)), "ее" | "его" | "мой" | "наш" | "их"),
        // «на свет»
        "свет" => words.text(index.wrapping_sub(1)) == "на",
        "д" | "г" => {
            matches!(words.text(index + 1), "р" | "рожд")
                && words.gap(index + 1).chars().count() <= 2
                && !words.gap(index + 1).contains(['\n', ','])
                && (word == "д" || !starts_name(view, index + 1))
        }
        // «дата р.», «4. Р. 14.04.1967»
        "р" => {
            let named = index > 0 && matches!(words.text(index - 1), "дата" | "д" | "г" | "год" | "число" | "гр");
            let item = words.all[index].capitals == Capitals::All || words.all[index].capitals == Capitals::First;
            named || item && words.gap(index + 1).starts_with(['.', ':']) && opens_item(view, index)
        }
        _ => false,
    }
}

/// Whether word `index` opens the text, a line or an item with a number: «4. Р.».
fn opens_item(view: &View<'_>, index: usize) -> bool {
    let words = &view.words;
    index == 0 || words.begins_sentence(index) || words.all[index - 1].kind == Kind::Digits && words.gap(index) == ". "
}

/// «г. Р. Иванов»: an initial with a surname.
fn starts_name(view: &View<'_>, index: usize) -> bool {
    view.words.all[index].capitals != Capitals::None
        && view
            .words
            .all
            .get(index + 1)
            .is_some_and(|next| next.capitals == Capitals::First)
}

/// Whether a word tells how old somebody becomes: the number after it is an age.
pub(super) fn is_coming_of_age(word: &str) -> bool {
    ["исполн", "стукн", "юбиле"].iter().any(|stem| word.starts_with(stem))
}

/// Whether a word says that a date is of a paper or of an event.
pub(super) fn is_event(word: &str) -> bool {
    static EVENTS: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "выда действ годен годн срок истек истеч оконч законч договор доверен приказ постановл куплен купил покуп \
             приобр операц опериров привив вакцин сдал сдав прописан зарегистр регистр получ заключ оформ стаж умер \
             сконч свадьб брак пожен инвалидн выпуск выписк выписан основан открыт модел госпитал поверк гарант пробег \
             продл контракт обмен замен ремонт прием визит анализ узи мрт обследов перенес сделан делал лечил леч \
             работа учил закончил медосмотр снимок снимк рентген выезд последн был была были осмотр развел переех купл держ польз издан изготов произвед парти поступл постав ставил установ смерт работ диагн инсульт инфаркт перелом травм удал роды \
             гост снип санпин редакц закон",
        )
    });
    EVENTS.begins(word) && !word.starts_with("выпускни")
}

/// Whether a word says that a paper was issued: the date may stand far from it.
pub(super) fn is_issue(word: &str) -> bool {
    [
        "выда",
        "действ",
        "договор",
        "доверен",
        "приказ",
        "постановл",
        "зарегистр",
        "прописан",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}

/// Whether a word says that a day of the year is one for discounts or visits.
pub(super) fn is_visit(word: &str) -> bool {
    static VISITS: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "скид акци подар сертификат прием визит запис запиш приду прид приед жду ждем ждать свобод окошк окно \
             времечк утра вечера достав привез заеха заед забер",
        )
    });
    VISITS.begins(word)
}

/// Prepositions a date of a paper, a term or a visit follows.
pub(super) fn is_term(word: &str) -> bool {
    matches!(word, "от" | "до" | "по" | "с" | "со" | "после" | "к" | "ко" | "за")
}

/// Words that may stand between somebody and a year or a date.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "с" | "со"
            | "и"
            | "а"
            | "уже"
            | "тоже"
            | "где"
            | "то"
            | "вроде"
            | "примерно"
            | "же"
            | "у"
            | "меня"
            | "нас"
            | "вообще"
            | "только"
            | "сам"
            | "сама"
            | "аж"
            | "мой"
            | "моя"
            | "мою"
            | "моему"
            | "моей"
            | "наш"
            | "наша"
            | "еще"
            | "это"
            | "не"
            | "нет"
            | "тьфу"
            | "верно"
            | "точнее"
            | "ой"
            | "она"
            | "он"
            | "ей"
            | "ему"
            | "или"
            | "двое"
            | "трое"
            | "четверо"
            | "правильно"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;
    use crate::words::Words;

    #[test]
    fn words_of_birth_are_known_whole_and_shortened() {
        for text in [
            "родилась",
            "д.р.",
            "ДР",
            "г.р.",
            "рожд",
            "днюха",
            "исполнится",
            "именинница",
            "birthday",
            "д р",
        ] {
            let shadow = Shadow::new(text);
            assert!(is_birth(&View::new(Words::new(&shadow)), 0), "{text}");
        }
        for text in ["рождество", "родильный", "исполнитель", "город", "свет"] {
            let shadow = Shadow::new(text);
            assert!(!is_birth(&View::new(Words::new(&shadow)), 0), "{text}");
        }
    }
}

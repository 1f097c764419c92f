//! Words that stand above everything: danger, opt-out, rights of the client, anger, money, law, health, children.
//!
//! Each question is answered by closed lists; a false alarm costs a person's glance, a miss costs more.

use super::HandOver;
use super::text::{has, has_any};
use super::why;

const EMERGENCY: &[&str] = &[
    "не могу дышать",
    "не может дышать",
    "нечем дышать",
    "задыхаюсь|задыхается|задыхаемся",
    "потерял*|теряет|теряю сознани*",
    "без сознания",
    "сильн* кровотечен*",
    "кровь не останавлива*|остановить",
    "боль|боли|болит|жжет груди|грудине",
    "отек* лиц*|горл*|гортан*|квинке|язык*",
    "опух* горло|язык",
    "не чувствую|чувствует руку|руки|рука|лицо|лица|ногу|ноги",
    "передозировк*|передоз",
    "не хочу жить",
    "не хочется жить",
    "покончить собой",
    "отказал*|отказывают|отказали тормоз*",
    "тормоз* пропал*|провалил*",
    "запах*|пахнет|воняет газом|газа",
    "анафилакт*",
];

/// The whole message, trimmed of punctuation.
const STOP: &[&str] = &[
    "стоп",
    "stop",
    "отписаться",
    "отпишите",
    "отписка",
    "не пишите",
    "не пишите мне",
    "не беспокоить",
    "хватит писать",
];
const START: &[&str] = &["старт", "start"];
/// Inside a longer message the same wish is for a person.
const STOP_INSIDE: &[&str] = &[
    "не пишите мне",
    "отпишите меня",
    "хватит писать",
    "не беспокойте",
    "уберите рассылки|рассылку",
    "отписаться рассылки",
];

const WITHDRAWAL: &[&str] = &["отзываю согласие", "отозвать|отзову согласие", "отзыв согласия"];
const ERASURE: &[&str] = &[
    "удалите|сотрите|уничтожьте|уберите данные|номер|телефон|контакт*|переписку",
    "удалить мои|мой данные|номер|телефон|контакты",
    "удалите|сотрите|уберите меня базы|базе|системы",
    "забудьте мои данные",
];

const PERSON: &[&str] = &[
    "оператор*",
    "позовите|позови|переключите|соедините|переведите",
    "живой|живого|живым|живому человек*|оператор*",
    "с человеком|менеджером|администратором",
    "хочу|нужен|нужна|можно|дайте человек*|менеджер*|администратор*",
    "ответит|ответьте|отвечает человек",
    "перезвоните|перезвони|наберите",
];
/// A message of these words alone asks for a person.
const PERSON_ALONE: &[&str] = &["человек", "менеджер", "администратор", "админ", "оператор"];
/// «Дайте номер администратора», «вакансия администратора»: about him, not for him.
const NOT_FOR_PERSON: &[&str] = &[
    "номер|телефон администратор*|менеджер*",
    "ваканси*|работ* администратор*|менеджер*",
];

const ANGER: &[&str] = &[
    "нахами*|хамите|хамят|хамство|хамка|хам|хамло",
    "ужасн*|отвратительн*|кошмарн*|безобразн*|мерзк*",
    "кошмар|безобразие|беспредел|позор|позорище",
    "обманули|обманываете|обман|обманщик*|мошенник*|жулик*|кидалово",
    "возмущен*|возмутительн*|возмущает",
    "жалоб*|жаловаться|пожалуюсь",
    "недовол*|разочарован*",
    "испортил*|сожгли|изуродовал*|порезал*",
    "никогда больше",
    "сколько можно ждать|молчать|игнорировать",
    "идиот*|дебил*|тупые|тупой|придур*|козл*|урод*|твари|сволоч*",
    "бля|блять|бляд*|хуй*|хуе*|хуи*|пизд*|ебан*|ебат*|заеб*|уеб*|мудак*|мудил*|гандон*|сука|суки",
    "достали|задолбали|надоели",
];
const MONEY: &[&str] = &[
    "верните|верни|вернете деньги|оплату|предоплату|средства",
    "требую|хочу|прошу вернуть|возврат* деньги|денег|средств",
    "компенсаци*|компенсируйте|возместит*",
    "дважды|повторно списал*|сняли",
];
const LEGAL: &[&str] = &[
    "суд|суда|суде|судиться|засужу",
    "юрист*|адвокат*|прокуратур*|прокурор*",
    "роспотребнадзор*|роскомнадзор*|ркн|росздравнадзор*",
    "претензи*",
    "исковое|иск",
    "нарушаете|нарушили|нарушение закон*|права",
    "152 фз",
];
/// Questions of law that the owner's own answer may settle.
const LEGAL_SOFT: &[&str] = &[
    "персональны* данны*",
    "обрабатыва* данны*",
    "храни* данны*",
    "согласи* обработк*",
    "закон* защит*",
];

const HEALTH: &[&str] = &[
    "аллерги*",
    "беремен*|лактаци*",
    "грудн* кормл*",
    "грудью кормлю",
    "болит|болят|боль|боли|болью|больно|болело",
    "диагноз*|диабет*|онколог*|эпилепс*|гепатит*|вич|псориаз*|экзем*|дерматит*|грибок|грибк*|герпес*",
    "лекарств*|таблетк*|антибиотик*|препарат*|мазь|мази|укол*",
    "температур* поднял*|высок*|у",
    "воспал*|гной*|нагно*|сыпь|сыпью|опухл*|покраснен*|отек|ожог",
    "операци*|противопоказан*|осложнен*",
    "симптом*|тошн*",
    "кружится голова",
];

/// Below this age a parent has the say.
const ADULT_AGE: u32 = 18;
/// Younger than this nobody writes.
const LEAST_AGE: u32 = 5;

/// Whether life may be in danger.
pub(super) fn is_emergency(words: &[String]) -> bool {
    has_any(words, EMERGENCY)
}

/// Whether the message is nothing but «стоп».
pub(super) fn is_stop(words: &[String]) -> bool {
    let whole = words.join(" ");
    STOP.contains(&whole.as_str())
}

/// Whether the message is nothing but «старт».
pub(super) fn is_start(words: &[String]) -> bool {
    let whole = words.join(" ");
    START.contains(&whole.as_str())
}

/// «Отзываю согласие».
pub(super) fn is_withdrawal(words: &[String]) -> bool {
    has_any(words, WITHDRAWAL)
}

/// «Удалите мои данные».
pub(super) fn is_erasure(words: &[String]) -> bool {
    has_any(words, ERASURE)
}

/// «Как …»: the client asks about a thing, he does not do it.
pub(super) fn asks_how(words: &[String]) -> bool {
    words
        .iter()
        .take(4)
        .any(|word| matches!(word.as_str(), "как" | "каким" | "зачем" | "почему"))
}

/// Whether a person must take over whatever the rest of the message says; with the reason.
pub(super) fn for_a_person(words: &[String], amount_limit: Option<u32>) -> Option<(HandOver, &'static str)> {
    let alone = words
        .iter()
        .all(|word| PERSON_ALONE.iter().any(|one| word.starts_with(one)));
    if has_any(words, STOP_INSIDE) {
        return Some((HandOver::Asked, why::STOP_INSIDE));
    }
    if has_any(words, ANGER) {
        return Some((HandOver::Anger, why::ANGER));
    }
    if has_any(words, LEGAL) {
        return Some((HandOver::Legal, why::LEGAL));
    }
    if (has_any(words, MONEY) && !asks_how(words)) || is_above(words, amount_limit) {
        return Some((HandOver::Money, why::MONEY));
    }
    if writes_a_child(words) {
        return Some((HandOver::Legal, why::CHILD));
    }
    if (!words.is_empty() && alone) || (has_any(words, PERSON) && !has_any(words, NOT_FOR_PERSON)) {
        return Some((HandOver::Asked, why::ASKED));
    }
    None
}

/// Whether the message asks about law in a way the owner may have answered.
pub(super) fn is_legal_question(words: &[String]) -> bool {
    has_any(words, LEGAL_SOFT)
}

/// Whether the message speaks of health.
pub(super) fn is_health(words: &[String]) -> bool {
    has_any(words, HEALTH)
}

/// «Мне 13 лет».
fn writes_a_child(words: &[String]) -> bool {
    words.windows(3).any(|near| {
        let age = near[1]
            .parse::<u32>()
            .is_ok_and(|age| (LEAST_AGE..ADULT_AGE).contains(&age));
        near[0] == "мне" && age && matches!(near[2].as_str(), "лет" | "год" | "года")
    })
}

/// Whether a sum above the owner's limit is named: «50000 рублей», «40 тысяч», «35 000 ₽».
fn is_above(words: &[String], limit: Option<u32>) -> bool {
    let Some(limit) = limit else { return false };
    words.iter().enumerate().any(|(at, word)| {
        let Ok(number) = word.parse::<u64>() else { return false };
        let next = words.get(at + 1).map_or("", String::as_str);
        let after = words.get(at + 2).map_or("", String::as_str);
        let money = |word: &str| word.starts_with("руб") || word == "р";
        let sum = match next {
            next if money(next) => number,
            next if next.starts_with("тыс") || next == "к" => number * 1000,
            // «35 000 рублей»: groups of three digits.
            next if next.len() == 3 && money(after) => next.parse::<u64>().map_or(0, |rest| number * 1000 + rest),
            _ => 0,
        };
        sum > u64::from(limit)
    })
}

/// Whether the words of a refusal stand in the message: «не хочу», «не скажу».
pub(super) fn is_refusal(words: &[String]) -> bool {
    has(words, "не хочу|буду|скажу|дам|оставлю|надо|нужно|обязательно|могу") || words.iter().any(|word| word == "без")
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    #[test]
    fn danger_is_heard_in_many_wordings() {
        for text in [
            "я не могу дышать",
            "Задыхаюсь после укола!",
            "мама потеряла сознание",
            "сильное кровотечение не останавливается",
            "у меня боль в груди",
            "после краски отёк лица",
            "отек Квинке помогите",
            "не чувствую руку",
            "кажется передозировка",
            "я не хочу жить",
            "на трассе отказали тормоза",
            "тормоза отказали",
            "в салоне машины запах газа",
        ] {
            assert!(is_emergency(&words(text)), "{text}");
        }
    }

    #[test]
    fn ordinary_messages_are_no_danger() {
        for text in [
            "тормоза скрипят, сколько стоит замена колодок",
            "не могу прийти завтра",
            "не хочу ждать",
            "хочу жить рядом с вами",
            "газ на машину ставите?",
            "маска для лица",
            "болит зуб",
            "не чувствую разницы",
        ] {
            assert!(!is_emergency(&words(text)), "{text}");
        }
    }

    #[test]
    fn stop_counts_only_as_the_whole_message() {
        for text in ["СТОП", "стоп.", "Не пишите мне!", "отписаться", "stop"] {
            assert!(is_stop(&words(text)), "{text}");
        }
        assert!(!is_stop(&words("стоп, а сколько стоит?")));
        let inside = for_a_person(&words("спасибо, но больше не пишите мне с рекламой"), None);
        assert_eq!(inside, Some((HandOver::Asked, why::STOP_INSIDE)));
    }

    #[test]
    fn rights_are_heard() {
        assert!(is_withdrawal(&words("Я отзываю своё согласие на обработку")));
        for text in [
            "удалите мои данные",
            "Удалите, пожалуйста, мой номер",
            "удалите меня из базы",
            "сотрите переписку",
        ] {
            assert!(is_erasure(&words(text)), "{text}");
        }
        assert!(!is_erasure(&words("удаление шеллака сколько стоит")));
    }

    #[test]
    fn a_person_is_called_for_what_only_a_person_can_settle() {
        let reason = |text| for_a_person(&words(text), Some(30_000)).map(|(hand_over, _)| hand_over);
        for (text, expected) in [
            ("позовите администратора", HandOver::Asked),
            ("хочу поговорить с человеком", HandOver::Asked),
            ("Оператор", HandOver::Asked),
            ("почему вы мне нахамили вчера", HandOver::Anger),
            ("это просто ужасный сервис", HandOver::Anger),
            ("верните деньги за стрижку", HandOver::Money),
            ("нужна причёска на 50 000 рублей", HandOver::Money),
            ("сделаете на 40 тысяч?", HandOver::Money),
            ("подам в суд", HandOver::Legal),
            ("мне 13 лет, можно к вам", HandOver::Legal),
        ] {
            assert_eq!(reason(text), Some(expected), "{text}");
        }
        for text in [
            "сколько стоит маникюр",
            "как вернуть деньги за услугу",
            "дайте номер администратора",
            "мне 35 лет",
            "хочу каре на 2000 рублей",
            "судочки продаёте?",
            "",
        ] {
            assert_eq!(reason(text), None, "{text}");
        }
    }

    #[test]
    fn health_is_heard() {
        assert!(is_health(&words("у меня сильно болит зуб")) && is_health(&words("я беременна, можно краситься?")));
        assert!(!is_health(&words("хочу записаться на маникюр")) && !is_health(&words("больше не приду")));
    }
}

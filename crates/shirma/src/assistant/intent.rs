//! What a message is about, by closed lists of words: greeting, thanks, hours, address, price, booking, cancel, move.

use super::text::{fits, has_any};

const GREETING: &[&str] = &[
    "здравствуйте|здравствуй|здрасте|здрасьте|здраствуйте|здравствуте",
    "добрый|доброе|доброго|доброй",
    "привет|приветствую|приветик|хай|салам|hello|hi",
    "день|дня|вечер|вечера|утро|утра|ночи|времени|суток",
    "всем|вам",
];
const THANKS: &[&str] = &[
    "спасибо|спс|спасибочки|благодарю|мерси|пасиб|пасибо",
    "большое|огромное|за|ответ|информацию|вам|очень|помощь|всё|все|понятно|ок|хорошо|и|до|свидания|завтра|встречи",
];
const ACKNOWLEDGED: &[&str] = &[
    "ок|окей|ok|хорошо|понятно|понял|поняла|ясно|ладно|ага|угу|принято|отлично|супер|договорились|класс|круто|буду|жду|ждем|да",
];
const YES: &[&str] = &[
    "да|ага|угу|верно|правильно|подтверждаю|ок|окей|ok|yes|конечно|точно|давайте|хорошо|согласна|согласен|можно|плюс|записывайте|запишите|подходит",
    "все|всё|так|пожалуйста|спасибо|отлично|супер|именно|на|и",
];
const NO: &[&str] = &["нет|неверно|неправильно|изменить|исправить|no|не"];

const BOT: &[&str] = &[
    "ты|вы бот|робот|программа|нейросеть|ии|автоответчик",
    "бот это|отвечает|пишет",
    "вы|ты живой|живая|реальный|настоящий",
    "с ботом|роботом общаюсь|говорю|разговариваю",
];

const HOURS: &[&str] = &[
    "график*|режим* работ*",
    "график*|расписани*",
    "часы работы",
    "до скольки|скольких|которого",
    "во|со сколько|скольки открыва*|закрыва*|работаете|начинаете",
    "когда открыва*|закрыва*|работаете",
    "выходн* есть|бывает|какие|когда|дни",
];
/// These ask about hours only when nothing else stands in the message.
const HOURS_WEAK: &[&str] = &["работаете|открыты|открываетесь|закрываетесь|закрыты|работаем"];

const ADDRESS: &[&str] = &[
    "адрес|адреса|адресс|адресок|локаци*|местоположени*",
    "где вы|ты находитесь|находится|сидите|расположен*|располагаетесь",
    "где находит*|расположен*",
    "где вы|салон|клиника|сервис|магазин",
    "как доехать|добраться|дойти|пройти|проехать|найти",
    "на|какая|какой улиц*",
];

const PRICE: &[&str] = &[
    "цен*|прайс*|стоимост*|расценк*|почем|ценник*|прейскурант*",
    "сколько|сколька|скока|скольк стоит|стоят|стоить|будет|обойдется|берете|возьмете|выйдет",
    "по чем",
];
const DURATION: &[&str] = &[
    "сколько по|занимает|длится|делается|идет времени|длится|занимает|минут|делается|часов",
    "как долго|быстро",
    "долго длится|делается|занимает|идет|по",
    "длительность*|продолжительност*",
];

const BOOKING: &[&str] = &[
    "запишите|запишите|запиши|записать|записаться|запишусь|записывай*|запишись|перезаписаться",
    "запись на|к|можно|есть|свободна|хочу|нужна",
    "хочу|хотел|хотела|хотелось|нужен|нужна|нужно|надо|можно на|к",
    "свободн* врем*|окошк*|мест*|запис*|есть",
    "окошко|окошки|окно|окна есть|свободн*|будет|на|завтра|сегодня",
    "есть мест*|время|окно|окошко|запись",
    "принять|примете|принимаете меня|сегодня|завтра",
    "попасть на|к|вам",
    "бронь|забронировать|забронируйте",
];
const CANCEL: &[&str] = &[
    "отмените|отменить|отмена|отменяю|отменяем запис*|визит*|прием*|бронь",
    "отмените|отменяю|отменяем",
    "не смогу|сможем|получится|получается прийти|приехать|подойти|быть|прийди",
    "не приду|придем|приеду|приедем",
    "отказаться записи|визита|приема",
    "снимите|убрать|уберите запис*",
];
const MOVE: &[&str] = &[
    "перенести|перенесите|перенесем|перенос|перенесём|переносим|перенеси",
    "перезаписать|перезаписаться|перезапишите|перезапиши",
    "другое|другой время|день|дату запись|запис*|прийти",
    "давайте|можно на другое|другой время|день",
    "сдвинуть|подвинуть|передвинуть запись|время|визит|на|прием",
];
const CHANGED_MIND: &[&str] = &[
    "передумал|передумала",
    "не надо|нужно записывать|записи|запись|ничего",
    "отмена|отмените|отменить",
    "не записывайте|записывай",
    "потом|позже запишусь|напишу|решу",
    "пока не надо|буду",
];

/// Whether every word of the message fits one of the lists, and one fits the first.
fn consists_of(words: &[String], lists: &[&str]) -> bool {
    let fits_any = |word: &String, lists: &[&str]| lists.iter().any(|list| fits(word, list));
    !words.is_empty()
        && words.iter().all(|word| fits_any(word, lists))
        && words.iter().any(|word| fits_any(word, &lists[..1]))
}

/// Nothing but a greeting.
pub(super) fn is_greeting(words: &[String]) -> bool {
    let greets = words
        .iter()
        .any(|word| GREETING[..3].iter().any(|list| fits(word, list)));
    greets && words.iter().all(|word| GREETING.iter().any(|list| fits(word, list)))
}

/// Nothing but thanks.
pub(super) fn is_thanks(words: &[String]) -> bool {
    consists_of(words, THANKS)
}

/// «Ок», «понятно»: nothing to answer.
pub(super) fn is_acknowledged(words: &[String]) -> bool {
    consists_of(words, ACKNOWLEDGED)
}

/// Nothing but a yes.
pub(super) fn is_yes(words: &[String]) -> bool {
    consists_of(words, YES)
}

/// Begins with a no.
pub(super) fn is_no(words: &[String]) -> bool {
    words.first().is_some_and(|word| NO.iter().any(|list| fits(word, list)))
}

/// «Ты бот?»
pub(super) fn asks_who(words: &[String]) -> bool {
    has_any(words, BOT) || (words.len() <= 2 && words.iter().any(|word| matches!(word.as_str(), "бот" | "робот")))
}

/// A question about working hours. `alone`: nothing of content stands beside the calendar words.
pub(super) fn asks_hours(words: &[String], alone: bool) -> bool {
    has_any(words, HOURS) || (alone && has_any(words, HOURS_WEAK))
}

/// A question about the address.
pub(super) fn asks_address(words: &[String]) -> bool {
    has_any(words, ADDRESS)
}

/// A question about a price.
pub(super) fn asks_price(words: &[String]) -> bool {
    has_any(words, PRICE) && !asks_duration(words)
}

/// A question about how long it takes.
pub(super) fn asks_duration(words: &[String]) -> bool {
    has_any(words, DURATION)
}

/// A wish to come.
pub(super) fn wants_booking(words: &[String]) -> bool {
    has_any(words, BOOKING)
}

/// A wish not to come.
pub(super) fn wants_cancel(words: &[String]) -> bool {
    has_any(words, CANCEL)
}

/// A wish to come at another time.
pub(super) fn wants_move(words: &[String]) -> bool {
    has_any(words, MOVE)
}

/// A wish to stop filling the form.
pub(super) fn changed_mind(words: &[String]) -> bool {
    has_any(words, CHANGED_MIND)
}

/// Words that belong to questions and wishes themselves, not to their subject. Beginnings.
const NEUTRAL: &[&str] = &[
    "запиш",
    "запис",
    "сто",
    "скольк",
    "скок",
    "цен",
    "прайс",
    "почем",
    "работа",
    "открыт",
    "закрыт",
    "график",
    "режим",
    "врем",
    "свобод",
    "окош",
    "окн",
    "мест",
    "дела",
    "сдела",
    "будет",
    "нужн",
    "надо",
    "хоте",
    "хоч",
    "смож",
    "могу",
    "можете",
    "прий",
    "прид",
    "подой",
    "удобн",
    "дорог",
    "длит",
    "занима",
    "долг",
    "минут",
    "час",
    "ценник",
    "стоим",
    "расцен",
    "обойд",
    "бере",
    "попас",
    "примет",
    "прин",
    "интерес",
    "вопрос",
    "девушк",
    "уточн",
    "себ",
    "вообще",
    "сейчас",
    "рубл",
    "салон",
    "услуг",
    "подруг",
    "маме",
    "мам",
    "муж",
    "жен",
    "сын",
    "доч",
    "сестр",
    "ближайш",
    "сегодн",
    "завтр",
    "выходн",
    "кажд",
    "адрес",
    "наход",
    "оди",
    "одн",
    "дв",
    "лучш",
    "нрав",
    "обычн",
    "сам",
    "приве",
    "добр",
    "здравст",
    "спасиб",
    "ок",
    "верн",
    "плю",
];

/// Whether the word says nothing of the subject of a question.
pub(super) fn is_neutral(word: &str) -> bool {
    word.chars().count() < 3
        || word.chars().all(|c| c.is_ascii_digit())
        || super::search::is_stop(word)
        || NEUTRAL.iter().any(|beginning| word.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    fn check(question: fn(&[String]) -> bool, yes: &[&str], no: &[&str]) {
        for text in yes {
            assert!(question(&words(text)), "{text}");
        }
        for text in no {
            assert!(!question(&words(text)), "{text}");
        }
    }

    #[test]
    fn whole_message_intents() {
        check(
            is_greeting,
            &["Здравствуйте!", "добрый день", "Привет"],
            &["добрый день, сколько стоит?", "день", ""],
        );
        check(
            is_thanks,
            &["спасибо большое", "Спасибо за ответ!"],
            &["спасибо, а адрес?", "все"],
        );
        check(is_acknowledged, &["ок", "понятно, хорошо"], &["ок, а когда?", ""]);
        check(
            is_yes,
            &["да", "Да, всё верно", "ок", "верно"],
            &["да, но в 15", "нет", ""],
        );
        check(is_no, &["нет", "Нет, лучше в 15", "неверно"], &["да", ""]);
    }

    #[test]
    fn questions_are_told_apart() {
        check(
            asks_who,
            &["ты бот?", "это бот отвечает?", "вы робот", "бот?"],
            &["работаете завтра?"],
        );
        check(
            asks_address,
            &["где вы находитесь?", "подскажите адресс", "как доехать"],
            &["где мой мастер"],
        );
        check(
            asks_price,
            &["почем стрижка", "сколько стоит маникюр", "прайс"],
            &["сколько по времени маникюр"],
        );
        check(
            asks_duration,
            &["сколько по времени маникюр", "долго делается маникюр?"],
            &["сколько стоит"],
        );
        check(
            wants_booking,
            &["запишите меня", "хочу на маникюр", "есть окошко на завтра?"],
            &["сколько стоит маникюр"],
        );
        check(
            wants_cancel,
            &["отмените запись", "я не смогу прийти", "не приду завтра"],
            &["запишите меня"],
        );
        check(
            wants_move,
            &["перенести с четверга на пятницу", "давайте на другое время"],
            &["запишите меня"],
        );
    }

    #[test]
    fn weak_hours_need_a_bare_question() {
        assert!(asks_hours(&words("работаете завтра?"), true));
        assert!(!asks_hours(&words("работаете с кудрявыми волосами?"), false));
        assert!(asks_hours(&words("до скольки работаете с волосами"), false));
    }
}

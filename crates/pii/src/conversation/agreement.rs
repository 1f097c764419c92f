//! The gender that words in agreement with a name tell: «Бондарь сказала», «был Мельник», «Женя записана первой».

use std::sync::LazyLock;

use super::Speaker;
use crate::label::Gender;
use crate::stems::Stems;

/// Words after a name among which its predicate is looked for.
const REACH: usize = 5;
/// Words after which no verb can stand.
const PREPOSITIONS: &[&str] = &[
    "с", "со", "из", "от", "у", "до", "к", "ко", "на", "в", "во", "для", "без", "по", "за",
];
/// Short adjectives, feminine; the masculine is without the last vowel.
const STATES: &[(&str, &str)] = &[
    ("записана", "записан"),
    ("занята", "занят"),
    ("свободна", "свободен"),
    ("должна", "должен"),
    ("готова", "готов"),
    ("рада", "рад"),
    ("больна", "болен"),
    ("согласна", "согласен"),
    ("сама", "сам"),
    ("одна", "один"),
    ("права", "прав"),
    ("уверена", "уверен"),
    ("против", "против"),
    ("довольна", "доволен"),
];
/// Complements at the end of a clause: «записала первой».
const ENDING: &[(&str, &str)] = &[
    ("первой", "первым"),
    ("второй", "вторым"),
    ("третьей", "третьим"),
    ("последней", "последним"),
    ("одной", "одним"),
    ("самой", "самим"),
];
/// What a business does to people, said by whoever did it: «Мельник записала на три» is about who was put down.
static SERVED: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "записал поставил передал предупред отменил перенес напомнил уведомил набрал внес сняла снял оформил позвал \
         отправил вызвал убрал нашла нашел выписал отметил подвинул сдвинул добавил пригласил видел встретил ждал",
    )
});
/// What somebody else did, as a client tells it before the name: «вчера принимала ⟦⟧».
static TOLD: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "был принимал делал сделал звонил писал написал смотрел назначил сказал говорил обещал приходил лечил оперировал \
         стриг красил выписал осматривал приезжал привез работал дежурил отвечал ответил вел колол",
    )
});
/// Nouns and other words that end like verbs of the past.
static NO_VERBS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("стол зал мыл отдел дел сил бал пол угол журнал канал дела сила была-то персонал"));

/// The gender told by a folded word that ends like a verb of the past.
pub(super) fn past(word: &str) -> Option<Gender> {
    if word.chars().count() < 3 || NO_VERBS.has(word) {
        return None;
    }
    if ["ла", "лась"].iter().any(|tail| word.ends_with(tail)) {
        Some(Gender::Female)
    } else if ["ал", "ел", "ил", "ул", "ыл", "ял", "ол", "лся", "шел"]
        .iter()
        .any(|tail| word.ends_with(tail))
    {
        Some(Gender::Male)
    } else {
        None
    }
}

fn of_pair(pairs: &[(&str, &str)], word: &str) -> Option<Gender> {
    pairs.iter().find_map(|(female, male)| match word {
        word if female == male || word != *female && word != *male => None,
        word if word == *female => Some(Gender::Female),
        _ => Some(Gender::Male),
    })
}

/// The gender told by what follows a name in the nominative.
pub(super) fn after(right: &str, speaker: Option<Speaker>) -> Option<Gender> {
    let clause = right.split([',', '.', '!', '?', '\n', ';', '(', ':']).next()?;
    if !clause.starts_with(' ') {
        return None;
    }
    let words: Vec<String> = clause.split_whitespace().map(crate::decline::fold).collect();
    // «⟦⟧ в прошлый раз не пришла»
    for (at, word) in words.iter().enumerate().take(REACH) {
        // «⟦⟧ с тагила» is no verb.
        if at > 0 && PREPOSITIONS.contains(&words[at - 1].as_str()) {
            continue;
        }
        if let Some(gender) = of_pair(STATES, word) {
            return Some(gender);
        }
        if speaker != Some(Speaker::Client) && SERVED.begins(word) || word == "я" || word == "который" {
            return None;
        }
        if let Some(gender) = past(word) {
            return Some(gender);
        }
    }
    None
}

/// The gender told by the last word of the clause that follows, in whatever case the name is.
pub(super) fn at_end(right: &str) -> Option<Gender> {
    let clause = right.split([',', '.', '!', '?', '\n', ';', '(', ':']).next()?;
    let last = crate::decline::fold(clause.split_whitespace().last()?);
    of_pair(ENDING, &last)
}

/// The gender told by a verb before a name in the nominative, in the words of a client.
pub(super) fn before(left: &str, speaker: Option<Speaker>) -> Option<Gender> {
    if speaker != Some(Speaker::Client) {
        return None;
    }
    let part = left.rsplit([',', '(', ':']).next()?;
    let words: Vec<String> = part.split_whitespace().map(crate::decline::fold).collect();
    if words.iter().any(|word| word == "я") {
        return None;
    }
    words
        .iter()
        .rev()
        .take(3)
        .find(|word| TOLD.begins(word))
        .and_then(|word| past(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_and_states_tell_the_gender_of_a_name_that_has_none() {
        let client = Some(Speaker::Client);
        let staff = Some(Speaker::Staff);
        assert_eq!(after(" сказала прийти через неделю", client), Some(Gender::Female));
        assert_eq!(after(" вам уже звонил", staff), Some(Gender::Male));
        assert_eq!(after(" записала на три", staff), None);
        assert_eq!(after(", звонила?", staff), None);
        assert_eq!(after(" записан на пять", staff), Some(Gender::Male));
        assert_eq!(before("вчера делала укол ", client), Some(Gender::Female));
        assert_eq!(before("а на приёме был ", client), Some(Gender::Male));
        assert_eq!(before("я вчера звонила ", client), None);
        assert_eq!(at_end(" записала первой, а её вторым"), Some(Gender::Female));
    }
}

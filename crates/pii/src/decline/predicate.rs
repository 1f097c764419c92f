//! A name that opens its clause: what the words after it make of it.

use std::sync::LazyLock;

use super::clause::{is_filler, is_oblique, sentence_right, words_of};
use super::verb::{self, Form};
use crate::label::Case;
use crate::stems::Stems;

/// Words looked at to the right of the place.
const REACH: usize = 5;

/// Predicates without an actor: somebody is in a state or receives.
static STATES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "нужен нужна нужно нужны надо можно нельзя пора удобно удобнее неудобно понравил нравит исполнил исполнит \
         придется пришлось приходится следует хватит хватает хочется хотелось кажется больно плохо жаль требуется \
         предстоит достаточно полагается рекомендуется стало станет подойдет подходит легче хуже важно интересно \
         положен рекомендован разрешен разрешено запрещено отказано пришло пришел потребуется \
         понадобится необходимо желательно трудно холодно жарко некогда назначено начислено поставят",
    )
});
/// Roles whose nominative after a verb shows who acts.
static ACTORS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "врач доктор мастер администратор менеджер хирург терапевт стоматолог педиатр медсестра тренер механик курьер \
         водитель директор специалист косметолог стилист колорист муж жена сын дочь мама папа брат сестра коллега \
         кто-то никто оператор ассистент невролог окулист лор",
    )
});
/// Prepositions and words after which no bare thing follows.
static NO_THING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "в на с у к от до по за из для о при после без вместо через со во ко перед об под над около кроме про из-за вне \
         и или а но что как если когда чтобы где куда не ни ли бы же то там тут туда сюда здесь домой дома вверх \
         первым первой вторым второй следующим следующей лично сам сама один одна вместе рядом внутрь наверх ведь \
         почему зачем сколько давно который которая еще пораньше раньше позже опять чуть немного минут минуты минуту \
         час часа неделю недели день дня дней месяц год года раз раза больше меньше ради между против насчет некому некого некуда незачем",
    )
});

/// Whether a thing without a preposition follows: «⟦⟧ пропуск на парковку».
pub(super) fn stands_with_thing(right: &str) -> bool {
    if right
        .trim_start()
        .starts_with([',', '.', '!', '?', ':', '—', '–', '(', ')', ';'])
    {
        return false;
    }
    let words = words_of(sentence_right(right));
    let mut words = words.iter().skip_while(|word| is_filler(word) || is_oblique(word));
    let Some(first) = words.next() else { return false };
    let next = words.next().map(String::as_str).unwrap_or_default();
    let counted = first.chars().all(|sign| sign.is_ascii_digit())
        || ["пять", "десять", "две", "пару", "два", "три"].contains(&first.as_str());
    if counted {
        return !NO_THING.has(next) && !next.is_empty();
    }
    let instrumental = is_instrumental(first);
    let adverb = first.ends_with('о')
        && first.chars().count() > 4
        && !next.is_empty()
        && !first.ends_with("ство")
        && !first.ends_with("ло");
    let adverb = adverb || first.ends_with("стью");
    // «уважают ⟦⟧ все пациенты»: those who act.
    let actors = first == "все" && (ACTORS.begins(next) || next.starts_with("пациент") || next.starts_with("клиент"));
    !actors
        && !NO_THING.has(first)
        && !instrumental
        && !adverb
        && !is_infinitive(first)
        && verb::form_of(first).is_none()
}

/// States told before the one who is in them: «пора ⟦⟧ менять резину», «холодно ⟦⟧ в коридоре».
pub(super) fn is_received_state(word: &str) -> bool {
    [
        "пора",
        "предстоит",
        "предстояло",
        "придется",
        "пришлось",
        "приходится",
        "холодно",
        "жарко",
        "душно",
        "больно",
        "страшно",
        "плохо",
        "скучно",
        "обидно",
        "трудно",
        "тяжело",
        "некогда",
        "неудобно",
        "неловко",
        "полагается",
        "хочется",
        "хотелось",
        "кажется",
        "понадобится",
        "потребуется",
        "исполнится",
        "исполнилось",
        "повезло",
        "нездоровится",
    ]
    .contains(&word)
}

/// Things that go to a person rather than belong to one.
static SENT: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "скидка благодарность счет поручение ответ письмо подарок бонус перевод сообщение напоминание уведомление \
         приглашение предложение выплата премия отказ компенсация сертификат выговор доверенность приказ задание",
    )
});
/// What is done to such a thing when it goes to somebody.
static SENDING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "выставлен объявлен подписан положен подготовлен оформлен отложен начислен отправлен выслан передан подарен \
         вручен выдан перечислен обещан предоставлен направлен готовится готовит полагается",
    )
});

/// «Счёт ⟦⟧ выставлен»: the noun before and the predicate after speak of something sent.
pub(super) fn is_sent_to(noun: &str, right: &str) -> bool {
    SENT.has(noun) && first_right(right).is_some_and(|word| SENDING.begins(&word))
}

/// «за ⟦⟧ заплатила фирма».
pub(super) fn is_paid_for(right: &str) -> bool {
    first_right(right).is_some_and(|word| {
        [
            "заплат",
            "оплат",
            "платит",
            "доплат",
            "внес",
            "внос",
            "поручил",
            "пережива",
            "голосу",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
    })
}

/// «на ⟦⟧ оформлен полис», «на ⟦⟧ пожаловались»: a direction, no place.
pub(super) fn is_put_on(right: &str) -> bool {
    first_right(right).is_some_and(|word| {
        verb::form_of(&word) == Some(Form::Passive)
            || [
                "пожалов",
                "жалу",
                "жалоб",
                "наде",
                "рассчит",
                "записа",
                "оформ",
                "завел",
                "заведен",
            ]
            .iter()
            .any(|stem| word.starts_with(stem))
    })
}

/// «мастером», «старшим»: what somebody is made, not what somebody is given.
pub(super) fn is_instrumental(word: &str) -> bool {
    ["ом", "ем", "ым", "им"].iter().any(|tail| word.ends_with(tail))
        && word.chars().count() > 3
        && !verb::is_noun(word)
        && !["альбом", "диплом", "перелом", "симптом", "объем", "подъем", "водоем"].contains(&word)
}

/// The first word after the place that is not an adverb.
pub(super) fn first_right(right: &str) -> Option<String> {
    words_of(sentence_right(right))
        .into_iter()
        .find(|word| !is_filler(word))
}

fn is_infinitive(word: &str) -> bool {
    [
        "ать", "ять", "ить", "еть", "уть", "ыть", "оть", "йти", "сти", "зти", "ться",
    ]
    .iter()
    .any(|tail| word.ends_with(tail))
        && !word.ends_with("ость")
}

/// The case of a name that opens its clause: nominative, unless the predicate makes it the receiver or the object.
pub(super) fn by_predicate(left: &[String], right: &str) -> Case {
    let right = sentence_right(right);
    if right.starts_with([',', ':', ')', '»']) || right.trim_start().starts_with(['—', '–', '-']) {
        return Case::Nominative;
    }
    let right = &right[..right.find(',').unwrap_or(right.len())];
    let words = words_of(right);
    let plural_before = left
        .iter()
        .any(|word| ["мы", "вы", "они", "я"].contains(&word.as_str()));
    let mut pronoun = plural_before;
    let mut negated = false;
    // «⟦⟧ окна не досталось»: whatever stands between, somebody received.
    let received = |word: &String| ["досталось", "досталась", "достались", "повезло"].contains(&word.as_str());
    if words.iter().take(REACH).any(received) {
        return Case::Dative;
    }
    for (at, word) in words.iter().enumerate().take(REACH) {
        match word.as_str() {
            "мы" | "я" | "вы" | "они" => {
                pronoun = true;
                continue;
            }
            "не" => {
                negated = true;
                continue;
            }
            "нет" => return Case::Genitive,
            "будет" | "было" | "видно" | "оказалось" | "хватает" if negated && is_absence(&words[at + 1..], word) =>
            {
                return Case::Genitive;
            }
            "будет" | "было" | "будут" | "были" => continue,
            "кто" | "и" | "или" => break,
            _ => {}
        }
        let number = word.starts_with(|sign: char| sign.is_ascii_digit());
        if number
            && words
                .get(at + 1)
                .is_some_and(|next| ["лет", "год", "года"].contains(&next.as_str()))
        {
            return Case::Dative;
        }
        if is_filler(word) && !STATES.begins(word) || number || is_oblique(word) {
            continue;
        }
        return by_first_predicate(word, &words[at + 1..], pronoun);
    }
    Case::Nominative
}

/// «не будет (на месте)», but «не будет против» and «не будет ждать».
fn is_absence(after: &[String], word: &str) -> bool {
    word != "будет" && word != "было"
        || after.iter().find(|word| !is_filler(word)).is_none_or(|next| {
            ["на", "в", "до", "с", "у", "здесь", "дома", "видно", "весь", "всю"].contains(&next.as_str())
                || next.starts_with(|sign: char| sign.is_ascii_digit())
        })
}

fn by_first_predicate(word: &str, after: &[String], pronoun: bool) -> Case {
    let next = after
        .iter()
        .find(|word| !is_filler(word))
        .map(String::as_str)
        .unwrap_or_default();
    let actor = ACTORS.has(next);
    let thing = !next.is_empty() && !actor && stands_with_thing(&after.join(" "));
    if word.starts_with("приш") || word.starts_with("придет") && !word.ends_with("ся") || word.starts_with("поступил")
    {
        return if thing { Case::Dative } else { Case::Nominative };
    }
    if word.starts_with("подойд") || word.starts_with("подход") {
        let comes = ["к", "через", "в", "на", "за", "сам", "сама", "чуть", "минут"].contains(&next);
        return if comes { Case::Nominative } else { Case::Dative };
    }
    if STATES.begins(word) {
        return Case::Dative;
    }
    match verb::form_of(word) {
        Some(Form::Passive) if verb::passive_gives(word) => {
            let neuter = word.ends_with('о') || word.ends_with('ы');
            if neuter || thing {
                Case::Dative
            } else {
                Case::Nominative
            }
        }
        Some(Form::ActOfOne) if actor => verb::governs(word, false),
        Some(Form::ActOfOne) if pronoun && !word.ends_with("ет") => verb::governs(word, thing),
        Some(Form::ActOfOne) => {
            if matches!(word, "пришло" | "дали" | "полагалось") {
                Case::Dative
            } else {
                Case::Nominative
            }
        }
        Some(Form::Act) if is_plural_act(word) || pronoun => verb::governs(word, thing || actor),
        Some(Form::Act | Form::Passive | Form::Reflexive) | None => Case::Nominative,
    }
}

/// «предупредили», «ждут», «передадим»: others act, not the named person.
fn is_plural_act(word: &str) -> bool {
    ["ли", "ут", "ют", "ат", "ят", "ем", "им", "ите", "йте"]
        .iter()
        .any(|tail| word.ends_with(tail))
        || matches!(word, "ждут" | "ждем" | "жду")
}

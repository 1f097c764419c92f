//! The closed dictionary of calendar words, and typing errors measured against it alone.
//!
//! One word has one meaning here; where Russian has several («дня»), the grammar in `scan` decides by neighbours.
//! Ordinary words that are one letter away from a calendar word («завтрак») stand in the list as [`Lex::Plain`].

use strsim::osa_distance;

/// Meaning of one calendar word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lex {
    /// Days from today.
    Day(i8),
    /// Monday is 1.
    Weekday(i8),
    /// January is 1.
    Month(i8),
    /// два, двух, двум.
    Number(u8),
    /// второе, второго: a day, or the hour that is running in «половине второго».
    Ordinal(u8),
    /// полседьмого, as one word.
    HalfTo(u8),
    /// полтора.
    OneAndHalf,
    /// полчаса.
    HalfHour,
    /// половина, половине, пол.
    Half,
    /// четверть.
    Quarter,
    /// без.
    Without,
    /// час, часик: also one o'clock.
    HourOne,
    /// часа, часов, ч.
    Hour,
    /// минут.
    Minute,
    /// день, дней.
    DayUnit,
    /// дня: two days, or one o'clock in the afternoon.
    DayOf,
    /// неделя, неделю, недели.
    Week,
    /// месяц.
    MonthUnit,
    /// утра.
    MorningOf,
    /// вечера.
    EveningOf,
    /// ночи.
    NightOf,
    /// утром.
    Morning,
    /// днём.
    Afternoon,
    /// вечером.
    Evening,
    /// вечеру.
    TowardsEvening,
    /// обед, обеда.
    Lunch,
    /// полдень.
    Noon,
    /// работы.
    Work,
    /// открытию.
    Opening,
    /// закрытию.
    Closing,
    /// в, во.
    In,
    /// на.
    On,
    /// к, ко, под.
    To,
    /// с, со, от.
    From,
    /// до.
    Until,
    /// по.
    By,
    /// после.
    After,
    /// около, примерно, где-то.
    Around,
    /// через, спустя.
    Through,
    /// между.
    Between,
    /// раньше.
    Earlier,
    /// позже.
    Later,
    /// следующий.
    Next,
    /// этот.
    This,
    /// тот.
    That,
    /// ближайший.
    Nearest,
    /// выходные.
    Weekend,
    /// будни.
    Workdays,
    /// рабочий: only before день.
    Working,
    /// начале.
    Start,
    /// середине.
    Middle,
    /// конце.
    End,
    /// первой половине is Ordinal(1) Half.
    Not,
    /// а, но.
    But,
    /// лучше, нет: what follows replaces what stood before.
    Rather,
    /// кроме.
    Except,
    /// любой.
    Any,
    /// весь, целый.
    Whole,
    /// время.
    Time,
    /// или.
    Or,
    /// и.
    And,
    /// числа.
    OfMonth,
    /// могу, получится, смогу, занята: after «не» they exclude what stood before.
    Able,
    /// ближе.
    Closer,
    /// рано, поздно, самого: say nothing by themselves.
    Filler,
    /// вчера.
    Past,
    /// года, г.
    Year,
    /// The same: «в это же время».
    Same,
    /// An ordinary word that only looks like one of these.
    Plain,
}

/// What makes a number not a time: «3 года», «2000 рублей», «на 5 человек».
pub(super) const COUNTED: &[&str] = &[
    "лет",
    "руб",
    "₽",
    "человек",
    "чел",
    "персон",
    "раз",
    "ребен",
    "дет",
    "см",
    "мм",
    "тыс",
    "этаж",
    "литр",
    "процент",
    "штук",
    "шт",
    "квартир",
    "метр",
    "км",
    "услуг",
    "процедур",
    "ногт",
];

/// Exact words, several a line.
const WORDS: &[(&str, Lex)] = &[
    ("сегодня севодня сегодняшний седня щас", Lex::Day(0)),
    ("завтра завтрашний завтре завтрева", Lex::Day(1)),
    ("послезавтра послезавтрашний", Lex::Day(2)),
    ("послепослезавтра", Lex::Day(3)),
    ("вчера позавчера вчерашний", Lex::Past),
    (
        "понедельник понедельника понедельнику понедельником пн пон",
        Lex::Weekday(1),
    ),
    ("вторник вторника вторнику вторником вт", Lex::Weekday(2)),
    ("среда среду среды среде средой ср", Lex::Weekday(3)),
    ("четверг четверга четвергу четвергом чт", Lex::Weekday(4)),
    ("пятница пятницу пятницы пятнице пятницей пт пятничку", Lex::Weekday(5)),
    ("суббота субботу субботы субботе субботой сб", Lex::Weekday(6)),
    (
        "воскресенье воскресенья воскресенью воскресеньем воскресение вс вск",
        Lex::Weekday(7),
    ),
    ("январь января январе янв", Lex::Month(1)),
    ("февраль февраля феврале фев", Lex::Month(2)),
    ("март марта марте", Lex::Month(3)),
    ("апрель апреля апреле апр", Lex::Month(4)),
    ("май мая мае", Lex::Month(5)),
    ("июнь июня июне", Lex::Month(6)),
    ("июль июля июле", Lex::Month(7)),
    ("август августа августе авг", Lex::Month(8)),
    ("сентябрь сентября сентябре сент", Lex::Month(9)),
    ("октябрь октября октябре окт", Lex::Month(10)),
    ("ноябрь ноября ноябре нояб", Lex::Month(11)),
    ("декабрь декабря декабре дек", Lex::Month(12)),
    ("один одну одного", Lex::Number(1)),
    ("два две двух двум пару", Lex::Number(2)),
    ("три трех трем", Lex::Number(3)),
    ("четыре четырех четырем", Lex::Number(4)),
    ("пять пяти", Lex::Number(5)),
    ("шесть шести", Lex::Number(6)),
    ("семь семи", Lex::Number(7)),
    ("восемь восьми", Lex::Number(8)),
    ("девять девяти", Lex::Number(9)),
    ("десять десяти", Lex::Number(10)),
    ("одиннадцать одиннадцати", Lex::Number(11)),
    ("двенадцать двенадцати", Lex::Number(12)),
    ("тринадцать тринадцати", Lex::Number(13)),
    ("четырнадцать четырнадцати", Lex::Number(14)),
    ("пятнадцать пятнадцати", Lex::Number(15)),
    ("шестнадцать шестнадцати", Lex::Number(16)),
    ("семнадцать семнадцати", Lex::Number(17)),
    ("восемнадцать восемнадцати", Lex::Number(18)),
    ("девятнадцать девятнадцати", Lex::Number(19)),
    ("двадцать двадцати", Lex::Number(20)),
    ("тридцать тридцати", Lex::Number(30)),
    ("сорок сорока", Lex::Number(40)),
    ("пятьдесят пятидесяти", Lex::Number(50)),
    ("первое первого первому первой первую", Lex::Ordinal(1)),
    ("второе второго второму второй вторую", Lex::Ordinal(2)),
    ("третье третьего третьему третьей", Lex::Ordinal(3)),
    ("четвертое четвертого четвертому", Lex::Ordinal(4)),
    ("пятое пятого пятому", Lex::Ordinal(5)),
    ("шестое шестого шестому", Lex::Ordinal(6)),
    ("седьмое седьмого седьмому", Lex::Ordinal(7)),
    ("восьмое восьмого восьмому", Lex::Ordinal(8)),
    ("девятое девятого девятому", Lex::Ordinal(9)),
    ("десятое десятого десятому", Lex::Ordinal(10)),
    ("одиннадцатое одиннадцатого одиннадцатому", Lex::Ordinal(11)),
    ("двенадцатое двенадцатого двенадцатому", Lex::Ordinal(12)),
    ("тринадцатое тринадцатого", Lex::Ordinal(13)),
    ("четырнадцатое четырнадцатого", Lex::Ordinal(14)),
    ("пятнадцатое пятнадцатого", Lex::Ordinal(15)),
    ("шестнадцатое шестнадцатого", Lex::Ordinal(16)),
    ("семнадцатое семнадцатого", Lex::Ordinal(17)),
    ("восемнадцатое восемнадцатого", Lex::Ordinal(18)),
    ("девятнадцатое девятнадцатого", Lex::Ordinal(19)),
    ("двадцатое двадцатого", Lex::Ordinal(20)),
    ("тридцатое тридцатого", Lex::Ordinal(30)),
    ("полпервого", Lex::HalfTo(1)),
    ("полвторого", Lex::HalfTo(2)),
    ("полтретьего", Lex::HalfTo(3)),
    ("полчетвертого", Lex::HalfTo(4)),
    ("полпятого", Lex::HalfTo(5)),
    ("полшестого", Lex::HalfTo(6)),
    ("полседьмого", Lex::HalfTo(7)),
    ("полвосьмого", Lex::HalfTo(8)),
    ("полдевятого", Lex::HalfTo(9)),
    ("полдесятого", Lex::HalfTo(10)),
    ("полодиннадцатого", Lex::HalfTo(11)),
    ("полдвенадцатого", Lex::HalfTo(12)),
    ("полтора полутора", Lex::OneAndHalf),
    ("полчаса полчасика", Lex::HalfHour),
    ("половина половине половиной половину пол", Lex::Half),
    ("четверть четверти", Lex::Quarter),
    ("без", Lex::Without),
    ("час часик часок часу", Lex::HourOne),
    ("часа часов часам часах ч часиков", Lex::Hour),
    ("минут минуты минуту мин минуток", Lex::Minute),
    ("день дней дни денька деньков", Lex::DayUnit),
    ("дня", Lex::DayOf),
    ("неделя неделю недели неделе недель недельку неделек", Lex::Week),
    ("месяц месяца месяце месяцев", Lex::MonthUnit),
    ("утра", Lex::MorningOf),
    ("вечера", Lex::EveningOf),
    ("ночи", Lex::NightOf),
    ("утром утречком утро утру", Lex::Morning),
    ("днем", Lex::Afternoon),
    ("вечером вечерком вечер вечерочком", Lex::Evening),
    ("вечеру", Lex::TowardsEvening),
    ("обед обеда обеду обеденное обеденный", Lex::Lunch),
    ("полдень полудня полудню", Lex::Noon),
    ("работы", Lex::Work),
    ("открытию открытия", Lex::Opening),
    ("закрытию закрытия закрытием", Lex::Closing),
    ("в во", Lex::In),
    ("на", Lex::On),
    ("к ко под", Lex::To),
    ("с со от начиная", Lex::From),
    ("до", Lex::Until),
    ("по", Lex::By),
    ("после", Lex::After),
    ("около примерно приблизительно районе ориентировочно", Lex::Around),
    ("через спустя", Lex::Through),
    ("между", Lex::Between),
    ("раньше ранее", Lex::Earlier),
    ("позже позднее попозже", Lex::Later),
    (
        "следующий следующая следующую следующей следующее следующего следующем следующие следующих след",
        Lex::Next,
    ),
    ("этот эта эту этой это этого этом эти этих", Lex::This),
    ("тот та ту той то того том те тех", Lex::That),
    (
        "ближайший ближайшая ближайшую ближайшей ближайшее ближайшем ближайшие",
        Lex::Nearest,
    ),
    ("выходные выходных выходным выхи", Lex::Weekend),
    ("будни будний будням будние буднях", Lex::Workdays),
    ("рабочий рабочие рабочим", Lex::Working),
    ("начале началу началом начало", Lex::Start),
    ("середине середину", Lex::Middle),
    ("конце концу конец", Lex::End),
    ("не", Lex::Not),
    ("а но", Lex::But),
    ("лучше нет точнее вернее ой", Lex::Rather),
    ("кроме исключая", Lex::Except),
    ("любой любая любое любую любые", Lex::Any),
    ("весь целый", Lex::Whole),
    ("время времени", Lex::Time),
    ("или либо", Lex::Or),
    ("и", Lex::And),
    ("числа число числу", Lex::OfMonth),
    (
        "могу смогу получится получается выйдет выходит подходит подойдет удобно занят занята работаю",
        Lex::Able,
    ),
    ("ближе", Lex::Closer),
    ("рано поздно самого самое прямо ровно", Lex::Filler),
    ("года г год", Lex::Year),
    ("же", Lex::Same),
    // Ordinary words that would pass for a typing error of one of the above.
    ("завтрак завтрака завтраком завтракать", Lex::Plain),
    ("среди среднюю средняя средний средне средства сред", Lex::Plain),
    ("карта карту карты карте картой марка марку", Lex::Plain),
    (
        "ветер вечно вечный вечная вечные чистка чистку чистки чисто",
        Lex::Plain,
    ),
    ("выходите выходить выходил четверо четвертый четвертая", Lex::Plain),
    (
        "работа работу бота субботник чатов частов недолго неделимый",
        Lex::Plain,
    ),
];

/// Shortest word that may hold a typing error.
const MIN_TYPO_CHARS: usize = 5;
/// From this length two errors are forgiven.
const TWO_ERRORS_CHARS: usize = 7;

/// The meaning of a folded word, if it is a calendar word or nearly one.
pub(super) fn look_up(word: &str) -> Option<Lex> {
    exact(word).or_else(|| nearly(word)).filter(|lex| *lex != Lex::Plain)
}

fn entries() -> impl Iterator<Item = (&'static str, Lex)> {
    WORDS
        .iter()
        .flat_map(|(words, lex)| words.split(' ').map(|word| (word, *lex)))
}

fn exact(word: &str) -> Option<Lex> {
    entries().find(|(known, _)| *known == word).map(|(_, lex)| lex)
}

/// Only days, weekdays, months and parts of the day are forgiven typing errors; a tie of two meanings is no meaning.
fn nearly(word: &str) -> Option<Lex> {
    let length = word.chars().count();
    if length < MIN_TYPO_CHARS {
        return None;
    }
    let allowed = if length >= TWO_ERRORS_CHARS { 2 } else { 1 };
    let mut best: Option<(usize, Lex)> = None;
    let mut tie = false;
    for (known, lex) in entries().filter(|(known, lex)| forgives(*lex) && known.chars().count() >= MIN_TYPO_CHARS) {
        // A short known word is not reached by two errors from a longer one: «вечер» is not «вечерний».
        let known_length = known.chars().count();
        let allowed = if known_length >= TWO_ERRORS_CHARS { allowed } else { 1 };
        let distance = osa_distance(known, word);
        if distance > allowed {
            continue;
        }
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, found)) if distance == least => tie |= found != lex,
            _ => {
                best = Some((distance, lex));
                tie = false;
            }
        }
    }
    if tie { None } else { best.map(|(_, lex)| lex) }
}

fn forgives(lex: Lex) -> bool {
    matches!(
        lex,
        Lex::Day(_)
            | Lex::Weekday(_)
            | Lex::Month(_)
            | Lex::Morning
            | Lex::Evening
            | Lex::Weekend
            | Lex::Next
            | Lex::Week
            | Lex::Past
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_reach_calendar_words() {
        for (word, meaning) in [
            ("завтро", Lex::Day(1)),
            ("зватра", Lex::Day(1)),
            ("пятнитца", Lex::Weekday(5)),
            ("пятнецу", Lex::Weekday(5)),
            ("суботу", Lex::Weekday(6)),
            ("васкресенье", Lex::Weekday(7)),
            ("понидельник", Lex::Weekday(1)),
            ("четверк", Lex::Weekday(4)),
            ("вечиром", Lex::Evening),
            ("утрам", Lex::Morning),
            ("декобря", Lex::Month(12)),
            ("сигодня", Lex::Day(0)),
            ("послезавтро", Lex::Day(2)),
            ("следущую", Lex::Next),
        ] {
            assert_eq!(look_up(word), Some(meaning), "{word}");
        }
    }

    #[test]
    fn ordinary_words_are_not_taken_for_calendar_words() {
        for word in [
            "завтрак",
            "среди",
            "карта",
            "ветер",
            "чистка",
            "работа",
            "семья",
            "стрижка",
            "каре",
            "маска",
        ] {
            assert_eq!(look_up(word), None, "{word}");
        }
        assert_eq!(look_up("вчера"), Some(Lex::Past));
    }

    #[test]
    fn no_word_stands_twice() {
        let mut words: Vec<&str> = entries().map(|(word, _)| word).collect();
        words.sort_unstable();
        let all = words.len();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}

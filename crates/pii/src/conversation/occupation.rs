//! What somebody does for the business, as the word beside a name says: «бровист Ира» is not «парикмахер Ира».

use std::sync::LazyLock;

use crate::stems::Stems;

/// Occupations that one person may be called by. What stands first means any of its row.
const ROWS: &[(&str, &str)] = &[
    (
        "мастер",
        "парикмахер стилист колорист косметолог массажист бровист барбер визажист маникюрш лешмейкер подолог \
         эстетист электрик сантехник маляр плиточник плотник слесар сварщик жестянщик шиномонтажник моторист механик \
         диагност установщик монтажник электромонтер замерщик флорист повар швея закройщи столяр сборщик",
    ),
    (
        "врач",
        "терапевт хирург педиатр стоматолог психолог гинеколог ортодонт невролог окулист офтальмолог уролог кардиолог \
         дерматолог рентгенолог логопед эндокринолог гастроэнтеролог ревматолог аллерголог онколог анестезиолог \
         акушер ортопед травматолог лор имплантолог протезист гигиенист проктолог флеболог нарколог психиатр узист",
    ),
    ("медсестр", "сестричк медбрат фельдшер процедурн"),
    ("администратор", ""),
    ("менеджер", ""),
    ("приемщик", ""),
    ("диспетчер", ""),
    ("оператор", ""),
    ("консультант", "продав"),
    ("управляющ", "директор руководител заведующ начальник"),
    ("бухгалтер", "кассир"),
    ("курьер", "доставщик"),
    ("водител", "шофер экспедитор"),
    ("прораб", "бригадир"),
    ("тренер", "инструктор"),
    ("нотариус", "юрист адвокат"),
    ("преподавател", "учител репетитор"),
    ("лаборант", ""),
    ("сторож", "охранник"),
    ("кладовщик", "грузчик"),
];
/// Words for the occupation of the first two rows' members.
const LIKE_FIRST: &[(&str, &str)] = &[("доктор", "врач"), ("докторш", "врач")];
/// Rows whose people are called now this way, now that: a receptionist is a manager to a client.
const OF_THE_DESK: &[&str] = &[
    "администратор",
    "менеджер",
    "приемщик",
    "диспетчер",
    "оператор",
    "консультант",
];

/// Occupations of women only.
const WOMEN: &[&str] = &["медсестр", "сестричк", "маникюрш", "швея", "докторш"];

/// How two occupations go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    Same,
    /// «мастер» and «колорист».
    Near,
    /// Two people.
    Different,
}

static STEMS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::of_lines(
        ROWS.iter()
            .flat_map(|(first, others)| [*first, *others])
            .chain(LIKE_FIRST.iter().map(|(word, _)| *word)),
    )
});

/// The occupation a folded word names, as a stem.
pub(super) fn of_word(word: &str) -> Option<&'static str> {
    let stem = STEMS.longest(word)?;
    // «мастерская», «врачебный», «директории» are no people.
    let rest = word.strip_prefix(stem)?;
    let ends = [
        "", "а", "у", "ом", "ем", "е", "ы", "и", "я", "ю", "ь", "ей", "ой", "ая", "ую", "ого", "его", "ица", "ицы",
        "ице",
    ];
    ends.contains(&rest).then(|| {
        LIKE_FIRST
            .iter()
            .find(|(like, _)| *like == stem)
            .map_or(stem, |(_, first)| *first)
    })
}

/// Whether only a woman is called so.
pub(super) fn is_woman(stem: &str) -> bool {
    WOMEN.contains(&stem)
}

/// How two occupations go together.
pub(super) fn compare(one: &str, two: &str) -> Match {
    if one == two {
        return Match::Same;
    }
    let (left, right) = (row(one), row(two));
    match (left, right) {
        (Some(left), Some(right)) if left == right => {
            if one == left || two == left {
                Match::Near
            } else {
                Match::Different
            }
        }
        (Some(left), Some(right)) if OF_THE_DESK.contains(&left) && OF_THE_DESK.contains(&right) => Match::Near,
        (Some(_), Some(_)) => Match::Different,
        _ => Match::Near,
    }
}

fn row(stem: &str) -> Option<&'static str> {
    ROWS.iter()
        .find(|(first, others)| *first == stem || others.split_whitespace().any(|other| other == stem))
        .map(|(first, _)| *first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colourist_is_a_master_but_no_receptionist_and_no_painter() {
        let of = |word: &str| of_word(word).expect("an occupation");
        assert_eq!(compare(of("мастеру"), of("колорист")), Match::Near);
        assert_eq!(compare(of("мастера"), of("администратором")), Match::Different);
        assert_eq!(compare(of("электрик"), of("маляру")), Match::Different);
        assert_eq!(compare(of("доктор"), of("врачу")), Match::Same);
        assert_eq!(of_word("мастерская"), None);
        assert_eq!(of_word("приемный"), None);
    }
}

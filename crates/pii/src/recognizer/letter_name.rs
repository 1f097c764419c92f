//! Letters told aloud: by their names («эм», «ха», «джей») or by words and people they begin («Анна», «виктор»).

use crate::view::View;

/// Letters of Russian plates, each with its names and the people it is told by.
const OF_PLATES: &[(char, &str)] = &[
    ('а', "а анна аня алексей александр антон"),
    ('в', "в вэ ве василий вася виктор витя владимир вова вера"),
    ('е', "е елена лена евгений женя егор"),
    ('к', "к ка кэ константин костя коля катя кирилл ксения"),
    ('м', "м эм мэ мария маша михаил миша марина максим"),
    ('н', "н эн нэ николай наталья наташа нина надежда надя"),
    ('о', "о ольга оля олег"),
    ('р', "р эр рэ роман рома"),
    ('с', "с эс сэ сергей серега семен света светлана саша соня"),
    ('т', "т тэ те татьяна таня тимофей тимур"),
    ('у', "у ульяна"),
    ('х', "х ха хэ икс харитон"),
];

/// How a letter was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// As a letter or by its name.
    Named,
    /// By a person whose name begins with it.
    Person,
}

/// How word `index` tells a letter of a plate, if it does.
pub(super) fn of_plate(view: &View<'_>, index: usize) -> Option<Told> {
    let word = view.words.text(index);
    let first = word.chars().next()?;
    if word.len() == first.len_utf8() {
        return super::plate::is_plate_letter(first).then_some(Told::Named);
    }
    // The names of consonants begin with a vowel.
    let by_vowel = |letter: char| word.starts_with('э') && word.ends_with(letter) || word == "икс" && letter == 'х';
    let (letter, names) = OF_PLATES
        .iter()
        .find(|(letter, _)| first == *letter || by_vowel(*letter))?;
    let told = names.split(' ').any(|name| name == word)
        || *letter == 'е' && matches!(word, "лена")
        || *letter == 'к' && matches!(word, "коля");
    told.then_some(if word.chars().count() <= 2 || word == "икс" {
        Told::Named
    } else {
        Told::Person
    })
}

/// Whether a word is the name of one letter, Latin or Russian, as numbers of vehicles are dictated.
pub(super) fn is_letter(word: &str) -> bool {
    const NAMES: &[&str] = &[
        "эй",
        "би",
        "си",
        "ди",
        "эф",
        "джи",
        "эйч",
        "аш",
        "ай",
        "джей",
        "жи",
        "кей",
        "эл",
        "эль",
        "эм",
        "эн",
        "оу",
        "пи",
        "кью",
        "ку",
        "ар",
        "эр",
        "эс",
        "ти",
        "ю",
        "ви",
        "вэ",
        "икс",
        "уай",
        "зет",
        "зед",
        "зэд",
        "бэ",
        "вэ",
        "гэ",
        "дэ",
        "жэ",
        "зэ",
        "ка",
        "пэ",
        "тэ",
        "ха",
        "цэ",
        "че",
        "ша",
        "йот",
        "игрек",
    ];
    NAMES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;
    use crate::words::Words;

    #[test]
    fn letters_are_told_by_names_and_by_people() {
        for (text, told) in [
            ("эм", Some(Told::Named)),
            ("ха", Some(Told::Named)),
            ("икс", Some(Told::Named)),
            ("анна", Some(Told::Person)),
            ("эл", None),
            ("дом", None),
            ("я", None),
        ] {
            let shadow = Shadow::new(text);
            assert_eq!(of_plate(&View::new(Words::new(&shadow)), 0), told, "{text}");
        }
        assert!(is_letter("джей") && is_letter("зет") && !is_letter("дом"));
    }
}

//! Whose relative somebody is said to be, as the word beside a name says: «тёща ⟦⟧» is not «жена ⟦⟧».

/// Relatives and companions by the beginnings of their words; what stands first names the row.
const ROWS: &[&[&str]] = &[
    &["муж", "супруг"],
    &["жен", "супруга", "супруги", "супруге", "супругу", "супругой"],
    &["сын", "мальчи", "пацан", "мелк"],
    &["доч", "девочк"],
    &["мам", "мать", "матери", "матерь", "матушк"],
    &["пап", "отец", "отц", "бат"],
    &["брат"],
    &["сестр"],
    &["бабушк", "бабул", "бабк"],
    &["дед", "дедушк"],
    &["внук"],
    &["внучк", "внучек"],
    &["тещ"],
    &["тест", "тесть"],
    &["свекров"],
    &["свекр", "свекор"],
    &["племянник"],
    &["племянниц"],
    &["тет", "тетк"],
    &["дяд"],
    &["сосед"],
    &["соседк"],
    &["подруг", "подружк"],
    &["друг", "друз"],
    &["невест"],
    &["жених"],
    &["зят"],
    &["невестк", "сноха", "снох"],
    &["золовк"],
    &["нян"],
    &["коллег"],
];
/// Children of either gender.
const CHILD: &str = "ребен";
const CHILDREN: &[&str] = &["сын", "доч", "внук", "внучк", CHILD];

/// The relation a folded word names.
pub(super) fn of_word(word: &str) -> Option<&'static str> {
    if word.starts_with("ребен") || word.starts_with("малыш") {
        return Some(CHILD);
    }
    ROWS.iter()
        .flat_map(|row| row.iter().map(move |stem| (row[0], *stem)))
        .filter(|(_, stem)| word.starts_with(stem) && word.chars().count() <= stem.chars().count() + ENDING_CHARS_MAX)
        .max_by_key(|(_, stem)| stem.len())
        .map(|(first, _)| first)
}

/// Letters of an ending after the stem.
const ENDING_CHARS_MAX: usize = 3;

/// Whether one person may be called both.
pub(super) fn go_together(one: &str, two: &str) -> bool {
    one == two || (one == CHILD || two == CHILD) && CHILDREN.contains(&one) && CHILDREN.contains(&two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mother_in_law_is_not_the_wife_and_a_child_may_be_the_son() {
        let of = |word: &str| of_word(word).expect("a relative");
        assert!(go_together(of("жене"), of("супругой")));
        assert!(!go_together(of("теща"), of("жена")));
        assert!(go_together(of("ребенка"), of("сыну")));
        assert!(!go_together(of("внучке"), of("племянница")));
        assert_eq!(of_word("женский"), None);
    }
}

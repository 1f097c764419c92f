//! What two names of one message are to each other, by the words between them.

use super::occupation;

/// The name before this one in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Relation {
    /// Nothing is told.
    #[default]
    Apart,
    /// «⟦⟧ и ⟦⟧», «мастер ⟦⟧, администратор ⟦⟧», «не ⟦⟧, а ⟦⟧»: two people.
    Listed,
    /// One clause holds both: «⟦⟧ к ⟦⟧», «⟦⟧ вместо ⟦⟧».
    SameClause,
    /// Nothing but signs stands between them: «⟦⟧, ⟦⟧», «⟦⟧) ⟦⟧».
    Beside,
    /// «какая ⟦⟧, ⟦⟧?»: the second name explains the first.
    Explained,
    /// «⟦⟧ это ⟦⟧?», «⟦⟧, она же ⟦⟧»: one person.
    Same,
}

/// Words that join names of a list.
const JOINING: &[&str] = &[
    "и",
    "или",
    "либо",
    "а",
    "к",
    "ко",
    "с",
    "со",
    "у",
    "от",
    "для",
    "вместо",
    "за",
    "наш",
    "наша",
    "нашу",
    "нашему",
    "нашей",
    "ваш",
    "ваша",
    "ваш",
    "мой",
    "моя",
    "мою",
    "не",
    "там",
    "другой",
    "другая",
    "второй",
    "вторая",
    "еще",
    "также",
    "потом",
    "плюс",
    "другого",
    "другую",
    "другому",
];
/// Words by which the second name is the first once more.
const SAME: &[&str] = &[
    "это",
    "то",
    "есть",
    "же",
    "она",
    "он",
    "тоже",
    "давно",
    "теперь",
    "сейчас",
    "уже",
    "полностью",
    "паспорту",
    "просто",
    "можно",
    "известная",
    "известный",
    "точнее",
    "которая",
    "который",
    "т",
];
/// Words after which a name is asked to be explained.
const WHICH: &[&str] = &[
    "какая",
    "какой",
    "какую",
    "какого",
    "какому",
    "которая",
    "который",
    "кто",
];

/// What `between` says of the names on its sides; `before` is the text before the first of them.
pub(super) fn relation(before: &str, between: &str) -> Relation {
    if !between.contains(['!', '?', '\n', ';'])
        && !between.contains(char::is_alphanumeric)
        && between.contains(['.', ')', '('])
    {
        return Relation::Beside;
    }
    if between.contains(['.', '!', '?', '\n', ';', '…']) {
        return Relation::Apart;
    }
    let words: Vec<String> = between
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(crate::decline::fold)
        .collect();
    let said_before = |list: &[&str], reach: usize| {
        crate::decline::clause_of(before)
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(crate::decline::fold)
            .rev()
            .take(reach)
            .any(|word| list.contains(&word.as_str()))
    };
    let trimmed = between.trim();
    if trimmed == "," && said_before(WHICH, 2) {
        return Relation::Explained;
    }
    if matches!(trimmed, "/" | "&" | "+") {
        return Relation::Listed;
    }
    if words.is_empty() && !trimmed.is_empty() && !between.contains(['=', '«', '"']) {
        return Relation::Beside;
    }
    if between.contains(['(', ')', '=', '«', '"', ':']) {
        return Relation::Apart;
    }
    if trimmed.is_empty() {
        return Relation::SameClause;
    }
    let negated = said_before(&["не"], 1) && between.contains(',');
    if negated
        && words
            .iter()
            .all(|word| JOINING.contains(&word.as_str()) || matches!(word.as_str(), "я" | "это" | "меня" | "зовут"))
    {
        return Relation::Listed;
    }
    if words.iter().any(|word| SAME.contains(&word.as_str())) {
        let told = words
            .iter()
            .all(|word| SAME.contains(&word.as_str()) || occupation::of_word(word).is_some() || word == "же");
        return if told { Relation::Same } else { Relation::Apart };
    }
    let joins = |word: &String| JOINING.contains(&word.as_str()) || occupation::of_word(word).is_some();
    if words.iter().all(joins) || words.iter().any(|word| word == "или") {
        return Relation::Listed;
    }
    if between.contains(',') {
        Relation::Apart
    } else {
        Relation::SameClause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_two_names_tell_whether_they_are_two_people() {
        for (before, between, expected) in [
            ("", " и ", Relation::Listed),
            ("мастер ", " и администратор ", Relation::Listed),
            ("", "-электрик, ", Relation::Listed),
            ("я не ", ", я ", Relation::Listed),
            ("Это не ", ", это ", Relation::Listed),
            ("отлично, ", " к ", Relation::Listed),
            ("", " просила перенести ", Relation::SameClause),
            ("", ", ", Relation::Beside),
            ("", " (", Relation::Beside),
            ("", ", он тоже ", Relation::Same),
            ("", " это ", Relation::Same),
            ("", " это менеджер ", Relation::Same),
            ("", ", она же ", Relation::Same),
            ("какая ", ", ", Relation::Explained),
            ("", ". А ", Relation::Apart),
        ] {
            assert_eq!(relation(before, between), expected, "{before}⟦⟧{between}⟦⟧");
        }
    }
}

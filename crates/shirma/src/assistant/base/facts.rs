//! The facts of the business as plain lines, for the instructions of a model.
//!
//! Only what stands in the owner's file; nothing of any client can be here.

use std::fmt::Write as _;

use super::Base;
use crate::assistant::calendar::week_words;
use crate::assistant::words;

/// Longest text of facts: more does not fit small models.
const MAX_FACTS_CHARS: usize = 12_000;

pub(super) fn public_facts(base: &Base) -> String {
    let mut facts = format!("Название: {}\nГород: {}\n", base.name, base.city);
    let optional = [
        ("Адрес", &base.address),
        ("Как добраться", &base.directions),
        ("Телефон", &base.phone),
        ("Почта", &base.email),
        ("Сайт", &base.site),
    ];
    for (title, value) in optional {
        if let Some(value) = value {
            line(&mut facts, format_args!("{title}: {value}"));
        }
    }
    line(&mut facts, format_args!("Часы работы: {}", week_words(&base.hours)));
    if !base.staff.is_empty() {
        line(&mut facts, format_args!("Специалисты: {}", base.staff.join(", ")));
    }
    if !base.services.is_empty() {
        line(&mut facts, format_args!("Услуги и цены:"));
        for service in &base.services {
            line(&mut facts, format_args!("- {}", words::service_line(service)));
        }
    }
    for entry in &base.faq {
        if facts.chars().count() + entry.answer.chars().count() > MAX_FACTS_CHARS {
            break;
        }
        line(
            &mut facts,
            format_args!("Вопрос: {}\nОтвет: {}", entry.questions[0], entry.answer),
        );
    }
    facts
}

fn line(facts: &mut String, words: std::fmt::Arguments<'_>) {
    writeln!(facts, "{words}").expect("writing into a String cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_name_prices_hours_and_answers() {
        let facts = public_facts(&Base::sample());
        for expected in ["Челябинск", "2 200 ₽", "пн–сб 9:00–21:00", "Вопрос: ", "ул. Примерная"]
        {
            assert!(facts.contains(expected), "{expected} in\n{facts}");
        }
        assert!(facts.chars().count() <= MAX_FACTS_CHARS);
    }

    #[test]
    fn the_directory_holds_own_values_and_staff() {
        let values = Base::sample().public_values();
        assert!(values.iter().any(|value| value.starts_with("+7")));
        assert!(values.iter().any(|value| value == "Ольга"));
    }
}

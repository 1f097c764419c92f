//! `base.toml` → [`Base`]: each section in its own function, each value checked where it is read.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use toml::de::DeTable;

use super::read::{Table, Text, line_of};
use super::{Base, BaseError, BusinessKind, Faq, Price, QuietHours, Service};
use crate::assistant::calendar::{Clock, Hours, Span};
use crate::assistant::search::Search;

/// Largest file: hundreds of questions with long answers fit.
const MAX_FILE_BYTES: usize = 512 * 1024;
/// Most services: more do not fit a chat.
const MAX_SERVICES: usize = 300;
/// Most frequent questions: fitting the thresholds asks each wording against all.
const MAX_FAQ: usize = 500;
/// Most wordings of one question.
const MAX_QUESTIONS: usize = 20;
/// Most synonyms.
const MAX_SYNONYMS: usize = 1_000;
/// Longest visit, in minutes: a working day.
const MAX_VISIT_MINUTES: u32 = 12 * 60;
/// Keys of `[hours]`, Monday first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The general part of the file.
struct Business {
    name: String,
    kind: BusinessKind,
    city: String,
    zone: TimeZone,
    address: Option<String>,
    directions: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    site: Option<String>,
}

pub(super) fn parse(text: &str) -> Result<Base, BaseError> {
    if text.len() > MAX_FILE_BYTES {
        return Err(BaseError {
            line: 1,
            words: "файл больше 512 КБ. Сократите ответы или число вопросов.".into(),
        });
    }
    let root = DeTable::parse(text).map_err(|error| unreadable(text, &error))?;
    let mut file = Table::new(text, "файла", 0..0, root.get_ref());
    let business = file.table("business", "[business]")?;
    let business = business.ok_or_else(|| file.error("нет раздела [business]: впишите название, город и адрес."))?;
    let business = read_business(business)?;
    let week = file.table("hours", "[hours]")?;
    let week = week.ok_or_else(|| file.error("нет раздела [hours]: впишите часы работы."))?;
    let (week, quiet_hours) = read_week(week)?;
    let special = read_special(file.tables("special_day", "[[special_day]]")?)?;
    let amount_limit = match file.table("assistant", "[assistant]")? {
        Some(table) => read_limits(table)?,
        None => None,
    };
    let services = read_services(file.tables("service", "[[service]]")?)?;
    let faq = read_faq(file.tables("faq", "[[faq]]")?)?;
    let synonyms = read_synonyms(file.table("synonyms", "[synonyms]")?)?;
    let staff = read_staff(file.tables("staff", "[[staff]]")?)?;
    file.finish()?;
    let search = Search::new(&faq, &synonyms);
    Ok(Base {
        name: business.name,
        kind: business.kind,
        city: business.city,
        zone: business.zone,
        address: business.address,
        directions: business.directions,
        phone: business.phone,
        email: business.email,
        site: business.site,
        hours: Hours::new(week, special),
        quiet_hours,
        services,
        faq,
        synonyms,
        staff,
        amount_limit,
        search,
    })
}

fn unreadable(text: &str, error: &toml::de::Error) -> BaseError {
    let line = error.span().map_or(1, |span| line_of(text, span.start));
    let words = if error.message().starts_with("duplicate") {
        "этот ключ или раздел уже был выше. Оставьте один."
    } else {
        "не получается прочитать. Проверьте кавычки, скобки и знак «=» в этой строке и в строке над ней."
    };
    BaseError {
        line,
        words: words.into(),
    }
}

fn read_business(mut table: Table<'_>) -> Result<Business, BaseError> {
    let name = table.required_text("name")?.value;
    let kind = table.required_text("kind")?;
    let kind = BusinessKind::ALL
        .into_iter()
        .find(|known| known.as_str() == kind.value)
        .ok_or_else(|| BaseError {
            line: kind.line,
            words: format!("вид «{}» неизвестен. Можно: salon, clinic, garage, shop.", kind.value),
        })?;
    let city = table.required_text("city")?.value;
    let zone = table.required_text("time_zone")?;
    let zone = TimeZone::get(&zone.value).map_err(|_| BaseError {
        line: zone.line,
        words: format!(
            "часовой пояс «{}» неизвестен. Пример: Asia/Yekaterinburg, Europe/Moscow.",
            zone.value
        ),
    })?;
    let mut optional = |key| Ok(table.text(key)?.map(|text| text.value));
    let (address, directions) = (optional("address")?, optional("directions")?);
    let (phone, email, site) = (optional("phone")?, optional("email")?, optional("site")?);
    table.finish()?;
    Ok(Business {
        name,
        kind,
        city,
        zone,
        address,
        directions,
        phone,
        email,
        site,
    })
}

type Week = ([Option<Span>; 7], Option<QuietHours>);

fn read_week(mut table: Table<'_>) -> Result<Week, BaseError> {
    let mut week = [None; 7];
    for (index, key) in DAYS.into_iter().enumerate() {
        week[index] = read_span(table.required_text(key)?)?;
    }
    let quiet = match table.text("quiet")? {
        Some(text) => Some(read_quiet(text)?),
        None => None,
    };
    table.finish()?;
    Ok((week, quiet))
}

/// `9:00–21:00` or a day off.
fn read_span(text: Text) -> Result<Option<Span>, BaseError> {
    if ["выходной", "закрыто", "нет"].contains(&text.value.to_lowercase().as_str()) {
        return Ok(None);
    }
    Span::parse(&text.value).map(Some).ok_or_else(|| BaseError {
        line: text.line,
        words: format!(
            "часы «{}» непонятны. Пишите \"9:00–21:00\" или \"выходной\".",
            text.value
        ),
    })
}

fn read_quiet(text: Text) -> Result<QuietHours, BaseError> {
    let parsed = text.value.split_once(['-', '–', '—']).and_then(|(from, to)| {
        let quiet = QuietHours {
            from: Clock::parse(from)?,
            to: Clock::parse(to)?,
        };
        (quiet.from != quiet.to).then_some(quiet)
    });
    parsed.ok_or_else(|| BaseError {
        line: text.line,
        words: format!("тихие часы «{}» непонятны. Пишите \"21:00–9:00\".", text.value),
    })
}

fn read_special(tables: Vec<Table<'_>>) -> Result<BTreeMap<Date, Option<Span>>, BaseError> {
    let mut special = BTreeMap::new();
    for mut table in tables {
        let date = table.required_text("date")?;
        let hours = read_span(table.required_text("hours")?)?;
        table.finish()?;
        let day: Date = date.value.parse().map_err(|_| BaseError {
            line: date.line,
            words: format!(
                "дата «{}» непонятна. Пишите год-месяц-день: \"2026-12-31\".",
                date.value
            ),
        })?;
        if special.insert(day, hours).is_some() {
            return Err(BaseError {
                line: date.line,
                words: format!("дата «{}» уже была выше.", date.value),
            });
        }
    }
    Ok(special)
}

fn read_limits(mut table: Table<'_>) -> Result<Option<u32>, BaseError> {
    let limit = table.number("amount_limit")?;
    table.finish()?;
    Ok(limit)
}

fn read_services(tables: Vec<Table<'_>>) -> Result<Vec<Service>, BaseError> {
    let mut services: Vec<Service> = Vec::new();
    for mut table in tables {
        let name = table.required_text("name")?;
        let price = match table.number_or_text("price")? {
            Some(text) => Some(read_price(&text)?),
            None => None,
        };
        let minutes = table.number("minutes")?;
        if minutes.is_some_and(|minutes| minutes == 0 || minutes > MAX_VISIT_MINUTES) {
            return Err(table.error(format!(
                "у «{}» длительность от 1 до {MAX_VISIT_MINUTES} минут.",
                name.value
            )));
        }
        let synonyms = table.texts("synonyms")?.into_iter().map(|text| text.value).collect();
        table.finish()?;
        if services
            .iter()
            .any(|known| known.name.to_lowercase() == name.value.to_lowercase())
        {
            return Err(BaseError {
                line: name.line,
                words: format!("услуга «{}» уже была выше.", name.value),
            });
        }
        if services.len() == MAX_SERVICES {
            return Err(BaseError {
                line: name.line,
                words: format!("услуг больше {MAX_SERVICES}."),
            });
        }
        services.push(Service {
            name: name.value,
            price,
            minutes,
            synonyms,
        });
    }
    Ok(services)
}

/// `2200`, `"от 2200"`, `"1500–2500"`.
fn read_price(text: &Text) -> Result<Price, BaseError> {
    let wrong = || BaseError {
        line: text.line,
        words: format!(
            "цена «{}» непонятна. Пишите 2200, \"от 2200\" или \"1500–2500\".",
            text.value
        ),
    };
    let cleaned: String = text.value.chars().filter(|c| !c.is_whitespace() && *c != '₽').collect();
    let number = |digits: &str| digits.parse::<u32>().map_err(|_| wrong());
    if let Some(rest) = cleaned.strip_prefix("от") {
        return Ok(Price::From(number(rest)?));
    }
    match cleaned.split_once(['-', '–', '—']) {
        Some((low, high)) => {
            let (low, high) = (number(low)?, number(high)?);
            if low < high {
                Ok(Price::Range(low, high))
            } else {
                Err(wrong())
            }
        }
        None => Ok(Price::Exact(number(&cleaned)?)),
    }
}

fn read_faq(tables: Vec<Table<'_>>) -> Result<Vec<Faq>, BaseError> {
    let mut faq: Vec<Faq> = Vec::new();
    for mut table in tables {
        let line = table.line();
        let questions: Vec<String> = table.texts("questions")?.into_iter().map(|text| text.value).collect();
        if questions.is_empty() || questions.len() > MAX_QUESTIONS {
            let words = format!("у вопроса нужен список questions: от 1 до {MAX_QUESTIONS} вариантов.");
            return Err(BaseError { line, words });
        }
        let answer = table.required_text("answer")?.value;
        let health = table.flag("health")?;
        table.finish()?;
        if faq.len() == MAX_FAQ {
            return Err(BaseError {
                line,
                words: format!("вопросов больше {MAX_FAQ}."),
            });
        }
        if faq.iter().any(|known| known.questions[0] == questions[0]) {
            return Err(BaseError {
                line,
                words: format!("вопрос «{}» уже был выше.", questions[0]),
            });
        }
        faq.push(Faq {
            questions,
            answer,
            health,
        });
    }
    Ok(faq)
}

fn read_synonyms(table: Option<Table<'_>>) -> Result<Vec<(String, String)>, BaseError> {
    let Some(table) = table else { return Ok(Vec::new()) };
    let line = table.line();
    let pairs = table.pairs()?;
    if pairs.len() > MAX_SYNONYMS {
        return Err(BaseError {
            line,
            words: format!("синонимов больше {MAX_SYNONYMS}."),
        });
    }
    Ok(pairs
        .into_iter()
        .map(|(word, text)| (word, text.value))
        .filter(|(_, meaning)| !meaning.is_empty())
        .collect())
}

fn read_staff(tables: Vec<Table<'_>>) -> Result<Vec<String>, BaseError> {
    let mut staff = Vec::new();
    for mut table in tables {
        staff.push(table.required_text("name")?.value);
        table.finish()?;
    }
    Ok(staff)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "[business]\nname = \"Гараж\"\nkind = \"garage\"\ncity = \"Миасс\"\ntime_zone = \"Asia/Yekaterinburg\"\n\
        [hours]\nmon = \"9:00–18:00\"\ntue = \"9-18\"\nwed = \"9-18\"\nthu = \"9-18\"\nfri = \"9-18\"\nsat = \"выходной\"\nsun = \"выходной\"\n";

    fn mistake(text: &str) -> String {
        Base::parse(text)
            .map(|_| ())
            .expect_err("a mistake is found")
            .to_string()
    }

    #[test]
    fn the_sample_is_read() {
        let base = Base::sample();
        assert_eq!(base.kind, BusinessKind::Salon);
        assert_eq!(base.city, "Челябинск");
        assert!(base.services.len() >= 8 && base.faq.len() >= 15);
        assert!(
            base.services
                .iter()
                .any(|service| service.price == Some(Price::Exact(2200)))
        );
    }

    #[test]
    fn a_small_file_is_enough() {
        let base = Base::parse(SMALL).expect("read");
        assert!(base.services.is_empty() && base.faq.is_empty() && base.phone.is_none());
        assert!(base.hours.week()[5].is_none());
    }

    #[test]
    fn an_unknown_key_names_the_nearest_one_and_the_line() {
        let text = format!("{SMALL}[[service]]\nname = \"Диагностика\"\nprise = 900\n");
        assert_eq!(
            mistake(&text),
            "Строка 16: в разделе [[service]] нет ключа «prise». Возможно, вы имели в виду «price»."
        );
        let text = format!("{SMALL}[buisness]\n");
        assert!(mistake(&text).contains("«business»"));
    }

    #[test]
    fn mistakes_are_told_in_russian_with_the_line() {
        let cases = [
            (SMALL.replace("garage", "завод"), "Строка 3: вид «завод» неизвестен"),
            (
                SMALL.replace("Asia/Yekaterinburg", "Урал"),
                "Строка 5: часовой пояс «Урал» неизвестен",
            ),
            (
                SMALL.replace("9:00–18:00", "с девяти"),
                "Строка 7: часы «с девяти» непонятны",
            ),
            (SMALL.replace("city = \"Миасс\"\n", ""), "нет ключа «city»"),
            (
                SMALL.replace("\"Миасс\"", "\"Миасс"),
                "Строка 4: не получается прочитать",
            ),
            (
                SMALL.replace("name =", "name = 5 #"),
                "Строка 2: у «name» ждём текст в кавычках",
            ),
            (
                format!("{SMALL}[[service]]\nname = \"А\"\nprice = \"дорого\"\n"),
                "Строка 16: цена «дорого» непонятна",
            ),
            (
                format!("{SMALL}[[service]]\nname = \"А\"\nminutes = \"час\"\n"),
                "ждём целое число",
            ),
            (
                format!("{SMALL}[[service]]\nname = \"А\"\n[[service]]\nname = \"а\"\n"),
                "уже была выше",
            ),
            (
                format!("{SMALL}[[faq]]\nanswer = \"Да\"\n"),
                "Строка 14: у вопроса нужен список questions",
            ),
            (
                format!("{SMALL}[service]\nname = \"А\"\n"),
                "пишется разделами в двойных скобках",
            ),
            (format!("{SMALL}[hours]\n"), "уже был выше"),
            (
                format!("{SMALL}[[special_day]]\ndate = \"31.12\"\nhours = \"9-15\"\n"),
                "дата «31.12» непонятна",
            ),
            (String::new(), "нет раздела [business]"),
        ];
        for (text, expected) in cases {
            let got = mistake(&text);
            assert!(got.contains(expected), "{got} should hold {expected}");
        }
    }

    #[test]
    fn prices_are_read_exact_from_and_range() {
        let price = |value: &str| {
            let text = format!("{SMALL}[[service]]\nname = \"А\"\nprice = {value}\n");
            Base::parse(&text).expect("read").services[0].price
        };
        assert_eq!(price("2_200"), Some(Price::Exact(2200)));
        assert_eq!(price("\"от 2 200 ₽\""), Some(Price::From(2200)));
        assert_eq!(price("\"1500–2500\""), Some(Price::Range(1500, 2500)));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

        #[test]
        fn no_file_breaks_the_reader(text in "\\PC{0,200}") {
            let _ = Base::parse(&text);
        }

        #[test]
        fn a_spoiled_sample_is_read_or_refused_with_a_line(at in 0usize..20_000, with in "\\PC{0,3}") {
            let mut text = super::super::SAMPLE.to_owned();
            let mut at = at.min(text.len());
            while !text.is_char_boundary(at) { at -= 1; }
            text.insert_str(at, &with);
            if let Err(error) = Base::parse(&text) {
                proptest::prop_assert!(error.line >= 1 && error.line <= text.lines().count() + 1);
            }
        }
    }
}

//! Birth dates told in passing: with an age, by «с», before the person, in two parts; and dates of visits and terms.

use crate::check::check_all;

#[test]
fn births_are_told_by_an_age_or_a_year_somebody_is_from() {
    check_all(&[
        "дочке пять, {BIRTHDATE|3 июня 2020}, что ей можно?",
        "сыну 4 года ({BIRTHDATE|12.03.2021}), стрижка",
        "внуку шесть лет, {BIRTHDATE|1 сентября 2018}",
        "мама {BIRTHDATE|52го} года",
        "бабушка у нас с {BIRTHDATE|сорок первого}",
        "я с {BIRTHDATE|87}, студенткой не считаюсь",
        "он с {BIRTHDATE|95}, она с {BIRTHDATE|97}.",
        "крестник у меня с {BIRTHDATE|две тысячи десятого}",
        "{BIRTHDATE|2014} года она, запишите",
        "{BIRTHDATE|семьдесят второго} года он",
        "{BIRTHDATE|11 апреля 2019} обе",
        "родился в один день с братом, {BIRTHDATE|6 июня}, только в {BIRTHDATE|1992}",
    ]);
}

#[test]
fn births_are_told_after_before_or_in_two_parts() {
    check_all(&[
        "я старше, чем кажусь, {BIRTHDATE|1966-й} год",
        "Роза Ким, {BIRTHDATE|1959}. Записана на 11",
        "сама {BIRTHDATE|1997}, роды в мае",
        "вы какого года? {BIRTHDATE|1987}",
        "какого года рождения? {BIRTHDATE|88}",
        "день варенья у меня {BIRTHDATE|30 мая}",
        "{BIRTHDATE|апрель 2013} рождения, косы к 24 мая",
        "крестнице 10 лет будет {BIRTHDATE|5 мая}",
        "детей трое: {BIRTHDATE|02.02.2015}, {BIRTHDATE|19.07.2017} и {BIRTHDATE|30.12.2020}",
        "мальчик {BIRTHDATE|2014}, девочка {BIRTHDATE|2017}, обоим к лору",
        "двойня, {BIRTHDATE|11 апреля 2019}",
        "пациент {BIRTHDATE|11.02.1948}, давление",
        "муж {BIRTHDATE|80} г.р.",
        "свекровь {BIRTHDATE|58-го}",
        "невестка {BIRTHDATE|93-го} года",
        "правнучка {BIRTHDATE|2021} г.р.",
        "сынуля {BIRTHDATE|10.02.2019}",
        "падчерице {BIRTHDATE|2011} год рождения",
        "пенсионер я, ремонт в рассрочку дадите? {BIRTHDATE|20 апреля 1951}",
    ]);
}

#[test]
fn visits_ages_terms_and_cars_are_left() {
    check_all(&[
        "я с 10 до 18 на работе",
        "сын с 38, второй день",
        "она с 15 числа болеет",
        "мама 52 года, давление",
        "жена с 45 кабинета звонит",
        "сыну три, запишите на 13 сентября",
        "приду с дочкой 13 сентября 2026",
        "машина 2014 года, она битая",
        "муж с 2012 водит",
        "договор 2013 года он подписал",
        "дочке 12.05 в 15:00",
        "родителям на 5 июня столик",
    ]);
}

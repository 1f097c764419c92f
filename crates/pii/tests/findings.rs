//! What is personal data and what is not, told by marked sentences.

use shirma_pii::{Detector, Gender, KnownPerson, Label};

/// Marks stand in the text: `{LABEL|value}`. Exactly they must be found.
#[track_caller]
fn check(marked: &str) {
    check_with(&Detector::new(), marked);
}

#[track_caller]
fn check_with(detector: &Detector, marked: &str) {
    let (mut text, mut wanted) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        let (mark, tail) = after.split_once('}').expect("a closed mark");
        let (label, value) = mark.split_once('|').expect("a label and a value");
        text.push_str(before);
        let start = text.len();
        text.push_str(value);
        wanted.push((label.parse::<Label>().expect("a known label"), start..text.len()));
        rest = tail;
    }
    text.push_str(rest);
    let found: Vec<_> = detector
        .detect(&text)
        .findings
        .into_iter()
        .map(|finding| (finding.label, finding.range))
        .collect();
    let show = |spans: &[(Label, std::ops::Range<usize>)]| -> Vec<String> {
        spans
            .iter()
            .map(|(label, range)| format!("{label} {}", &text[range.clone()]))
            .collect()
    };
    assert_eq!(show(&found), show(&wanted), "{text}");
}

#[test]
fn phones_in_any_dress_are_found() {
    check("мой номер {PHONE|8 900 000-00-11}, звоните");
    check(
        "{PHONE|+7(900)000-00-11} Ольга"
            .replace("Ольга", "{PERSON|Ольга}")
            .as_str(),
    );
    check("тел {PHONE|89OO000OO11}");
    check("запишите {PHONE|восемь девятьсот ноль ноль ноль двенадцать тринадцать}");
    check("городской {PHONE|263-00-11} доб нет");
    check("офис {PHONE|8 (351) 200-00-11 доб. 12}");
    check("пишите {PHONE|+375 29 000 00 11}");
}

#[test]
fn numbers_of_goods_and_firms_are_left_alone() {
    check("арт. 89120000011, заказ № 20417735");
    check("ООО «Ромашка», ИНН 7450000018, КПП 745001001, к/с 30101810400000000601, БИК 047501602");
    check("цена 12 500 ₽, скидка 10 % до 15.03");
    check("приём 12.03 в 10:30, кабинет 214");
    check("при пожаре звоните 112");
}

#[test]
fn mail_and_accounts_are_found_when_spelled_out() {
    check("почта {EMAIL|anna.kim@example.ru}");
    check("пишите на {EMAIL|анна точка ким собака мейл точка ру}");
    check("почта {EMAIL|a n n a @ m a i l . r u}, спасибо");
    check("дата рождения {BIRTHDATE|пятое марта восемьдесят первого}, спасибо");
    check("приду пятого марта, подойдёт?");
    check("почта {EMAIL|anna.kim (собака) yandex (точка) ru}");
    check("почта {EMAIL|anna гав mail точка ru}");
    check("код {PHONE|8️⃣9️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣1️⃣} звоните");
    check("мой инст {HANDLE|anna_nails}, а телеграм {HANDLE|@annakim}");
    check("{HANDLE|t.me/annakim_00} это я");
}

#[test]
fn papers_are_told_by_the_word_beside() {
    check("паспорт {PASSPORT|7500 000011}, код подразделения {PASSPORT|740-000}");
    check("СНИЛС {SNILS|112-233-445 95}");
    check("ИНН {INN|500100732259}");
    check("полис {OMS|7400000000000011}");
    check("карта {CARD|2200 0000 0000 0004}");
    check("счёт {ACCOUNT|40817810000000000011}");
    check("ву {DRIVER_LICENSE|74 00 000011}, стс {VIN|74 УН 000011}");
    check("свидетельство {BIRTH_CERT|II-ИВ № 000011}");
    check("медкарта {MEDCARD|А-20917}");
    check("пароль от вайфая {SECRET|nails2000!}");
    check("машина {PLATE|а123вс174} у ворот");
    check("{VIN|XTA000000J0000011} подберите фильтр");
}

#[test]
fn an_address_needs_a_house() {
    check("жду по адресу {ADDRESS|г. Челябинск, ул. Чичерина, д. 36, подъезд 4}, домофон сломан");
    check("едем на {ADDRESS|Бейвеля 63, 118}");
    check("дом {ADDRESS|улица тухачевского дом семнадцать дробь два квартира сорок}");
    check("салон на улице Кирова, рядом парк");
}

#[test]
fn birth_dates_are_not_dates_of_visits() {
    check("дата рождения {BIRTHDATE|15.03.1987}, приём 16.04");
    check("{PERSON|Анна Ким}, {BIRTHDATE|1990} г.р.");
    check("ей 64 года, придёт 15.03.2025 к вам");
}

#[test]
fn names_are_found_in_any_case_and_script() {
    check("Запишите {PERSON|Анну Ким} к мастеру {PERSON|Зульхизе}");
    check("передайте {PERSON|Светлане Петровне Кох}, что {PERSON|Лейла} придёт");
    check("это {PERSON|Mapинa}, добрый день");
    check("получатель {PERSON|Коваленко Д.С.}");
    check("здравствуйте, меня зовут {PERSON|фаниля}");
    check("menya zovut {PERSON|Rustam}");
    check("pfgbibnt vtyz r {PERSON|fyyt} yf chtle");
    check("{PERSON|Ашхен Тер-Ованесян} подтвердила");
    check("{PERSON|сан саныч} сегодня есть?");
}

#[test]
fn words_that_look_like_names_are_left_alone() {
    check("вера в лучшее не покидает");
    check("роза на торте была шикарная");
    check("салон «Марина» ещё работает?");
    check("болезнь Паркинсона и проба Манту");
    check("вы на Воровского или на Доватора?");
    check("кот Василий хромает");
    check("лада веста и нива на то");
    check("Эстель, Матрикс или Лореаль?");
}

#[test]
fn known_people_are_found_in_all_cases() {
    let known = [KnownPerson {
        name: "Ыныкчан Бурхардт".to_owned(),
        gender: None,
    }];
    let detector = Detector::new().with_known(&known);
    check_with(
        &detector,
        "сегодня был {PERSON|Бурхардт}, спросите у {PERSON|Бурхардта}",
    );
}

#[test]
fn health_is_told_from_services() {
    let health = |text: &str| Detector::new().detect(text).flags.health;
    assert!(health("я беременна 14 недель, окрашивание можно?"));
    assert!(health("у меня аллергия на гель-лак"));
    assert!(health("ребёнок 38,7 второй день"));
    assert!(!health("сколько стоит приём невролога?"));
    assert!(!health("маникюр с покрытием на завтра"));
}

#[test]
fn people_of_a_list_are_found_in_all_their_forms() {
    let known = [
        KnownPerson {
            name: "Вера Лисицына".into(),
            gender: None,
        },
        KnownPerson {
            name: "Анастасия Бжезицкая".into(),
            gender: Some(Gender::Female),
        },
        KnownPerson {
            name: "Тахир Чойбалсан".into(),
            gender: Some(Gender::Male),
        },
        KnownPerson {
            name: "Слава Зима".into(),
            gender: Some(Gender::Male),
        },
    ];
    let detector = Detector::new().with_known(&known);
    for marked in [
        "{PERSON|слава зима} оплатил",
        "зима пришла, слава труду",
        "запишите к {PERSON|вере лисицыной}",
        "вера в лучшее",
        "{PERSON|бжезицкую} предупредите",
        "был у {PERSON|чойбалсана} вчера",
        "с {PERSON|тахиром} всё решили",
        "скажите {PERSON|настеньке}",
        "семья {PERSON|лисицыных} придёт",
    ] {
        check_with(&detector, marked);
    }
}

#[test]
fn a_measure_a_service_and_the_word_for_an_account_are_nobody() {
    for text in [
        "перфоратор на 1500 Вт, розетка 220 В",
        "Ник в Телеграме: потом напишу",
        "УЗИ щитовидки 1400, на второй этаж?",
        "Мехенди и Татуаж делаете?",
    ] {
        check(text);
    }
}

#[test]
fn a_number_after_a_whole_passport_is_a_phone() {
    check("паспорт {PASSPORT|7525 190226}, номер {PHONE|9085000002}. спасибо");
}

#[test]
fn an_everyday_stem_behind_a_given_name_is_a_surname() {
    for text in [
        "Меня зовут {PERSON|Анна Тестова}",
        "Позвали {PERSON|Петра Тестова} к врачу",
        "Прайс и отзывы",
    ] {
        check(text);
    }
}

#[test]
fn a_name_that_is_the_whole_message_is_found() {
    for name in ["Анна", "анна", "Агафья", "Салават.", "Зоя", "рустем", "Ольга!", "Павел"]
    {
        assert_eq!(Detector::new().detect(name).findings.len(), 1, "{name}");
    }
    for word in ["Здравствуйте", "маникюр", "Суббота", "спасибо", "Терапевт", "Камри"]
    {
        assert!(Detector::new().detect(word).findings.is_empty(), "{word}");
    }
}

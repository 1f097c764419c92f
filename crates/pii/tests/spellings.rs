//! Families of spellings met in chats of clinics, salons and garages: papers, cards, codes, plates, streets, health.

use shirma_pii::{Detector, Label};

/// Marks stand in the text: `{LABEL|value}`. Exactly they must be found, names aside.
#[track_caller]
fn check(marked: &str) {
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
    let found: Vec<_> = Detector::new()
        .detect(&text)
        .findings
        .into_iter()
        .filter(|finding| finding.label != Label::Person)
        .map(|finding| (finding.label, finding.range))
        .collect();
    assert_eq!(found, wanted, "{text}");
}

fn health(text: &str) -> bool {
    Detector::new().detect(text).flags.health
}

#[test]
fn birth_certificates_survive_a_hasty_hand() {
    check("св-во {BIRTH_CERT|IVИВ 000011} на младшего");
    check("серия {BIRTH_CERT|три римская АГ номер 000 011}");
    check("в базе {BIRTH_CERT|II-ИВ 0000 11}, проверьте");
    check("ребёнок из Бишкека, свидетельство {BIRTH_CERT|0000011}");
    check("ШУТ 000011 заказали");
}

#[test]
fn cards_of_patients_are_named_in_many_ways() {
    check("принесите а/к {MEDCARD|12/3401}");
    check("Пациент № {MEDCARD|012345}, оплата 6 800");
    check("карта в вашей клинике {MEDCARD|Т-3310}");
    check("карта {MEDCARD|Б 12-340} готова");
    check("в субботу мк 1500, места есть");
}

#[test]
fn papers_of_other_countries_and_of_cars_are_found() {
    check("киргизские права {DRIVER_LICENSE|AN 0000011}");
    check("вод. уд. {DRIVER_LICENSE|74 11 000 011}");
    check("мои {DRIVER_LICENSE|99 11 000011}, стаж с 2010");
    check("свидетельство о регистрации {VIN|9900 000011}");
    check("passport {PASSPORT|EK0000011}");
    check("кузов {VIN|ACA21-0000011}, ищу амортизаторы");
    check("полис XXX 0000000011 истёк");
}

#[test]
fn plates_of_neighbours_and_of_old_cars_are_found() {
    check("машина {PLATE|111 ABC 02}, когда подъехать");
    check("на стоянке {PLATE|В 11-22 ЧЛ} ещё на ходу");
}

#[test]
fn secrets_are_found_far_from_their_word() {
    check("пароль от рабочего ноутбука на стойке сменили {SECRET|Sirenj31}");
    check("пароль от гостевой сети для клиентов: {SECRET|manikur11}");
    check("пин-код {SECRET|1122}, может {SECRET|1133}");
    check("пароль от программы поменяли в 2023 году");
}

#[test]
fn streets_are_told_by_the_form_of_their_names() {
    check("{ADDRESS|50-летия Октября, 7а}, второй въезд");
    check("{ADDRESS|3-я Полевая 12б}, калитка синяя");
    check("{ADDRESS|братьев гусевых 14б подъезд 3}");
    check("{ADDRESS|Ленинский 20 корпус 2 кв 5}, к 9 утра");
    check("адрес стоянки {ADDRESS|Пушкина 11}, заберите");
}

#[test]
fn birth_dates_hide_beside_papers_and_in_words() {
    check("ВУ {DRIVER_LICENSE|7411 000011}, {BIRTHDATE|02.03.1981}");
    check("муж {BIRTHDATE|семьдесят третьего} года, запишите");
    check("у сына днюха {BIRTHDATE|3 мая}");
    check("паспорт {PASSPORT|7500 000011}, 12.05.2014");
}

#[test]
fn mail_cards_and_accounts_with_a_twist_are_found_whole() {
    check("по буквам {EMAIL|o l g a 1 @ mail.ru}");
    check("скайп {HANDLE|live:anna.kim}");
    check("на карту {CARD|2200 0000 0000 0004} 1500");
}

#[test]
fn states_of_bodies_are_told_without_a_diagnosis() {
    for text in [
        "щиколотка опухла, ногу подвернула на лестнице",
        "десны кровоточат",
        "ферритин 9, это плохо?",
        "я на 20 неделе, можно к вам",
        "дедушка не встаёт, нужен выезд",
        "левым ухом не слышу",
        "у ребёнка скарлатина, отменяем",
        "подозрение на лимфому, звать онколога",
    ] {
        assert!(health(text), "{text}");
    }
    for text in [
        "коллеги, отчёт на руках у администратора",
        "сколько стоит УЗИ щитовидной железы?",
        "папу зовут Ракип",
        "нужен стоматолог на субботу",
        "не слышу вас, перезвоните",
        "расчёт каско готов, команда ждёт",
        "машина не заводится, колесо спустило",
    ] {
        assert!(!health(text), "{text}");
    }
}

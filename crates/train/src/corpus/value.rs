//! Invented numbers for the slots of patterns: personal data with their label, and what only looks like it without.

use crate::chance::Chance;

use super::names::latin;
use super::pattern::Segment;

/// Shares of check digits that are right: people mistype.
const VALID_PERCENT: usize = 85;

/// A value for the slot. A slot nobody knows stands for itself, so that a slip in a pattern is seen.
pub(super) fn value(slot: &str, chance: &mut Chance) -> Segment {
    let (text, label) = personal(slot, chance).map_or_else(
        || (neutral(slot, chance).unwrap_or_else(|| format!("{{{slot}}}")), None),
        |(text, label)| (text, Some(label)),
    );
    Segment { text, label }
}

fn personal(slot: &str, chance: &mut Chance) -> Option<(String, &'static str)> {
    Some(match slot {
        "phone" => (phone(chance), "PHONE"),
        "spokenphone" => (spoken_phone(chance), "PHONE"),
        "localphone" => (
            chance_mask(chance, &["##-##-##", "###-##-##", "2-##-##", "#####"]),
            "PHONE",
        ),
        "email" => (email(chance), "EMAIL"),
        "handle" => (handle(chance), "HANDLE"),
        "nick" => (nick(chance), "HANDLE"),
        "address" => (address(chance), "ADDRESS"),
        "birthdate" => (birthdate(chance), "BIRTHDATE"),
        "birthyear" => (format!("{}", 1940 + chance.below(80)), "BIRTHDATE"),
        "passport" => {
            let masks = [
                "#### ######",
                "##########",
                "## ## ######",
                "#### № ######",
                "####-######",
                "#### номер ######",
                "#### n ######",
                "##  ## ######",
            ];
            (chance_mask(chance, &masks), "PASSPORT")
        }
        "foreignpassport" => (
            chance_mask(chance, &["7# #######", "7# № #######", "7########"]),
            "PASSPORT",
        ),
        "depcode" => (chance_mask(chance, &["###-###"]), "PASSPORT"),
        "snils" => (snils(chance), "SNILS"),
        "inn" => (inn(chance), "INN"),
        "oms" => (oms(chance), "OMS"),
        "dms" => (
            chance_mask(
                chance,
                &[
                    "###-######/##",
                    "Д-########",
                    "######-####",
                    "ДМС-######",
                    "##########",
                    "77-######-##",
                    "AB######",
                    "## ######",
                ],
            ),
            "OMS",
        ),
        "card" => (card(chance), "CARD"),
        "last4" => (chance.digits("####"), "CARD"),
        "account" => (
            chance_mask(
                chance,
                &[
                    "40817810#############",
                    "408178#############0",
                    "42301810############",
                    "40817 810 # #### #######",
                ],
            )
            .chars()
            .collect(),
            "ACCOUNT",
        ),
        "license" => (
            chance_mask(
                chance,
                &[
                    "## ## ######",
                    "#### ######",
                    "##########",
                    "99 ## ######",
                    "## УК ######",
                    "74ТВ######",
                ],
            ),
            "DRIVER_LICENSE",
        ),
        "plate" => (plate(chance), "PLATE"),
        "vin" => (vin(chance), "VIN"),
        "sts" => (
            chance_mask(
                chance,
                &[
                    "## ## ######",
                    "#### ######",
                    "99## ######",
                    "## УК ######",
                    "74УА ######",
                    "##########",
                ],
            ),
            "VIN",
        ),
        "birthcert" => (birth_cert(chance), "BIRTH_CERT"),
        "medcard" => (
            chance_mask(
                chance,
                &[
                    "####",
                    "#####",
                    "######",
                    "#####/##",
                    "##-####",
                    "####-А",
                    "К-####",
                    "####/20##",
                ],
            ),
            "MEDCARD",
        ),
        "code" => (chance_mask(chance, &["####", "######", "###-###", "#####"]), "SECRET"),
        "pin" => (chance.digits("####"), "SECRET"),
        "cvv" => (chance.digits("###"), "SECRET"),
        "password" => (password(chance), "SECRET"),
        _ => return None,
    })
}

fn neutral(slot: &str, chance: &mut Chance) -> Option<String> {
    let day = 1 + chance.below(28);
    let month = 1 + chance.below(12);
    let hour = 8 + chance.below(14);
    let minute = [0, 15, 30, 45][chance.below(4)];
    Some(match slot {
        "time" => match chance.below(4) {
            0 => format!("{hour}:{minute:02}"),
            1 => format!("{hour}.{minute:02}"),
            2 => format!("{hour}-{minute:02}"),
            _ => format!("{hour}"),
        },
        "date" => match chance.below(5) {
            0 => format!("{day:02}.{month:02}"),
            1 => format!("{day:02}.{month:02}.202{}", 4 + chance.below(4)),
            2 => format!("{day}.{month}"),
            3 => format!("{day:02}/{month:02}"),
            _ => format!("{day} {}", chance.one_of(&MONTHS)),
        },
        "price" => match chance.below(4) {
            0 => format!("{} 000", 1 + chance.below(60)),
            1 => format!("{}00", 5 + chance.below(90)),
            2 => format!("{}50", 1 + chance.below(90)),
            _ => format!("{} тыс", 1 + chance.below(40)),
        },
        "num" => format!("{}", 1 + chance.below(30)),
        "order" => chance_mask(
            chance,
            &[
                "######",
                "####",
                "№#####",
                "A-#####",
                "ЗН-######",
                "#######",
                "##########",
            ],
        ),
        "article" => chance_mask(
            chance,
            &[
                "#####-#####",
                "##########",
                "0# ### ###-##",
                "A###-##",
                "#######",
                "06A####",
                "8K0######",
            ],
        ),
        "track" => chance_mask(
            chance,
            &[
                "80############",
                "14############",
                "RA#########RU",
                "10########",
                "1########",
            ],
        ),
        "imei" => chance.digits("35#############"),
        "barcode" => chance.digits("46###########"),
        "contract" => chance_mask(chance, &["##/####", "######", "###-2026", "Д-####", "2026/###"]),
        "ogrn" => chance.digits("1##74########"),
        "inn10" => chance.digits("74########"),
        "kpp" => chance.digits("74##01001"),
        "bik" => chance.digits("04#######"),
        "corr" => chance.digits("301018########00###"),
        "short" => chance
            .one_of(&["103", "112", "101", "102", "104", "0890", "0611"])
            .to_owned(),
        "km" => format!("{} 000", 20 + chance.below(300)),
        "year" => format!("{}", 1998 + chance.below(28)),
        "street" => format!(
            "{} {}",
            chance.one_of(&["ул.", "улице", "на улице", "на", "на пр."]),
            chance.one_of(&STREETS)
        ),
        _ => return None,
    })
}

fn chance_mask(chance: &mut Chance, masks: &[&str]) -> String {
    let mask = chance.one_of(masks);
    chance.digits(mask)
}

const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

fn phone(chance: &mut Chance) -> String {
    chance_mask(
        chance,
        &[
            "+7 9## ###-##-##",
            "8 9## ###-##-##",
            "89#########",
            "+79#########",
            "8(9##)#######",
            "+7(9##)###-##-##",
            "8-9##-###-##-##",
            "9#########",
            "9## ### ## ##",
            "8 9## ### ## ##",
            "8 (351) ###-##-##",
            "+7 (351) ### ## ##",
            "8351#######",
            "8.9##.###.##.##",
            "7 9## ### ## ##",
            "8 9## ##### ##",
            "8 9## ## ## ###",
            "+7-9##-###-####",
            "8 (9##) ### ## ## доб. 1##",
            "8 9##-#######",
            "(351) ###-##-##",
            "8 800 ###-##-##",
            "89## ###-####",
            "+996 7## ######",
            "+7 7## ### ## ##",
            "+998 9# ### ## ##",
            "8 9 # # # # # # # # #",
            "8_9##_###_##_##",
        ],
    )
}

const UNITS: [&str; 10] = [
    "ноль",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
];
const TEENS: [&str; 10] = [
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];
const TENS: [&str; 10] = [
    "",
    "",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
];
const HUNDREDS: [&str; 10] = [
    "",
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
];

fn spoken_phone(chance: &mut Chance) -> String {
    let mut words: Vec<&str> = match chance.below(3) {
        0 => vec!["плюс", "семь"],
        1 => vec!["восемь"],
        _ => vec!["8"],
    };
    let by_one = chance.percent(30);
    let number = chance.digits("9#########");
    for (from, to) in [(0, 3), (3, 6), (6, 8), (8, 10)] {
        let group = &number[from..to];
        if by_one {
            words.extend(group.bytes().map(|digit| UNITS[usize::from(digit - b'0')]));
        } else {
            spoken(group, &mut words);
        }
    }
    words.join(" ")
}

fn spoken(group: &str, words: &mut Vec<&'static str>) {
    let digits: Vec<usize> = group.bytes().map(|digit| usize::from(digit - b'0')).collect();
    let pair = match digits.as_slice() {
        [0, tens, units] => {
            words.push(UNITS[0]);
            [*tens, *units]
        }
        [hundreds, tens, units] => {
            words.push(HUNDREDS[*hundreds]);
            [*tens, *units]
        }
        [tens, units] => [*tens, *units],
        _ => return,
    };
    match pair {
        [0, 0] if digits.len() == 3 && digits[0] != 0 => {}
        [0, 0] => words.extend([UNITS[0], UNITS[0]]),
        [0, units] if digits.len() == 3 && digits[0] != 0 => words.push(UNITS[units]),
        [0, units] => words.extend([UNITS[0], UNITS[units]]),
        [1, units] => words.push(TEENS[units]),
        [tens, 0] => words.push(TENS[tens]),
        [tens, units] => words.extend([TENS[tens], UNITS[units]]),
    }
}

const LOGINS: [&str; 14] = [
    "anna",
    "ivan.petrov",
    "lena_s",
    "kot-79",
    "marina.k",
    "a.sidorov",
    "olga1985",
    "gulnara.x",
    "zayka",
    "s.ivanova",
    "info.mail",
    "denis74",
    "ruslan_b",
    "tatyana.m",
];
const HOSTS: [&str; 10] = [
    "mail.ru",
    "yandex.ru",
    "gmail.com",
    "bk.ru",
    "inbox.ru",
    "ya.ru",
    "list.ru",
    "example.ru",
    "rambler.ru",
    "icloud.com",
];

fn email(chance: &mut Chance) -> String {
    let (login, host) = (chance.one_of(&LOGINS), chance.one_of(&HOSTS));
    let (name, zone) = host.split_once('.').unwrap_or((host, "ru"));
    match chance.below(8) {
        0 => format!(
            "{} собака {} точка {}",
            login.replace(['.', '_', '-'], ""),
            russian_host(name),
            if zone == "ru" { "ру" } else { "ком" }
        ),
        1 => format!("{login} собака {host}"),
        2 => format!("{login}(собака){host}"),
        3 => format!("{login} @ {host}"),
        4 => format!("{login}[at]{host}"),
        _ => format!("{login}{}@{host}", chance.below(99)),
    }
}

fn russian_host(name: &str) -> &str {
    match name {
        "mail" => "мэйл",
        "yandex" => "яндекс",
        "gmail" => "джимейл",
        "rambler" => "рамблер",
        other => other,
    }
}

fn nick(chance: &mut Chance) -> String {
    let stem = chance.one_of(&[
        "katya", "lena", "master", "nails", "lashes", "dimon", "guzel", "kot", "brow", "hair", "auto", "sveta",
    ]);
    let end = chance.one_of(&[
        "_74",
        "74",
        ".chel",
        "_nails",
        "__",
        "_official",
        "88",
        ".x",
        "_ural",
        "_92",
    ]);
    format!("{stem}{end}")
}

fn handle(chance: &mut Chance) -> String {
    let nick = nick(chance);
    match chance.below(7) {
        0 => format!("t.me/{nick}"),
        1 => format!("https://vk.com/{nick}"),
        2 => format!("vk.com/id{}", chance.digits("#########")),
        3 => format!("https://t.me/{nick}"),
        4 => format!("instagram.com/{nick}"),
        _ => format!("@{nick}"),
    }
}

const STREETS: [&str; 24] = [
    "Ленина",
    "Кирова",
    "Гагарина",
    "Чичерина",
    "40-летия Победы",
    "Салавата Юлаева",
    "Труда",
    "Свободы",
    "Цвиллинга",
    "Молодогвардейцев",
    "Братьев Кашириных",
    "Комсомольский",
    "Победы",
    "Воровского",
    "Энтузиастов",
    "Сони Кривой",
    "Карла Маркса",
    "Российская",
    "Пушкина",
    "Академика Королёва",
    "250-летия Челябинска",
    "Новороссийская",
    "Блюхера",
    "Степана Разина",
];

fn address(chance: &mut Chance) -> String {
    let street = chance.one_of(&STREETS);
    let house = match chance.below(6) {
        0 => format!("{}а", 1 + chance.below(120)),
        1 => format!("{}/{}", 1 + chance.below(90), 1 + chance.below(9)),
        2 => format!("{} к{}", 1 + chance.below(90), 1 + chance.below(4)),
        _ => format!("{}", 1 + chance.below(150)),
    };
    let flat = 1 + chance.below(200);
    let floor = 1 + chance.below(16);
    let entrance = 1 + chance.below(8);
    match chance.below(16) {
        0 => format!("ул. {street}, д. {house}, кв. {flat}"),
        1 => format!("{street} {house}-{flat}"),
        2 => format!("{street} {house}"),
        3 => format!("улица {street} дом {house} квартира {flat}"),
        4 => format!("ул {street} {house} кв {flat} подъезд {entrance} этаж {floor}"),
        5 => format!("г. Челябинск, ул. {street}, {house}, кв {flat}"),
        6 => format!("Челябинск, {street}, {house}"),
        7 => format!(
            "454{}, Челябинская обл., г. Копейск, ул. {street}, д. {house}",
            chance.digits("###")
        ),
        8 => format!("ул. {street}, {house}, {entrance} подъезд, {floor} этаж, кв. {flat}, домофон {flat}"),
        9 => format!("пр. {street}, {house}"),
        10 => format!("{street}, {house}-{flat}"),
        11 => format!("пер. Тихий, {house}"),
        12 => format!("д. Шигаево, ул. Луговая, {house}"),
        13 => format!("с. Долгодеревенское, ул. {street}, д. {house}"),
        14 => format!("пос. Новый, {street} {house}"),
        _ => format!("{street} {house}, кв. {flat}, код {flat}к{}", chance.digits("####")),
    }
}

fn birthdate(chance: &mut Chance) -> String {
    let (day, month, year) = (1 + chance.below(28), 1 + chance.below(12), 1940 + chance.below(82));
    match chance.below(6) {
        0 => format!("{day} {} {year}", MONTHS[month - 1]),
        1 => format!("{day}.{month}.{}", year % 100),
        2 => format!("{day:02}/{month:02}/{year}"),
        3 => format!("{day:02}-{month:02}-{year}"),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}

fn number(text: &str) -> Vec<u32> {
    text.chars().filter_map(|sign| sign.to_digit(10)).collect()
}

fn spoil(mut text: String, chance: &mut Chance) -> String {
    if !chance.percent(VALID_PERCENT) {
        let last = text.pop().and_then(|sign| sign.to_digit(10)).unwrap_or(0);
        text.push_str(&((last + 1) % 10).to_string());
    }
    text
}

fn snils(chance: &mut Chance) -> String {
    let base = chance.digits("1########");
    let sum: u32 = number(&base)
        .iter()
        .enumerate()
        .map(|(at, digit)| digit * (9 - at as u32))
        .sum();
    let check = sum % 101 % 100;
    let whole = spoil(format!("{base}{check:02}"), chance);
    let parts = (&whole[..3], &whole[3..6], &whole[6..9], &whole[9..]);
    match chance.below(4) {
        0 => whole.clone(),
        1 => format!("{} {} {} {}", parts.0, parts.1, parts.2, parts.3),
        _ => format!("{}-{}-{} {}", parts.0, parts.1, parts.2, parts.3),
    }
}

fn inn(chance: &mut Chance) -> String {
    let mut text = chance.digits("74########");
    for weights in [[7, 2, 4, 10, 3, 5, 9, 4, 6, 8, 0], [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]] {
        let sum: u32 = number(&text)
            .iter()
            .zip(weights)
            .map(|(digit, weight)| digit * weight)
            .sum();
        text.push_str(&(sum % 11 % 10).to_string());
    }
    spoil(text, chance)
}

/// Appends the check digit of Luhn.
fn luhn(base: &str) -> String {
    let sum: u32 = number(base)
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, double) if double > 9 => double - 9,
            (0, double) => double,
            _ => *digit,
        })
        .sum();
    format!("{base}{}", (10 - sum % 10) % 10)
}

fn in_fours(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    signs
        .chunks(4)
        .map(|four| four.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

fn oms(chance: &mut Chance) -> String {
    let base = chance.digits("7##############");
    let whole = spoil(luhn(&base), chance);
    match chance.below(3) {
        0 => in_fours(&whole),
        _ => whole,
    }
}

fn card(chance: &mut Chance) -> String {
    let base = chance_mask(
        chance,
        &[
            "2200###########0",
            "2202###########0",
            "4276###########0",
            "5469###########0",
            "2204###########0",
        ],
    );
    let whole = spoil(luhn(&base[..15]), chance);
    match chance.below(4) {
        0 => whole,
        1 => in_fours(&whole).replace(' ', "-"),
        _ => in_fours(&whole),
    }
}

fn plate(chance: &mut Chance) -> String {
    const LETTERS: [&str; 12] = ["а", "в", "е", "к", "м", "н", "о", "р", "с", "т", "у", "х"];
    let mut letter = || chance.one_of(&LETTERS).to_owned();
    let (one, two, three) = (letter(), letter(), letter());
    let region = chance
        .one_of(&["74", "174", "774", "02", "66", "96", "45", "196"])
        .to_owned();
    let middle = chance.digits("###");
    let text = match chance.below(8) {
        0 => format!("{one}{middle}{two}{three}"),
        1 => format!("{one} {middle} {two}{three} {region}"),
        2 => format!("{one}{middle}{two}{three} {region}"),
        3 => format!("{one} {middle} {two}{three}"),
        4 => latin(&format!("{one}{middle}{two}{three}{region}"))
            .replace("kh", "x")
            .replace('v', "b")
            .replace('r', "p")
            .replace('n', "h")
            .replace('s', "c")
            .replace('u', "y"),
        _ => format!("{one}{middle}{two}{three}{region}"),
    };
    if chance.percent(60) { text.to_uppercase() } else { text }
}

fn vin(chance: &mut Chance) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
    let mut text = chance
        .one_of(&["XTA", "Z94", "X7L", "WBA", "JTN", "XW8", "VF1", "Z8N", "KNA"])
        .to_owned();
    while text.len() < 11 {
        text.push(char::from(SIGNS[chance.below(SIGNS.len())]));
    }
    text.push_str(&chance.digits("######"));
    if chance.percent(20) { text.to_lowercase() } else { text }
}

fn birth_cert(chance: &mut Chance) -> String {
    let roman = chance.one_of(&["I", "II", "III", "IV", "V", "1", "ІІ"]);
    let letters = chance.one_of(&["ИВ", "АК", "МЮ", "БА", "ИЕ", "ЕО", "ДН"]);
    let joint = chance.one_of(&[" № ", " ", " номер ", " №", " N "]);
    format!("{roman}-{letters}{joint}{}", chance.digits("######"))
}

fn password(chance: &mut Chance) -> String {
    let stem = chance.one_of(&[
        "Kotik", "qwerty", "Salon", "Zima", "Ural", "dom", "Vesna", "Parol", "super", "mama",
    ]);
    let end = chance_mask(chance, &["####", "##!", "_####", "###", "#!##"]);
    format!("{stem}{end}")
}

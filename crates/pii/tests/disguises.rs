//! Personal data in disguise: spelled, torn, decorated, glued, in other letters; and the look-alikes that are none.

use shirma_pii::{Detector, Label};

/// Marks stand in the text: `{LABEL|value}`. Exactly they must be found, names aside.
#[track_caller]
fn check(marked: &str) {
    compare(marked, |label| label != Label::Person);
}

/// The same, names included.
#[track_caller]
fn check_all(marked: &str) {
    compare(marked, |_| true);
}

#[track_caller]
fn compare(marked: &str, counts: impl Fn(Label) -> bool) {
    let (mut text, mut wanted) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        let (mark, tail) = after.split_once('}').expect("a closed mark");
        let (label, value) = mark.split_once('|').expect("a label and a value");
        text.push_str(before);
        text.push_str(value);
        wanted.push(format!("{label} {value}"));
        rest = tail;
    }
    text.push_str(rest);
    let found: Vec<String> = Detector::new()
        .detect(&text)
        .findings
        .into_iter()
        .filter(|finding| counts(finding.label))
        .map(|finding| format!("{} {}", finding.label, &text[finding.range]))
        .collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn numbers_said_in_words_in_any_form_are_read() {
    check("мой телефон {PHONE|восемь девятсот ноль ноль ноль ноль ноль писят один}");
    check("вотсап {PHONE|nine zero zero 000 00 11}, from abroad");
    check("наберите {PHONE|восемь девятьсот тройной ноль двойной ноль одиннадцать}");
    check("снилс {SNILS|сто двенадцать, 233, четыре четыре пять, 95}");
    check("карта на конце {CARD|сорок четыре ноль один}");
    check("последние цифры карты {CARD|двадцать один, тридцать}");
    check("код из смс: {SECRET|четыре ноль один ноль ноль три}");
    check("загран {PASSPORT|семьдесят пять 0000011}");
    check("pin {SECRET|4 4 1 7}, одноразовый код {SECRET|5-5-2-0-1-1}");
    check("мой номер {PHONE|восемьдевятьсотнольнольнольнольнольодиннадцать}");
    check("пароль вайфай {SECRET|восемь восьмёрок}");
    check("тачка {PLATE|а один один один вэ эс семь четыре}");
    check("пасп. серия {PASSPORT|семьдесят пять ноль ноль, номер сто одиннадцать 000}");
}

#[test]
fn numbers_torn_by_signs_and_pictures_are_whole() {
    check("{PHONE|8✨900✨000✨00✨11} звоните");
    check("запишите\n{PHONE|8 900\n000\n00-11}\nспасибо");
    check("{PHONE|8..9..0..0..0..0..0..0..0..1..1} вечером");
    check("тел. {PHONE|[8][900][000-00-11]}");
    check("+7 и дальше {PHONE|900.000.00.11}");
    check("это {PHONE|+77 900 000 00 11}, лишняя семёрка");
    check("тачка {PLATE|А🚗111🚗АА186}");
    check("номер ➕ пишите {PHONE|❽❾⓿⓿⓿⓿⓿⓿⓿❶❶}");
}

#[test]
fn look_alike_letters_among_digits_are_digits() {
    check("номер такой {PHONE|девять ноль ноль, ноль ноль ноль, ноль ноль, одиннадцать}");
    check("моб {PHONE|+7 9OO OO0 0l ЗЗ}, жду");
    check("уберите {PLATE|р5О8кс74}, загородил");
    check("на мойку {PLATE|о333оо74}");
    check("моя карточка в регистратуре {MEDCARD|20917}");
    check("Карта {MEDCARD|Д-1183} на приём");
    check("амб карта {MEDCARD|А-2 1 9 О 7}");
    check("полис {OMS|7400 OOOO OOOO OO11}");
}

#[test]
fn numbers_glued_to_words_are_found() {
    check("паспорт{PASSPORT|7500№000011}сфотать?");
    check("тел{PHONE|89000000011}почта{EMAIL|anna@mail.ru}адрес");
    check("дата рожд{BIRTHDATE|01021990}без точек");
    check("звонить{PHONE|89000000011}довечера");
}

#[test]
fn a_word_beside_is_enough_where_digits_are_lost_or_doubled() {
    check("снилс {SNILS|112 2334459}, цифру потеряла");
    check("карта возврата: {CARD|2200 0000 0000 001}, не хватает цифры");
    check("паспорт {PASSPORT|75 0 00011}, нечётко");
    check("вин по две: {VIN|XT A0 00 00 0J 00 00 11 2}");
    check("{PASSPORT|7500 000011} это паспорт");
    check("код подразделения {PASSPORT|семь четыре ноль, ноль один два}");
    check("номер паспорта {PASSPORT|000011, серия 7500}");
    check("паспорт {PASSPORT|7500 З00б11}");
    check("код подразделения {PASSPORT|семьсот сорок дефис ноль двадцать три}");
    check("залог {PASSPORT|7508 000011}");
    check("с казахстанским паспортом {PASSPORT|N 11000011}, примете?");
}

#[test]
fn certificates_with_series_in_words_or_apart_are_whole() {
    check("свидетельство {BIRTH_CERT|пять римская, ИК, номер семьсот три сто восемнадцать}");
    check("свид-во {BIRTH_CERT|III - Б А   0 0 0 0 1 1}, копию принесу");
    check("свид о рожд {BIRTH_CERT|II ив пятьсот двадцать 011}");
    check("свид {BIRTH_CERT|III–АГ №00011}, одной цифры нет");
}

#[test]
fn birth_dates_survive_lost_signs_brackets_and_lines() {
    check("дата рожд {BIRTHDATE|17.011983}");
    check("д.р. {BIRTHDATE|(19)(07)(1999)}, скобки нужны");
    check("дата рождения\n{BIRTHDATE|06\nфевраля\n1977}");
    check("родилась {BIRTHDATE|12.XI.1987}");
    check("маме {BIRTHDATE|4 апреля 1961}, скидка положена?");
    check("сыну 12.03.2023 ставили прививку");
}

#[test]
fn addresses_without_signs_pictures_or_spaces_are_found() {
    check("Адрес:\n{ADDRESS|Пермь\nул. Крупской\nд. 61\nкв. 9}\nкурьер");
    check("{ADDRESS|ул Берёзовая17}, калитка синяя");
    check("везите на {ADDRESS|космонавтов тридцать восемь дробь два, подъезд второй, этаж седьмой}");
    check("{ADDRESS|улuцa Тpyдa, д0м 9, кв. I5}");
    check("адрес {ADDRESS|дом 7 кв 12 по улице Полевой}");
    check("{ADDRESS|ул.&nbsp;Сулимова,&nbsp;31&nbsp;–&nbsp;60}");
    check("адрес {ADDRESS|улица Мира, семнадцать, сорок}");
    check("{ADDRESS|8 марта 17 кв 5}, жду");
    check("{ADDRESS|ул.Мира дом№17кв№40}");
    check("8 марта 17 человек записались");
    check("на Кирова второй дом от угла");
}

#[test]
fn mail_and_accounts_told_or_torn_are_found() {
    check("{EMAIL|t i m u r @ y a n d e x . r u}");
    check("{EMAIL|anechka1999gmailcom} собачку не печатает");
    check("почта: {EMAIL|kot🐱murzik@mail.ru} лишний котик");
    check("инста {HANDLE|собака lola нижнее подчеркивание brows}");
    check("ник в телеге {HANDLE|зарина подчёркивание нэйлс}");
    check("{EMAIL|anna\"собака\"mail.ru} пишите");
    check("пишите {HANDLE|@ anna_kim} сюда");
    check("вк {HANDLE|vk точка com слеш id48000011}");
    check("мой телеграм {HANDLE|https : // t . me / anna_moto}, разбил");
    check("я в телеге {HANDLE|т.ме/doktor_anna}");
    check("вот {HANDLE|http://instagram.com/anna.nails?igsh=a8} смотрите");
    check("пишите {HANDLE|@ a n n a . l a s h} там");
    check("инстик мой {HANDLE|a.n.n.a.kim}, гляньте");
    check("логин admin, пароль забыла");
}

#[test]
fn texts_of_the_other_layout_and_in_translit_are_read() {
    check("flhtc {ADDRESS|ek Gjgjdf 10 rd 3}");
    check("moy adres {ADDRESS|ul. Pushkina d. 14 kv. 3}, spasibo");
    check("prava {DRIVER_LICENSE|16 UA 000 011}");
    check("parol ot kabineta {SECRET|Zdorov_2o19}");
    check("kartochka patsienta {MEDCARD|551802}");
    check("svidetelstvo o rozhdenii {BIRTH_CERT|V-TH 000011}");
    check_all("vtyz pjden {PERSON|Yfnfif Bdfyjdf} ntktajy {PHONE|89000000011}");
    check_all("{PERSON|hjvf} это {PERSON|рома}, раскладка");
}

#[test]
fn names_with_pictures_digits_and_look_alikes_inside_are_whole() {
    check_all("это {PERSON|Ма🌸ри🌸на}, добрый день");
    check_all("{PERSON|4ингиз} заберет шины");
    check_all("меня зовут {PERSON|Kрucтинa}");
    check_all("привет🌸как дела");
    check_all("{PERSON|Ве-ро-ни-ка} это");
    check_all("это {PERSON|М-марина}, я записаться");
    check_all("доктору {PERSON|Са-са-сафонову} передайте");
    check_all("запишите {PERSON|Екатерuну} на пять");
}

#[test]
fn brands_fiction_saints_and_places_are_nobody() {
    for text in [
        "сумка под майкл корс, пришьёте?",
        "духи нина риччи и каролина эррера есть?",
        "чай принцесса нури закончился",
        "перечитываю шерлока холмса",
        "на ивана купалу работаете?",
        "довезёте до больницы семашко?",
        "через завод имени колющенко",
        "Развозка по улицам Ленина, Свердлова и Калинина",
        "альбом земфиры вернули?",
        "к лору записаться можно?",
        "Фото йорка Матильды выложим",
        "назвали машину Зинаидой",
        "Диана-35 больше не принимаем",
    ] {
        check_all(text);
    }
}

#[test]
fn goods_prices_and_firms_stay_clean_beside_loose_numbers() {
    for text in [
        "Смета: 79 000 + 26 500 + 11 480, работа 9 160, всего 126 140",
        "р/с организации 40702810638000114527, БИК 044525225",
        "полис XXX 0384417720 истёк",
        "в чеке ФД 0000048812 ФП 3310427756",
        "номер детали 8K0 407 151 F стоит 6300?",
        "двести тысяч пробег, две тысячи пятнадцатый год выпуска",
        "запишите на двадцать второе на шестнадцать тридцать две головы",
        "Shell Helix 5W-40, Mobil 1, Tom Ford, Max Mara",
        "паспорт серии не помню, выдан 12.05.2010",
        "артикул 8904-331-22-10 в наличии",
        "артикул а123вс75к",
        "сдам 2 комнаты на Кирова, второй этаж",
        "карта на 5000 рублей, второй этаж",
    ] {
        check(text);
    }
}

#[test]
fn people_of_works_and_theatres_are_people() {
    let detector = Detector::new();
    for (text, name) in [
        (
            "Директор завода Салават Идельбаев пообещал новый цех.",
            "Салават Идельбаев",
        ),
        ("Балерина театра Мирослава Чайкина порвала связку.", "Мирослава Чайкина"),
    ] {
        let found: Vec<&str> = detector
            .detect(text)
            .findings
            .iter()
            .map(|finding| &text[finding.range.clone()])
            .collect();
        assert_eq!(found, [name], "{text}");
    }
}

#[test]
fn names_in_latin_letters_are_read_in_russian_texts() {
    for text in [
        "{PERSON|lena}, запишите меня на завтра",
        "это {PERSON|nastya}, перезвоните",
        "мастеру {PERSON|yulia} передайте спасибо",
        "можно к {PERSON|aliya} на среду?",
        "{PERSON|Kamilla} придёт с {PERSON|Timur}",
        "privet eto {PERSON|zulfiya}, mozhno na zavtra?",
        "ya {PERSON|Kat9}, pisala vam vchera",
        "kuryer {PERSON|Ol'ga} pust zvonit",
        "это {PERSON|Mapия}, можно на завтра",
        "привет это {PERSON|Oлya}",
    ] {
        check_all(text);
    }
}

#[test]
fn foreign_words_and_makes_are_no_latin_names() {
    for text in [
        "iphone 15 pro max чехол",
        "lada vesta sw cross, замена колодок",
        "шампунь estel otium и маска londa",
        "крем natura siberica, пена gillette",
        "купила nina ricci, а флакон пустой",
        "Samsung Galaxy и Xiaomi Redmi, стекло меняете",
        "do you repair iphone 15 pro?",
        "nomer zakaza sto dvadtsat, gde zakaz",
    ] {
        check_all(text);
    }
}

#[test]
fn words_without_spaces_are_read_apart() {
    for text in [
        "менязовут{PERSON|регина}запишитенаброви",
        "запишитеменянасреду{PERSON|ольга}",
        "добрыйдень{PERSON|светлана}беспокоит",
        "янаписала{PERSON|тимуру}вчера",
        "{PERSON|СтепанЛыков} ждёт",
        "клиент{PERSON|Рахимова}на14",
        "тел{PHONE|89000000011}имя{PERSON|Рустам}машина{PLATE|х604ту102}",
        "везите на {ADDRESS|малышева73 кв9}",
    ] {
        check_all(text);
    }
}

#[test]
fn names_pulled_apart_misspelt_or_made_into_other_words_are_whole() {
    for text in [
        "{PERSON|А л с у} на пятницу",
        "зовут {PERSON|Л и л и я}",
        "{PERSON|К-а-м-и-л-а} хочет на брови",
        "{PERSON|Р/у/с/л/а/н} приедет",
        "переведи {PERSON|ма-ри-не} на карту",
        "{PERSON|ффатима} пропустила приём",
        "передайте {PERSON|С3рг3ю}, что масло привезу",
        "{PERSON|Ел3на} беспокоит",
        "{PERSON|М@р@т} это",
        "{PERSON|олеськина} прядь лежит в пакетике",
        "{PERSON|марьванна} опять без записи",
    ] {
        check_all(text);
    }
}

#[test]
fn papers_told_by_other_words_are_found() {
    check("корочка {PASSPORT|семьдесят пять шестнадцать триста два ноль сорок один}");
    check("идентификационный {INN|1623-1128-2842}, счёт на физлицо");
    check("найдёшь меня в контакте {HANDLE|id 448120377}");
    check("мопед {PLATE|4417 АК 66} на хранение");
    check("серия {PASSPORT|7504 номер 236101}");
    check("{ADDRESS|дом 5 по Красноармейской, квартира 12}, наберите");
    check("пишите {EMAIL|olga_k на gmail com}");
    check("{PHONE|8,912,345,67,89} звоните");
    check("офис {PHONE|351 7298840 внутр. 14}");
}

#[test]
fn flowers_dishes_sayings_and_sorts_are_nobody() {
    for text in [
        "роза сорта Чарльз Остин зимует у нас?",
        "две маргариты и пепперони навынос",
        "розы на торте, лилии в вазе",
        "знаки зодиака лев и дева на подвеске",
        "слава богу дозвонилась",
        "жанин и диане, регулон, что по рецепту",
        "шайба гровера и кран маевского есть?",
    ] {
        check_all(text);
    }
}

#[test]
fn addresses_with_another_sign_or_layout_are_addresses() {
    check("почта {EMAIL|ьфкштф74\"ьфшдюкг}, ой я на русской раскладке");
    check("{EMAIL|ssemenov*mail.ru} вместо звёздочки сами знаете что");
    check("{EMAIL|vika#mail.ru} и {EMAIL|oleg@@mail.ru}");
    check("{EMAIL|эм дефис баева на гмаил ком} дублируйте туда");
    check("дверь*2, колесо#4 и цена&скидка");
}

#[test]
fn nicks_torn_or_numbered_are_accounts() {
    check("ник {HANDLE|z a r i n a _ b r o w s 7 4} пробелы уберите");
    check("дискорд у сына {HANDLE|frost#4471}, он объяснит");
    check("страничка {HANDLE|vk com slash mila.tort}, там все торты");
    check("инста у меня {HANDLE|даша точка нейлс точка чел} только английскими");
    check("в одноклассниках подписана как {HANDLE|кошка_на_крыше}, стучитесь");
    check("в вайбере я висю под {HANDLE|ZeleniyChay}, не удивляйтесь");
    check("заказ#1234 готов, комната#0042");
}

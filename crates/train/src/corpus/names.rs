//! Invented people: parts of names drawn from the embedded lexicon and from lists of the peoples of the Urals.

use shirma_pii::lexicon::{all_names, all_words, bits};
use shirma_pii::{Case, Gender, decline};

use crate::chance::Chance;

/// Names with running sums of weights.
#[derive(Default)]
struct Urn {
    names: Vec<String>,
    sums: Vec<u64>,
}

impl Urn {
    fn put(&mut self, name: String, weight: u64) {
        let sum = self.sums.last().copied().unwrap_or(0) + weight.max(1);
        self.names.push(name);
        self.sums.push(sum);
    }

    fn draw(&self, chance: &mut Chance) -> &str {
        let total = self.sums.last().copied().unwrap_or(1);
        let ball = chance.next() % total;
        let place = self.sums.partition_point(|sum| *sum <= ball);
        self.names.get(place).map_or("Анна", String::as_str)
    }
}

/// Everything people can be called, by gender: masculine, feminine.
pub(crate) struct Names {
    given: [Urn; 2],
    diminutive: [Urn; 2],
    patronymic: [Urn; 2],
    surname: [Urn; 2],
    peoples: Vec<People>,
    /// Peoples met in news and among guests.
    foreigners: Vec<People>,
    /// Words of all frequencies that are nobody's name.
    words: Vec<String>,
}

#[derive(Default)]
struct People {
    given: [Vec<String>; 2],
    patronymic: [Vec<String>; 2],
    surname: [Vec<String>; 2],
}

impl People {
    fn somebody(&self, gender: Gender, chance: &mut Chance) -> Person {
        let side = side(gender);
        let draw = |list: &[String], chance: &mut Chance| list.get(chance.below(list.len().max(1))).cloned();
        let given = draw(&self.given[side], chance).unwrap_or_default();
        // Where women bear the same surnames as men they are listed once.
        let surnames = if self.surname[side].is_empty() {
            &self.surname[0]
        } else {
            &self.surname[side]
        };
        Person {
            gender,
            diminutive: given.clone(),
            given,
            patronymic: draw(&self.patronymic[side], chance),
            surname: draw(surnames, chance).unwrap_or_default(),
        }
    }
}

/// One invented person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) gender: Gender,
    pub(crate) given: String,
    pub(crate) diminutive: String,
    pub(crate) patronymic: Option<String>,
    pub(crate) surname: String,
}

/// Given names that are words too, and surnames that are.
const WORD_NAMES: [&[&str]; 2] = [
    &[
        "Роман",
        "Лев",
        "Слава",
        "Марк",
        "Платон",
        "Корней",
        "Мир",
        "Клим",
        "Гордей",
        "Тигран",
        "Стас",
        "Рома",
        "Макс",
        "Паша",
        "Гера",
        "Март",
        "Ной",
    ],
    &[
        "Вера",
        "Надежда",
        "Любовь",
        "Роза",
        "Лилия",
        "Майя",
        "Рая",
        "Света",
        "Слава",
        "Мила",
        "Злата",
        "Лада",
        "Зима",
        "Нона",
        "Ия",
        "Марта",
        "Виола",
        "Азалия",
        "Вероника",
        "Надя",
        "Виктория",
        "Галка",
        "Юля",
        "Нина",
        "Ася",
        "Доля",
        "Рада",
        "Ева",
        "Иванна",
        "Астра",
        "Маня",
        "Августа",
    ],
];
const WORD_SURNAMES: [&str; 102] = [
    "Жук",
    "Волк",
    "Грач",
    "Мороз",
    "Зима",
    "Заяц",
    "Гусь",
    "Баран",
    "Король",
    "Мельник",
    "Коваль",
    "Сорока",
    "Ворона",
    "Чайка",
    "Лебедь",
    "Голубь",
    "Белых",
    "Черных",
    "Больных",
    "Долгих",
    "Седых",
    "Косых",
    "Толстых",
    "Сухих",
    "Крутых",
    "Малых",
    "Тихий",
    "Белый",
    "Чёрный",
    "Бойко",
    "Дудка",
    "Каша",
    "Борщ",
    "Сало",
    "Горох",
    "Капуста",
    "Береза",
    "Калина",
    "Дуб",
    "Шапка",
    "Кравец",
    "Майский",
    "Соловей",
    "Туз",
    "Боб",
    "Бык",
    "Сом",
    "Окунь",
    "Лис",
    "Лиса",
    "Медведь",
    "Барсук",
    "Хомяк",
    "Комар",
    "Синица",
    "Снегирь",
    "Галка",
    "Сокол",
    "Орёл",
    "Кабан",
    "Козёл",
    "Козак",
    "Швец",
    "Гончар",
    "Бондарь",
    "Рыбак",
    "Пекарь",
    "Цыган",
    "Лях",
    "Перец",
    "Укроп",
    "Редька",
    "Репа",
    "Пшено",
    "Сметана",
    "Кисель",
    "Верба",
    "Липа",
    "Ясень",
    "Явор",
    "Терн",
    "Рыжих",
    "Живых",
    "Босых",
    "Щербатый",
    "Прилипко",
    "Топор",
    "Сыч",
    "Чиж",
    "Дрозд",
    "Стриж",
    "Ёж",
    "Бобр",
    "Соболь",
    "Куница",
    "Тарас",
    "Роман",
    "Гордей",
    "Адам",
    "Клим",
    "Борис",
    "Филин",
];

fn side(gender: Gender) -> usize {
    usize::from(gender == Gender::Female)
}

/// Weight by the square root of the frequency: rare names come often enough to be learnt.
fn root(log_count: u64) -> u64 {
    1 << (log_count / 2)
}

impl Names {
    pub(crate) fn new(people: &str, foreign: &str) -> Self {
        let mut names = Self {
            given: Default::default(),
            diminutive: Default::default(),
            patronymic: Default::default(),
            surname: Default::default(),
            peoples: peoples(people),
            foreigners: peoples(foreign),
            words: plain_words(),
        };
        let flags = [
            (
                bits::GIVEN_MALE,
                bits::DIMINUTIVE_MALE,
                bits::PATRONYMIC_MALE,
                bits::SURNAME_MALE,
            ),
            (
                bits::GIVEN_FEMALE,
                bits::DIMINUTIVE_FEMALE,
                bits::PATRONYMIC_FEMALE,
                bits::SURNAME_FEMALE,
            ),
        ];
        for (name, value) in all_names() {
            let written = capitalised(&name);
            for (side, (given, diminutive, patronymic, surname)) in flags.into_iter().enumerate() {
                if !bears(&names.peoples, &written, side, value) {
                    continue;
                }
                if value & diminutive != 0 {
                    names.diminutive[side].put(written.clone(), 4);
                } else if value & given != 0 && bits::given_count(value) >= 5 {
                    names.given[side].put(written.clone(), root(bits::given_count(value)) / 4);
                }
                if value & patronymic != 0 {
                    names.patronymic[side].put(written.clone(), 1);
                }
                if value & surname != 0 && bits::surname_count(value) >= 2 {
                    names.surname[side].put(written.clone(), root(bits::surname_count(value)));
                }
            }
        }
        names
    }

    /// A Russian word that names nobody, common or rare.
    pub(crate) fn word(&self, chance: &mut Chance) -> String {
        self.words[chance.below(self.words.len())].clone()
    }

    /// Somebody of this gender, or of either; in so many cases of a hundred a foreigner.
    pub(crate) fn person(&self, gender: Option<Gender>, foreign_percent: usize, chance: &mut Chance) -> Person {
        let gender = gender.unwrap_or(if chance.percent(58) {
            Gender::Female
        } else {
            Gender::Male
        });
        let side = side(gender);
        if chance.percent(foreign_percent) && !self.foreigners.is_empty() {
            let people = &self.foreigners[chance.below(self.foreigners.len())];
            return people.somebody(gender, chance).told_anew(people, chance);
        }
        if chance.percent(28) && !self.peoples.is_empty() {
            return self.peoples[chance.below(self.peoples.len())].somebody(gender, chance);
        }
        let surname = self.surname[side].draw(chance).to_owned();
        let patronymic = if chance.percent(70) && !self.peoples.is_empty() {
            let russians = &self.peoples[0].patronymic[side];
            russians.get(chance.below(russians.len())).cloned().unwrap_or_default()
        } else {
            self.patronymic[side].draw(chance).to_owned()
        };
        Person {
            gender,
            given: self.given[side].draw(chance).to_owned(),
            diminutive: self.diminutive[side].draw(chance).to_owned(),
            patronymic: Some(patronymic),
            surname: match chance.below(100) {
                0..8 => misheard(&surname, chance),
                8..10 => capitalised(&self.word(chance)),
                10..13 => format!("{}-{}", surname, self.surname[side].draw(chance)),
                _ => surname,
            },
        }
    }
}

/// Whether people of this side are called so. Registers give many a name to both genders; the lists of peoples know
/// better, and after them the ending: few women's names end in a hard consonant.
fn bears(peoples: &[People], name: &str, side: usize, value: u64) -> bool {
    let listed = [0, 1].map(|side| {
        peoples
            .iter()
            .any(|people| people.given[side].iter().any(|known| known == name))
    });
    let both = value & (bits::GIVEN_MALE | bits::DIMINUTIVE_MALE) != 0
        && value & (bits::GIVEN_FEMALE | bits::DIMINUTIVE_FEMALE) != 0;
    let is_given =
        value & (bits::GIVEN_MALE | bits::GIVEN_FEMALE | bits::DIMINUTIVE_MALE | bits::DIMINUTIVE_FEMALE) != 0;
    match listed {
        [true, false] if is_given => side == 0,
        [false, true] if is_given => side == 1,
        [false, false] if both && value & (bits::DIMINUTIVE_MALE | bits::DIMINUTIVE_FEMALE) == 0 => {
            (side == 1) == name.ends_with(['а', 'я', 'ь'])
        }
        _ => true,
    }
}

/// Every how manieth of the rare words is kept: they are a hundred times as many as the known ones.
const RARE_STEP: usize = 60;

/// Words without any reading as a name; half of them met in dialogues, half rare.
fn plain_words() -> Vec<String> {
    let names: std::collections::HashSet<String> = all_names().map(|(name, _)| name).collect();
    let mut words = Vec::new();
    for (number, (word, value)) in all_words().enumerate() {
        let letters = word.chars().count();
        let common = value & bits::COMMON != 0 && value & bits::PLACE == 0 && bits::capital_count(value) == 0;
        let kept = bits::lower_count(value) >= 2 || number % RARE_STEP == 0;
        if common && kept && (4..=14).contains(&letters) && !word.contains('-') && !names.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Lines `народ m: имена` of `people.txt`: given names, patronymics (`mp`, `fp`) and surnames (`ms`, `fs`).
fn peoples(text: &str) -> Vec<People> {
    let mut peoples: Vec<People> = Vec::new();
    let mut last = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((head, items)) = line.split_once(": ") else {
            continue;
        };
        let Some((people, kind)) = head.split_once(' ') else {
            continue;
        };
        if people != last {
            peoples.push(People::default());
            last = people;
        }
        let Some(current) = peoples.last_mut() else { continue };
        let side = usize::from(kind.starts_with('f'));
        let list = match &kind[1..] {
            "p" => &mut current.patronymic[side],
            "s" => &mut current.surname[side],
            _ => &mut current.given[side],
        };
        list.extend(items.split_whitespace().map(str::to_owned));
    }
    peoples
}

pub(super) fn capitalised(word: &str) -> String {
    word.split('-')
        .map(|part| {
            let mut letters = part.chars();
            letters
                .next()
                .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        })
        .collect::<Vec<_>>()
        .join("-")
}

/// A surname nobody has listed: a letter of its stem is another one.
fn misheard(surname: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = surname.chars().collect();
    if letters.len() < 6 {
        return surname.to_owned();
    }
    let at = 1 + chance.below(letters.len() - 5);
    let (vowels, consonants) = (
        ['а', 'о', 'у', 'е', 'и'],
        ['б', 'д', 'к', 'л', 'м', 'н', 'р', 'с', 'т', 'ч'],
    );
    letters[at] = if "аоуеиыэюя".contains(letters[at]) {
        vowels[chance.below(vowels.len())]
    } else {
        consonants[chance.below(consonants.len())]
    };
    letters.into_iter().collect()
}

impl Person {
    /// A foreigner whose name no list has: heard by ear, or doubled.
    fn told_anew(mut self, people: &People, chance: &mut Chance) -> Self {
        let other = people.somebody(self.gender, chance);
        match chance.below(100) {
            0..22 => self.surname = misheard(&self.surname, chance),
            22..27 if !self.surname.contains('-') => self.surname = format!("{}-{}", self.surname, other.surname),
            27..35 => {
                self.surname = misheard(&self.surname, chance);
                self.given = misheard(&self.given, chance);
            }
            35..38 if !self.given.contains('-') => self.given = format!("{}-{}", self.given, other.given),
            _ => {}
        }
        self
    }

    /// The name as `kind` of slot asks for it.
    pub(crate) fn written(&self, kind: &str, case: Case, chance: &mut Chance) -> String {
        let kind = if kind == "any" {
            match chance.below(100) {
                0..34 => "first",
                34..46 => "dim",
                46..62 => "fp",
                62..76 => "fs",
                76..84 => "sur",
                84..92 => "full",
                92..96 => "sf",
                _ => "init",
            }
        } else {
            kind
        };
        let bend = |name: &str| decline(name, Some(self.gender), case);
        let given = bend(&self.given);
        let surname = bend(&self.surname);
        let patronymic = self.patronymic.as_deref().map(bend);
        let joined = |parts: &[Option<&str>]| {
            let parts: Vec<&str> = parts
                .iter()
                .flatten()
                .copied()
                .filter(|part| !part.is_empty())
                .collect();
            parts.join(" ")
        };
        match kind {
            "wordname" => bend(chance.one_of(WORD_NAMES[side(self.gender)])),
            "wordsur" => bend(chance.one_of(&WORD_SURNAMES)),
            "dim" => bend(&self.diminutive),
            "first" if chance.percent(30) => bend(&self.diminutive),
            "given" | "first" => given,
            "fp" => joined(&[Some(&given), patronymic.as_deref()]),
            "patr" => patronymic.unwrap_or(given),
            "sur" => surname,
            "fs" => joined(&[Some(&given), Some(&surname)]),
            "sf" => joined(&[Some(&surname), Some(&given)]),
            "full" if chance.percent(65) => joined(&[Some(&surname), Some(&given), patronymic.as_deref()]),
            "full" => joined(&[Some(&given), patronymic.as_deref(), Some(&surname)]),
            "init" => self.initials(&given, &surname, chance),
            "lat" => {
                let name = match chance.below(3) {
                    0 => self.given.clone(),
                    1 => self.diminutive.clone(),
                    _ => format!("{} {}", self.given, self.surname),
                };
                latin(&name)
            }
            _ => given,
        }
    }

    fn initials(&self, given: &str, surname: &str, chance: &mut Chance) -> String {
        let letter = |name: &str| name.chars().next().map_or(String::new(), |first| first.to_string());
        let one = letter(&self.given);
        let two = self.patronymic.as_deref().map(letter);
        match (chance.below(9), two) {
            (0 | 1, Some(two)) => format!("{surname} {one}.{two}."),
            (2, Some(two)) => format!("{surname} {one}. {two}."),
            (3, Some(two)) => format!("{one}.{two}. {surname}"),
            (4 | 8, _) => format!("{one}. {surname}"),
            (6 | 7, _) if !surname.is_empty() => format!("{given} {}.", letter(surname)),
            _ => format!("{surname} {one}."),
        }
    }
}

/// A usual way to write Russian in Latin letters.
pub(crate) fn latin(text: &str) -> String {
    const LETTERS: [(char, &str); 33] = [
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ё', "e"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "i"),
        ('й', "y"),
        ('к', "k"),
        ('л', "l"),
        ('м', "m"),
        ('н', "n"),
        ('о', "o"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "kh"),
        ('ц', "ts"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "sch"),
        ('ъ', ""),
        ('ы', "y"),
        ('ь', ""),
        ('э', "e"),
        ('ю', "yu"),
        ('я', "ya"),
    ];
    let mut out = String::new();
    for letter in text.chars() {
        let lower = crate::message::lower_char(letter);
        match LETTERS.iter().find(|(russian, _)| *russian == lower) {
            Some((_, latin)) if lower == letter => out.push_str(latin),
            Some((_, latin)) => out.push_str(&capitalised(latin)),
            None => out.push(letter),
        }
    }
    out
}
